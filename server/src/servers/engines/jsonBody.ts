import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import type { JsonNode } from "../../document/syntaxTree.js";

/** Member names and values as `JSON.parse` hands them over; absent members are undefined. */
export type Members = Readonly<Record<string, unknown>>;

/** What a server written in JavaScript gets out of the body it fetched. */
export type JsonBody =
  | {
      readonly json: true;
      readonly value: unknown;
      /** The members, or undefined when the value is no object. */
      readonly members: Members | undefined;
    }
  | {
      readonly json: false;
      /** What `JSON.parse` says; the words belong to the JavaScript engine. */
      readonly error: string;
    };

/**
 * What the server's decoder does with a leading U+FEFF: `TextDecoder` strips it, `Buffer.toString()` keeps it, and
 * `Response.json()` in Node strips a second one as well: undici lib/web/fetch/body.js `utf8DecodeBytes` takes one off and
 * hands the rest to a `TextDecoder`.
 */
export type ByteOrderMark = "stripped" | "kept" | "stripped-twice";

const MARKS_TAKEN_OFF: Readonly<Record<ByteOrderMark, number>> = {
  stripped: 1,
  kept: 0,
  "stripped-twice": 2,
};

const cache: Readonly<Record<ByteOrderMark, WeakMap<ClientMetadataDocument, JsonBody>>> = {
  stripped: new WeakMap(),
  kept: new WeakMap(),
  "stripped-twice": new WeakMap(),
};

/**
 * Reads the document as `JSON.parse` does: the last of several members of one name counts, depth has no limit, and what
 * no UTF-8 file can hold (half a surrogate pair) has become U+FFFD. Read once for each document; where the text is JSON
 * without any fault, the syntax tree has the values already, and is four times as fast.
 *
 * @see https://tc39.es/ecma262/#sec-json.parse
 */
export function jsonBody(document: ClientMetadataDocument, byteOrderMark: ByteOrderMark): JsonBody {
  const marked = document.text.startsWith("\ufeff");
  const key = marked ? byteOrderMark : "kept";
  let body = cache[key].get(document);
  if (!body) {
    body =
      document.root && document.faults.length === 0
        ? bodyOf(valueOfNode(document.root))
        : parsed(document, key);
    cache[key].set(document, body);
  }
  return body;
}

function parsed({ text }: ClientMetadataDocument, byteOrderMark: ByteOrderMark): JsonBody {
  let start = 0;
  while (start < MARKS_TAKEN_OFF[byteOrderMark] && text[start] === "\ufeff") start++;
  try {
    return bodyOf(JSON.parse(text.slice(start).toWellFormed()));
  } catch (error) {
    return { json: false, error: (error as SyntaxError).message };
  }
}

function bodyOf(value: unknown): JsonBody {
  return { json: true, value, members: isObject(value) ? value : undefined };
}

/** The value of a node without any fault, as `JSON.parse` makes it of the same text. */
function valueOfNode(node: JsonNode): unknown {
  switch (node.type) {
    case "object": {
      const object: Record<string, unknown> = {};
      for (const { key, value } of node.members) {
        const name = key.value;
        if (name === "__proto__") define(object, name, value && valueOfNode(value));
        else object[name] = value && valueOfNode(value);
      }
      return object;
    }
    case "array":
      return node.items.map(valueOfNode);
    case "string":
    case "number":
    case "boolean":
      return node.value;
    default:
      return null;
  }
}

/** Sets a member that an assignment would not make one of the object's own. */
function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, configurable: true, enumerable: true, writable: true });
}

/** True for what JSON calls an object. */
export function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The rule about the first thing in the text that `JSON.parse` does not take. */
export function syntaxRule(document: ClientMetadataDocument, byteOrderMark: ByteOrderMark): string {
  const fault = document.faults.find(
    ({ kind }) =>
      kind !== "lone-surrogate" && kind !== "too-deep" && (kind !== "bom" || byteOrderMark === "kept"),
  );
  return `document/${fault?.kind ?? "json-syntax"}`;
}
