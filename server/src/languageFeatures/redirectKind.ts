import { say } from "../localisation/say.js";
import type { RedirectKind, RedirectUri } from "../redirects/classify.js";

/** The names that RFC 8252 §7 gives to redirect URIs, and what to call the others. */
const KIND: Readonly<Record<RedirectKind, () => string>> = {
  loopback: () => say`loopback`,
  "claimed-https": () => say`claimed https`,
  "loopback-https": () => say`https on loopback`,
  http: () => say`plain http`,
  "private-use": () => say`private-use scheme`,
  unsafe: () => say`unsafe scheme`,
  urn: () => say`no address`,
  relative: () => say`not absolute`,
};

/** What kind of redirect URI an entry is, in two or three words. */
export function redirectKindInWords({ kind, pattern }: RedirectUri): string {
  return pattern ? say`${KIND[kind]()}, pattern` : KIND[kind]();
}
