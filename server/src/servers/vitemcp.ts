import {
  clientName,
  jsonObject,
  redirectList,
  redirectStrings,
  sameClientId,
  sizeLimit,
} from "./behaviours/documentConstraints.js";
import { comparedAsStrings } from "./behaviours/entryOutcomes.js";
import { addressOf, blocks, isWithin } from "./behaviours/ipAddress.js";
import { matchesAnyLoopbackPort } from "./behaviours/loopbackMatching.js";
import { urlConstraint, whatwgHttps } from "./behaviours/urlConstraints.js";
import { parseUrl } from "./behaviours/whatwgUrl.js";
import type { Constraint, RedirectMatching, ServerProfile } from "./profile.js";

const MAX_BYTES = 64 * 1024;
const NOT_A_DOCUMENT = "client_id must be an https URL with a path component";
const NO_REDIRECTS = "Client metadata is missing redirect_uris";

/** `isBlockedIpv4`. */
const BLOCKED_IPV4 = blocks(
  ...["0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/16", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3"],
);
/** `isBlockedIpv6`, without the addresses that carry an IPv4 one. */
const BLOCKED_IPV6 = blocks("fc00::/7", "fe80::/10", "ff00::/8");
const CARRIES_IPV4 = blocks("::ffff:0:0/96", "::/96", "64:ff9b::/96");

function isBlocked(hostname: string): boolean {
  const address = addressOf(hostname);
  if (!address) return false;
  if (isWithin(address, CARRIES_IPV4)) return isWithin(address.slice(6), BLOCKED_IPV4);
  return isWithin(address, BLOCKED_IPV4) || isWithin(address, BLOCKED_IPV6);
}

const CONSTRAINTS: readonly Constraint[] = [
  whatwgHttps(NOT_A_DOCUMENT),
  urlConstraint("url-path", "client-id/path-required", NOT_A_DOCUMENT, ({ path }, url) => {
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
 * vitemcp's OAuth proxy. For clients that are known by a document the operator's patterns are not asked: a redirect URI
 * only has to be in the document.
 *
 * Source: the files of the evidence (`resolveClientRedirectUris`, `validateRedirectUri` is called for registration only).
 */
export const vitemcp: ServerProfile = {
  id: "vitemcp",
  name: "vitemcp",
  version: "main, 2026-09 (after 1.0.0)",
  kind: "mcp-server-framework",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "vitemcp/server src/auth/clientIdMetadata.ts @4aba4550bba4",
      url: "https://github.com/vitemcp/server/blob/4aba4550bba4a424226fb3ca6524d6fcca607dda/src/auth/clientIdMetadata.ts",
    },
    {
      what: "vitemcp/server src/auth/utils/loopbackRedirect.ts @3035964cb98b (newer than OAuthProxy.ts @16073c7cefe8, which compared whole strings)",
      url: "https://github.com/vitemcp/server/blob/3035964cb98b737d0883d76bacee8375a3d8e64b/src/auth/utils/loopbackRedirect.ts",
    },
    {
      what: "vitemcp/server src/auth/OAuthProxy.ts @16073c7cefe8",
      url: "https://github.com/vitemcp/server/blob/16073c7cefe8fc586922d1af73423026a921c3fb/src/auth/OAuthProxy.ts",
    },
  ],
  readCompletely: ["fetch", "document"],
  constraints: CONSTRAINTS,
  redirects: REDIRECT_MATCHING,
  cache: { fallback: 300, honours: ["max-age", "no-store", "no-cache"], stale: "refused" },
  consent: undefined,
};
