import { jsonPointer } from "../document/jsonPointer.js";
import { onMembers } from "./behaviours/constraintKinds.js";
import {
  jsonObject,
  redirectList,
  redirectStrings,
  sameClientId,
  sizeLimit,
} from "./behaviours/documentConstraints.js";
import { comparedAsStrings, wildcardRule } from "./behaviours/entryOutcomes.js";
import { addressOf, blocks, isWithin } from "./behaviours/ipAddress.js";
import { urlConstraint, whatwgHttps } from "./behaviours/urlConstraints.js";
import { parseUrl } from "./behaviours/whatwgUrl.js";
import type { Constraint, ServerProfile } from "./profile.js";

const MAX_BYTES = 65_536;
/** The server says no more to any client. */
const UNKNOWN = "Unknown client_id";
/** What `allowedRedirectUriPatterns` is unless it is set: `http://localhost:*` and `http://127.0.0.1:*`. */
const ALLOWED = /^http:\/\/(?:localhost|127\.0\.0\.1):/;
const PORTLESS = /^http:\/\/(?:localhost|127\.0\.0\.1)(?:[/?#]|$)/;
const INTERNAL = blocks(
  ...["0.0.0.0/32", "127.0.0.1/32", "169.254.0.0/16", "10.0.0.0/8", "192.168.0.0/16", "172.16.0.0/12"],
  ...["::/127", "fe80::/10", "fc00::/7"],
);

function isInternal(hostname: string): boolean {
  if (hostname === "localhost") return true;
  const address = addressOf(hostname);
  return address !== undefined && isWithin(address, INTERNAL);
}

const CONSTRAINTS: readonly Constraint[] = [
  whatwgHttps(UNKNOWN),
  urlConstraint("url-query", "client-id/query", UNKNOWN, ({ query }) => Boolean(query)),
  urlConstraint("fetch-address", "client-id/special-use-host", UNKNOWN, (_parts, url) =>
    isInternal(parseUrl(url)?.hostname ?? ""),
  ),
  sizeLimit(MAX_BYTES, () => UNKNOWN),
  ...jsonObject(UNKNOWN, UNKNOWN),
  sameClientId(() => UNKNOWN),
  redirectList(UNKNOWN),
  redirectStrings(UNKNOWN),
  onMembers({ id: "allowed-redirects", rule: "redirect-uris/loopback-only-allowed" }, (members, report) => {
    const uris = members["redirect_uris"];
    if (!Array.isArray(uris)) return;
    for (const [index, uri] of uris.entries()) {
      if (typeof uri !== "string" || (ALLOWED.test(uri) && parseUrl(uri))) continue;
      report(
        `${UNKNOWN}: every redirect URI must match allowedRedirectUriPatterns, by default http://localhost:* and http://127.0.0.1:*`,
        jsonPointer("redirect_uris", index),
        PORTLESS.test(uri) ? "redirect-uris/loopback-exact" : wildcardRule(uri),
      );
    }
  }),
];

/**
 * FastMCP for TypeScript with `enableCimd` and its redirect patterns as they are by default. Only name, links and scope of a
 * document are read besides its redirect URIs.
 */
export const fastmcpTs: ServerProfile = {
  id: "fastmcp-ts",
  name: "FastMCP for TypeScript",
  version: "main, 2026-09 (after pull request 347)",
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
      what: "punkpeye/fastmcp src/auth/utils/cimd.ts @fb83e04d6029",
      url: "https://github.com/punkpeye/fastmcp/blob/fb83e04d6029395056b4f503ec2b6635295da8db/src/auth/utils/cimd.ts",
    },
    {
      what: "punkpeye/fastmcp src/auth/OAuthProxy.ts @a97c5eb2f0c5 (validateRedirectUri and its default patterns)",
      url: "https://github.com/punkpeye/fastmcp/blob/a97c5eb2f0c5a4fcd47450b656b957687e255366/src/auth/OAuthProxy.ts",
    },
  ],
  readCompletely: ["fetch", "document"],
  constraints: CONSTRAINTS,
  redirects: comparedAsStrings("redirect_uri is not registered for this client"),
  cache: { minimum: 900, fallback: 900, maximum: 900, honours: [], stale: "refused" },
  consent: undefined,
};
