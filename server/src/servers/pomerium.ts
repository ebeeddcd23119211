import { say } from "../localisation/say.js";
import { jsonObject, noSharedSecretMethod, sizeLimit } from "./behaviours/documentConstraints.js";
import { literalWildcard } from "./behaviours/entryOutcomes.js";
import {
  goFetchAddress,
  goMethodAmong,
  goRedirectList,
  goSameClientId,
  goUrlConstraints,
} from "./behaviours/goConstraints.js";
import { goFieldTypes } from "./behaviours/goJson.js";
import { parseGoUrl } from "./behaviours/goUrl.js";
import { blocks } from "./behaviours/ipAddress.js";
import { operatorAllowlist } from "./behaviours/operatorAllowlist.js";
import type { Constraint, RedirectMatching, ServerProfile } from "./profile.js";

const MAX_BYTES = 5 * 1024;
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1"]);
const FAILED = "client metadata validation failed";
const UNMATCHED = "client redirect URI does not match registered redirect URIs";
const NOT_REGISTERED = "The MCP client is not registered.";
/** `isInternalOrSpecial`. */
const INTERNAL = blocks(
  ...["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4"],
  ...["0.0.0.0/32", "fc00::/7", "::/127", "fe80::/10", "ff00::/8"],
);

const CONSTRAINTS: readonly Constraint[] = [
  ...goUrlConstraints({
    malformed: NOT_REGISTERED,
    https: NOT_REGISTERED,
    host: `${FAILED}: client_id URL must have a host`,
    morePath: `${FAILED}: client_id URL must contain a path component`,
    dotSegments: `${FAILED}: client_id URL must not contain single-dot or double-dot path segments`,
    fragment: `${FAILED}: client_id URL must not contain a fragment component`,
    userinfo: `${FAILED}: client_id URL must not contain username or password`,
  }),
  operatorAllowlist(
    "The MCP client domain is not authorized, unless mcp_allowed_client_id_domains has it; by default it has none",
  ),
  goFetchAddress("failed to fetch client metadata: ssrf protection: blocked IP literal", INTERNAL),
  sizeLimit(
    MAX_BYTES,
    () => `failed to fetch client metadata: response exceeds maximum size of ${MAX_BYTES} bytes`,
  ),
  ...jsonObject(
    "failed to fetch client metadata: invalid JSON",
    "failed to fetch client metadata: invalid JSON: cannot unmarshal it into an object",
  ),
  goFieldTypes(
    {
      client_id: "string",
      client_name: "string",
      client_uri: "string",
      logo_uri: "string",
      redirect_uris: "[]string",
      grant_types: "[]string",
      response_types: "[]string",
      token_endpoint_auth_method: "string",
      scope: "string",
      contacts: "[]string",
      tos_uri: "string",
      policy_uri: "string",
      jwks_uri: "string",
      software_id: "string",
      software_version: "string",
    },
    (detail) => `failed to fetch client metadata: invalid JSON: json: ${detail}`,
  ),
  goSameClientId((id, url) => `${FAILED}: client_id in document ("${id}") does not match URL ("${url}")`),
  goRedirectList(`${FAILED}: redirect_uris is required`),
  noSharedSecretMethod(
    (method) =>
      `${FAILED}: token_endpoint_auth_method "${method}" is not allowed for client metadata documents`,
  ),
  goMethodAmong(
    { id: "public-client", rule: "auth-method/unknown", stage: "authorize" },
    ["none"],
    (method) => `unsupported token endpoint auth method: ${method}`,
  ),
];

/** `isLoopbackRedirectMatch`: scheme, host name and path; neither port nor query. */
function matchesLoopback(redirectUri: string, entry: string): boolean {
  const requested = parseGoUrl(redirectUri);
  if ("error" in requested || !LOOPBACK_HOSTS.has(requested.hostname)) return false;
  const registered = parseGoUrl(entry);
  return (
    !("error" in registered) &&
    requested.scheme === registered.scheme &&
    requested.hostname === registered.hostname &&
    requested.path === registered.path
  );
}

const REDIRECT_MATCHING: RedirectMatching = {
  matches: (redirectUri, entry) => redirectUri === entry || matchesLoopback(redirectUri, entry),
  refusal: () => UNMATCHED,
  entryOutcome(entry) {
    const wildcard = literalWildcard(entry, UNMATCHED);
    if (wildcard || !entry.startsWith("http://[::1]")) return wildcard ?? { outcome: "works" };
    return {
      outcome: "limited",
      rule: "redirect-uris/loopback-exact",
      message: say`${UNMATCHED}: only localhost and 127.0.0.1 may have another port, [::1] is compared as a whole string.`,
    };
  },
};

/** Pomerium as the authorization server of the MCP routes behind it, for a client whose domain it lets in. */
export const pomerium: ServerProfile = {
  id: "pomerium",
  name: "Pomerium",
  version: "main, 2026-08-20",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "pomerium/pomerium internal/mcp/client_id_metadata.go, ssrf.go, domain_matcher.go @c8ace109fe2a",
      url: "https://github.com/pomerium/pomerium/blob/c8ace109fe2a40a0e1d58b90476c7bec360a6980/internal/mcp/client_id_metadata.go",
    },
    {
      what: "pomerium/pomerium internal/oauth21/validate_client.go, internal/mcp/handler_authorization.go @c8ace109fe2a",
      url: "https://github.com/pomerium/pomerium/blob/c8ace109fe2a40a0e1d58b90476c7bec360a6980/internal/oauth21/validate_client.go",
    },
  ],
  readCompletely: ["fetch", "document"],
  constraints: CONSTRAINTS,
  redirects: REDIRECT_MATCHING,
  // `getOrFetchClient` fetches for every authorization request.
  cache: { maximum: 0, honours: [], stale: "refused" },
  consent: undefined,
};
