import { type ClientMetadataDocument, MAX_ENTRIES } from "../../document/clientMetadataDocument.js";
import { memoize } from "../../document/memoize.js";
import { pythonBody } from "./pythonBody.js";
import type { PythonValue } from "./pythonJson.js";

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
 * What the server's decoder does with a leading U+FEFF: `Buffer.toString()` keeps it, `TextDecoder` strips it, and
 * `Response.json()` in Node strips a second one as well: undici lib/web/fetch/body.js `utf8DecodeBytes` takes one off and
 * hands the rest to a `TextDecoder`.
 */
export type ByteOrderMark = "keep" | "strip" | "strip-twice";

/** How a server reads the body. */
export interface BodyOptions {
  /** `keep` where nothing else is said. */
  readonly bom?: ByteOrderMark | undefined;
  /** Set where Python's `json` reads it, which also takes NaN and Infinity. */
  readonly json?: "python" | undefined;
}

const readers: Readonly<Record<ByteOrderMark, (document: ClientMetadataDocument) => JsonBody>> = {
  keep: memoize(({ text }: ClientMetadataDocument) => readBody(text, 0)),
  strip: memoize(({ text }: ClientMetadataDocument) => readBody(text, 1)),
  "strip-twice": memoize(({ text }: ClientMetadataDocument) => readBody(text, 2)),
};

/**
 * Reads the document as `JSON.parse` does: the last of several members of one name counts, depth has no limit, and what
 * no UTF-8 file can hold (half a surrogate pair) has become U+FFFD. Of lists, the first {@link MAX_ENTRIES} entries are left.
 *
 * @see https://tc39.es/ecma262/#sec-json.parse
 */
export function jsonBody(document: ClientMetadataDocument, bom: ByteOrderMark = "keep"): JsonBody {
  return readers[document.text.startsWith("\ufeff") ? bom : "keep"](document);
}

/** Reads the document as {@link jsonBody} does, and where that fails as the server's own reader does. */
export function bodyFor(document: ClientMetadataDocument, { bom, json }: BodyOptions): JsonBody {
  const body = jsonBody(document, bom);
  if (body.json || json !== "python") return body;
  const read = pythonBody(document);
  if (!("value" in read)) return body;
  const value = plain(read.value);
  return { json: true, value, members: isObject(value) ? value : undefined };
}

/** A value of Python's as JavaScript has it. */
function plain(value: PythonValue): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!(value instanceof Map)) return value;
  return Object.fromEntries([...value].map(([name, member]) => [name, plain(member)]));
}

function readBody(text: string, marksStripped: number): JsonBody {
  let start = 0;
  while (start < marksStripped && text[start] === "\ufeff") start++;
  try {
    const value: unknown = JSON.parse(text.slice(start).toWellFormed());
    if (isObject(value)) shortenLists(value);
    return { json: true, value, members: isObject(value) ? value : undefined };
  } catch (error) {
    return { json: false, error: (error as SyntaxError).message };
  }
}

/** Of the lists that are members, and those one level further in (`jwks.keys`), only the first entries are looked at. */
function shortenLists(members: Members): void {
  for (const value of Object.values(members)) {
    if (Array.isArray(value)) value.length = Math.min(value.length, MAX_ENTRIES);
    else if (isObject(value)) {
      for (const inner of Object.values(value))
        if (Array.isArray(inner)) inner.length = Math.min(inner.length, MAX_ENTRIES);
    }
  }
}

/** The names of members as `Object.keys` lists them; listed once for all who look through them. */
export const namesIn = memoize((members: Members): readonly string[] => Object.keys(members));

/** True for what JSON calls an object. */
export function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The rule about the first thing in the text that `JSON.parse` does not take. */
export function syntaxRule(document: ClientMetadataDocument, bom: ByteOrderMark = "keep"): string {
  const fault = document.faults.find(
    ({ kind }) => kind !== "lone-surrogate" && kind !== "too-deep" && (kind !== "bom" || bom === "keep"),
  );
  return `document/${fault?.kind ?? "json-syntax"}`;
}
