import { say } from "../localisation/say.js";
import { hostKind } from "../uri/host.js";
import {
  jsonObject,
  noClientSecret,
  noSharedSecretMethod,
  redirectList,
  redirectsParse,
  sameClientId,
  sizeLimit,
} from "./behaviours/documentConstraints.js";
import { literalWildcard } from "./behaviours/entryOutcomes.js";
import { isLoopbackHostname } from "./behaviours/loopbackMatching.js";
import { operatorAllowlist } from "./behaviours/operatorAllowlist.js";
import {
  dotSegmentRule,
  fetchPort,
  urlConstraint,
  whatwgUrlConstraints,
} from "./behaviours/urlConstraints.js";
import { parseUrl } from "./behaviours/whatwgUrl.js";
import type { Constraint, RedirectMatching, ServerProfile } from "./profile.js";

const MAX_BYTES = 64 * 1024;
const NOT_FETCHED = "Failed to fetch client metadata";

/** `allowedClientIdPatterns` as they are shipped, without Backstage's own command line. */
const ADMITTED: readonly RegExp[] = [
  /^claude\.ai\//,
  /^vscode\.dev\//,
  /^chatgpt\.com\/oauth\/codex\/.*\/client\.json$/i,
  /^cursor\.com\/oauth\/mcp-client\.json$/i,
];

function isAdmitted(clientIdUrl: string): boolean {
  const url = parseUrl(clientIdUrl);
  return url !== undefined && ADMITTED.some((pattern) => pattern.test(url.host + url.pathname));
}

const CONSTRAINTS: readonly Constraint[] = [
  urlConstraint(
    "url-dot-segments",
    "client-id/dot-segment",
    "Invalid client_id: path must not contain dot segments",
    (_parts, url) => dotSegmentRule(url, false),
  ),
  urlConstraint(
    "url-parses",
    "client-id/absolute-url",
    "Invalid client_id: not a valid URL",
    (_parts, url) => !parseUrl(url),
  ),
  ...whatwgUrlConstraints({
    https: "Invalid client_id: must use HTTPS (or HTTP for localhost in development)",
    morePath: "Invalid client_id: must have a path component",
    fragment: "Invalid client_id: must not contain a fragment",
    userinfo: "Invalid client_id: must not contain credentials",
    query: "Invalid client_id: must not contain a query string",
  }),
  urlConstraint("fetch-address", "client-id/special-use-host", "Invalid client_id URL", (_parts, url) => {
    const host = parseUrl(url)?.hostname ?? "";
    return host === "localhost" || (!host.startsWith("[") && hostKind(host) === "special-use-address");
  }),
  urlConstraint(
    "fetch-ipv6",
    "client-id/ip-literal",
    // `dns.lookup` gets the brackets as well, and knows no such name.
    NOT_FETCHED,
    (_parts, url) => parseUrl(url)?.hostname.startsWith("["),
  ),
  fetchPort(NOT_FETCHED),
  sizeLimit(MAX_BYTES, () => "Client metadata document too large"),
  ...jsonObject("Invalid client metadata document", "Client ID mismatch in metadata document"),
  sameClientId(() => "Client ID mismatch in metadata document"),
  redirectList("Metadata must include at least one redirect_uri"),
  redirectsParse((uri) => `Invalid redirect_uri in metadata: ${uri}`),
  noClientSecret("Client metadata must not contain client_secret"),
  noSharedSecretMethod(() => "Client metadata uses forbidden auth method"),
  operatorAllowlist(
    "Invalid client_id, unless allowedClientIdPatterns lets it in; by default only claude.ai, vscode.dev, Codex, Cursor and Backstage's own command line do",
    isAdmitted,
  ),
];

function refusal(redirectUri: string): string {
  return `Invalid redirect_uri '${redirectUri}'`;
}

/** Whether the default allowedRedirectUriPatterns let a redirect URI through: http to the machine itself. */
function isAllowed(redirectUri: string): boolean {
  const url = parseUrl(redirectUri);
  return url?.protocol === "http:" && isLoopbackHostname(url.hostname) && !url.username && !url.password;
}

/**
 * How Backstage compares with its default patterns: loopback redirects by scheme, host and path, whatever port and query;
 * no other redirect is let through.
 *
 * Source: npm:@backstage/plugin-auth-backend@0.31.0 dist/service/OidcService.cjs.js `validateRedirectUri`,
 * `matchesRedirectUri`, `LOOPBACK_REDIRECT_PATTERNS`, OidcRouter.cjs.js `authorizeQuerySchema`.
 */
const REDIRECT_MATCHING: RedirectMatching = {
  matches(redirectUri, entry) {
    const requested = parseUrl(redirectUri);
    if (!requested) return false;
    if (!isLoopbackHostname(requested.hostname)) return redirectUri === entry;
    const registered = parseUrl(entry);
    return (
      registered?.hostname === requested.hostname &&
      registered.protocol === requested.protocol &&
      registered.pathname === requested.pathname
    );
  },
  prepare(redirectUri) {
    // The query's schema trims it.
    const trimmed = redirectUri.trim();
    return isAllowed(trimmed) ? trimmed : { refused: refusal(redirectUri) };
  },
  refusal: (redirectUri) => `${refusal(redirectUri)}, not registered in client metadata`,
  entryOutcome(entry) {
    if (isAllowed(entry)) return literalWildcard(entry, "Invalid redirect_uri") ?? { outcome: "works" };
    return {
      outcome: "never",
      rule: "redirect-uris/operator-allowlist",
      message: say`${refusal(entry)}: by default only loopback redirects are let through (allowedRedirectUriPatterns).`,
    };
  },
};

/** Backstage's auth backend with documents enabled and its default patterns, for a client they let in. */
export const backstage: ServerProfile = {
  id: "backstage",
  name: "Backstage",
  version: "plugin-auth-backend 0.31.0",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  reach: {
    kind: "downloads",
    package: "npm:@backstage/plugin-auth-backend",
    perMonth: 516_316,
    source: "https://www.npmjs.com/package/@backstage/plugin-auth-backend",
    date: "2026-12-01",
  },
  evidence: [
    {
      what: "npm:@backstage/plugin-auth-backend@0.31.0 dist/service/CimdClient.cjs.js, OidcService.cjs.js, OidcRouter.cjs.js",
      url: "https://www.npmjs.com/package/@backstage/plugin-auth-backend/v/0.31.0",
    },
    {
      what: "backstage/backstage plugins/auth-backend/src/service/OidcService.ts @01bb61d39f4e",
      url: "https://github.com/backstage/backstage/blob/01bb61d39f4eb175ce5660e9f985f8f3fa0290d7/plugins/auth-backend/src/service/OidcService.ts",
    },
  ],
  readCompletely: ["fetch", "document"],
  constraints: CONSTRAINTS,
  redirects: REDIRECT_MATCHING,
  cache: { maximum: 0, honours: [], stale: "refused" },
  consent: { shows: ["client-name"], note: "The client_id stands in for a missing name." },
};
