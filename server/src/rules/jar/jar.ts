import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { hasKeys } from "../auth-method/methods.js";
import { defineRule } from "../rule.js";

export const flag = defineRule({
  id: "jar/flag",
  severity: "error",
  title: "Signed request objects come with public keys",
  why: "The document says that every request is signed, and servers find no key to check a signature with: every request fails.",
  sources: [rfc(9101, "10.5"), rfc(9101, "6.2")],
  bad: ['"require_signed_request_object": «true»'],
  good: [
    '"require_signed_request_object": true, "request_object_signing_alg": "ES256", "jwks_uri": "https://app.acme.dev/jwks.json"',
    '"require_signed_request_object": false',
  ],
  check(document, report) {
    const flag = document.value("require_signed_request_object");
    if (flag?.type !== "boolean" || !flag.value || !document.complete || hasKeys(document)) return;
    report({
      at: flag,
      pointer: "/require_signed_request_object",
      message: say`Requests must be signed, and servers find no key of the client to check them with (RFC 9101 §6.2). Add \`jwks_uri\`, or remove the flag.`,
    });
  },
});
