import { onMembers } from "./behaviours/constraintKinds.js";
import { type RedirectFault as Fault, sizeLimit } from "./behaviours/documentConstraints.js";
import { literalWildcard, wildcardRule } from "./behaviours/entryOutcomes.js";
import {
  goEachRedirect,
  goFetchAddress,
  goMethodAmong,
  goRedirectList,
  goSameClientId,
  goUrlConstraints,
} from "./behaviours/goConstraints.js";
import { CLIENT_FIELDS, GoStruct } from "./behaviours/goJson.js";
import { goLength } from "./behaviours/goText.js";
import { type GoUrl, goUrlText, parseGoUrl } from "./behaviours/goUrl.js";
import { blocks } from "./behaviours/ipAddress.js";
import { isObject } from "./behaviours/jsonBody.js";
import { refusedKindRule } from "./behaviours/redirectKinds.js";
import { urlConstraint } from "./behaviours/urlConstraints.js";
import type { Constraint, RedirectMatching, ServerProfile } from "./profile.js";

const MAX_URL_LENGTH = 2048;
const MAX_BYTES = 5 * 1024;
const MAX_NAME_LENGTH = 256;
const MAX_REDIRECTS = 32;
const MAX_REDIRECT_LENGTH = 2048;

const { scope: _, ...READ_FIELDS } = CLIENT_FIELDS;
const STRUCT = new GoStruct({ ...READ_FIELDS, client_secret: "*any", client_secret_expires_at: "*any" });

const BLOCKED = blocks(
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"],
  ...["203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
  ...["::/128", "::1/128", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "64:ff9b::/96"],
  ...["fc00::/7", "fe80::/10", "ff00::/8"],
);

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "localhost"]);

/** `IsLoopbackRedirectURI` */
function isLoopback({ scheme, hostname }: GoUrl): boolean {
  return scheme === "http" && LOOPBACK_HOSTS.has(hostname.toLowerCase());
}

/** `ValidateRedirectURI` and `validateOriginBinding`. */
function redirectFault(uri: string, clientIdUrl: string): Fault | undefined {
  if (goLength(uri) > MAX_REDIRECT_LENGTH)
    return {
      message: `redirect_uri exceeds the ${MAX_REDIRECT_LENGTH} byte limit`,
      rule: "redirect-uris/length",
    };
  const url = parseGoUrl(uri);
  if ("error" in url || url.scheme === "")
    return {
      message: "redirect_uri must be an absolute URL",
      rule:
        "error" in url ? (wildcardRule(uri) ?? "redirect-uris/illegal-character") : "redirect-uris/absolute",
    };
  if (isLoopback(url)) return undefined;
  if (url.scheme === "https" && url.host === "")
    return { message: "redirect_uri must include a host", rule: "redirect-uris/absolute" };
  if (url.scheme === "http")
    return {
      message: "http redirect_uri is only allowed for loopback hosts (127.0.0.1, ::1, localhost)",
      rule: refusedKindRule(uri),
    };
  const own = parseGoUrl(clientIdUrl);
  if ("error" in own || (url.scheme === own.scheme && url.host === own.host)) return undefined;
  return {
    message: `redirect_uri "${uri}" is not same-origin with the client_id URL`,
    rule: url.scheme === "https" ? (wildcardRule(uri) ?? "redirect-uris/cross-site") : refusedKindRule(uri),
  };
}

/** `validateJWKSPublicOnly` */
function keysFault(jwks: unknown): Fault | undefined {
  if (jwks === undefined || jwks === null) return undefined;
  const keys = isObject(jwks) ? (jwks["keys"] ?? []) : undefined;
  if (!Array.isArray(keys) || !keys.every((key) => key === null || isObject(key)))
    return { message: "jwks is not a valid JWK Set", rule: "jwks/shape" };
  const has = (member: string) => keys.some((key) => isObject(key) && Object.hasOwn(key, member));
  if (has("d")) return { message: "jwks must not contain private key material", rule: "jwks/private-key" };
  if (has("k"))
    return { message: "jwks must not contain symmetric key material", rule: "jwks/symmetric-key" };
  return undefined;
}

const CONSTRAINTS: readonly Constraint[] = [
  urlConstraint(
    "url-https",
    "client-id/https",
    "client_id URL must use the https scheme",
    ({ scheme = "" }, url) => {
      if (url.startsWith("https://")) return false;
      return /^https$/i.test(scheme) ? "client-id/scheme-case" : true;
    },
  ),
  urlConstraint(
    "url-length",
    "client-id/length",
    `client_id exceeds the ${MAX_URL_LENGTH} byte limit`,
    (_parts, url) => goLength(url) > MAX_URL_LENGTH,
  ),
  urlConstraint(
    "url-fragment",
    "client-id/fragment",
    "client_id URL must not contain a fragment",
    (_parts, url) => url.includes("#"),
  ),
  ...goUrlConstraints({
    malformed: "client_id is not a valid URL",
    userinfo: "client_id URL must not contain a userinfo component",
    host: "client_id URL must include a host",
    dotSegments: 'client_id URL must not contain "." or ".." path segments',
  }),
  urlConstraint(
    "url-path",
    "client-id/path-required",
    "client_id URL must include a path component",
    (_parts, url) => {
      const parsed = parseGoUrl(url);
      return !("error" in parsed) && parsed.path === "";
    },
  ),
  goFetchAddress("failed to fetch client metadata document: blocked ip", BLOCKED),
  sizeLimit(MAX_BYTES, () => `document exceeds ${MAX_BYTES} byte limit`),
  ...STRUCT.decodes({
    notJson: "parse client metadata document",
    notObject: "parse client metadata document: not an object",
    wrongType: (detail) => `parse client metadata document: json: ${detail}`,
  }),
  goSameClientId(STRUCT, () => "document client_id does not match the client identifier URL"),
  STRUCT.on({ id: "client-name", rule: "client-name/missing" }, (values, report) => {
    const name = values.text("client_name");
    const pointer = values.pointer("client_name");
    if (name === "") report("client_name is required", pointer, pointer && "client-name/empty");
    else if (goLength(name) > MAX_NAME_LENGTH)
      report(`client_name exceeds the ${MAX_NAME_LENGTH} byte limit`, pointer, "client-name/length");
  }),
  goMethodAmong(
    STRUCT,
    { id: "auth-method", rule: "auth-method/unknown" },
    ["none"],
    () => 'token_endpoint_auth_method must be "none" or absent',
  ),
  STRUCT.on({ id: "client-secret", rule: "secret/client-secret" }, (values, report) => {
    const message = "document must not contain client_secret or client_secret_expires_at";
    const [secret, expires] = [values.pointer("client_secret"), values.pointer("client_secret_expires_at")];
    if (secret !== undefined) report(message, secret);
    if (expires !== undefined) report(message, expires, "secret/client-secret-expires-at");
  }),
  onMembers({ id: "keys", rule: "jwks/private-key" }, ({ jwks }, report) => {
    const fault = keysFault(jwks);
    if (fault) report(fault.message, "/jwks", fault.rule);
  }),
  goRedirectList(STRUCT, "redirect_uris is required"),
  STRUCT.on({ id: "redirect-count", rule: "redirect-uris/too-many" }, (values, report) => {
    if (values.list("redirect_uris").length > MAX_REDIRECTS)
      report(`redirect_uris exceeds the limit of ${MAX_REDIRECTS} entries`, values.pointer("redirect_uris"));
  }),
  goEachRedirect(STRUCT, { id: "redirect-origin" }, redirectFault),
];

const REFUSAL = "redirect_uri is not registered for this client";

/** A loopback redirect URI without its port, as Go writes it; undefined where it is none, or has userinfo or a `#`. */
function withoutPort(uri: string): string | undefined {
  const url = uri.includes("#") ? undefined : parseGoUrl(uri);
  if (!url || "error" in url || url.hasUserinfo || !isLoopback(url)) return undefined;
  return goUrlText({ ...url, host: url.hostname.toLowerCase() });
}

const REDIRECTS: RedirectMatching = {
  entries: STRUCT.redirects,
  matches(redirectUri, entry) {
    if (redirectUri === entry) return true;
    const requested = withoutPort(redirectUri);
    return requested !== undefined && requested === withoutPort(entry);
  },
  refusal: () => REFUSAL,
  entryOutcome: (entry) => literalWildcard(entry, REFUSAL) ?? { outcome: "works" },
};

/**
 * Speakeasy's Gram, whose user-session issuer admits every document where its operator has not restricted it. A redirect URI
 * is on the origin of the document or on the loopback interface.
 */
export const gram: ServerProfile = {
  id: "gram",
  name: "Gram",
  version: "2026-08-22 (2211d3402a51)",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "speakeasy-api/gram server/internal/usersessions/cimd/validate.go, cimd.go, cache_policy.go @2211d3402a51",
      url: "https://github.com/speakeasy-api/gram/blob/2211d3402a51ec6172865df32305931f1000d860/server/internal/usersessions/cimd/validate.go",
    },
    {
      what: "speakeasy-api/gram server/internal/usersessions/oauthwire/oauthwire.go, server/internal/guardian/policy.go @2211d3402a51",
      url: "https://github.com/speakeasy-api/gram/blob/2211d3402a51ec6172865df32305931f1000d860/server/internal/usersessions/oauthwire/oauthwire.go",
    },
    {
      what: "speakeasy-api/gram server/internal/mcp/client_resolver.go @2211d3402a51 (redirectURIMatches)",
      url: "https://github.com/speakeasy-api/gram/blob/2211d3402a51ec6172865df32305931f1000d860/server/internal/mcp/client_resolver.go",
    },
  ],
  notExecuted: "internal",
  readCompletely: ["fetch", "document"],
  constraints: CONSTRAINTS,
  redirects: REDIRECTS,
  cache: {
    minimum: 300,
    fallback: 3600,
    maximum: 86_400,
    honours: ["s-maxage", "max-age", "Expires", "Age"],
    stale: "refused",
  },
  consent: {
    shows: ["client-name", "client-id-host", "localhost-warning"],
    note: "The logo is never shown.",
  },
};
