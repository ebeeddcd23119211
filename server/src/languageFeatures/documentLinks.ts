import type { DocumentLink } from "vscode-languageserver-types";
import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import type { StringNode } from "../document/syntaxTree.js";
import { say } from "../localisation/say.js";
import { fieldByName } from "../metadata/fields.js";
import { splitUri } from "../uri/splitUri.js";

/** More links than this help nobody. */
const MOST = 200;
/** No browser opens a longer one, in UTF-16 units. */
const LONGEST = 2_000;

/**
 * Links of the members that name something to look at: pages, the logo, the key set. Redirect URIs are none: opening one
 * without an authorization response shows an error at best. Editors that find URLs themselves miss those that JSON
 * escapes (`https:\/\/`).
 */
export function documentLinks(document: ClientMetadataDocument): DocumentLink[] {
  const links: DocumentLink[] = [];
  for (const { key, value } of document.object?.members ?? []) {
    const [name = ""] = key.value.split("#", 1);
    const kind = fieldByName(name)?.kind;
    if (name === "redirect_uris" || name === "post_logout_redirect_uris") continue;
    const texts = kind === "url" ? [value] : kind === "url[]" && value?.type === "array" ? value.items : [];
    for (const text of texts) {
      if (text?.type !== "string" || !isWebPage(text)) continue;
      links.push({
        range: document.range({ offset: text.offset + 1, end: text.end - 1 }),
        target: text.value,
        tooltip: say`Open ${name}`,
      });
      if (links.length === MOST) return links;
    }
  }
  return links;
}

/** Only what a browser opens: a document must not make anybody click on another scheme. */
function isWebPage({ value }: StringNode): boolean {
  if (value.length > LONGEST) return false;
  const { scheme, host } = splitUri(value);
  return /^https?$/i.test(scheme ?? "") && Boolean(host) && !/[\s"<>\\^`{|}]/.test(value);
}
