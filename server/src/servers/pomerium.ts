import { say } from "../localisation/say.js";
import { SHARED_SECRET_METHODS } from "../metadata/authMethods.js";
import { methodRule, sizeLimit } from "./behaviours/documentConstraints.js";
import { literalWildcard } from "./behaviours/entryOutcomes.js";
import {
  goFetchAddress,
  goMethodAmong,
  goRedirectList,
  goSameClientId,
  goUrlConstraints,
} from "./behaviours/goConstraints.js";
import { CLIENT_FIELDS, type GoFields, GoStruct } from "./behaviours/goJson.js";
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
const FIELDS_BEFORE_NEGOTIATION: GoFields = {
  ...CLIENT_FIELDS,
  contacts: "[]string",
  tos_uri: "string",
  policy_uri: "string",
  jwks_uri: "string",
  software_id: "string",
  software_version: "string",
};
const STRUCT = new GoStruct({
  ...FIELDS_BEFORE_NEGOTIATION,
  token_endpoint_auth_methods_supported: "[]string",
});
const STRUCT_BEFORE_NEGOTIATION = new GoStruct(FIELDS_BEFORE_NEGOTIATION);

/** What holds with every way to settle on a method of client authentication. */
function common(struct: GoStruct): Constraint[] {
  return [
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
    ...struct.decodes({
      notJson: "failed to fetch client metadata: invalid JSON",
      notObject: "failed to fetch client metadata: invalid JSON: cannot unmarshal it into an object",
      wrongType: (detail) => `failed to fetch client metadata: invalid JSON: json: ${detail}`,
    }),
    goSameClientId(
      struct,
      (id, url) => `${FAILED}: client_id in document ("${id}") does not match URL ("${url}")`,
    ),
    goRedirectList(struct, `${FAILED}: redirect_uris is required`),
  ];
}

const secretRefused = (method: string): string =>
  `${FAILED}: token_endpoint_auth_method "${method}" is not allowed for client metadata documents`;

const CONSTRAINTS: readonly Constraint[] = [
  ...common(STRUCT),
  STRUCT.on({ id: "auth-method", rule: "auth-method/unknown" }, (values, report) => {
    const method = values.text("token_endpoint_auth_method");
    if (method === "" || method === "none" || method === "private_key_jwt") return;
    const hasKeys = values.text("jwks_uri") !== "";
    const isUsable = (offered: string): boolean =>
      offered === "none" || (offered === "private_key_jwt" && hasKeys);
    if (values.list("token_endpoint_auth_methods_supported").some(isUsable)) return;
    report(
      SHARED_SECRET_METHODS.has(method)
        ? secretRefused(method)
        : `${FAILED}: this server supports none of the client's token endpoint auth methods (${method})`,
      values.pointer("token_endpoint_auth_method"),
      methodRule(method),
    );
  }),
  STRUCT.on({ id: "jwks-uri", rule: "jwks-uri/https" }, (values, report) => {
    const uri = values.text("jwks_uri");
    if (uri === "") return;
    const url = parseGoUrl(uri);
    if ("error" in url)
      report(`${FAILED}: jwks_uri is not a valid URL: ${url.error}`, values.pointer("jwks_uri"));
    else if (url.scheme !== "https")
      report(`${FAILED}: jwks_uri must use the https scheme`, values.pointer("jwks_uri"));
  }),
  STRUCT.on({ id: "keys", rule: "auth-method/private-key-jwt-no-keys" }, (values, report) => {
    if (values.text("token_endpoint_auth_method") === "private_key_jwt" && values.text("jwks_uri") === "")
      report(
        `${FAILED}: token_endpoint_auth_method "private_key_jwt" requires jwks_uri`,
        values.pointer("token_endpoint_auth_method"),
      );
  }),
];

const CONSTRAINTS_BEFORE_NEGOTIATION: readonly Constraint[] = [
  ...common(STRUCT_BEFORE_NEGOTIATION),
  STRUCT_BEFORE_NEGOTIATION.on({ id: "auth-method", rule: "auth-method/shared-secret" }, (values, report) => {
    const method = values.text("token_endpoint_auth_method");
    if (SHARED_SECRET_METHODS.has(method))
      report(secretRefused(method), values.pointer("token_endpoint_auth_method"));
  }),
  goMethodAmong(
    STRUCT_BEFORE_NEGOTIATION,
    { id: "public-client", rule: "auth-method/unknown", stage: "authorize" },
    ["none"],
    (method) => `unsupported token endpoint auth method: ${method}`,
  ),
];

/** `isLoopbackRedirectMatch`: scheme, host name and decoded path; neither port nor query. */
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
  entries: STRUCT.redirects,
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
  version: "main, 2026-09 (PR 6701)",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "pomerium/pomerium PR 6700, PR 6701: internal/mcp/client_id_metadata.go, private_key_jwt_hardening_test.go",
      url: "https://github.com/pomerium/pomerium/pull/6701",
    },
    {
      what: "pomerium/pomerium internal/mcp/client_id_metadata.go, ssrf.go, domain_matcher.go @c8ace109fe2a",
      url: "https://github.com/pomerium/pomerium/blob/c8ace109fe2a40a0e1d58b90476c7bec360a6980/internal/mcp/client_id_metadata.go",
    },
    {
      what: "pomerium/pomerium internal/oauth21/validate_client.go, internal/mcp/handler_authorization.go @c8ace109fe2a",
      url: "https://github.com/pomerium/pomerium/blob/c8ace109fe2a40a0e1d58b90476c7bec360a6980/internal/oauth21/validate_client.go",
    },
  ],
  notExecuted: "internal",
  readCompletely: ["fetch", "document"],
  constraints: CONSTRAINTS,
  redirects: REDIRECT_MATCHING,
  // `getOrFetchClient` fetches for every authorization request.
  cache: { maximum: 0, honours: [], stale: "refused" },
  consent: undefined,
  changes: [
    {
      before: "2026-08-28",
      constraints: CONSTRAINTS_BEFORE_NEGOTIATION,
      source: {
        what: "pomerium/pomerium PR 6700; internal/oauth21/validate_client.go @c8ace109fe2a",
        url: "https://github.com/pomerium/pomerium/pull/6700",
      },
    },
  ],
};
