import { onMembers } from "./behaviours/constraintKinds.js";
import { eachRedirect, jsonObject, type RedirectFault, sizeLimit } from "./behaviours/documentConstraints.js";
import { literalWildcard, wildcardRule } from "./behaviours/entryOutcomes.js";
import {
  goListHolds,
  goMethodAmong,
  goOtherGrantsIgnored,
  goRedirectList,
  goSameClientId,
  goUrlConstraints,
} from "./behaviours/goConstraints.js";
import { goFieldTypes, goMember } from "./behaviours/goJson.js";
import { parseGoUrl } from "./behaviours/goUrl.js";
import { refusedKindRule } from "./behaviours/redirectKinds.js";
import { urlConstraint } from "./behaviours/urlConstraints.js";
import type { Constraint, RedirectMatching, ServerProfile } from "./profile.js";

const MAX_BYTES = 10 * 1024;
const MAX_REDIRECT_LENGTH = 2048;
const UNKNOWN = "The requested OAuth 2.0 Client does not exist.";
/** `DefaultScopes`: what the server supports unless `scopes_supported` says otherwise. */
const SCOPES: ReadonlySet<string> = new Set(["openid", "profile", "email", "offline_access"]);
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i;
const UNMATCHED =
  "The 'redirect_uri' parameter does not match any of the OAuth 2.0 Client's pre-registered redirect urls.";

function redirectFault(uri: string): RedirectFault | undefined {
  if (uri.length > MAX_REDIRECT_LENGTH)
    return {
      message: `redirect_uri too long (maximum ${MAX_REDIRECT_LENGTH} characters)`,
      rule: "redirect-uris/length",
    };
  const url = parseGoUrl(uri);
  if ("error" in url)
    return {
      message: `invalid redirect_uri format: ${url.error}`,
      rule: wildcardRule(uri) ?? "redirect-uris/illegal-character",
    };
  const { scheme, hostname, fragment } = url;
  if (scheme === "" || fragment !== "")
    return {
      message: "redirect_uri must be an absolute URI without a fragment",
      rule: scheme === "" ? "redirect-uris/absolute" : "redirect-uris/fragment",
    };
  if (
    scheme === "https" ||
    (scheme === "http" && (LOOPBACK.test(hostname) || hostname.endsWith(".localhost")))
  )
    return undefined;
  return {
    message: "redirect_uri must use http (for loopback) or https scheme",
    rule: refusedKindRule(uri),
  };
}

const CONSTRAINTS: readonly Constraint[] = [
  urlConstraint("url-prefix", "client-id/scheme-case", UNKNOWN, ({ scheme }, url) => {
    const name = scheme?.toLowerCase();
    return (name === "https" || name === "http") && !/^https?:\/\//.test(url);
  }),
  urlConstraint("url-https", "client-id/https", UNKNOWN, (_parts, url) => {
    const parsed = parseGoUrl(url);
    return (
      !("error" in parsed) &&
      parsed.scheme !== "https" &&
      !(parsed.scheme === "http" && LOOPBACK.test(parsed.hostname))
    );
  }),
  ...goUrlConstraints({
    malformed: "client_id URL is not a valid URL",
    host: "client_id URL must contain a host",
    fragment: "client_id URL must not contain a fragment component",
    userinfo: "client_id URL must not contain userinfo (username or password)",
    morePath: "client_id URL must contain a non-empty path component",
    dotSegments: "client_id URL must not contain dot-segment path components",
  }),
  sizeLimit(MAX_BYTES, () => `failed to parse JSON response: only the first ${MAX_BYTES} bytes are read`),
  ...jsonObject(
    "failed to parse JSON response",
    "failed to parse JSON response: cannot unmarshal it into an object",
  ),
  goFieldTypes(
    {
      client_id: "string",
      redirect_uris: "[]string",
      client_name: "string",
      logo_uri: "string",
      client_uri: "string",
      tos_uri: "string",
      policy_uri: "string",
      grant_types: "[]string",
      response_types: "[]string",
      scope: "string",
      token_endpoint_auth_method: "string",
      application_type: "string",
      post_logout_redirect_uris: "[]string",
    },
    (detail) => `failed to parse JSON response: json: ${detail}`,
  ),
  goSameClientId((id, url) =>
    id === ""
      ? "client metadata document missing required field: client_id"
      : `client_id "${id}" does not match the URL it was fetched from "${url}"`,
  ),
  goRedirectList("client metadata document missing required field: redirect_uris"),
  eachRedirect("redirect-policy", redirectFault),
  goMethodAmong(
    { id: "auth-method", rule: "auth-method/unknown" },
    ["none"],
    (method) =>
      `CIMD document claims token_endpoint_auth_method "${method}" but this server only supports "none"`,
  ),
  goListHolds(
    "code-grant",
    "grant-types/code-mismatch",
    "grant_types",
    "authorization_code",
    "grant_types must include 'authorization_code'",
  ),
  goListHolds(
    "code-response",
    "response-types/empty-with-code",
    "response_types",
    "code",
    "response_types must include 'code'",
  ),
  goOtherGrantsIgnored("grant_types this server does not support are ignored"),
  onMembers({ id: "scopes", rule: "scope/present" }, (members, report) => {
    const scope = goMember(members, "scope");
    if (typeof scope !== "string") return;
    const unknown = scope.split(/\s+/).find((one) => one !== "" && !SCOPES.has(one));
    if (unknown !== undefined)
      report(`unsupported scope: ${unknown}, unless scopes_supported has it`, "/scope");
  }),
];

/** `matchesAsLoopback`: http to the same loopback host with the same path and query, whatever the port. */
function matchesLoopback(redirectUri: string, entry: string): boolean {
  const requested = parseGoUrl(redirectUri);
  if ("error" in requested || requested.scheme !== "http" || !LOOPBACK.test(requested.hostname)) return false;
  const registered = parseGoUrl(entry);
  return (
    !("error" in registered) &&
    registered.scheme === "http" &&
    requested.hostname.toLowerCase() === registered.hostname.toLowerCase() &&
    !requested.hasUserinfo &&
    !registered.hasUserinfo &&
    requested.fragment === "" &&
    requested.path === registered.path &&
    requested.query === registered.query &&
    redirectUri.includes("?") === entry.includes("?")
  );
}

const REDIRECT_MATCHING: RedirectMatching = {
  matches: (redirectUri, entry) => redirectUri === entry || matchesLoopback(redirectUri, entry),
  refusal: () => UNMATCHED,
  entryOutcome: (entry) => literalWildcard(entry, UNMATCHED) ?? { outcome: "works" },
};

/**
 * The authorization server inside ToolHive, with the scopes it supports unless configured: openid, profile, email and
 * offline_access. It has no consent screen of its own; the sign-in goes on to the identity provider behind it.
 */
export const toolhive: ServerProfile = {
  id: "toolhive",
  name: "ToolHive",
  version: "main, 2026-08-21",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "stacklok/toolhive pkg/oauthproto/cimd/fetch.go, cimd.go, redirect.go, pkg/networking/fetch.go @e25de16cf972",
      url: "https://github.com/stacklok/toolhive/blob/e25de16cf9720b13cf0b400c861a2f6840e2763c/pkg/oauthproto/cimd/fetch.go",
    },
    {
      what: "stacklok/toolhive pkg/authserver/storage/cimd_decorator.go, config.go @e25de16cf972",
      url: "https://github.com/stacklok/toolhive/blob/e25de16cf9720b13cf0b400c861a2f6840e2763c/pkg/authserver/storage/cimd_decorator.go",
    },
    {
      what: "stacklok/toolhive pkg/authserver/server/registration/client.go, dcr.go @e25de16cf972",
      url: "https://github.com/stacklok/toolhive/blob/e25de16cf9720b13cf0b400c861a2f6840e2763c/pkg/authserver/server/registration/client.go",
    },
  ],
  readCompletely: ["fetch", "document"],
  constraints: CONSTRAINTS,
  redirects: REDIRECT_MATCHING,
  cache: { minimum: 300, fallback: 300, maximum: 300, honours: [], stale: "refused" },
  consent: undefined,
};
