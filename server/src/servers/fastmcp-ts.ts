import {
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
import { fetchPort, fetchUserinfo, urlConstraint, whatwgHttps } from "./behaviours/urlConstraints.js";
import { parseUrl } from "./behaviours/whatwgUrl.js";
import type { Constraint, ServerProfile } from "./profile.js";

const MAX_BYTES = 65_536;
/** The server says no more to any client. */
const UNKNOWN = "Unknown client_id";
/** What `allowedRedirectUriPatterns` is unless it is set: `http://localhost:*` and `http://127.0.0.1:*`, on one line. */
const ALLOWED = /^http:\/\/(?:localhost|127\.0\.0\.1):.*$/;
const INTERNAL_IPV4 = blocks(
  ...["0.0.0.0/32", "127.0.0.1/32", "169.254.0.0/16", "10.0.0.0/8", "192.168.0.0/16", "172.16.0.0/12"],
);
const INTERNAL_IPV6 = blocks("::/127", "fe80::/10", "fc00::/7");
const CARRIES_IPV4 = blocks("::/96", "::ffff:0:0/96");

function isInternal(hostname: string): boolean {
  if (hostname === "localhost") return true;
  const address = addressOf(hostname);
  if (!address) return false;
  if (isWithin(address, CARRIES_IPV4) && isWithin(address.slice(6), INTERNAL_IPV4)) return true;
  return isWithin(address, INTERNAL_IPV4) || isWithin(address, INTERNAL_IPV6);
}

/** What `validateRedirectUri` misses in a redirect URI. */
function redirectFault(uri: string): RedirectFault | undefined {
  const url = parseUrl(uri);
  if (url?.username || url?.password)
    return {
      message: `${UNKNOWN}: a redirect URI must not contain userinfo`,
      rule: "redirect-uris/userinfo",
    };
  if (url && ALLOWED.test(uri)) return undefined;
  return {
    message: `${UNKNOWN}: every redirect URI must match allowedRedirectUriPatterns, by default http://localhost:* and http://127.0.0.1:*`,
    rule: wildcardRule(uri) ?? "redirect-uris/operator-allowlist",
  };
}

const CONSTRAINTS: readonly Constraint[] = [
  whatwgHttps(UNKNOWN),
  urlConstraint("url-query", "client-id/query", UNKNOWN, ({ query }) => Boolean(query)),
  urlConstraint("fetch-address", "client-id/special-use-host", UNKNOWN, (_parts, url) =>
    isInternal(parseUrl(url)?.hostname ?? ""),
  ),
  fetchUserinfo(UNKNOWN),
  fetchPort(UNKNOWN),
  sizeLimit(MAX_BYTES, () => UNKNOWN),
  ...jsonObject(UNKNOWN, UNKNOWN),
  sameClientId(() => UNKNOWN),
  redirectList(UNKNOWN),
  redirectStrings(UNKNOWN),
  eachRedirect("allowed-redirects", redirectFault),
];

/**
 * FastMCP for TypeScript with `enableCimd` and its redirect patterns as they are by default. Only name, links and scope of a
 * document are read besides its redirect URIs.
 */
export const fastmcpTs: ServerProfile = {
  id: "fastmcp-ts",
  name: "FastMCP for TypeScript",
  version: "4.20.16",
  kind: "mcp-server-framework",
  confidence: "read-source",
  audience: ["mcp"],
  reach: {
    kind: "downloads",
    package: "npm:fastmcp",
    perMonth: 1_050_013,
    source: "https://www.npmjs.com/package/fastmcp",
    date: "2026-12-01",
  },
  evidence: [
    {
      what: "npm:fastmcp@4.20.16 dist/auth/index.js (resolveCimdClient, OAuthProxy.authorize, validateRedirectUri)",
      url: "https://www.npmjs.com/package/fastmcp/v/4.20.16",
    },
    {
      what: "punkpeye/fastmcp src/auth/utils/cimd.ts @fb83e04d6029",
      url: "https://github.com/punkpeye/fastmcp/blob/fb83e04d6029395056b4f503ec2b6635295da8db/src/auth/utils/cimd.ts",
    },
  ],
  readCompletely: ["fetch", "document"],
  constraints: CONSTRAINTS,
  redirects: comparedAsStrings("redirect_uri is not registered for this client"),
  cache: { minimum: 900, fallback: 900, maximum: 900, honours: [], stale: "refused" },
  consent: undefined,
};
