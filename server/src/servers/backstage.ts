import { say } from "../localisation/say.js";
import {
  jsonObject,
  noClientSecret,
  noSharedSecretMethod,
  redirectList,
  sameClientId,
} from "./behaviours/documentConstraints.js";
import { literalWildcard } from "./behaviours/entryOutcomes.js";
import { operatorAllowlist } from "./behaviours/operatorAllowlist.js";
import { commonUrlConstraints, dotSegmentRule, urlConstraint } from "./behaviours/urlConstraints.js";
import { parseUrl } from "./behaviours/whatwgUrl.js";
import type { Constraint, RedirectMatching, ServerProfile } from "./profile.js";

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

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
  ...commonUrlConstraints({
    https: "Invalid client_id: must use HTTPS (or HTTP for localhost in development)",
    morePath: "Invalid client_id: must have a path component",
    fragment: "Invalid client_id: must not contain a fragment",
    userinfo: "Invalid client_id: must not contain credentials",
    query: "Invalid client_id: must not contain a query string",
  }),
  ...jsonObject("Invalid client metadata document", "Client ID mismatch in metadata document", {
    bom: "strip",
  }),
  sameClientId(() => "Client ID mismatch in metadata document", { bom: "strip" }),
  redirectList("Metadata must include at least one redirect_uri", { bom: "strip" }),
  noClientSecret("Client metadata must not contain client_secret", { bom: "strip" }),
  noSharedSecretMethod(() => "Client metadata uses forbidden auth method", { bom: "strip" }),
  operatorAllowlist(
    "Invalid client_id, unless allowedClientIdPatterns lets it in; by default only claude.ai, vscode.dev and Backstage's own command line do",
  ),
];

function refusal(redirectUri: string): string {
  return `Invalid redirect_uri '${redirectUri}'`;
}

/** Whether the default allowedRedirectUriPatterns let a redirect URI through: http to the machine itself. */
function isAllowed(redirectUri: string): boolean {
  if (redirectUri.startsWith("https://")) return false;
  const url = parseUrl(redirectUri);
  return url?.protocol === "http:" && LOOPBACK_HOSTS.has(url.hostname) && !url.username && !url.password;
}

/**
 * How Backstage compares with its default patterns: loopback redirects by scheme, host and path, whatever port and query;
 * no other redirect is let through.
 *
 * Source: `backstage/backstage` plugins/auth-backend/src/service/OidcService.ts `validateRedirectUri`,
 * `matchesRedirectUri`, `LOOPBACK_REDIRECT_PATTERNS` @01bb61d39f4e.
 */
const REDIRECT_MATCHING: RedirectMatching = {
  matches(redirectUri, entry) {
    const requested = parseUrl(redirectUri);
    if (!requested) return false;
    if (!LOOPBACK_HOSTS.has(requested.hostname)) return redirectUri === entry;
    const registered = parseUrl(entry);
    return (
      registered?.hostname === requested.hostname &&
      registered.protocol === requested.protocol &&
      registered.pathname === requested.pathname
    );
  },
  prepare: (redirectUri) => (isAllowed(redirectUri) ? redirectUri : { refused: refusal(redirectUri) }),
  refusal,
  entryOutcome(entry) {
    if (isAllowed(entry)) return literalWildcard(entry, "Invalid redirect_uri") ?? { outcome: "works" };
    return (
      literalWildcard(entry, "Invalid redirect_uri") ?? {
        outcome: "never",
        rule: "redirect-uris/loopback-only-allowed",
        message: say`${refusal(entry)}: by default only loopback redirects are let through (allowedRedirectUriPatterns).`,
      }
    );
  },
};

/** Backstage's auth backend with documents enabled and its default patterns, for a client they let in. */
export const backstage: ServerProfile = {
  id: "backstage",
  name: "Backstage",
  version: "main, mid 2026",
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
      what: "backstage/backstage plugins/auth-backend/src/service/CimdClient.ts @161a08486656 (older than the next)",
      url: "https://github.com/backstage/backstage/blob/161a0848665609581145eeac7f62f377d00dcedd/plugins/auth-backend/src/service/CimdClient.ts",
    },
    {
      what: "backstage/backstage plugins/auth-backend/src/service/OidcService.ts @01bb61d39f4e",
      url: "https://github.com/backstage/backstage/blob/01bb61d39f4eb175ce5660e9f985f8f3fa0290d7/plugins/auth-backend/src/service/OidcService.ts",
    },
  ],
  readCompletely: [],
  constraints: CONSTRAINTS,
  redirects: REDIRECT_MATCHING,
  cache: undefined,
  consent: { shows: ["client-name"], note: "The client_id stands in for a missing name." },
};
