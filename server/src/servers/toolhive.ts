import { SHARED_SECRET_METHODS } from "../metadata/authMethods.js";
import { constraint } from "./behaviours/constraintKinds.js";
import { methodRule, type RedirectFault } from "./behaviours/documentConstraints.js";
import { literalWildcard, wildcardRule } from "./behaviours/entryOutcomes.js";
import { goTarget, isBlocked, parseGoAddress } from "./behaviours/goAddress.js";
import {
  goEachRedirect,
  goListHolds,
  goMethodAmong,
  goOtherGrantsIgnored,
  goRedirectList,
  goSameClientId,
  goUrlConstraints,
  MAX_PORT,
} from "./behaviours/goConstraints.js";
import { CLIENT_FIELDS, type GoFields, GoStruct } from "./behaviours/goJson.js";
import { goLength, goWords } from "./behaviours/goText.js";
import { parseGoUrl } from "./behaviours/goUrl.js";
import { blocks } from "./behaviours/ipAddress.js";
import { refusedKindRule } from "./behaviours/redirectKinds.js";
import { urlConstraint } from "./behaviours/urlConstraints.js";
import type { Constraint, RedirectMatching, ServerProfile } from "./profile.js";

const MAX_BYTES = 10 * 1024;
const MAX_REDIRECT_BYTES = 2048;
const UNKNOWN = "The requested OAuth 2.0 Client does not exist.";
/** `DefaultScopes`: what the server supports unless `scopes_supported` says otherwise. */
const SCOPES: ReadonlySet<string> = new Set(["openid", "profile", "email", "offline_access"]);
const UNMATCHED =
  "The 'redirect_uri' parameter does not match any of the OAuth 2.0 Client's pre-registered redirect urls.";
const LOOPBACK = blocks("127.0.0.0/8", "::1/128");
/** `IsPrivateIP`; of addresses that hold an IPv4 address, that one counts. */
const PRIVATE = blocks(
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.2.0/24", "192.168.0.0/16", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
  ...["::1/128", "fc00::/7", "fe80::/10", "ff00::/8", "64:ff9b:1::/48", "2001::/32"],
);
/** Blocks whose addresses end in an IPv4 address. */
const EMBEDDING = blocks("64:ff9b::/96", "64:ff9b:1::/96", "::/96", "::ffff:0:0:0/96");
const SIX_TO_FOUR = blocks("2002::/16");

const FIELDS_BEFORE_NEGOTIATION: GoFields = {
  ...CLIENT_FIELDS,
  tos_uri: "string",
  policy_uri: "string",
  application_type: "string",
  post_logout_redirect_uris: "[]string",
};
const STRUCT = new GoStruct(
  { ...FIELDS_BEFORE_NEGOTIATION, token_endpoint_auth_methods_supported: "[]string" },
  { truncatedAt: MAX_BYTES },
);
const STRUCT_BEFORE_NEGOTIATION = new GoStruct(FIELDS_BEFORE_NEGOTIATION, { truncatedAt: MAX_BYTES });

/** `net.IP.IsLoopback` of a host that is an IP address. */
function isLoopbackAddress(hostname: string): boolean {
  const address = parseGoAddress(hostname);
  return address !== undefined && !address.zoned && isBlocked(address, LOOPBACK);
}

/** `IsLoopbackHost` */
function isLoopbackHost(hostname: string): boolean {
  return hostname.toLowerCase() === "localhost" || isLoopbackAddress(hostname);
}

function isPrivate(groups: readonly number[]): boolean {
  const address = { groups, zoned: false };
  // `::` and `::1` are asked about before what they embed.
  if (groups.length === 8 && groups.slice(0, 7).every((group) => group === 0) && (groups[7] ?? 0) < 2)
    return true;
  if (isBlocked(address, EMBEDDING)) return isPrivate(groups.slice(6));
  if (isBlocked(address, SIX_TO_FOUR)) return isPrivate(groups.slice(1, 3));
  return isBlocked(address, PRIVATE);
}

/** @param loopbackBlocked whether `https` URLs on the loopback interface are refused */
function fetchAddress(loopbackBlocked: boolean): Constraint {
  return urlConstraint(
    "fetch-address",
    "client-id/special-use-host",
    "cimd: refusing connection to private address",
    (_parts, text) => {
      const url = parseGoUrl(text);
      if ("error" in url || url.host === "") return false;
      if (Number(url.port) > MAX_PORT) return "client-id/port";
      const target = goTarget(url.hostname);
      if (target === "name") return false;
      if (target === "nowhere") return "client-id/host-name";
      if (target.zoned) return true;
      if (isBlocked(target, LOOPBACK)) return loopbackBlocked && url.scheme === "https";
      return isPrivate(target.groups);
    },
  );
}

function redirectFault(uri: string): RedirectFault | undefined {
  if (goLength(uri) > MAX_REDIRECT_BYTES)
    return {
      message: `redirect_uri too long (maximum ${MAX_REDIRECT_BYTES} characters)`,
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
  const isLocal = hostname === "localhost" || hostname.endsWith(".localhost") || isLoopbackAddress(hostname);
  if (scheme === "https" || (scheme === "http" && isLocal)) return undefined;
  return {
    message: "redirect_uri must use http (for loopback) or https scheme",
    rule: refusedKindRule(uri),
  };
}

/** What holds for all releases, beside the methods of client authentication. */
function common(struct: GoStruct, loopbackBlocked: boolean): Constraint[] {
  return [
    urlConstraint("url-scheme", "client-id/https", UNKNOWN, ({ scheme = "" }, text) => {
      if (text.startsWith("https://")) return false;
      const url = parseGoUrl(text);
      if (text.startsWith("http://") && !("error" in url) && isLoopbackHost(url.hostname)) return false;
      return /^https$/i.test(scheme) ? "client-id/scheme-case" : true;
    }),
    ...goUrlConstraints({
      malformed: "client_id URL is not a valid URL",
      host: "client_id URL must contain a host",
      fragment: "client_id URL must not contain a fragment component",
      userinfo: "client_id URL must not contain userinfo (username or password)",
      morePath: "client_id URL must contain a non-empty path component",
      dotSegments: "client_id URL must not contain dot-segment path components",
    }),
    fetchAddress(loopbackBlocked),
    constraint({ id: "size", rule: "document/size", stage: "fetch" }, (document, report) => {
      if (document.byteLength > MAX_BYTES && !struct.isJson(document))
        report(`failed to parse JSON response: only the first ${MAX_BYTES} bytes are read`);
    }),
    ...struct.decodes({
      notJson: "failed to parse JSON response",
      notObject: "failed to parse JSON response: cannot unmarshal it into an object",
      wrongType: (detail) => `failed to parse JSON response: json: ${detail}`,
    }),
    goSameClientId(struct, (id, url) =>
      id === ""
        ? "client metadata document missing required field: client_id"
        : `client_id "${id}" does not match the URL it was fetched from "${url}"`,
    ),
    goRedirectList(struct, "client metadata document missing required field: redirect_uris"),
    goEachRedirect(struct, { id: "redirect-policy" }, redirectFault),
    goListHolds(
      struct,
      { id: "code-grant", rule: "grant-types/code-mismatch" },
      "grant_types",
      "authorization_code",
      "grant_types must include 'authorization_code'",
    ),
    goListHolds(
      struct,
      { id: "code-response", rule: "response-types/empty-with-code" },
      "response_types",
      "code",
      "response_types must include 'code'",
    ),
    goOtherGrantsIgnored(struct, "grant_types this server does not support are ignored"),
    struct.on({ id: "scopes", rule: "scope/present" }, (values, report) => {
      const unknown = goWords(values.text("scope")).find((one) => !SCOPES.has(one));
      if (unknown !== undefined)
        report(`unsupported scope: ${unknown}, unless scopes_supported has it`, values.pointer("scope"));
    }),
  ];
}

const ONLY_NONE = (method: string): string =>
  `CIMD document claims token_endpoint_auth_method "${method}" but this server only supports "none"`;

const CONSTRAINTS: readonly Constraint[] = [
  ...common(STRUCT, true),
  STRUCT.on({ id: "auth-method", rule: "auth-method/unknown" }, (values, report) => {
    const method = values.text("token_endpoint_auth_method");
    const isOffered = values.list("token_endpoint_auth_methods_supported").includes("none");
    const isSecret = SHARED_SECRET_METHODS.has(method);
    if (method === "" || method === "none" || (isOffered && !isSecret)) return;
    const message = isSecret
      ? `token_endpoint_auth_method "${method}" is not permitted in a CIMD document`
      : ONLY_NONE(method);
    report(message, values.pointer("token_endpoint_auth_method"), methodRule(method));
  }),
];

const CONSTRAINTS_BEFORE_NEGOTIATION: readonly Constraint[] = [
  ...common(STRUCT_BEFORE_NEGOTIATION, false),
  goMethodAmong(
    STRUCT_BEFORE_NEGOTIATION,
    { id: "auth-method", rule: "auth-method/unknown" },
    ["none"],
    ONLY_NONE,
  ),
];

/** fosite's `isMatchingAsLoopback`: an IP address of the machine itself, whatever the port; the entry may be https. */
function matchesLoopbackAddress(redirectUri: string, entry: string): boolean {
  const requested = parseGoUrl(redirectUri);
  if ("error" in requested || requested.scheme !== "http" || requested.fragment !== "") return false;
  const registered = parseGoUrl(entry);
  return (
    isLoopbackAddress(requested.hostname) &&
    !("error" in registered) &&
    requested.hostname === registered.hostname &&
    requested.path === registered.path &&
    requested.query === registered.query
  );
}

/** `matchesAsLoopback`, which ToolHive asks about `localhost` only. */
function matchesLocalhost(redirectUri: string, entry: string): boolean {
  const requested = parseGoUrl(redirectUri);
  if ("error" in requested || requested.hostname.toLowerCase() !== "localhost") return false;
  const registered = parseGoUrl(entry);
  return (
    !("error" in registered) &&
    registered.hostname.toLowerCase() === "localhost" &&
    requested.scheme === "http" &&
    registered.scheme === "http" &&
    !requested.hasUserinfo &&
    !registered.hasUserinfo &&
    requested.fragment === "" &&
    requested.escapedPath === registered.escapedPath &&
    requested.query === registered.query &&
    requested.forceQuery === registered.forceQuery
  );
}

const REDIRECT_MATCHING: RedirectMatching = {
  entries: STRUCT.redirects,
  matches: (redirectUri, entry) =>
    redirectUri === entry ||
    matchesLoopbackAddress(redirectUri, entry) ||
    matchesLocalhost(redirectUri, entry),
  refusal: () => UNMATCHED,
  entryOutcome: (entry) => literalWildcard(entry, UNMATCHED) ?? { outcome: "works" },
};

/** The authorization server inside ToolHive, with the scopes it supports unless configured. */
export const toolhive: ServerProfile = {
  id: "toolhive",
  name: "ToolHive",
  version: "0.63.0",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "github.com/stacklok/toolhive@v0.63.0 pkg/oauthproto/cimd/fetch.go, cimd.go, locality.go, redirect.go",
      url: "https://github.com/stacklok/toolhive/blob/v0.63.0/pkg/oauthproto/cimd/fetch.go",
    },
    {
      what: "github.com/stacklok/toolhive@v0.63.0 pkg/authserver/storage/cimd_decorator.go, pkg/authserver/config.go",
      url: "https://github.com/stacklok/toolhive/blob/v0.63.0/pkg/authserver/storage/cimd_decorator.go",
    },
    {
      what: "github.com/stacklok/toolhive@v0.63.0 pkg/authserver/server/handlers/authorize.go, consent.go, pkg/authserver/server/registration",
      url: "https://github.com/stacklok/toolhive/blob/v0.63.0/pkg/authserver/server/handlers/authorize.go",
    },
    {
      what: "github.com/ory/fosite@v0.49.0 authorize_helper.go",
      url: "https://github.com/ory/fosite/blob/v0.49.0/authorize_helper.go",
    },
  ],
  readCompletely: ["fetch", "document", "authorize"],
  constraints: CONSTRAINTS,
  redirects: REDIRECT_MATCHING,
  // A document that is due is fetched again, unless other fetches have used up the server's one a second.
  cache: { minimum: 300, fallback: 300, maximum: 300, honours: [], stale: "refused" },
  consent: {
    shows: ["redirect-host", "redirect-uri", "client-id", "scopes"],
    note: "“No name given” stands in place of client_name, and “this computer” in place of a loopback host.",
  },
  changes: [
    {
      before: "0.46.0",
      constraints: CONSTRAINTS_BEFORE_NEGOTIATION,
      source: {
        what: "stacklok/toolhive PR 6400; github.com/stacklok/toolhive@v0.45.0 pkg/authserver/storage/cimd_decorator.go",
        url: "https://github.com/stacklok/toolhive/pull/6400",
      },
    },
  ],
};
