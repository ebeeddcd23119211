import { rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

export const boundFlag = defineRule({
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
