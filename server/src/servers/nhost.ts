import type { RedirectFault } from "./behaviours/documentConstraints.js";
import { sizeLimit } from "./behaviours/documentConstraints.js";
import { literalWildcard, wildcardRule } from "./behaviours/entryOutcomes.js";
import { isBlocked, parseGoAddress } from "./behaviours/goAddress.js";
import {
  goEachRedirect,
  goFetchAddress,
  goRedirectList,
  goUrlConstraints,
} from "./behaviours/goConstraints.js";
import { GoStruct } from "./behaviours/goJson.js";
import { goUrlText, parseGoUrl } from "./behaviours/goUrl.js";
import { blocks } from "./behaviours/ipAddress.js";
import { refusedKindRule } from "./behaviours/redirectKinds.js";
import type { Constraint, RedirectMatching, ServerProfile } from "./profile.js";

const MAX_BYTES = 5 * 1024;
const UNREADABLE = "Invalid client metadata document JSON";
const UNMATCHED = "Invalid redirect_uri";
const LOOPBACK = blocks("127.0.0.0/8", "::1/128");
/** `deniedPrefixes` */
const DENIED = blocks(
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4"],
  ...["::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2001:10::/28"],
  ...["2001:20::/28", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"],
);
const SCOPES: ReadonlySet<string> = new Set([
  ...["openid", "profile", "email", "phone", "offline_access", "graphql"],
]);
const ROLE_SCOPE = /^graphql:role:[a-zA-Z0-9_:.-]+$/;

const STRUCT = new GoStruct({
  client_id: "string",
  redirect_uris: "[]string",
  scope: "string",
  grant_types: "[]string",
  response_types: "[]string",
  token_endpoint_auth_method: "string",
  client_secret: "*string",
  client_secret_expires_at: "*int",
});

/** `isLoopbackHost` */
function isLoopbackHost(hostname: string): boolean {
  const address = parseGoAddress(hostname);
  if (!address) return hostname === "localhost";
  return !address.zoned && isBlocked(address, LOOPBACK);
}

/** `validateRedirectURIOrigins`: the client's own origin, or the machine itself, which `localhost` resolves to. */
function redirectFault(uri: string, clientIdUrl: string): RedirectFault | undefined {
  const url = parseGoUrl(uri);
  if ("error" in url)
    return {
      message: "redirect_uri is invalid",
      rule: wildcardRule(uri) ?? "redirect-uris/illegal-character",
    };
  if (isLoopbackHost(url.hostname) || url.hostname.toLowerCase() === "localhost") return undefined;
  const home = parseGoUrl(clientIdUrl);
  if (!("error" in home) && url.scheme === home.scheme && url.host === home.host) return undefined;
  return {
    message: "redirect_uri must be on the same origin as the client_id or use a loopback address",
    rule: wildcardRule(uri) ?? (url.scheme === "https" ? "redirect-uris/cross-site" : refusedKindRule(uri)),
  };
}

const CONSTRAINTS: readonly Constraint[] = [
  ...goUrlConstraints({
    malformed: "Unknown client",
    https: "Unknown client",
    host: "Unknown client",
    morePath: "Unknown client",
    fragment: "Client ID metadata document URL must not have a fragment",
    userinfo: "Client ID metadata document URL must not have credentials",
    dotSegments: "Client ID metadata document URL must not contain dot segments",
  }),
  goFetchAddress("Client ID metadata document URL must not point to a private address", DENIED),
  sizeLimit(MAX_BYTES, () => "Client metadata document exceeds maximum size"),
  ...STRUCT.decodes({
    notJson: UNREADABLE,
    notObject: UNREADABLE,
    wrongType: (detail) => `${UNREADABLE}: ${detail}`,
  }),
  STRUCT.on({ id: "client-id-equal", rule: "client-id/url-mismatch" }, (values, report, { url = "" }) => {
    const id = values.text("client_id");
    const parsed = parseGoUrl(url);
    if ("error" in parsed || (id !== "" && id === goUrlText(parsed))) return;
    const pointer = values.pointer("client_id");
    const rule = pointer === undefined ? "client-id/missing" : undefined;
    report("Client ID in metadata does not match the URL", pointer, rule);
  }),
  STRUCT.on({ id: "client-secret", rule: "secret/client-secret" }, (values, report) => {
    const message = "Client metadata document must not contain client_secret fields";
    if (values.has("client_secret")) report(message, values.pointer("client_secret"));
    if (values.has("client_secret_expires_at"))
      report(message, values.pointer("client_secret_expires_at"), "secret/client-secret-expires-at");
  }),
  goRedirectList(STRUCT, "Client metadata document must contain at least one redirect_uri"),
  goEachRedirect(STRUCT, { id: "same-origin" }, redirectFault),
  STRUCT.on({ id: "scopes", rule: "scope/present" }, (values, report) => {
    const scope = values.text("scope");
    if (scope === "") return;
    const unknown = scope.split(" ").find((one) => !SCOPES.has(one) && !ROLE_SCOPE.test(one));
    if (unknown !== undefined) report(`invalid scope: ${unknown}`, values.pointer("scope"));
  }),
];

/** `matchRedirectURI`: scheme, host name, decoded path and port; of the machine itself, any port. The query is not looked at. */
function matches(redirectUri: string, entry: string): boolean {
  const requested = parseGoUrl(redirectUri);
  const registered = parseGoUrl(entry);
  return (
    !("error" in requested) &&
    !("error" in registered) &&
    requested.scheme === registered.scheme &&
    requested.hostname === registered.hostname &&
    requested.path === registered.path &&
    (requested.port === registered.port || isLoopbackHost(requested.hostname))
  );
}

const REDIRECT_MATCHING: RedirectMatching = {
  entries: STRUCT.redirects,
  matches,
  refusal: () => UNMATCHED,
  entryOutcome: (entry) => literalWildcard(entry, UNMATCHED) ?? { outcome: "works" },
};

/** Nhost Auth with CIMD switched on. */
export const nhost: ServerProfile = {
  id: "nhost",
  name: "Nhost Auth",
  version: "main, 2026 (after PR 4072)",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  reach: {
    kind: "hosted",
    generallyAvailable: true,
    source: "https://docs.nhost.io/products/auth/oauth2-provider/cimd-clients",
    date: "2026-12-01",
  },
  evidence: [
    {
      what: "nhost/nhost services/auth/go/oauth2/cimd.go, scopes.go, services/auth/go/safehttp; PR 4072 (loopback redirects, 2026-03-27)",
      url: "https://github.com/nhost/nhost/pull/4072",
    },
    {
      what: "nhost/nhost services/auth/go/oauth2/cimd.go, cimd_internal_test.go @4925d1c6c75c",
      url: "https://github.com/nhost/nhost/blob/4925d1c6c75c22ebfc166aa7092a175f9b30814f/services/auth/go/oauth2/cimd.go",
    },
    {
      what: "Nhost documentation, CIMD Clients",
      url: "https://docs.nhost.io/products/auth/oauth2-provider/cimd-clients",
    },
  ],
  notExecuted: "not-served",
  readCompletely: ["fetch", "document", "authorize"],
  constraints: CONSTRAINTS,
  redirects: REDIRECT_MATCHING,
  cache: { minimum: 3600, fallback: 3600, maximum: 3600, honours: [], stale: "refused" },
  consent: undefined,
};
