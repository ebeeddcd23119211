import { jsonPointer } from "../document/jsonPointer.js";
import { onMembers, type Report } from "./behaviours/constraintKinds.js";
import {
  clientName,
  eachRedirect,
  methodRule,
  noClientSecret,
  type RedirectFault,
  redirectList,
  redirectStrings,
  rootObject,
  sameClientId,
  sizeLimit,
  validJson,
} from "./behaviours/documentConstraints.js";
import { literalWildcard } from "./behaviours/entryOutcomes.js";
import { addressOf } from "./behaviours/ipAddress.js";
import { isLoopbackHostname, sameLoopbackPage } from "./behaviours/loopbackMatching.js";
import { urlRule } from "./behaviours/memberRules.js";
import { refusedKindRule, unparsableRule } from "./behaviours/redirectKinds.js";
import { urlConstraint, whatwgUrlConstraints } from "./behaviours/urlConstraints.js";
import { parseUrl } from "./behaviours/whatwgUrl.js";
import type { Constraint, RedirectMatching, ServerProfile } from "./profile.js";

const MAX_BYTES = 5120;
const MAX_LENGTH = 255;
const MAX_NAME = 200;
const INVALID_ID = "Invalid client_id or redirect_uri";
const MISMATCH = "client_id in document does not match fetch URL";
const NOT_OBJECT = "Client metadata document must be a JSON object";
/** `MCP_OAUTH_CIMD_BLOCKED_TLDS`. */
const BLOCKED_DOMAIN = /(?:^|\.)(?:test|localhost|invalid|example|local|onion)$/;
/** `MCP_OAUTH_ALLOWED_CUSTOM_REDIRECTS`. */
const CUSTOM_REDIRECTS: ReadonlySet<string> = new Set([
  "raycast://oauth",
  "cursor://cursor.mcp",
  "cursor://anysphere.cursor-mcp",
]);
const LINKS = ["client_uri", "logo_uri", "tos_uri", "policy_uri"];
const BOM = { bom: "strip" } as const;

/** What `validateRedirectUri` says, of documents and requests. */
function redirectFault(uri: string): RedirectFault | undefined {
  if (uri.length > MAX_LENGTH) {
    const message = `redirect_uri must not exceed ${MAX_LENGTH} characters`;
    return { message, rule: "redirect-uris/length" };
  }
  const url = parseUrl(uri);
  if (!url) return { message: `Invalid redirect URI: ${uri}`, rule: unparsableRule(uri) };
  if (url.hash)
    return { message: "redirect_uri must not contain a fragment", rule: "redirect-uris/fragment" };
  if (url.username || url.password)
    return { message: "redirect_uri must not contain userinfo", rule: "redirect-uris/userinfo" };
  if (!url.port && CUSTOM_REDIRECTS.has(`${url.protocol}//${url.hostname.toLowerCase()}`)) return undefined;
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopbackHostname(url.hostname)))
    return undefined;
  return { message: "redirect_uri must use HTTPS (except for localhost)", rule: refusedKindRule(uri) };
}

function checkLinks(members: Readonly<Record<string, unknown>>, report: Report): void {
  for (const name of LINKS) {
    const value = members[name];
    if (value === undefined) continue;
    const url = typeof value === "string" ? parseUrl(value) : undefined;
    if (url?.protocol === "https:") continue;
    const fault = url ? "must use HTTPS" : "is not a valid URL";
    const message = `${name} ${typeof value === "string" ? fault : "must be a string"}`;
    report(message, jsonPointer(name), urlRule(name, value));
  }
}

function isCodeOnly(types: unknown): boolean {
  return Array.isArray(types) && types.length === 1 && types[0] === "code";
}

const CONSTRAINTS: readonly Constraint[] = [
  urlConstraint("url-https", "client-id/https", INVALID_ID, (_parts, url) => {
    if (url.startsWith("https://")) return parseUrl(url) ? false : "client-id/absolute-url";
    return /^https:/i.test(url) ? "client-id/scheme-case" : true;
  }),
  ...whatwgUrlConstraints({
    morePath: INVALID_ID,
    fragment: INVALID_ID,
    userinfo: INVALID_ID,
    query: INVALID_ID,
  }),
  urlConstraint("url-host", "client-id/special-use-host", INVALID_ID, (_parts, url) => {
    const host = (parseUrl(url)?.hostname ?? "").replace(/\.$/, "");
    return addressOf(host) ? "client-id/ip-literal" : BLOCKED_DOMAIN.test(host);
  }),
  urlConstraint("url-length", "client-id/length", INVALID_ID, (_parts, url) => url.length > MAX_LENGTH),
  urlConstraint("url-canonical", "client-id/host-case", INVALID_ID, (parts, url) => {
    const parsed = parseUrl(url);
    if (!parsed || parsed.href === url) return undefined;
    return canonicalRule(parts.path, parsed);
  }),
  sizeLimit(MAX_BYTES, () => "Failed to fetch client metadata document"),
  validJson(() => NOT_OBJECT, BOM),
  rootObject((value) => (Array.isArray(value) ? MISMATCH : NOT_OBJECT), BOM),
  sameClientId(() => MISMATCH, BOM),
  clientName("client_name is required", false, BOM),
  onMembers(
    { id: "client-name-length", rule: "client-name/length", ...BOM },
    ({ client_name: name }, report) => {
      if (typeof name === "string" && name.length > MAX_NAME)
        report(`client_name must not exceed ${MAX_NAME} characters`, "/client_name");
    },
  ),
  redirectList("redirect_uris is required and must be a non-empty array", BOM),
  redirectStrings("redirect_uri must be a string", BOM),
  eachRedirect("redirect-shape", redirectFault, BOM),
  noClientSecret("CIMD documents must not contain client_secret", BOM),
  onMembers(
    { id: "grants", rule: "grant-types/code-mismatch", ...BOM },
    ({ grant_types: grants }, report) => {
      if (grants === undefined || (Array.isArray(grants) && grants.includes("authorization_code"))) return;
      if (Array.isArray(grants)) report("grant_types must include authorization_code", "/grant_types");
      else report("grant_types must be an array", "/grant_types", "grant-types/type");
    },
  ),
  onMembers(
    { id: "response-types", rule: "response-types/unknown", ...BOM },
    ({ response_types: types }, report) => {
      if (types === undefined || isCodeOnly(types)) return;
      const rule = Array.isArray(types) ? undefined : "response-types/type";
      report('response_types must be ["code"] if present', "/response_types", rule);
    },
  ),
  onMembers(
    { id: "auth-method", rule: "auth-method/unknown", ...BOM },
    ({ token_endpoint_auth_method: method }, report) => {
      if (method === undefined || method === "none") return;
      report(methodWords(method), "/token_endpoint_auth_method", methodRule(method));
    },
  ),
  onMembers({ id: "links", rule: "uri/https", ...BOM }, checkLinks),
  onMembers(
    { id: "stored-grants", rule: "grant-types/type", stage: "token", ...BOM },
    ({ grant_types: grants }, report) => {
      const index = Array.isArray(grants) ? grants.findIndex((grant) => typeof grant !== "string") : -1;
      if (index >= 0)
        report(
          "Invalid OAuth client grant_types: expected an array of strings",
          jsonPointer("grant_types", index),
        );
    },
  ),
  onMembers(
    { id: "refresh-grant", rule: "grant-types/no-refresh", stage: "token", effect: "limits", ...BOM },
    ({ grant_types: grants }, report) => {
      if (Array.isArray(grants) && grants.includes("refresh_token")) return;
      report(
        "no refresh token: grant_types does not list refresh_token",
        grants === undefined ? undefined : "/grant_types",
      );
    },
  ),
];

/** What keeps a URL from being written as a parser writes it. */
function canonicalRule(path: string, { pathname }: URL): string {
  if (path === pathname) return "client-id/host-case";
  if (/(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i.test(path)) return "client-id/dot-segment";
  return "client-id/illegal-character";
}

function methodWords(method: unknown): string {
  if (typeof method !== "string") return "token_endpoint_auth_method must be a string";
  return methodRule(method) === "auth-method/shared-secret"
    ? "Shared-secret authentication methods are forbidden for CIMD"
    : `Unsupported token_endpoint_auth_method: ${method}`;
}

/** `matchRedirectUri`: whole strings, or two loopback URLs of one scheme that differ in the port only. */
const REDIRECT_MATCHING: RedirectMatching = {
  matches: (redirectUri, entry) => redirectUri === entry || sameLoopbackPage(redirectUri, entry),
  prepare(redirectUri) {
    const fault = redirectFault(redirectUri);
    return fault ? { refused: fault.message } : redirectUri;
  },
  refusal: () => INVALID_ID,
  entryOutcome: (entry) => literalWildcard(entry, INVALID_ID) ?? { outcome: "works" },
};

/**
 * Directus with MCP_OAUTH_ENABLED and MCP_OAUTH_CIMD_ENABLED, and its other settings as they are by default. The only scope
 * is mcp:access; the document's is not read.
 */
export const directus: ServerProfile = {
  id: "directus",
  name: "Directus",
  version: "@directus/api 39.2.1",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  reach: {
    kind: "downloads",
    package: "npm:@directus/api",
    perMonth: 100_420,
    source: "https://www.npmjs.com/package/@directus/api",
    date: "2026-12-01",
  },
  evidence: [
    {
      what: "npm:@directus/api@39.2.1 dist/services/mcp-oauth/cimd.js, index.js, utils/redirect.js, utils/cimd-egress.js",
      url: "https://www.npmjs.com/package/@directus/api/v/39.2.1",
    },
    {
      what: "npm:@directus/env@6.3.0 dist/index.js (the settings' defaults)",
      url: "https://www.npmjs.com/package/@directus/env/v/6.3.0",
    },
  ],
  readCompletely: ["fetch", "document", "authorize", "token"],
  constraints: CONSTRAINTS,
  redirects: REDIRECT_MATCHING,
  cache: {
    minimum: 300,
    fallback: 3600,
    maximum: 86_400,
    honours: ["max-age", "no-store", "no-cache", "Expires"],
    stale: "refused",
  },
  consent: {
    shows: ["client-name", "client-id-host", "redirect-uri"],
    note: "Name and host of the client identifier URL; the logo is the project's own.",
  },
};
