import { onMembers } from "./behaviours/constraintKinds.js";
import { eachRedirect, jsonObject, type RedirectFault, sizeLimit } from "./behaviours/documentConstraints.js";
import { literalWildcard, wildcardRule } from "./behaviours/entryOutcomes.js";
import {
  goListHolds,
  goMethodAmong,
  goOtherGrantsIgnored,
  goRedirectList,
  goSameClientId,
  goUrlConstraints,
} from "./behaviours/goConstraints.js";
import { goFieldTypes, goMember } from "./behaviours/goJson.js";
import { parseGoUrl } from "./behaviours/goUrl.js";
import { refusedKindRule } from "./behaviours/redirectKinds.js";
import { urlConstraint } from "./behaviours/urlConstraints.js";
import { parseUrl } from "./behaviours/whatwgUrl.js";
import type { Constraint, RedirectMatching, ServerProfile } from "./profile.js";

const MAX_BYTES = 5 * 1024;
const MAX_URL_LENGTH = 255;
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "::1"]);
const BAD_URL = "client_id is not a valid metadata document URL";
const BAD_DOCUMENT = "client id metadata document is invalid";
const UNMATCHED = "redirect_uri is not in the client's registered list";

function redirectFault(uri: string): RedirectFault | undefined {
  const fault = (detail: string, rule: string): RedirectFault => ({
    message: `${BAD_DOCUMENT}: redirect_uri "${uri}"${detail}`,
    rule,
  });
  const url = parseGoUrl(uri);
  if ("error" in url)
    return fault(" is not a valid URI", wildcardRule(uri) ?? "redirect-uris/illegal-character");
  if (url.fragment !== "") return fault(" must not contain a fragment", "redirect-uris/fragment");
  if (url.scheme === "") return fault(" must be an absolute URI", "redirect-uris/absolute");
  if (url.scheme !== "https" && url.scheme !== "http") return undefined;
  if (url.host === "") return fault(" must be an absolute URI with a host", "redirect-uris/absolute");
  if (url.hasUserinfo) return fault(" must not contain userinfo", "redirect-uris/userinfo");
  if (url.scheme === "https" || LOOPBACK_HOSTS.has(url.hostname)) return undefined;
  return fault(
    ": http is only permitted for loopback hosts",
    url.hostname.startsWith("127.") ? "redirect-uris/loopback-nonstandard" : refusedKindRule(uri),
  );
}

const CONSTRAINTS: readonly Constraint[] = [
  urlConstraint(
    "url-length",
    "client-id/length",
    `${BAD_URL}: exceeds ${MAX_URL_LENGTH} characters`,
    (_parts, url) => new TextEncoder().encode(url).length > MAX_URL_LENGTH,
  ),
  ...goUrlConstraints({
    malformed: `${BAD_URL}: must be an absolute https:// URL with a path`,
    https: `${BAD_URL}: must be an absolute https:// URL with a path`,
    host: `${BAD_URL}: must be an absolute https:// URL with a path`,
    morePath: `${BAD_URL}: must be an absolute https:// URL with a path`,
    query: `${BAD_URL}: must not contain a query string or fragment`,
    fragment: `${BAD_URL}: must not contain a query string or fragment`,
    userinfo: `${BAD_URL}: must not contain userinfo`,
    dotSegments: `${BAD_URL}: must not contain ".." path segments`,
  }),
  sizeLimit(MAX_BYTES, () => `${BAD_DOCUMENT}: document exceeds ${MAX_BYTES}-byte limit`),
  ...jsonObject(
    `${BAD_DOCUMENT}: response is not valid JSON`,
    `${BAD_DOCUMENT}: response is not valid JSON: cannot unmarshal it into an object`,
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
      scope: "string",
      token_endpoint_auth_method: "string",
    },
    (detail) => `${BAD_DOCUMENT}: response is not valid JSON: json: ${detail}`,
  ),
  goSameClientId((id) => `${BAD_DOCUMENT}: document client_id "${id}" does not match its URL`),
  goRedirectList(`${BAD_DOCUMENT}: redirect_uris is required and must be non-empty`),
  eachRedirect("redirect-shape", redirectFault),
  goMethodAmong(
    { id: "auth-method", rule: "auth-method/unknown" },
    ["none", "private_key_jwt"],
    (method) => `${BAD_DOCUMENT}: token_endpoint_auth_method "${method}" is not supported`,
  ),
  onMembers({ id: "jwks-host", rule: "jwks-uri/same-origin" }, (members, report, document) => {
    if (goMember(members, "token_endpoint_auth_method") !== "private_key_jwt") return;
    const keys = parseUrl(goMember(members, "jwks_uri"));
    const home = parseUrl(document.url ?? "");
    if (keys && home && keys.host !== home.host)
      report(`${BAD_DOCUMENT}: jwks_uri must be on the client_id's own host`, "/jwks_uri");
  }),
  goListHolds(
    "code-grant",
    "grant-types/code-mismatch",
    "grant_types",
    "authorization_code",
    `${BAD_DOCUMENT}: grant_types must include authorization_code`,
  ),
  goOtherGrantsIgnored("grant types this server does not offer CIMD clients are ignored"),
  goListHolds(
    "code-response",
    "response-types/empty-with-code",
    "response_types",
    "code",
    `${BAD_DOCUMENT}: response_types must include "code"`,
  ),
  onMembers(
    { id: "unvetted", rule: "client-id/operator-allowlist", stage: "authorize", effect: "limits" },
    ({ redirect_uris: uris }, report) => {
      if (Array.isArray(uris) && uris.some((uri) => typeof uri === "string" && /^https:/i.test(uri)))
        report(
          "nobody is sent to a login page for a client with https redirects, nor back to these with an error, unless cimd.allowed_domains has its host",
          "/client_id",
        );
    },
  ),
  onMembers({ id: "client-name", rule: "client-name/missing" }, (members, report) => {
    const name = goMember(members, "client_name") ?? "";
    if (typeof name !== "string" || name.trim() !== "") return;
    const message = `${BAD_DOCUMENT}: client_name is required and must be non-empty`;
    if (members["client_name"] === undefined) report(message);
    else report(message, "/client_name", "client-name/empty");
  }),
];

/** `redirectURIAllowed`: the names of the machine itself stand for each other, and their port does not count. */
function matches(redirectUri: string, entry: string): boolean {
  if (redirectUri === entry) return true;
  const requested = parseGoUrl(redirectUri);
  if ("error" in requested || !LOOPBACK_HOSTS.has(requested.hostname)) return false;
  const registered = parseGoUrl(entry);
  return (
    !("error" in registered) &&
    LOOPBACK_HOSTS.has(registered.hostname) &&
    !requested.hasUserinfo &&
    requested.fragment === "" &&
    requested.scheme === registered.scheme &&
    requested.path === registered.path &&
    requested.query === registered.query
  );
}

const REDIRECT_MATCHING: RedirectMatching = {
  matches,
  refusal: () => UNMATCHED,
  entryOutcome(entry) {
    const wildcard = literalWildcard(entry, UNMATCHED);
    return wildcard ?? { outcome: /^https:/i.test(entry) ? "limited" : "works" };
  },
};

/**
 * ZeroID. Its stored sources are of several days: the document's constraints were read in cimd.go @02f35e48f675, and that
 * private_key_jwt is taken since, with keys on the client's own host, in a newer test. So the document stage does not
 * count as read completely.
 */
export const zeroid: ServerProfile = {
  id: "zeroid",
  name: "ZeroID",
  version: "main, 2026-09",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "highflame-ai/zeroid internal/service/cimd.go @02f35e48f675 (grant types are intersected, redirect hosts)",
      url: "https://github.com/highflame-ai/zeroid/blob/02f35e48f6759a1f2899fa606461f8eef8454060/internal/service/cimd.go",
    },
    {
      what: "highflame-ai/zeroid internal/service/cimd_client_auth_test.go @a3f513ea6436 (private_key_jwt)",
      url: "https://github.com/highflame-ai/zeroid/blob/a3f513ea6436d2e3b16aa53db5cb1f65b8a88a82/internal/service/cimd_client_auth_test.go",
    },
    {
      what: "highflame-ai/zeroid internal/service/oauth.go (redirectURIAllowed), internal/handler/authorize.go @f08f97998a20",
      url: "https://github.com/highflame-ai/zeroid/blob/f08f97998a2075b4af0034632c4d294702cf544a/internal/service/oauth.go",
    },
  ],
  readCompletely: ["fetch"],
  constraints: CONSTRAINTS,
  redirects: REDIRECT_MATCHING,
  cache: {
    minimum: 60,
    fallback: 3600,
    maximum: 3600,
    honours: ["max-age", "no-store", "no-cache"],
    stale: "refused",
  },
  consent: undefined,
};
