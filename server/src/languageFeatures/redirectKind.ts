import type { RedirectKind, RedirectUri } from "../redirects/classify.js";

/** The names that RFC 8252 §7 gives to redirect URIs, and what to call the others. */
const KIND: Readonly<Record<RedirectKind, string>> = {
  loopback: "loopback",
  "claimed-https": "claimed https",
  "loopback-https": "https on loopback",
  http: "plain http",
  "private-use": "private-use scheme",
  unsafe: "unsafe scheme",
  urn: "no address",
  relative: "not absolute",
};

/** What kind of redirect URI an entry is, in two or three words. */
export function redirectKindInWords({ kind, pattern }: RedirectUri): string {
  return pattern ? `${KIND[kind]}, pattern` : KIND[kind];
}
