import { say } from "../localisation/say.js";
import { methodRule, type RedirectFault, sizeLimit } from "./behaviours/documentConstraints.js";
import { comparedAsStrings, wildcardRule } from "./behaviours/entryOutcomes.js";
import { goTarget, isBlocked, parseGoAddress } from "./behaviours/goAddress.js";
import {
  goEachRedirect,
  goFetchAddress,
  goRedirectList,
  goSameClientId,
  goUrlConstraints,
} from "./behaviours/goConstraints.js";
import { CLIENT_FIELDS, GoStruct } from "./behaviours/goJson.js";
import { parseGoUrl } from "./behaviours/goUrl.js";
import { blocks } from "./behaviours/ipAddress.js";
import { JSON_CONTENT_TYPE } from "./behaviours/jsonContentType.js";
import { refusedKindRule } from "./behaviours/redirectKinds.js";
import type { Constraint, RedirectMatching, ServerProfile } from "./profile.js";

const MAX_BYTES = 1024 * 1024;
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "::1"]);
const NOT_REGISTERED = "redirect URI not registered for client";
const FRAGMENT = "redirect_uri must not contain fragments (security risk)";
const INSECURE = "redirect URI failed security validation";
const NOT_A_DOCUMENT = "the client_id is looked up among registered clients";
const LOOPBACK = blocks("127.0.0.0/8", "::1/128");
/** `net.LookupIP` is asked before anything is dialed. */
const LOOKED_UP = { idna: false };
/** Where no redirect may lead, by default. */
const NOT_PUBLIC = blocks(
  ...["0.0.0.0/32", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "224.0.0.0/24"],
  ...["::/128", "fc00::/7", "fe80::/10", ...linkLocalMulticast()],
);
const INTERNAL = [...LOOPBACK, ...NOT_PUBLIC];

/** `IsLinkLocalMulticast`: `ff?2::/16`, whatever the flags. */
function linkLocalMulticast(): string[] {
  return Array.from({ length: 16 }, (_, flags) => `ff${flags.toString(16)}2::/16`);
}

const STRUCT = new GoStruct({
  ...CLIENT_FIELDS,
  contacts: "[]string",
  jwks_uri: "string",
});

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

/**
 * `ValidateRedirectURIAtAuthorizationTime`, with the defaults: no redirect leads to the machine itself, to a private address,
 * or to a name that does not resolve.
 *
 * @returns the rule that an entry breaks
 */
function insecure(uri: string): string | undefined {
  const url = parseGoUrl(uri);
  if ("error" in url) return undefined;
  const { hostname } = url;
  const address = parseGoAddress(hostname);
  if (hostname === "localhost" || (address && !address.zoned && isBlocked(address, LOOPBACK)))
    return url.scheme === "https" ? "redirect-uris/https-loopback" : "redirect-uris/loopback-refused";
  const target = goTarget(hostname, LOOKED_UP);
  const isPrivate = typeof target === "string" ? target === "nowhere" : isBlocked(target, NOT_PUBLIC);
  return isPrivate ? "redirect-uris/special-use-https" : undefined;
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
    LOOKED_UP,
  ),
  sizeLimit(MAX_BYTES, () => `metadata document exceeds maximum size of ${MAX_BYTES} bytes`),
  ...STRUCT.decodes({
    notJson: "failed to parse metadata JSON",
    notObject: "failed to parse metadata JSON: cannot unmarshal it into an object",
    wrongType: (detail) => `failed to parse metadata JSON: json: ${detail}`,
  }),
  goSameClientId(
    STRUCT,
    (id, url) =>
      `client_id mismatch: document contains "${id}" but was fetched from "${url}" (security violation)`,
  ),
  goRedirectList(STRUCT, "metadata must contain at least one redirect_uri"),
  goEachRedirect(STRUCT, { id: "redirect-scheme" }, redirectFault),
  STRUCT.on({ id: "public-client", rule: "auth-method/unknown", stage: "token" }, (values, report) => {
    const method = values.text("token_endpoint_auth_method");
    if (method !== "" && method !== "none")
      report(
        "Client authentication required: any method but none makes a client that has to send a secret, and it has none",
        values.pointer("token_endpoint_auth_method"),
        methodRule(method),
      );
  }),
];

const exact = comparedAsStrings(NOT_REGISTERED);

const REDIRECT_MATCHING: RedirectMatching = {
  ...exact,
  entries: STRUCT.redirects,
  prepare(redirectUri) {
    const url = parseGoUrl(redirectUri);
    if ("error" in url) return { refused: `invalid redirect_uri format: ${url.error}` };
    if (url.fragment !== "") return { refused: FRAGMENT };
    return insecure(redirectUri) === undefined ? redirectUri : { refused: INSECURE };
  },
  entryOutcome(entry, context) {
    const url = parseGoUrl(entry);
    if (!("error" in url) && url.fragment !== "")
      return { outcome: "never", rule: "redirect-uris/fragment", message: FRAGMENT };
    const rule = wildcardRule(entry) === undefined ? insecure(entry) : undefined;
    if (rule === undefined) return exact.entryOutcome?.(entry, context) ?? { outcome: "works" };
    const isPrivate = rule === "redirect-uris/special-use-https";
    const setting = isPrivate ? "AllowPrivateIPRedirectURIs" : "AllowLocalhostRedirectURIs";
    return { outcome: "never", rule, message: say`${INSECURE}, unless ${setting} is set.` };
  },
};

/**
 * Giant Swarm's Go library with `EnableClientIDMetadataDocuments`, in its default configuration: redirects to the machine
 * itself are matched with any port since April 2026 (PR 265), and refused all the same until
 * `AllowLocalhostRedirectURIs` is set. A URL is fetched without its raw path, so percent-encoded slashes become real ones.
 */
export const giantswarmMcpOauth: ServerProfile = {
  id: "giantswarm-mcp-oauth",
  name: "Giant Swarm mcp-oauth",
  version: "2025-12-23 (after 0.2.29)",
  kind: "authorization-server-library",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "giantswarm/mcp-oauth server/cimd.go, server/cimd_cache.go @f535f92b390a",
      url: "https://github.com/giantswarm/mcp-oauth/blob/f535f92b390a13fa3f4727f2623fa47a8290783b/server/cimd.go",
    },
    {
      what: "giantswarm/mcp-oauth server/flows.go, redirect_uri_security.go, config_validation_security.go, handler.go @f535f92b390a",
      url: "https://github.com/giantswarm/mcp-oauth/blob/f535f92b390a13fa3f4727f2623fa47a8290783b/server/redirect_uri_security.go",
    },
    {
      what: "giantswarm/muster issue 1201 (redirects are validated again when a flow starts, 2026-09-10)",
      url: "https://github.com/giantswarm/muster/issues/1201",
    },
  ],
  notExecuted: "not-served",
  readCompletely: ["fetch", "document", "authorize", "token"],
  constraints: [JSON_CONTENT_TYPE, ...CONSTRAINTS],
  redirects: REDIRECT_MATCHING,
  cache: { fallback: 300, maximum: 3600, honours: ["max-age"], stale: "refused" },
  consent: undefined,
};
