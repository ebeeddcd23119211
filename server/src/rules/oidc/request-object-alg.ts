import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

export const requestObjectAlg = defineRule({
  id: "oidc/request-object-alg",
  severity: "warning",
  title: "Request objects are signed",
  why: "An unsigned request object protects nothing: whoever sits between can change it.",
  sources: [rfc(9101, "10.5"), rfc(8725, "3.2")],
  bad: [
    '"request_object_signing_alg": «"none"»',
    '"request_object_signing_alg": «"none"», "require_signed_request_object": true, "jwks_uri": "https://app.acme.dev/jwks.json"',
  ],
  good: ['"request_object_signing_alg": "ES256", "jwks_uri": "https://app.acme.dev/jwks.json"'],
  check(document, report) {
    const node = document.string("request_object_signing_alg");
    if (node?.value !== "none") return;
    const flag = document.value("require_signed_request_object");
    const required = flag?.type === "boolean" && flag.value;
    report({
      at: node,
      pointer: "/request_object_signing_alg",
      ...(required ? { severity: "error" as const } : {}),
      message: required
        ? say`\`require_signed_request_object\` forbids unsigned request objects, so no request could pass (RFC 9101 §10.5). Use ES256 or RS256.`
        : say`Unsigned request objects protect nothing (RFC 9101 §10.5). Use ES256 or RS256, or delete the member.`,
    });
  },
});
