import { jsonPointer } from "../document/jsonPointer.js";
import { onMembers, type Report } from "./behaviours/constraintKinds.js";
import {
  eachRedirect,
  jsonObject,
  methodRule,
  sameClientId,
  sizeLimit,
} from "./behaviours/documentConstraints.js";
import { literalWildcard } from "./behaviours/entryOutcomes.js";
import { addressOf } from "./behaviours/ipAddress.js";
import { isLoopbackHostname, sameLoopbackPage } from "./behaviours/loopbackMatching.js";
import { typeRule, urlRule } from "./behaviours/memberRules.js";
import { refusedKindRule, unparsableRule } from "./behaviours/redirectKinds.js";
import { fetchPort, urlConstraint, whatwgUrlConstraints } from "./behaviours/urlConstraints.js";
import { parseUrl } from "./behaviours/whatwgUrl.js";
import { compareShape, pointerTo, type Shape, stringsIn } from "./behaviours/zodShape.js";
import { zodUrlText } from "./behaviours/zodUrl.js";
import type { Constraint, RedirectMatching, ServerProfile } from "./profile.js";

const MAX_BYTES = 10 * 1024;
const UNKNOWN = "Invalid client_id";
const INVALID = "Invalid client_id metadata document";
const UNSAFE_SCHEME = "URL cannot use javascript:, data:, or vbscript: scheme";
const UNSAFE_PROTOCOLS: ReadonlySet<string> = new Set(["javascript:", "data:", "vbscript:"]);
/** The grants of a server that is given no others. */
const GRANTS: readonly string[] = ["authorization_code", "refresh_token"];
const STRING: Shape = { type: "string" };
const STRINGS: Shape = { type: "array", of: STRING };

/** `ClientIdMetadataDocumentSchema`, without what it asks of URLs. */
const SHAPES: readonly (readonly [name: string, shape: Shape])[] = [
  ["client_id", STRING],
  ["client_name", STRING],
  ["redirect_uris", STRINGS],
  ["token_endpoint_auth_method", STRING],
  ["grant_types", STRINGS],
  ["response_types", STRINGS],
  ["application_type", STRING],
  ["client_uri", STRING],
  ["logo_uri", STRING],
  ["scope", STRING],
  ["contacts", STRINGS],
  ["tos_uri", STRING],
  ["policy_uri", STRING],
  ["jwks_uri", STRING],
  ["software_id", STRING],
  ["software_version", STRING],
  ["software_statement", STRING],
];
const REQUIRED: Readonly<Record<string, string>> = {
  client_id: "client-id/missing",
  client_name: "client-name/missing",
  redirect_uris: "redirect-uris/missing",
};
/** Links that may be empty, and those that may not. */
const LINKS: readonly (readonly [name: string, mayBeEmpty: boolean])[] = [
  ["client_uri", false],
  ["logo_uri", true],
  ["tos_uri", true],
  ["policy_uri", true],
  ["jwks_uri", false],
];

/** What `SafeUrlSchema` says of a text. */
function urlFault(text: string): string | undefined {
  const url = parseUrl(text.trim());
  if (!url) return "Invalid URL";
  return UNSAFE_PROTOCOLS.has(url.protocol) ? UNSAFE_SCHEME : undefined;
}

function checkLinks(members: Readonly<Record<string, unknown>>, report: Report): void {
  for (const [name, mayBeEmpty] of LINKS) {
    const value = members[name];
    if (typeof value !== "string" || (mayBeEmpty && value === "")) continue;
    const fault = urlFault(value);
    if (fault !== undefined)
      report(`${INVALID}: ${fault} (${name})`, jsonPointer(name), urlRule(name, value));
  }
}

const CONSTRAINTS: readonly Constraint[] = [
  urlConstraint("url-https", "client-id/https", UNKNOWN, (_parts, url) => {
    if (!url.startsWith("https://")) return /^https:/i.test(url.trim()) ? "client-id/scheme-case" : true;
    return parseUrl(url) ? false : "client-id/absolute-url";
  }),
  ...whatwgUrlConstraints({ morePath: UNKNOWN, fragment: UNKNOWN, userinfo: UNKNOWN }),
  urlConstraint(
    "fetch-host",
    "client-id/special-use-host",
    "client_id metadata document host is not allowed",
    (_parts, url) => {
      const host = parseUrl(url)?.hostname ?? "";
      if (host === "localhost" || host.endsWith(".localhost")) return true;
      return addressOf(host) ? "client-id/ip-literal" : false;
    },
  ),
  fetchPort("Failed to fetch client_id metadata document"),
  sizeLimit(MAX_BYTES, () => "client_id metadata document is too large"),
  ...jsonObject(
    "client_id metadata document is not valid JSON",
    `${INVALID}: Invalid input: expected object`,
    { bom: "strip" },
  ),
  onMembers({ id: "shape", rule: "document/wrong-type", bom: "strip" }, (members, report) => {
    for (const [name, shape] of SHAPES) {
      const value = members[name];
      const missing = REQUIRED[name];
      if (value === undefined) {
        if (missing !== undefined)
          report(
            `${INVALID}: Invalid input: expected ${shape.type}, received undefined (${name})`,
            undefined,
            missing,
          );
        continue;
      }
      compareShape(value, shape, [name], (misfit, path) => {
        if (misfit.kind !== "type") return;
        report(
          `${INVALID}: Invalid input: expected ${misfit.expected} (${path.join(".")})`,
          pointerTo(path),
          typeRule(name, misfit.value),
        );
      });
    }
  }),
  eachRedirect(
    "redirects-parse",
    (uri) => {
      const fault = urlFault(uri);
      if (fault === undefined) return undefined;
      const rule = fault === UNSAFE_SCHEME ? "redirect-uris/unsafe-scheme" : unparsableRule(uri);
      return { message: `${INVALID}: ${fault} (redirect_uris)`, rule };
    },
    { bom: "strip" },
  ),
  onMembers({ id: "links-parse", rule: "uri/absolute", bom: "strip" }, checkLinks),
  sameClientId(() => "client_id in metadata document does not match the document URL", { bom: "strip" }),
  onMembers(
    { id: "redirect-uris", rule: "redirect-uris/empty", bom: "strip" },
    ({ redirect_uris: uris }, report) => {
      if (Array.isArray(uris) && uris.length === 0)
        report("client_id metadata document must include at least one redirect_uri", "/redirect_uris");
    },
  ),
  eachRedirect(
    "redirect-http",
    (uri) => {
      const url = parseUrl(zodUrlText(uri));
      if (url?.protocol !== "http:" || isLoopbackHostname(url.hostname)) return undefined;
      const message = `redirect_uri in client_id metadata document must use https, a loopback address, or a private-use URI scheme: ${uri}`;
      return { message, rule: refusedKindRule(uri) };
    },
    { bom: "strip" },
  ),
  onMembers(
    { id: "auth-method", rule: "auth-method/unknown", bom: "strip" },
    ({ token_endpoint_auth_method: method }, report) => {
      if (typeof method !== "string" || method === "" || method === "none") return;
      report(
        `Unsupported token_endpoint_auth_method for client_id metadata document client: ${method}`,
        "/token_endpoint_auth_method",
        methodRule(method),
      );
    },
  ),
  onMembers(
    { id: "grants", rule: "grant-types/code-mismatch", bom: "strip" },
    ({ grant_types: grants }, report) => {
      const named = stringsIn(grants).map(({ text }) => text);
      if (named.length === 0 || named.some((grant) => GRANTS.includes(grant))) return;
      report(`No supported grant_types in client_id metadata document: ${named.join(", ")}`, "/grant_types");
    },
  ),
  onMembers(
    { id: "code-grant", rule: "grant-types/code-mismatch", stage: "token", bom: "strip" },
    ({ grant_types: grants }, report) => {
      if (Array.isArray(grants) && grants.includes("authorization_code")) return;
      const message = "Client is not authorized to use authorization_code grant";
      if (grants === undefined) report(message, undefined, "grant-types/missing");
      else report(message, "/grant_types");
    },
  ),
  onMembers(
    { id: "refresh-grant", rule: "grant-types/no-refresh", stage: "token", effect: "limits", bom: "strip" },
    ({ grant_types: grants }, report) => {
      if (!Array.isArray(grants) || !grants.includes("authorization_code")) return;
      if (!grants.includes("refresh_token"))
        report("no refresh token: grant_types does not list refresh_token", "/grant_types");
    },
  ),
];

const UNREGISTERED = "Unregistered redirect_uri";

/** `redirectUriMatches`: whole strings, or two loopback URLs of one scheme that differ in port and fragment only. */
const REDIRECT_MATCHING: RedirectMatching = {
  matches(redirectUri, entry) {
    const stored = zodUrlText(entry);
    return redirectUri === stored || sameLoopbackPage(redirectUri, stored);
  },
  prepare: (redirectUri) =>
    parseUrl(redirectUri) ? redirectUri : { refused: "redirect_uri must be a valid URL" },
  refusal: () => UNREGISTERED,
  entryOutcome: (entry) => literalWildcard(entry, UNREGISTERED) ?? { outcome: "works" },
};

/**
 * mcp-oauth-server with `clientIdMetadataDocuments` and its other options as they are by default. It keeps the document's
 * grants: a client whose document names none signs in and gets no token.
 */
export const mcpOauthServer: ServerProfile = {
  id: "mcp-oauth-server",
  name: "mcp-oauth-server",
  version: "1.0.0",
  kind: "authorization-server-library",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "npm:mcp-oauth-server@1.0.0 dist/cimd.js, schemas.js, OAuthServer.js, redirect-uri.js, handlers/authorize.js",
      url: "https://www.npmjs.com/package/mcp-oauth-server/v/1.0.0",
    },
  ],
  readCompletely: ["fetch", "document", "authorize", "token"],
  constraints: CONSTRAINTS,
  redirects: REDIRECT_MATCHING,
  cache: { fallback: 300, maximum: 3600, honours: ["max-age", "no-store", "no-cache"], stale: "refused" },
  consent: undefined,
};
