import { type RedirectFault, sizeLimit } from "./behaviours/documentConstraints.js";
import { literalWildcard, wildcardRule } from "./behaviours/entryOutcomes.js";
import {
  goEachRedirect,
  goFetchAddress,
  goListHolds,
  goMethodAmong,
  goOtherGrantsIgnored,
  goRedirectList,
  goSameClientId,
  goUrlConstraints,
} from "./behaviours/goConstraints.js";
import { CLIENT_FIELDS, GoStruct } from "./behaviours/goJson.js";
import { goLength, goWords } from "./behaviours/goText.js";
import { parseGoUrl } from "./behaviours/goUrl.js";
import { blocks } from "./behaviours/ipAddress.js";
import { refusedKindRule } from "./behaviours/redirectKinds.js";
import { urlConstraint } from "./behaviours/urlConstraints.js";
import type { Constraint, RedirectMatching, ServerProfile } from "./profile.js";

const MAX_BYTES = 5 * 1024;
const MAX_URL_LENGTH = 255;
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "::1"]);
const BAD_URL = "client_id is not a valid metadata document URL";
const BAD_DOCUMENT = "client id metadata document is invalid";
const UNMATCHED = "redirect_uri is not in the client's registered list";
/** `isBlockedIP` */
const BLOCKED = blocks(
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"],
  ...["224.0.0.0/4", "240.0.0.0/4", "::/127", "fc00::/7", "fe80::/10", "ff00::/8"],
);

const STRUCT = new GoStruct({
  ...CLIENT_FIELDS,
  jwks_uri: "string",
  jwks: "*any",
});

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
    (_parts, url) => goLength(url) > MAX_URL_LENGTH,
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
  goFetchAddress("failed to fetch client id metadata document", BLOCKED),
  sizeLimit(MAX_BYTES, () => `${BAD_DOCUMENT}: document exceeds ${MAX_BYTES}-byte limit`),
  ...STRUCT.decodes({
    notJson: `${BAD_DOCUMENT}: response is not valid JSON`,
    notObject: `${BAD_DOCUMENT}: response is not valid JSON: cannot unmarshal it into an object`,
    wrongType: (detail) => `${BAD_DOCUMENT}: response is not valid JSON: json: ${detail}`,
  }),
  goSameClientId(STRUCT, (id) => `${BAD_DOCUMENT}: document client_id "${id}" does not match its URL`),
  goRedirectList(STRUCT, `${BAD_DOCUMENT}: redirect_uris is required and must be non-empty`),
  goEachRedirect(STRUCT, { id: "redirect-shape" }, redirectFault),
  goMethodAmong(
    STRUCT,
    { id: "auth-method", rule: "auth-method/unknown" },
    ["none", "private_key_jwt"],
    (method) => `${BAD_DOCUMENT}: token_endpoint_auth_method "${method}" is not supported`,
  ),
  STRUCT.on({ id: "keys", rule: "auth-method/private-key-jwt-no-keys" }, (values, report) => {
    if (values.text("token_endpoint_auth_method") !== "private_key_jwt") return;
    const inline = values.has("jwks");
    if (inline === (values.text("jwks_uri") !== ""))
      report(
        `${BAD_DOCUMENT}: private_key_jwt wants exactly one of jwks and jwks_uri`,
        values.pointer(inline ? "jwks" : "token_endpoint_auth_method"),
        inline ? "jwks/both" : undefined,
      );
  }),
  STRUCT.on({ id: "jwks-host", rule: "jwks-uri/same-origin" }, (values, report, { url = "" }) => {
    const uri = values.text("jwks_uri");
    if (values.text("token_endpoint_auth_method") !== "private_key_jwt" || uri === "") return;
    const keys = parseGoUrl(uri);
    const home = parseGoUrl(url);
    if ("error" in keys || keys.scheme !== "https")
      report(`${BAD_DOCUMENT}: jwks_uri must be an https URL`, values.pointer("jwks_uri"), "jwks-uri/https");
    else if (!("error" in home) && keys.host.toLowerCase() !== home.host.toLowerCase())
      report(`${BAD_DOCUMENT}: jwks_uri must be on the client_id's own host`, values.pointer("jwks_uri"));
  }),
  goListHolds(
    STRUCT,
    { id: "code-grant", rule: "grant-types/code-mismatch" },
    "grant_types",
    "authorization_code",
    `${BAD_DOCUMENT}: grant_types must include authorization_code`,
  ),
  goOtherGrantsIgnored(STRUCT, "grant types this server does not offer CIMD clients are ignored"),
  goListHolds(
    STRUCT,
    { id: "code-response", rule: "response-types/empty-with-code" },
    "response_types",
    "code",
    `${BAD_DOCUMENT}: response_types must include "code"`,
  ),
  STRUCT.on(
    { id: "unvetted", rule: "client-id/operator-allowlist", stage: "authorize", effect: "limits" },
    (values, report) => {
      if (values.list("redirect_uris").some((uri) => /^https:/i.test(uri)))
        report(
          "nobody is sent to a login page for a client with https redirects, nor back to these with an error, unless cimd.allowed_domains has its host",
          values.pointer("client_id"),
        );
    },
  ),
  STRUCT.on({ id: "client-name", rule: "client-name/missing" }, (values, report) => {
    if (goWords(values.text("client_name")).length > 0) return;
    const pointer = values.pointer("client_name");
    report(
      `${BAD_DOCUMENT}: client_name is required and must be non-empty`,
      pointer,
      pointer === undefined ? undefined : "client-name/empty",
    );
  }),
];

/** `redirectURIAllowed`: the names of the machine itself stand for each other, and their port does not count. */
function matches(redirectUri: string, entry: string): boolean {
  const sameName = (uri: string): string => uri.replace("://127.0.0.1:", "://localhost:");
  if (sameName(redirectUri) === sameName(entry)) return true;
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
  entries: STRUCT.redirects,
  matches,
  refusal: () => UNMATCHED,
  entryOutcome(entry) {
    const wildcard = literalWildcard(entry, UNMATCHED);
    return wildcard ?? { outcome: /^https:/i.test(entry) ? "limited" : "works" };
  },
};

/**
 * ZeroID, open to clients of any host. Its stored sources are of several days: that private_key_jwt is taken, with one set of
 * keys on the client's own host, stands in the tests of PR 351, and the rest in cimd.go shortly before it.
 */
export const zeroid: ServerProfile = {
  id: "zeroid",
  name: "ZeroID",
  version: "main, 2026-09 (PR 351)",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "highflame-ai/zeroid internal/service/cimd.go @02f35e48f675 (grant types are intersected, redirect hosts)",
      url: "https://github.com/highflame-ai/zeroid/blob/02f35e48f6759a1f2899fa606461f8eef8454060/internal/service/cimd.go",
    },
    {
      what: "highflame-ai/zeroid PR 351; internal/service/cimd_client_auth_test.go @a3f513ea6436 (private_key_jwt)",
      url: "https://github.com/highflame-ai/zeroid/pull/351",
    },
    {
      what: "highflame-ai/zeroid internal/service/oauth.go (redirectURIAllowed), internal/handler/authorize.go, internal/attestation/oidc.go @f08f97998a20",
      url: "https://github.com/highflame-ai/zeroid/blob/f08f97998a2075b4af0034632c4d294702cf544a/internal/service/oauth.go",
    },
  ],
  notExecuted: "internal",
  readCompletely: ["fetch", "document"],
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
