import { jsonPointer } from "../document/jsonPointer.js";
import { onMembers } from "./behaviours/constraintKinds.js";
import {
  clientName,
  distinctRedirects,
  eachRedirect,
  jsonObject,
  methodRule,
  type RedirectFault,
  sameClientId,
  sizeLimit,
} from "./behaviours/documentConstraints.js";
import { comparedAsStrings, wildcardRule } from "./behaviours/entryOutcomes.js";
import { goFieldTypes } from "./behaviours/goJson.js";
import { type GoUrl, parseGoUrl } from "./behaviours/goUrl.js";
import { addressOf, blocks, isWithin } from "./behaviours/ipAddress.js";
import type { Members } from "./behaviours/jsonBody.js";
import { refusedKindRule } from "./behaviours/redirectKinds.js";
import { urlConstraint } from "./behaviours/urlConstraints.js";
import type { Constraint, ServerProfile } from "./profile.js";

const MAX_URL_LENGTH = 2048;
const MAX_BYTES = 5120;
const MAX_REDIRECTS = 20;
const MAX_NAME_BYTES = 128;
const URL_FAULT = "cimd: invalid client_id URL";
const FAULT = "cimd: invalid metadata document";

/** `ssrfBlockedCIDRs`. */
const BLOCKED = blocks(
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"],
  ...["203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
);

/** A host that `idna.Lookup.ToASCII` leaves as it is: lower-case letters, digits and hyphens, the latter not at an end. */
const ASCII_HOST = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\.?$/;

interface UrlFault {
  readonly words: string;
  /** The rule when the URL is the client identifier. */
  readonly rule: string;
}

/** What the server requires of both URLs it fetches, in its order, up to the path. */
function urlFault(url: GoUrl | { readonly error: string }): UrlFault | undefined {
  if ("error" in url) return { words: `parse: ${url.error}`, rule: "client-id/illegal-character" };
  if (url.scheme !== "https") return { words: "scheme must be https", rule: "client-id/https" };
  if (url.hasUserinfo) return { words: "userinfo not allowed", rule: "client-id/userinfo" };
  if (url.fragment !== "") return { words: "fragment not allowed", rule: "client-id/fragment" };
  return undefined;
}

function hostFault({ hostname, port }: GoUrl): UrlFault | undefined {
  if (hostname === "") return { words: "hostname required", rule: "client-id/absolute-url" };
  if (port !== "" && port !== "443")
    return { words: `port ${port} not allowed (must be 443)`, rule: "client-id/port" };
  if (ASCII_HOST.test(hostname)) return undefined;
  const rule = /[A-Z]/.test(hostname) ? "client-id/host-case" : "client-id/raw-host";
  return { words: "hostname must be lowercase ASCII", rule };
}

/** `validateCIMDPath`: no dot or empty segments, no encoded slashes. */
function pathFault(path: string): UrlFault | undefined {
  if (/%(?:2f|5c)/i.test(path))
    return { words: "encoded slash or backslash in path", rule: "client-id/encoded-slash" };
  const decoded = path.replace(/%([0-9a-f]{2})/gi, (_escape, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  const segments = decoded.split("/").slice(1);
  if (segments.at(-1) === "") segments.pop();
  const dots = segments.some((segment) => segment === "." || segment === "..");
  if (!dots && !segments.includes("")) return undefined;
  const rule = !dots
    ? "client-id/empty-segment"
    : decoded === path
      ? "client-id/dot-segment"
      : "client-id/dot-segment-encoded";
  return { words: "dot-segment in path", rule };
}

function clientIdFault(text: string): UrlFault | undefined {
  if (text === "" || new TextEncoder().encode(text).length > MAX_URL_LENGTH)
    return { words: "length out of range", rule: "client-id/length" };
  const url = parseGoUrl(text);
  const early = urlFault(url);
  if (early || "error" in url) return early;
  if (url.query !== "") return { words: "query not allowed", rule: "client-id/query" };
  const host = hostFault(url);
  if (host) return host;
  if (url.path === "" || url.path === "/")
    return {
      words: "non-empty path required",
      rule: url.path === "" ? "client-id/path-required" : "client-id/root-path",
    };
  return pathFault(url.path);
}

/** `validateJWKSURI`. */
function jwksUriFault(text: string): string | undefined {
  if (text.length > MAX_URL_LENGTH) return "jwks_uri length out of range";
  const url = parseGoUrl(text);
  const fault = urlFault(url) ?? ("error" in url ? undefined : (hostFault(url) ?? pathFault(url.path)));
  return fault && `jwks_uri ${fault.words}`;
}

function redirectFault(uri: string): RedirectFault | undefined {
  if (uri === "" || uri.length > MAX_URL_LENGTH)
    return {
      message: `${FAULT}: redirect_uri length out of range`,
      rule: uri === "" ? "redirect-uris/type" : "redirect-uris/length",
    };
  const url = parseGoUrl(uri);
  if ("error" in url) {
    const rule = wildcardRule(uri) ?? "redirect-uris/illegal-character";
    return { message: `${FAULT}: redirect_uri parse: ${url.error}`, rule };
  }
  if (url.scheme !== "https")
    return {
      message: `${FAULT}: redirect_uri scheme must be https (got "${url.scheme}")`,
      rule: refusedKindRule(uri),
    };
  return url.host === ""
    ? { message: `${FAULT}: redirect_uri host required`, rule: "redirect-uris/absolute" }
    : undefined;
}

function list(members: Members, name: string): readonly unknown[] {
  const value = members[name];
  return Array.isArray(value) ? value : [];
}

const CONSTRAINTS: readonly Constraint[] = [
  urlConstraint("url", "client-id/absolute-url", URL_FAULT, (_parts, url) => clientIdFault(url)?.rule),
  urlConstraint(
    "fetch-address",
    "client-id/special-use-host",
    "cimd: target address blocked by SSRF policy",
    (_parts, url) => {
      const parsed = parseGoUrl(url);
      const address = "error" in parsed ? undefined : addressOf(parsed.hostname);
      return address !== undefined && isWithin(address, BLOCKED);
    },
  ),
  sizeLimit(MAX_BYTES, () => `cimd: metadata fetch failed: body exceeds ${MAX_BYTES} bytes`),
  ...jsonObject(`${FAULT}: decode`, `${FAULT}: decode: not an object`),
  goFieldTypes(
    {
      client_id: "string",
      client_secret: "string",
      client_id_issued_at: "int64",
      client_secret_expires_at: "int64",
      redirect_uris: "[]string",
      token_endpoint_auth_method: "string",
      grant_types: "[]string",
      response_types: "[]string",
      client_name: "string",
      client_uri: "string",
      logo_uri: "string",
      scope: "string",
      contacts: "[]string",
      tos_uri: "string",
      policy_uri: "string",
      jwks_uri: "string",
      jwks: "string",
      software_id: "string",
      software_version: "string",
      software_statement: "string",
    },
    (detail) => `${FAULT}: decode: json: ${detail}`,
  ),
  sameClientId(() => `${FAULT}: client_id mismatch`),
  clientName(`${FAULT}: client_name length out of range`, true),
  onMembers({ id: "client-name-length", rule: "client-name/length" }, ({ client_name: name }, report) => {
    if (typeof name === "string" && new TextEncoder().encode(name).length > MAX_NAME_BYTES)
      report(`${FAULT}: client_name length out of range`, "/client_name");
  }),
  onMembers({ id: "client-secret", rule: "secret/client-secret" }, (members, report) => {
    const message = `${FAULT}: client_secret not allowed for CIMD public client`;
    if (members["client_secret"]) report(message, "/client_secret");
    if (members["client_secret_expires_at"])
      report(message, "/client_secret_expires_at", "secret/client-secret-expires-at");
  }),
  onMembers({ id: "auth-method", rule: "auth-method/unknown" }, (members, report) => {
    const method = members["token_endpoint_auth_method"] ?? "";
    if (method === "none" || method === "private_key_jwt" || typeof method !== "string") return;
    const message = `${FAULT}: token_endpoint_auth_method "${method}" unsupported (only "none" and "private_key_jwt")`;
    if (method === "") report(message, undefined, "auth-method/missing");
    else report(message, "/token_endpoint_auth_method", methodRule(method));
  }),
  onMembers({ id: "jwks-uri", rule: "jwks-uri/https" }, (members, report) => {
    if (members["token_endpoint_auth_method"] !== "private_key_jwt") return;
    const uri = members["jwks_uri"] ?? "";
    // Inline keys end the decoding before this, and then nothing is said about a URL that is not there.
    if (uri === "" && members["jwks"]) return;
    if (uri === "")
      report(
        `${FAULT}: jwks_uri required for token_endpoint_auth_method=private_key_jwt`,
        "/token_endpoint_auth_method",
        "auth-method/private-key-jwt-no-keys",
      );
    else if (typeof uri === "string") {
      const fault = jwksUriFault(uri);
      if (fault !== undefined) report(`${FAULT}: ${fault}`, "/jwks_uri");
    }
  }),
  onMembers({ id: "redirect-count", rule: "redirect-uris/missing" }, (members, report) => {
    const uris = members["redirect_uris"] ?? undefined;
    const message = `${FAULT}: redirect_uris count out of range`;
    if (uris === undefined) report(message);
    else if (Array.isArray(uris) && uris.length === 0)
      report(message, "/redirect_uris", "redirect-uris/empty");
    else if (Array.isArray(uris) && uris.length > MAX_REDIRECTS)
      report(message, "/redirect_uris", "redirect-uris/too-many");
  }),
  distinctRedirects(`${FAULT}: duplicate redirect_uri`),
  eachRedirect("redirect-https", redirectFault),
  onMembers({ id: "code-grant", rule: "grant-types/code-mismatch" }, (members, report) => {
    const grants = list(members, "grant_types");
    if (grants.length > 0 && !grants.includes("authorization_code"))
      report(`${FAULT}: grant_types must include authorization_code`, "/grant_types");
  }),
  onMembers({ id: "code-response", rule: "response-types/unknown" }, (members, report) => {
    for (const [index, type] of list(members, "response_types").entries()) {
      if (typeof type === "string" && type !== "code")
        report(`${FAULT}: unsupported response_type "${type}"`, jsonPointer("response_types", index));
    }
  }),
  onMembers(
    { id: "refresh", rule: "grant-types/extra", stage: "token", effect: "note" },
    (members, report) => {
      if (list(members, "grant_types").includes("refresh_token"))
        report("unsupported_grant_type: this server issues no refresh tokens", "/grant_types");
    },
  ),
];

/**
 * Altinity's MCP server for ClickHouse as an authorization broker. The caller only hears "unknown OAuth client"; the
 * messages are those of the log.
 *
 * Sources: the files of the evidence; the document is decoded into go-sdk's ClientRegistrationResponse, which has `jwks`
 * as a string.
 */
export const altinityMcp: ServerProfile = {
  id: "altinity-mcp",
  name: "Altinity MCP",
  version: "2026-08-05 (after 1.7.0)",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "Altinity/altinity-mcp cmd/altinity-mcp/cimd.go, oauth_server.go @e313d3c70115",
      url: "https://github.com/Altinity/altinity-mcp/blob/e313d3c70115b5b65311c59bae9b4600e5b8c8ca/cmd/altinity-mcp/cimd.go",
    },
    {
      what: "modelcontextprotocol/go-sdk v1.7.0 oauthex/dcr.go, internal/json/json.go",
      url: "https://github.com/modelcontextprotocol/go-sdk/blob/v1.7.0/oauthex/dcr.go",
    },
  ],
  readCompletely: ["fetch", "document"],
  constraints: CONSTRAINTS,
  redirects: comparedAsStrings("redirect_uri not registered for this client"),
  cache: { fallback: 300, maximum: 3600, honours: ["max-age", "no-store", "no-cache"], stale: "refused" },
  consent: { shows: [], note: "It shows no consent page of its own." },
};
