import { type InlayHint, InlayHintKind, type Range } from "vscode-languageserver-types";
import type { ClientMetadataDocument, RedirectEntry } from "../document/clientMetadataDocument.js";
import { say } from "../localisation/say.js";
import { type Jwk, keysOf } from "../rules/jwks/keySet.js";
import { keyFacts } from "./keyFacts.js";
import { redirectKindInWords } from "./redirectKind.js";

/**
 * Short remarks behind what the text does not say itself: the kind of each redirect URI, and the thumbprint of each key.
 *
 * @param visible the part of the document the editor shows
 */
export async function inlayHints(document: ClientMetadataDocument, visible: Range): Promise<InlayHint[]> {
  const start = document.lines.offsetAt(visible.start);
  const end = document.lines.offsetAt(visible.end);
  const shown = (node: { readonly offset: number; readonly end: number }): boolean =>
    node.end >= start && node.offset <= end;
  const keys = keysOf(document).filter(({ node }) => shown(node));
  return [
    ...document.redirects.filter(({ node }) => shown(node)).map((entry) => redirectHint(document, entry)),
    ...(await Promise.all(keys.map((key) => keyHint(document, key)))).filter((hint) => hint !== undefined),
  ];
}

function redirectHint(document: ClientMetadataDocument, { node, uri }: RedirectEntry): InlayHint {
  return hintBehind(document, node.end, redirectKindInWords(uri));
}

async function keyHint(document: ClientMetadataDocument, key: Jwk): Promise<InlayHint | undefined> {
  const { kind, thumbprint } = await keyFacts(key);
  if (thumbprint === undefined) return undefined;
  const short = `${thumbprint.slice(0, 8)}…`;
  const label = kind === undefined ? say`thumbprint ${short}` : say`${kind}, thumbprint ${short}`;
  return {
    ...hintBehind(document, key.node.offset + 1, label),
    tooltip: say`SHA-256 thumbprint (RFC 7638): ${thumbprint}`,
  };
}

function hintBehind(document: ClientMetadataDocument, offset: number, label: string): InlayHint {
  return {
    position: document.range({ offset, end: offset }).start,
    label,
    kind: InlayHintKind.Type,
    paddingLeft: true,
  };
}
