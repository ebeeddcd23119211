import { ASSERTION_ALGORITHMS } from "../metadata/algorithms.js";
import type { RehearsedDocument } from "./rehearsedDocument.js";

/** Where the MCP server's metadata is: at its own address first (RFC 9728 §3.1), and at the root. */
export const RESOURCE_METADATA = "/.well-known/oauth-protected-resource";
/** RFC 8414 §3, and OpenID Connect Discovery §4. */
export const SERVER_METADATA = [
  "/.well-known/oauth-authorization-server",
  "/.well-known/openid-configuration",
] as const;

/** RFC 9728 §2. */
export function resourceMetadata(origin: string, resource: string, { scopes }: RehearsedDocument): object {
  return {
    resource,
    authorization_servers: [origin],
    bearer_methods_supported: ["header"],
    resource_name: "CIMD rehearsal",
    ...(scopes.length > 0 ? { scopes_supported: scopes } : {}),
  };
}

/** RFC 8414 §2 and OAuth Client ID Metadata Document §6. */
export function serverMetadata(origin: string, { scopes, asksForRefresh }: RehearsedDocument): object {
  const offered = new Set([...scopes, ...(asksForRefresh ? ["offline_access"] : [])]);
  return {
    issuer: origin,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    registration_endpoint: `${origin}/register`,
    revocation_endpoint: `${origin}/revoke`,
    jwks_uri: `${origin}/jwks`,
    client_id_metadata_document_supported: true,
    response_types_supported: ["code"],
    response_modes_supported: ["query", "fragment", "form_post"],
    grant_types_supported: ["authorization_code", "refresh_token"],
    code_challenge_methods_supported: ["S256"],
    token_endpoint_auth_methods_supported: ["none", "private_key_jwt"],
    token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
    revocation_endpoint_auth_methods_supported: ["none", "private_key_jwt"],
    authorization_response_iss_parameter_supported: true,
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["ES256"],
    ...(offered.size > 0 ? { scopes_supported: [...offered] } : {}),
  };
}
