import * as z from "zod/mini";
import { say, translated } from "../localisation/say.js";
import { describeField } from "./describe.js";
import type { Field, FieldValue } from "./field.js";
import { FIELDS } from "./fields.js";
import { documentShape, fieldOfShape } from "./shapes.js";
import { DOCUMENT_SNIPPETS, MEMBER_SNIPPETS, type SchemaSnippet } from "./snippets.js";

/** A JSON Schema, draft-07, with the annotations that VS Code's JSON language service reads. */
export type JsonSchema = { [keyword: string]: unknown };

/**
 * The JSON Schema of a client metadata document, for editors that show a document as plain JSON and for other tools.
 *
 * It requires what the shapes require: an object with a `client_id`, the JSON type of every known member, and the
 * value where a list of values is closed. Everything else is annotation, and unknown members are welcome
 * (RFC 7591 §2: servers ignore them).
 */
export function clientMetadataJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(documentShape(), {
    target: "draft-07",
    override: ({ zodSchema, jsonSchema }) => {
      if (jsonSchema.additionalProperties) jsonSchema.additionalProperties = true;
      const field = fieldOfShape(zodSchema);
      if (field) annotate(jsonSchema as JsonSchema, field);
    },
  }) as JsonSchema;
  const { $schema, ...rest } = schema;
  return {
    $schema,
    title: say`OAuth Client ID Metadata Document`,
    description: say`The metadata of an OAuth client, served at the URL that is its client_id.`,
    defaultSnippets: translatedSnippets(DOCUMENT_SNIPPETS),
    ...rest,
    patternProperties: Object.fromEntries(
      FIELDS.filter(({ i18n }) => i18n).map(({ name }) => [`^${name}#`, { $ref: `#/properties/${name}` }]),
    ),
  };
}

/** Adds to a member's schema what people see: documentation, examples, known values, snippets. */
function annotate(schema: JsonSchema, field: Field): void {
  schema["description"] = translated(field.summary).replaceAll("`", "");
  schema["markdownDescription"] = describeField(field);
  if (field.status === "prohibited" || field.responseOnly) {
    schema["doNotSuggest"] = true;
    return;
  }
  if (field.default !== undefined) schema["default"] = field.default;
  schema["examples"] = field.examples;
  const snippets = MEMBER_SNIPPETS[field.name];
  if (snippets) schema["defaultSnippets"] = translatedSnippets(snippets);
  if (!field.values) return;
  const target = field.kind.endsWith("[]") ? (schema["items"] as JsonSchema) : schema;
  Object.assign(target, field.closed ? valueDocs(field.values) : openValues(field.values));
}

/** Offers the values without requiring one of them; those that must not be used are not offered. */
function openValues(all: readonly FieldValue[]): JsonSchema {
  const offered = all.filter(({ discouraged }) => !discouraged);
  return { anyOf: [{ enum: offered.map(({ value }) => value), ...valueDocs(offered) }, { type: "string" }] };
}

function valueDocs(values: readonly FieldValue[]): JsonSchema {
  if (!values.some(({ summary }) => summary)) return {};
  return { markdownEnumDescriptions: values.map(({ summary }) => translated(summary ?? "")) };
}

function translatedSnippets(snippets: readonly SchemaSnippet[]): readonly SchemaSnippet[] {
  return snippets.map(({ label, description, body }) => ({
    label: translated(label),
    description: translated(description),
    body,
  }));
}
