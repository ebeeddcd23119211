import {
  clientName,
  eachRedirect,
  jsonObject,
  type RedirectFault,
  redirectList,
  redirectStrings,
  sameClientId,
  sizeLimit,
} from "./behaviours/documentConstraints.js";
import { comparedAsStrings, wildcardRule } from "./behaviours/entryOutcomes.js";
import { addressOf, blocks, isWithin } from "./behaviours/ipAddress.js";
import { matchesAnyLoopbackPort } from "./behaviours/loopbackMatching.js";
import { urlConstraint, whatwgHttps } from "./behaviours/urlConstraints.js";
import { parseUrl } from "./behaviours/whatwgUrl.js";
import type { Constraint, RedirectMatching, ServerProfile } from "./profile.js";

const MAX_BYTES = 64 * 1024;
const UNKNOWN = "Unknown client_id";
const ALLOWED_HOSTS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1"]);
const NO_REDIRECTS = "Client metadata is missing redirect_uris";

/** `isBlockedIpv4`. */
const BLOCKED_IPV4 = blocks(
  ...["0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/16", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3"],
);
/** `isBlockedIpv6` looks at the text; addresses that carry an IPv4 one pass, as URL parsers write them in hexadecimal. */
const BLOCKED_IPV6 = /^\[(?:::1?\]|fc|fd|fe[89ab]|ff)/;

function isBlocked(hostname: string): boolean {
  if (hostname.startsWith("[")) return BLOCKED_IPV6.test(hostname);
  const address = addressOf(hostname);
  return hostname === "localhost" || (address !== undefined && isWithin(address, BLOCKED_IPV4));
}

/** What `validateRedirectUri` misses, with `allowedRedirectUriPatterns` as they are unless they are set. */
function redirectFault(uri: string): RedirectFault | undefined {
  const url = parseUrl(uri);
  const message = `Client metadata declares a redirect URI that is not allowed: ${uri}`;
  if (url?.username || url?.password) return { message, rule: "redirect-uris/userinfo" };
  if (url?.protocol === "http:" && ALLOWED_HOSTS.has(url.hostname)) return undefined;
  return { message, rule: wildcardRule(uri) ?? "redirect-uris/operator-allowlist" };
}

const CONSTRAINTS: readonly Constraint[] = [
  whatwgHttps(UNKNOWN),
  urlConstraint("url-path", "client-id/path-required", UNKNOWN, ({ path }, url) => {
    if (parseUrl(url)?.pathname !== "/") return false;
    return path === "/" ? "client-id/root-path" : true;
  }),
  urlConstraint(
    "fetch-address",
    "client-id/special-use-host",
    "Refusing to fetch client metadata from an internal address",
    (_parts, url) => isBlocked(parseUrl(url)?.hostname ?? ""),
  ),
  sizeLimit(MAX_BYTES, () => `Client metadata exceeds ${MAX_BYTES} bytes`),
  ...jsonObject("Client metadata is not valid JSON", "Client metadata must be a JSON object"),
  sameClientId(() => "Client metadata client_id does not match the document URL"),
  clientName("Client metadata is missing client_name", true),
  redirectList(NO_REDIRECTS),
  redirectStrings(NO_REDIRECTS),
  eachRedirect("allowed-redirects", redirectFault),
];

const UNREGISTERED = "redirect_uri is not registered for this client";
const exact = comparedAsStrings(UNREGISTERED);

/** `loopbackRedirectMatches`: an http loopback entry without a port stands for any port, with one for that port. */
const REDIRECT_MATCHING: RedirectMatching = {
  ...exact,
  matches(redirectUri, entry) {
    if (redirectUri === entry) return true;
    const declared = parseUrl(entry);
    const plain = declared?.port === "" && declared.username === "" && declared.password === "";
    return plain && matchesAnyLoopbackPort(redirectUri, entry);
  },
  entryOutcome(entry, context) {
    const known = exact.entryOutcome?.(entry, context) ?? { outcome: "works" };
    return known.rule === "redirect-uris/loopback-exact" ? { outcome: "works" } : known;
  },
};

/**
 * vitemcp's OAuth proxy with `allowedRedirectUriPatterns` as they are by default: loopback redirects only, which documents
 * are held to as registrations are. It stores the client like a registered one and does not read its document again.
 */
export const vitemcp: ServerProfile = {
  id: "vitemcp",
  name: "vitemcp",
  version: "3035964c (after 1.0.0)",
  kind: "mcp-server-framework",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "vitemcp/server src/auth/OAuthProxy.ts @3035964cb98b (resolveClient, validateRedirectUri, matchesPattern)",
      url: "https://github.com/vitemcp/server/blob/3035964cb98b737d0883d76bacee8375a3d8e64b/src/auth/OAuthProxy.ts",
    },
    {
      what: "vitemcp/server src/auth/utils/loopbackRedirect.ts @3035964cb98b",
      url: "https://github.com/vitemcp/server/blob/3035964cb98b737d0883d76bacee8375a3d8e64b/src/auth/utils/loopbackRedirect.ts",
    },
    {
      what: "vitemcp/server src/auth/clientIdMetadata.ts @16073c7cefe8",
      url: "https://github.com/vitemcp/server/blob/16073c7cefe8fc586922d1af73423026a921c3fb/src/auth/clientIdMetadata.ts",
    },
  ],
  readCompletely: ["fetch", "document"],
  constraints: CONSTRAINTS,
  redirects: REDIRECT_MATCHING,
  cache: { fallback: 300, honours: ["max-age", "no-store", "no-cache"], stale: "refused" },
  consent: undefined,
};
