import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { cimd03, rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";
import { isPublicClient } from "./methods.js";

/** Members that put published keys to another use than client authentication. */
const OTHER_USES =
  /_encrypted_response_alg$|^(?:request_object_signing_alg|backchannel_authentication_request_signing_alg|require_signed_request_object)$/;

export const keysWithoutMethod = defineRule({
  id: "auth-method/keys-without-method",
  severity: "information",
  title: "Published keys come with private_key_jwt",
  why: "With the method none the client does not authenticate, so nobody looks at its keys and it stays a public client.",
  sources: [cimd03("6"), rfc(7591, "2")],
  bad: ['«"jwks_uri"»: "https://app.acme.dev/jwks.json", "token_endpoint_auth_method": "none"'],
  good: [
    '"jwks_uri": "https://app.acme.dev/jwks.json", "token_endpoint_auth_method": "private_key_jwt"',
    '"jwks_uri": "https://app.acme.dev/jwks.json", "token_endpoint_auth_method": "none", "request_object_signing_alg": "ES256"',
  ],
  check(document, report) {
    const member = document.member("jwks_uri") ?? document.member("jwks");
    if (!member || !document.object || !isPublicClient(document)) return;
    if (member.value?.type !== (member.key.value === "jwks" ? "object" : "string")) return;
    if (document.object.members.some(({ key }) => OTHER_USES.test(key.value))) return;
    report({
      at: member.key,
      pointer: jsonPointer(member.key.value),
      message: say`The method is none, so no server looks at these keys (CIMD draft-03 §6). Use private_key_jwt if the client holds the private key, or delete the member.`,
    });
  },
});
