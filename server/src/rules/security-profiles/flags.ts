import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { hasKeys } from "../auth-method/methods.js";
import { defineRule, type Rule } from "../rule.js";

const jar = defineRule({
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

const boundFlag = defineRule({
  id: "mtls/bound-flag",
  severity: "information",
  title: "The server supports tokens bound to certificates",
  why: "Tokens bound to a TLS certificate need a server that offers mutual TLS; a public client may ask for them too (RFC 8705 §4).",
  sources: [rfc(8705, "3.4"), rfc(8705, "4")],
  portability: {
    message:
      "Some servers cannot bind access tokens to a TLS certificate. Leave the member out for their users.",
  },
  bad: ['"tls_client_certificate_bound_access_tokens": «true»'],
  good: ['"tls_client_certificate_bound_access_tokens": false'],
});

const richRequests = defineRule({
  id: "rar/types",
  severity: "information",
  title: "The server supports the types of rich authorization requests",
  why: "Which types there are is each server's business; one that offers none refuses a document that names some.",
  sources: [rfc(9396, "10")],
  portability: {
    message:
      "Some servers do not offer rich authorization requests of these types. Leave the member out for their users.",
  },
  bad: ['"authorization_details_types": «["payment_initiation"]»'],
  good: ['"client_name": "Acme"'],
});

/** Rules about signed requests, bound tokens and rich authorization requests. */
export const securityProfileRules: readonly Rule[] = [jar, boundFlag, richRequests];
