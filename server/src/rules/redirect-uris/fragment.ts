import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { joinUri } from "../../uri/uriParts.js";
import { isAbsolute, redirectRule } from "./redirectRule.js";

export const fragment = redirectRule({
  id: "redirect-uris/fragment",
  severity: "error",
  title: "Redirect URIs have no fragment",
  why: "The answer's parameters would land behind the fragment; oidc-provider and better-auth refuse the whole document.",
  sources: [rfc(6749, "3.1.2")],
  bad: [
    '"redirect_uris": ["https://app.acme.dev/callback«#done»"]',
    '"redirect_uris": ["https://app.acme.dev/callback«#»"]',
  ],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
  test(uri) {
    const { parts, raw, pattern } = uri;
    if (parts.fragment === undefined || pattern?.form === "malformed" || !isAbsolute(uri)) return undefined;
    return {
      start: raw.indexOf("#"),
      end: raw.length,
      message: say`A redirect URI must not have a fragment (RFC 6749 §3.1.2), and some servers refuse the whole document. Delete the \`#\` and what follows.`,
    };
  },
  fix: ({ parts }) => [
    { title: say`Delete the fragment`, uri: joinUri({ ...parts, fragment: undefined }), preferred: true },
  ],
});
