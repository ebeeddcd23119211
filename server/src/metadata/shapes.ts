import * as z from "zod/mini";
import type { Field } from "./field.js";
import { FIELDS } from "./fields.js";
import { JWK_MEMBERS } from "./jwk.js";

/*
 * The fields as zod shapes. Loaded where whole values are checked or a schema is made, never by the diagnostics:
 * those need places in the text.
 */

/**
 * The shape of one field's value: its JSON type and, where the list of values is closed, the list. What a string
 * has to look like inside is the rules' business, because a redirect pattern is no URL and still no mistake.
 */
export function fieldShape(field: Field): z.ZodMiniType {
  const { kind } = field;
  if (kind === "boolean") return z.boolean();
  if (kind === "integer") return z.int().check(z.nonnegative());
  if (kind === "any") return z.unknown();
  if (kind === "object") return field.name === "jwks" ? jwksShape() : z.looseObject({});
  if (kind === "object[]") return z.array(z.looseObject({}));
  if (kind.endsWith("[]")) return z.array(textShape(field));
  return textShape(field);
}

function textShape({ values, closed }: Field): z.ZodMiniType {
  return closed && values ? z.enum(values.map(({ value }) => value)) : z.string();
}

/** A JWK Set (RFC 7517 §5): `keys` is needed, and each key has a `kty` (§4.1). */
function jwksShape(): z.ZodMiniType {
  return z.looseObject({ keys: z.array(z.looseObject(members(JWK_MEMBERS, new Set(["kty"])))) });
}

/** A client metadata document: `client_id` (CIMD draft-03 §4) and any other member, the known ones with their types. */
export function documentShape(): z.ZodMiniType {
  return z.looseObject(members(FIELDS, new Set(["client_id"])));
}

const fields = new WeakMap<object, Field>();

/** The field whose value a part of {@link documentShape} describes, or undefined for any other part. */
export function fieldOfShape(shape: object): Field | undefined {
  return fields.get(shape);
}

function members(all: readonly Field[], needed: ReadonlySet<string>): Record<string, z.ZodMiniType> {
  return Object.fromEntries(
    all.map((field) => {
      const shape = fieldShape(field);
      fields.set(shape, field);
      return [field.name, needed.has(field.name) ? shape : z.optional(shape)];
    }),
  );
}
