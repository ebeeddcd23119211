import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { redirectRule } from "./redirectRule.js";

export const unsafeScheme = redirectRule({
  id: "redirect-uris/unsafe-scheme",
  severity: "error",
  title: "Redirect URIs lead back to the client",
  why: "javascript:, data: and the like run or read something in the browser instead of calling the client back.",
  sources: [cimd("9.6"), rfc(9700, "4.1")],
  bad: [
    '"redirect_uris": ["«javascript»:alert(1)"]',
    '"redirect_uris": ["«data»:text/html,hi"]',
    '"redirect_uris": ["«file»:///tmp/callback"]',
  ],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
  test({ kind, parts, scheme }) {
    if (kind !== "unsafe") return undefined;
    return {
      end: parts.scheme?.length ?? 0,
      message: say`\`${scheme}:\` does not call your client back, and servers refuse it (CIMD draft-03 §9.6). Use https, a loopback address or your own scheme.`,
    };
  },
});
