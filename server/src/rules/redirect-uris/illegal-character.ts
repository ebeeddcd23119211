import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { findIllegalAscii, findNonAscii } from "../../uri/spelling.js";
import { holdsPlaceholder } from "../document/placeholder.js";
import { isAbsolute, redirectRule } from "./redirectRule.js";

export const illegalCharacter = redirectRule({
  id: "redirect-uris/illegal-character",
  severity: "error",
  title: "Redirect URIs have only characters that URIs allow",
  why: "Servers compare exactly; a space, a backslash or a letter outside ASCII is changed on its way and never matches.",
  sources: [rfc(3986, "2")],
  bad: [
    '"redirect_uris": ["https://app.acme.dev/call« »back"]',
    '"redirect_uris": ["https://app.acme.dev/«é»"]',
    '"redirect_uris": [«"https://app.acme.dev/a\\\\b"»]',
  ],
  good: ['"redirect_uris": ["https://app.acme.dev/%C3%A9"]'],
  test(uri) {
    const found = findIllegalAscii(uri.raw) ?? findNonAscii(uri.raw);
    if (!found || uri.raw.trim() !== uri.raw || holdsPlaceholder(uri.raw) || !isAbsolute(uri))
      return undefined;
    // `{port}` and its like are one mistake, and the port rule names it.
    if (uri.parts.port !== undefined && findIllegalAscii(uri.parts.port)) return undefined;
    return {
      ...found,
      message: say`A URI cannot hold this character (RFC 3986 §2), so the entry never matches what a client sends. Percent-encode it, or write the host in punycode.`,
    };
  },
});
