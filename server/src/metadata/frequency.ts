import { table } from "../table.js";

/**
 * In how many published documents a member stands, by the document's audience: 347 documents found in September 2026, at
 * their client identifier URLs, in public repositories and in issues (166 for MCP, 177 for atproto, 5 for Solid, one of
 * them for both). Members that fewer than two of them have are left out.
 */
const COUNTS = table<Readonly<Record<string, number>>>({
  redirect_uris: { mcp: 164, atproto: 177, solid: 5 },
  client_id: { mcp: 154, atproto: 175, solid: 5 },
  client_name: { mcp: 155, atproto: 169, solid: 5 },
  token_endpoint_auth_method: { mcp: 147, atproto: 173, solid: 3 },
  grant_types: { mcp: 144, atproto: 173, solid: 5 },
  response_types: { mcp: 142, atproto: 173, solid: 4 },
  client_uri: { mcp: 108, atproto: 152, solid: 4 },
  application_type: { mcp: 45, atproto: 170, solid: 3 },
  scope: { mcp: 35, atproto: 176, solid: 5 },
  dpop_bound_access_tokens: { atproto: 174, solid: 1 },
  logo_uri: { mcp: 44, atproto: 53, solid: 3 },
  policy_uri: { mcp: 9, atproto: 49, solid: 1 },
  tos_uri: { mcp: 10, atproto: 46, solid: 1 },
  token_endpoint_auth_signing_alg: { mcp: 4, atproto: 9 },
  jwks_uri: { mcp: 6, atproto: 4 },
  software_id: { mcp: 10 },
  token_endpoint_auth_methods_supported: { mcp: 7 },
  software_version: { mcp: 6 },
  "@context": { atproto: 1, solid: 5 },
  contacts: { mcp: 4, atproto: 1 },
  subject_type: { atproto: 4 },
  jwks: { atproto: 3 },
  authorization_signed_response_alg: { atproto: 2 },
  _comment: { mcp: 1, atproto: 1 },
  description: { mcp: 2 },
});

/** In how many published documents for these audiences a member stands. */
export function frequencyOf(name: string, audiences: readonly string[]): number {
  const counts = COUNTS.get(name) ?? {};
  return audiences.reduce((sum, audience) => sum + (counts[audience] ?? 0), 0);
}
