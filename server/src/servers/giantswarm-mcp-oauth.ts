import { eachRedirect, jsonObject, type RedirectFault, sizeLimit } from "./behaviours/documentConstraints.js";
import { comparedAsStrings, wildcardRule } from "./behaviours/entryOutcomes.js";
import {
  goFetchAddress,
  goRedirectList,
  goSameClientId,
  goUrlConstraints,
} from "./behaviours/goConstraints.js";
import { goFieldTypes } from "./behaviours/goJson.js";
import { parseGoUrl } from "./behaviours/goUrl.js";
import { blocks } from "./behaviours/ipAddress.js";
import { refusedKindRule } from "./behaviours/redirectKinds.js";
import type { Constraint, RedirectMatching, ServerProfile } from "./profile.js";

const MAX_BYTES = 1024 * 1024;
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "::1"]);
const NOT_REGISTERED = "redirect URI not registered for client";
const FRAGMENT = "redirect_uri must not contain fragments (security risk)";
const NOT_A_DOCUMENT = "the client_id is looked up among registered clients";
/** `ClassifyIP`: everything that is not public. */
const INTERNAL = blocks(
  "0.0.0.0/32",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "224.0.0.0/24",
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "::/127",
  "fe80::/10",
  "ff02::/16",
  "fc00::/7",
);

function redirectFault(uri: string): RedirectFault | undefined {
  const url = parseGoUrl(uri);
  if ("error" in url) {
    const rule = wildcardRule(uri) ?? "redirect-uris/illegal-character";
    return { message: `invalid redirect_uri "${uri}": ${url.error}`, rule };
  }
  const { scheme, hostname } = url;
  if (scheme !== "https" && scheme !== "http") {
    const message = `redirect_uri must use http or https scheme, got ${scheme}: ${uri}`;
    return { message, rule: refusedKindRule(uri) };
  }
  if (scheme === "https" || LOOPBACK_HOSTS.has(hostname)) return undefined;
  return {
    message: `http redirect_uri only allowed for localhost, got ${hostname}: ${uri}`,
    rule: hostname.startsWith("127.")
      ? "redirect-uris/loopback-nonstandard"
      : "redirect-uris/http-non-loopback",
  };
}

const CONSTRAINTS: readonly Constraint[] = [
  ...goUrlConstraints({
    malformed: NOT_A_DOCUMENT,
    https: NOT_A_DOCUMENT,
    host: NOT_A_DOCUMENT,
    userinfo: NOT_A_DOCUMENT,
    query: NOT_A_DOCUMENT,
    fragment: NOT_A_DOCUMENT,
  }),
  goFetchAddress(
    "client_id metadata URL resolves to private/internal IP address (SSRF protection)",
    INTERNAL,
  ),
  sizeLimit(MAX_BYTES, () => `metadata document exceeds maximum size of ${MAX_BYTES} bytes`),
  ...jsonObject(
    "failed to parse metadata JSON",
    "failed to parse metadata JSON: cannot unmarshal it into an object",
  ),
  goFieldTypes(
    {
      client_id: "string",
      client_name: "string",
      client_uri: "string",
      logo_uri: "string",
      redirect_uris: "[]string",
      grant_types: "[]string",
      response_types: "[]string",
      token_endpoint_auth_method: "string",
      scope: "string",
      contacts: "[]string",
      jwks_uri: "string",
    },
    (detail) => `failed to parse metadata JSON: json: ${detail}`,
  ),
  goSameClientId(
    (id, url) =>
      `client_id mismatch: document contains "${id}" but was fetched from "${url}" (security violation)`,
  ),
  goRedirectList("metadata must contain at least one redirect_uri"),
  eachRedirect("redirect-scheme", redirectFault),
];

const exact = comparedAsStrings(NOT_REGISTERED);

const hasFragment = (uri: string): boolean => /#./s.test(uri);

/** Whole strings, and no fragment. */
const REDIRECT_MATCHING: RedirectMatching = {
  ...exact,
  prepare: (redirectUri) => (hasFragment(redirectUri) ? { refused: FRAGMENT } : redirectUri),
  entryOutcome: (entry, context) =>
    hasFragment(entry)
      ? { outcome: "never", rule: "redirect-uris/fragment", message: FRAGMENT }
      : (exact.entryOutcome?.(entry, context) ?? { outcome: "works" }),
};

/**
 * Giant Swarm's Go library with `EnableClientIDMetadataDocuments`. Its stored snapshot is old; a URL is fetched without
 * its raw path, so percent-encoded slashes become real ones.
 */
export const giantswarmMcpOauth: ServerProfile = {
  id: "giantswarm-mcp-oauth",
  name: "Giant Swarm mcp-oauth",
  version: "2025-12-23 snapshot (after 0.2.9)",
  kind: "authorization-server-library",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "giantswarm/mcp-oauth server/cimd.go, server/cimd_cache.go @f535f92b390a",
      url: "https://github.com/giantswarm/mcp-oauth/blob/f535f92b390a13fa3f4727f2623fa47a8290783b/server/cimd.go",
    },
    {
      what: "giantswarm/mcp-oauth server/validation.go, internal/helpers/ip.go @f535f92b390a",
      url: "https://github.com/giantswarm/mcp-oauth/blob/f535f92b390a13fa3f4727f2623fa47a8290783b/server/validation.go",
    },
  ],
  readCompletely: ["fetch", "document"],
  constraints: CONSTRAINTS,
  redirects: REDIRECT_MATCHING,
  cache: { maximum: 3600, honours: ["max-age"], stale: "refused" },
  consent: undefined,
};
