import { jsonPointer } from "../document/jsonPointer.js";
import { classifyRedirectUri } from "../redirects/classify.js";
import { onMembers } from "./behaviours/constraintKinds.js";
import {
  clientName,
  distinctRedirects,
  eachRedirect,
  methodAmong,
  redirectList,
  sameClientId,
  sizeLimit,
} from "./behaviours/documentConstraints.js";
import { wildcardRule } from "./behaviours/entryOutcomes.js";
import { refusedKindRule } from "./behaviours/redirectKinds.js";
import { commonUrlConstraints, urlConstraint } from "./behaviours/urlConstraints.js";
import { parseUrl } from "./behaviours/whatwgUrl.js";
import type { Constraint, ServerProfile } from "./profile.js";

const MAX_URL_BYTES = 120;
const MAX_BYTES = 5 * 1024;
const GRANTS = ["authorization_code", "refresh_token"];
const LOCAL_HOSTS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);
const REDIRECTS = "redirect_uris must be unique HTTPS URIs (loopback allowed for native apps)";

const CONSTRAINTS: readonly Constraint[] = [
  ...commonUrlConstraints({
    https: "the URL must use the https:// scheme",
    host: "the URL must contain a non-empty hostname",
    morePath: "the URL must contain a path beyond the root /",
    encodedDotSegments: "the URL must not contain . or .. (including encoded %2e) in the path",
    userinfo: "the URL must have no username or password",
    fragment: "the URL must have no fragment",
    query: "the URL must have no query string",
  }),
  urlConstraint(
    "url-localhost",
    "client-id/special-use-host",
    "localhost, 127.0.0.1, and ::1 are rejected",
    ({ host }) => LOCAL_HOSTS.has(host?.toLowerCase() ?? ""),
  ),
  urlConstraint(
    "url-length",
    "client-id/length",
    `the URL may have at most ${MAX_URL_BYTES} bytes`,
    (_parts, url) => new TextEncoder().encode(url).length > MAX_URL_BYTES,
  ),
  urlConstraint("url-port", "client-id/port-invalid", "port 0 is reserved and forbidden", ({ port }) =>
    /^0+$/.test(port ?? ""),
  ),
  urlConstraint(
    "url-percent-encoding",
    "client-id/percent-encoding-invalid",
    "% must be followed by exactly two hex digits",
    (_parts, url) => /%(?![0-9A-Fa-f]{2})/.test(url),
  ),
  urlConstraint(
    "url-white-space",
    "client-id/illegal-character",
    "no leading or trailing whitespace is allowed in the URL",
    (_parts, url) => url !== url.trim(),
  ),
  sizeLimit(MAX_BYTES, () => "the CIMD document is subject to a 5KB size limit"),
  sameClientId(() => "client_id must exactly match the document's hosted location"),
  clientName("client_name must be a non-empty string", true),
  onMembers({ id: "grant-types", rule: "grant-types/extra" }, ({ grant_types: grants }, report) => {
    const message =
      "grant_types must include at least one supported type (authorization_code or refresh_token)";
    if (grants === undefined || grants === null)
      report(message, grants === null ? "/grant_types" : undefined, "grant-types/missing");
    else if (!Array.isArray(grants)) report(message, "/grant_types", "grant-types/type");
    else if (!GRANTS.some((grant) => grants.includes(grant)))
      report(message, "/grant_types", grants.length === 0 ? "grant-types/type" : undefined);
  }),
  onMembers(
    { id: "grants-filtered", rule: "grant-types/extra", effect: "note" },
    ({ grant_types: grants }, report) => {
      if (!Array.isArray(grants)) return;
      const index = grants.findIndex((grant) => typeof grant === "string" && !GRANTS.includes(grant));
      if (index >= 0)
        report(
          "unsupported grant types trigger warnings and are filtered out",
          jsonPointer("grant_types", index),
        );
    },
  ),
  redirectList("redirect_uris is required if grant_types includes authorization_code or implicit"),
  eachRedirect("redirect-scheme", (uri, { application_type: type }) => {
    if (uri.startsWith("https://")) return undefined;
    const { kind } = classifyRedirectUri(uri);
    if (kind === "claimed-https" || kind === "loopback-https") return undefined;
    if (kind !== "loopback") return { message: REDIRECTS, rule: refusedKindRule(uri) };
    const wildcard = wildcardRule(uri);
    if (wildcard !== undefined) return { message: REDIRECTS, rule: wildcard };
    if (type === "native") return undefined;
    const rule = type === "web" ? "application-type/web-loopback" : "application-type/missing-native";
    return { message: REDIRECTS, rule };
  }),
  distinctRedirects(REDIRECTS),
  onMembers(
    { id: "application-type", rule: "application-type/value" },
    ({ application_type: type }, report) => {
      if (type !== undefined && type !== "native" && type !== "web")
        report(
          "application_type: only native or web are allowed, unknown values are rejected",
          "/application_type",
        );
    },
  ),
  methodAmong(
    ["none", "private_key_jwt"],
    () =>
      "token_endpoint_auth_method supports none or private_key_jwt; symmetric secret methods are forbidden",
  ),
  onMembers({ id: "inline-keys", rule: "jwks/inline" }, (members, report) => {
    if (members["jwks"] !== undefined)
      report(
        "invalid_client_metadata: an inline jwks object instead of a jwks_uri is not supported",
        "/jwks",
      );
  }),
  onMembers({ id: "jwks-uri", rule: "jwks-uri/https" }, (members, report, document) => {
    const uri = members["jwks_uri"];
    if (uri === undefined) {
      if (members["token_endpoint_auth_method"] === "private_key_jwt" && members["jwks"] === undefined)
        report(
          "jwks_uri is required if token_endpoint_auth_method is private_key_jwt",
          "/token_endpoint_auth_method",
          "auth-method/private-key-jwt-no-keys",
        );
      return;
    }
    const message = "jwks_uri must be an HTTPS URL sharing the same origin as the client_id";
    const url = typeof uri === "string" ? parseUrl(uri) : undefined;
    const home = parseUrl(document.url ?? "");
    if (url?.protocol !== "https:") report(message, "/jwks_uri");
    else if (home && url.origin !== home.origin) report(message, "/jwks_uri", "jwks-uri/same-origin");
  }),
  onMembers({ id: "logo", rule: "uri/absolute" }, ({ logo_uri: logo }, report) => {
    if (logo === undefined) return;
    const protocol = typeof logo === "string" ? parseUrl(logo)?.protocol : undefined;
    if (protocol !== "https:" && protocol !== "http:")
      report("logo_uri must be a valid HTTP or HTTPS URL", "/logo_uri");
  }),
  onMembers({ id: "description", rule: "document/size" }, ({ description }, report) => {
    if (typeof description === "string" && description.length > 140)
      report("description has a maximum limit of 140 characters", "/description");
  }),
];

/**
 * Auth0, from its documented validation rules. What it compares a redirect URI with at sign-in is not among them.
 */
export const auth0: ServerProfile = {
  id: "auth0",
  name: "Auth0",
  version: "docs of 2026-04-29 (early access)",
  kind: "authorization-server",
  confidence: "docs",
  audience: ["mcp"],
  reach: {
    kind: "hosted",
    generallyAvailable: false,
    source: "https://auth0.com/docs/get-started/auth0-overview/create-applications/cimd-overview",
    date: "2026-12-01",
  },
  evidence: [
    {
      what: "auth0/docs-v2 main/docs/get-started/auth0-overview/create-applications/cimd-validation-rules.mdx @801028186811",
      url: "https://github.com/auth0/docs-v2/blob/8010281868113037bea4633b33a05519ea55502e/main/docs/get-started/auth0-overview/create-applications/cimd-validation-rules.mdx",
    },
    {
      what: "auth0/docs-v2 main/docs/get-started/auth0-overview/create-applications/cimd-overview.mdx @4d65f97d1337",
      url: "https://auth0.com/docs/get-started/auth0-overview/create-applications/cimd-overview",
    },
  ],
  notExecuted: "closed",
  readCompletely: [],
  constraints: CONSTRAINTS,
  redirects: undefined,
  cache: undefined,
  consent: { shows: ["client-name"], note: "From its documentation." },
};
