import { ClientMetadataDocument } from "../../../server/src/document/clientMetadataDocument.js";
import type { JsonNode } from "../../../server/src/document/syntaxTree.js";
import { type EngineCase, textOf } from "./cases.js";
import { USUAL_URL } from "./inputs.js";

/** Longer texts are cut in halves before single members are tried. */
const MANY = 40;

/** @returns cases that ask nearly the same in fewer or plainer words, the boldest first */
export function* simplerCases(asked: EngineCase): Generator<EngineCase> {
  const { url, redirectUri } = asked;
  const text = textOf(asked.body);
  if (url !== USUAL_URL) {
    const same = new ClientMetadataDocument(text).string("client_id")?.value === url;
    const body = same ? text.replace(JSON.stringify(url), JSON.stringify(USUAL_URL)) : text;
    yield { ...asked, url: USUAL_URL, body };
  }
  for (const body of simplerTexts(text)) yield { ...asked, body };
  if (redirectUri !== undefined) {
    for (const simpler of simplerStrings(redirectUri)) {
      yield { ...asked, redirectUri: simpler };
      // The entry and the request together.
      const body = text.replaceAll(JSON.stringify(redirectUri), JSON.stringify(simpler));
      if (body !== text) yield { ...asked, redirectUri: simpler, body };
    }
  }
  if (url !== USUAL_URL) {
    for (const simpler of simplerStrings(url)) {
      yield { ...asked, url: simpler };
      const body = text.replaceAll(JSON.stringify(url), JSON.stringify(simpler));
      if (body !== text) yield { ...asked, url: simpler, body };
    }
  }
}

function* simplerTexts(text: string): Generator<string> {
  const document = new ClientMetadataDocument(text);
  const { root } = document;
  if (!root || !document.complete) {
    yield* cuts(text);
    return;
  }
  if (root.offset > 0 || root.end < text.length) {
    yield text.slice(root.offset, root.end);
    yield text.slice(root.offset);
    yield text.slice(0, root.end);
  }
  const around = (node: { offset: number; end: number }, put: string) =>
    text.slice(0, node.offset) + put + text.slice(node.end);
  for (const put of simplerValues(text, root)) yield around(root, put);
}

/** @returns what can stand in a value's place */
function* simplerValues(text: string, node: JsonNode): Generator<string> {
  const written = (part: { offset: number; end: number }) => text.slice(part.offset, part.end);
  const list = (parts: readonly string[]) => (node.type === "object" ? `{${parts}}` : `[${parts}]`);
  if (node.type === "object" || node.type === "array") {
    const parts: { key: string; value: JsonNode }[] =
      node.type === "object"
        ? node.members.flatMap(({ key, value }) => (value ? [{ key: `${written(key)}:`, value }] : []))
        : node.items.map((value) => ({ key: "", value }));
    const all = parts.map(({ key, value }) => key + written(value));
    const spaced = list(all);
    if (spaced.length < written(node).length) yield spaced;
    if (parts.length > MANY) {
      for (let size = parts.length >> 1; size >= 1; size >>= 1) {
        for (let at = 0; at < parts.length; at += size) yield list(all.toSpliced(at, size));
        if (parts.length / size > MANY) break;
      }
    } else for (const at of parts.keys()) yield list(all.toSpliced(at, 1));
    for (const [at, { key, value }] of parts.entries()) {
      if (at > MANY) break;
      for (const put of simplerValues(text, value)) yield list(all.with(at, key + put));
    }
    return;
  }
  const now = written(node);
  if (node.type === "string") {
    if (now !== '"x"' && now.length > 3) yield '"x"';
    for (const simpler of simplerStrings(node.value)) {
      const put = JSON.stringify(simpler);
      if (put.length < now.length) yield put;
    }
  } else if (now.length > 1) yield "1";
}

const PLAIN_URIS = ["https://app.acme.dev/callback", "http://127.0.0.1/callback", "https://a.dev/c"];

function* simplerStrings(text: string): Generator<string> {
  for (const plain of PLAIN_URIS) if (plain.length < text.length) yield plain;
  yield* cuts(text);
}

/** @returns the text without a part, from half of it down to single characters */
function* cuts(text: string): Generator<string> {
  for (let size = text.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < text.length; at += size) yield text.slice(0, at) + text.slice(at + size);
    if (text.length / size > MANY) break;
  }
}

/** How plain a case is: the smaller, the plainer. */
export function weightOf({ url, body, redirectUri = "" }: EngineCase): number {
  return textOf(body).length + redirectUri.length + (url === USUAL_URL ? 0 : 10 + url.length);
}
