import { DocumentSymbol, SymbolKind } from "vscode-languageserver-types";
import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { memberOf } from "../document/locate.js";
import type { JsonNode, Member, NodeBase, ObjectNode } from "../document/syntaxTree.js";
import { describeValue } from "../document/valueText.js";
import { say } from "../localisation/say.js";
import { redirectKindInWords } from "./redirectKind.js";

/** As many entries as VS Code's own JSON outline shows (`json.maxItemsComputed`). */
const MOST = 5000;

/** Names and details are cut after so many UTF-16 units; an outline has one line for both. */
const LONGEST = 100;

/** The kinds that VS Code's JSON gives to values, so that both outlines have the same icons. */
const KIND: Readonly<Record<JsonNode["type"], SymbolKind>> = {
  object: SymbolKind.Module,
  array: SymbolKind.Array,
  string: SymbolKind.String,
  number: SymbolKind.Number,
  boolean: SymbolKind.Boolean,
  null: SymbolKind.Null,
  invalid: SymbolKind.Variable,
};

/**
 * The outline: members by name with their values, list entries by what they say instead of their number, redirect URIs with
 * their kind, keys by their `kid`. It also feeds breadcrumbs, sticky scroll and "Go to Symbol".
 *
 * @param document a text that is not too deep for recursive code (`document/too-deep`)
 * @returns at most 5000 symbols, in text order; what comes after is left out
 */
export function documentSymbols(document: ClientMetadataDocument): DocumentSymbol[] {
  const kinds = new Map(
    document.redirects.map(({ node, uri }) => [node as JsonNode, redirectKindInWords(uri)]),
  );
  let left = MOST;

  function symbol(
    name: string,
    detail: string | undefined,
    place: NodeBase,
    label: NodeBase,
    value?: JsonNode,
  ): DocumentSymbol {
    left -= 1;
    return DocumentSymbol.create(
      // An empty name is an error in VS Code.
      shortened(name) || '""',
      detail === undefined ? undefined : shortened(detail),
      KIND[value?.type ?? "invalid"],
      document.range(place),
      document.range(label),
      value && within(value),
    );
  }

  function within(value: JsonNode): DocumentSymbol[] {
    if (value.type === "object") return some(value.members, memberSymbol);
    return value.type === "array" ? some(value.items, itemSymbol) : [];
  }

  function some<T>(
    parts: readonly T[],
    toSymbol: (part: T, index: number) => DocumentSymbol,
  ): DocumentSymbol[] {
    const symbols: DocumentSymbol[] = [];
    for (let index = 0; index < parts.length && left > 0; index++)
      symbols.push(toSymbol(parts[index] as T, index));
    return symbols;
  }

  function memberSymbol(member: Member): DocumentSymbol {
    return symbol(member.key.value, member.value && summary(member.value), member, member.key, member.value);
  }

  function itemSymbol(item: JsonNode, index: number): DocumentSymbol {
    const name = item.type === "object" ? nameOf(item) : (scalar(item) ?? "");
    const detail = item.type === "object" ? keyType(item) : kinds.get(item);
    return symbol(name === "" ? `${index}` : name, detail, item, item, item);
  }

  return document.root ? within(document.root) : [];
}

/** A value in a few words: itself, the values of a short list, or how many entries there are. */
function summary(value: JsonNode): string | undefined {
  if (value.type !== "array") return scalar(value);
  const texts = value.items.slice(0, 8).map(scalar);
  const all = texts.join(", ");
  return all !== "" && texts.length === value.items.length && !texts.includes(undefined) && all.length <= 60
    ? all
    : value.items.length === 1
      ? say`1 entry`
      : say`${value.items.length} entries`;
}

/** A value as text, undefined for lists, objects and what could not be read. */
function scalar(value: JsonNode): string | undefined {
  if (value.type === "string" || value.type === "number" || value.type === "boolean")
    return value.type === "string" ? value.value : describeValue(value.value);
  return value.type === "null" ? "null" : undefined;
}

/** What an object of a list is called: a key's `kid` (RFC 7517 §4.5). */
function nameOf(object: ObjectNode): string {
  return textOf(object, "kid") ?? "";
}

/** `EC P-256 ES256`: what a key says about itself (RFC 7517 §4). */
function keyType(object: ObjectNode): string | undefined {
  const said = ["kty", "crv", "alg"].map((name) => textOf(object, name)).filter((text) => text !== undefined);
  return said.length === 0 ? undefined : said.join(" ");
}

function textOf(object: ObjectNode, name: string): string | undefined {
  const value = memberOf(object, name);
  return value?.type === "string" ? value.value : undefined;
}

/** One line of readable length: an outline shows no line breaks and no control characters. */
function shortened(text: string): string {
  const line = text
    .slice(0, LONGEST)
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ")
    .trim()
    .toWellFormed();
  return text.length > LONGEST ? `${line}…` : line;
}
