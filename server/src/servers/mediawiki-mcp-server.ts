import { jsonPointer } from "../document/jsonPointer.js";
import { say } from "../localisation/say.js";
import { hostKind } from "../uri/host.js";
import { onMembers } from "./behaviours/constraintKinds.js";
import {
  clientName,
  jsonObject,
  redirectList,
  redirectStrings,
  sameClientId,
  sizeLimit,
} from "./behaviours/documentConstraints.js";
import { literalWildcard, wildcardRule } from "./behaviours/entryOutcomes.js";
import { isLoopbackHostname, matchesAnyLoopbackPort } from "./behaviours/loopbackMatching.js";
import { operatorAllowlist } from "./behaviours/operatorAllowlist.js";
import { refusedKindRule } from "./behaviours/redirectKinds.js";
import { dotSegmentRule, urlConstraint, whatwgHttps } from "./behaviours/urlConstraints.js";
import { parseUrl, redirectUrls } from "./behaviours/whatwgUrl.js";
import type { Constraint, RedirectMatching, ServerProfile } from "./profile.js";

const MAX_BYTES = 5 * 1024;
/** `SHIPPED_CIMD_HOSTS`. */
const SHIPPED_HOSTS: ReadonlySet<string> = new Set(["vscode.dev", "claude.ai", "zed.dev", "chatgpt.com"]);
const NO_REDIRECTS = "document is missing a non-empty redirect_uris array";
const NO_REDIRECT = "missing client_id or redirect_uri";
const NOT_REGISTERED = "redirect_uri not registered";

const CONSTRAINTS: readonly Constraint[] = [
  whatwgHttps("client_id must use https"),
  urlConstraint(
    "url-userinfo",
    "client-id/userinfo",
    "client_id must not contain userinfo",
    ({ userinfo }) => userinfo !== undefined && !/^:?$/.test(userinfo),
  ),
  urlConstraint(
    "url-fragment",
    "client-id/fragment",
    "client_id must not contain a fragment",
    ({ fragment }) => Boolean(fragment),
  ),
  urlConstraint(
    "url-dot-segments",
    "client-id/dot-segment",
    "client_id must not contain dot-segments",
    (_parts, url) => dotSegmentRule((url.split(/[?#]/, 1)[0] ?? "").replaceAll("\\", "/"), false),
  ),
  operatorAllowlist(
    "client_id host is not a trusted CIMD host, unless it is in MCP_OAUTH_CIMD_ALLOWED_HOSTS",
    (url) => SHIPPED_HOSTS.has(parseUrl(url)?.host ?? ""),
  ),
  urlConstraint(
    "fetch-address",
    "client-id/special-use-host",
    "SSRF guard rejected the document URL: Refusing to fetch URL resolving to non-public address",
    (_parts, url) => {
      const host = parseUrl(url)?.hostname ?? "";
      return host === "localhost" || hostKind(host) === "special-use-address";
    },
  ),
  sizeLimit(MAX_BYTES, () => `document exceeds ${MAX_BYTES}-byte cap`),
  ...jsonObject("CIMD document is not valid JSON", "metadata document is not a JSON object"),
  sameClientId(() => "document client_id does not match the fetched URL"),
  clientName("document is missing a client_name", false),
  redirectList(NO_REDIRECTS),
  redirectStrings(NO_REDIRECTS),
  onMembers({ id: "redirect-shape", rule: "redirect-uris/absolute" }, (members, report) => {
    const uris = members["redirect_uris"];
    const words = (uri: string): string =>
      `redirect_uri must be a parseable https, loopback http, or custom-scheme URL; rejected "${uri}"`;
    if (Array.isArray(uris) && uris.includes(""))
      report(words(""), jsonPointer("redirect_uris", uris.indexOf("")));
    for (const { index, text, url } of redirectUrls(uris)) {
      if (url && (url.protocol !== "http:" || isLoopbackHostname(url.hostname))) continue;
      report(words(text), jsonPointer("redirect_uris", index), unreadableRule(text));
    }
  }),
];

/** The rule about a redirect URI that `new URL` does not read, or that is http to another machine. */
function unreadableRule(uri: string): string {
  const rule = wildcardRule(uri) ?? refusedKindRule(uri);
  return rule === "redirect-uris/private-use-mixed" ? "redirect-uris/illegal-character" : rule;
}

const noHost = (): string =>
  say`${NO_REDIRECT}: consent is kept for the host of the redirect URI, and this one has none.`;

const hasHost = (uri: string): boolean => Boolean(parseUrl(uri)?.hostname);

const REDIRECT_MATCHING: RedirectMatching = {
  matches: matchesAnyLoopbackPort,
  prepare: (redirectUri) => (hasHost(redirectUri) ? redirectUri : { refused: noHost() }),
  refusal: () => NOT_REGISTERED,
  entryOutcome(entry) {
    const wildcard = literalWildcard(entry, NOT_REGISTERED);
    if (wildcard || hasHost(entry)) return wildcard ?? { outcome: "works" };
    return { outcome: "never", rule: "redirect-uris/private-use-fastmcp", message: noHost() };
  },
};

/**
 * ProfessionalWiki's MCP server for MediaWiki with its OAuth proxy, in a deployment that lets the client's host in. Every
 * client counts as public, whatever the document says of its authentication; grants and scopes are not read.
 *
 * Source: the files of the evidence; `POST /mcp/consent` in router.ts for redirect URIs without a host.
 */
export const mediawikiMcpServer: ServerProfile = {
  id: "mediawiki-mcp-server",
  name: "MediaWiki MCP Server",
  version: "0.17.0 (2026-08-20)",
  kind: "mcp-server-framework",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "ProfessionalWiki/MediaWiki-MCP-Server src/auth/authorizationServer/cimd.ts, router.ts @d3cafc292f2f",
      url: "https://github.com/ProfessionalWiki/MediaWiki-MCP-Server/blob/d3cafc292f2f270c6a02408da00210877fc40bfb/src/auth/authorizationServer/cimd.ts",
    },
    {
      what: "ProfessionalWiki/MediaWiki-MCP-Server src/transport/cimdFetch.ts, ssrfGuard.ts @d3cafc292f2f",
      url: "https://github.com/ProfessionalWiki/MediaWiki-MCP-Server/blob/d3cafc292f2f270c6a02408da00210877fc40bfb/src/transport/cimdFetch.ts",
    },
    {
      what: "ProfessionalWiki/MediaWiki-MCP-Server src/auth/authorizationServer/redirectPolicy.ts, authorize.ts, consent.ts @d3cafc292f2f",
      url: "https://github.com/ProfessionalWiki/MediaWiki-MCP-Server/blob/d3cafc292f2f270c6a02408da00210877fc40bfb/src/auth/authorizationServer/redirectPolicy.ts",
    },
  ],
  notExecuted: "not-served",
  readCompletely: ["fetch", "document"],
  constraints: CONSTRAINTS,
  redirects: REDIRECT_MATCHING,
  cache: { minimum: 300, fallback: 3600, maximum: 86_400, honours: ["max-age"], stale: "refused" },
  consent: {
    shows: ["client-name", "redirect-host", "localhost-warning"],
    note: "For a loopback redirect it asks to allow only a sign-in that was started a moment ago.",
  },
};
