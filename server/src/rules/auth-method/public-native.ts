import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

export const publicNative = defineRule({
  id: "auth-method/public-native",
  severity: "warning",
  title: "An app that people install has no key of its own",
  why: "Every copy would carry the same private key, and whoever has a copy has the key.",
  sources: [rfc(8252, "8.4"), rfc(8252, "8.5")],
  bad: [
    '"application_type": "native", "token_endpoint_auth_method": «"private_key_jwt"», "jwks_uri": "https://app.acme.dev/jwks.json", "redirect_uris": ["http://127.0.0.1/callback"]',
  ],
  good: [
    '"application_type": "native", "token_endpoint_auth_method": "none", "redirect_uris": ["http://127.0.0.1/callback"]',
    '"application_type": "native", "token_endpoint_auth_method": "private_key_jwt", "jwks_uri": "https://app.acme.dev/jwks.json"',
  ],
  check(document, report) {
    const method = document.string("token_endpoint_auth_method");
    if (method?.value !== "private_key_jwt" || document.string("application_type")?.value !== "native")
      return;
    // An https redirect may lead to the app's own server, which can keep a key.
    if (document.redirects.length === 0) return;
    if (document.redirects.some(({ uri }) => uri.kind === "claimed-https")) return;
    report({
      at: method,
      pointer: "/token_endpoint_auth_method",
      message: say`Native apps are public clients: a key that every copy shares is no secret (RFC 8252 §8.4). Use none, unless a server of yours does the signing.`,
    });
  },
});
