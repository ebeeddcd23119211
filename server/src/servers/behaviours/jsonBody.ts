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
    const root = faultlessRoot(document);
    body = root ? bodyOf(valueOfNode(root)) : parsed(document, key);
    cache[key].set(document, body);
  }
  return body;
}

/** Reads a document for {@link jsonBody} with pauses, where its text is JSON without any fault. */
export function* readJsonBodyInSteps(document: ClientMetadataDocument): Generator<void, void, void> {
  const root = faultlessRoot(document);
  // Without any fault, there is no byte order mark.
  if (root && !cache.kept.has(document)) cache.kept.set(document, bodyOf(yield* valueInSteps(root)));
}

function faultlessRoot({ root, faults }: ClientMetadataDocument): JsonNode | undefined {
  return faults.length === 0 ? root : undefined;
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
      for (const { key, value } of node.members) setMember(object, key.value, value && valueOfNode(value));
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

/** So much of a text, in UTF-16 units, is read without a pause. */
const STEP = 100_000;

/** {@link valueOfNode} with a pause after each {@link STEP}. */
function* valueInSteps(node: JsonNode): Generator<void, unknown, void> {
  if (node.end - node.offset <= STEP || (node.type !== "object" && node.type !== "array"))
    return valueOfNode(node);
  const items: unknown[] = [];
  const object: Record<string, unknown> = {};
  let pausedAt = node.offset;
  for (const child of node.type === "object" ? node.members : node.items) {
    const inner = "key" in child ? child.value : child;
    const isLong = child.end - child.offset > STEP;
    const value = inner && (isLong ? yield* valueInSteps(inner) : valueOfNode(inner));
    if ("key" in child) setMember(object, child.key.value, value);
    else items.push(value);
    if (child.end - pausedAt > STEP) {
      pausedAt = child.end;
      yield;
    }
  }
  return node.type === "object" ? object : items;
}

function setMember(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== "__proto__") object[name] = value;
  // An assignment would not make it one of the object's own.
  else Object.defineProperty(object, name, { value, configurable: true, enumerable: true, writable: true });
}

const names = new WeakMap<Members, readonly string[]>();

/** The names of members as `Object.keys` lists them; listed once for all who look through them. */
export function namesIn(members: Members): readonly string[] {
  let listed = names.get(members);
  if (!listed) {
    listed = Object.keys(members);
    names.set(members, listed);
  }
  return listed;
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
