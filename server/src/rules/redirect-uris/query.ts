import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { offsetOf } from "../../uri/uriParts.js";
import { findAddress, findReserved } from "./parameters.js";
import { isAbsolute, redirectRule } from "./redirectRule.js";

export const query = redirectRule({
  id: "redirect-uris/query",
  severity: "hint",
  title: "Redirect URIs have no query",
  why: "A query is allowed and kept, but servers differ in how they compare it.",
  sources: [rfc(6749, "3.1.2")],
  portability: {
    message:
      "Servers differ in how they compare the query of a redirect URI. Leave it out and carry the data in `state`.",
  },
  bad: ['"redirect_uris": ["https://app.acme.dev/callback«?tenant=a»"]'],
  good: ['"redirect_uris": ["https://app.acme.dev/callback/a"]'],
  test(uri) {
    const { parts, pattern, kind } = uri;
    if (parts.query === undefined || pattern?.form === "malformed" || kind === "unsafe") return undefined;
    if (!isAbsolute(uri)) return undefined;
    // A problem inside the query is the better message.
    if (findReserved(parts.query) || findAddress(parts.query)) return undefined;
    const start = offsetOf("query", parts) - 1;
    return {
      start: parts.authority === undefined ? 0 : start,
      ...(parts.authority === undefined ? {} : { end: start + 1 + parts.query.length }),
      message: say`The query is allowed (RFC 6749 §3.1.2), and servers differ in how they compare it. Put what it says into the path or into \`state\` if you can.`,
    };
  },
});
