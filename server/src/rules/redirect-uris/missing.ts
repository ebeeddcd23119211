import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { startOf } from "../../document/locate.js";
import { say } from "../../localisation/say.js";
import { cimd, mcp, rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

/** Grants that end in a redirect (RFC 6749 §4.1, §4.2). */
const REDIRECT_GRANTS: ReadonlySet<string> = new Set(["authorization_code", "implicit"]);

/** True when the document says, by its grants or by leaving them out (RFC 7591 §2), that users are redirected. */
export function needsRedirect(document: ClientMetadataDocument): boolean {
  if (!document.has("grant_types")) return true;
  const grants = document.strings("grant_types");
  return grants.length === 0 || grants.some(({ node }) => REDIRECT_GRANTS.has(node.value));
}

export const missing = defineRule({
  id: "redirect-uris/missing",
  severity: "error",
  title: "The document lists redirect URIs",
  why: "The server sends the user back only to an address that the document lists; without one no sign-in can be completed.",
  sources: [rfc(7591, "2"), mcp("client-registration"), cimd("4.2")],
  bad: [
    '=«{»"client_id": "https://app.acme.dev/oauth/client", "client_name": "Acme", "token_endpoint_auth_method": "none", "grant_types": ["authorization_code", "refresh_token"]}',
  ],
  good: [
    '"redirect_uris": ["https://app.acme.dev/callback"]',
    '={"client_id": "https://app.acme.dev/oauth/client", "client_name": "Acme", "token_endpoint_auth_method": "private_key_jwt", "jwks_uri": "https://app.acme.dev/jwks.json", "grant_types": ["client_credentials"], "response_types": []}',
  ],
  check(document, report) {
    if (!document.object || !document.complete || document.has("redirect_uris") || !needsRedirect(document))
      return;
    report({
      at: startOf(document.object),
      pointer: "",
      message: say`The document has no \`redirect_uris\`, so no sign-in can be completed (RFC 7591 §2, MCP). Add the addresses your client listens on.`,
    });
  },
});
