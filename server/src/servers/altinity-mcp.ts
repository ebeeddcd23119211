import { methodRule, type RedirectFault, sizeLimit } from "./behaviours/documentConstraints.js";
import { domainToAscii } from "./behaviours/domainToAscii.js";
import { comparedAsStrings, wildcardRule } from "./behaviours/entryOutcomes.js";
import { goEachRedirect, goFetchAddress, goListHolds, goSameClientId } from "./behaviours/goConstraints.js";
import { GoStruct } from "./behaviours/goJson.js";
import { goLength } from "./behaviours/goText.js";
import { type GoUrl, parseGoUrl } from "./behaviours/goUrl.js";
import { blocks } from "./behaviours/ipAddress.js";
import { JSON_CONTENT_TYPE } from "./behaviours/jsonContentType.js";
import { refusedKindRule } from "./behaviours/redirectKinds.js";
import { urlConstraint } from "./behaviours/urlConstraints.js";
import type { Constraint, ServerProfile } from "./profile.js";

const MAX_URL_LENGTH = 2048;
const MAX_BYTES = 5120;
const MAX_REDIRECTS = 20;
const MAX_NAME_BYTES = 128;
const URL_FAULT = "cimd: invalid client_id URL";
const FAULT = "cimd: invalid metadata document";

/** `ssrfBlockedCIDRs`; a host in brackets is none that IDNA takes, so only the blocks of IPv4 are ever asked about. */
const BLOCKED = blocks(
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"],
  ...["203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
);

const STRUCT = new GoStruct(
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
    application_type: "string",
  },
  // go-sdk's decoder is segmentio's, with DontMatchCaseInsensitiveStructFields.
  { exactNames: true },
);

const LABEL = /^(?!-)[a-z0-9-]*(?<!-)$/;

/** A host that `idna.Lookup.ToASCII` leaves as it is. */
function isLookupAscii(host: string): boolean {
  const labels = host.split(".");
  if (!labels.every((label) => LABEL.test(label))) return false;
  const encoded = labels.filter((label) => label.slice(2, 4) === "--");
  return (
    encoded.length === 0 ||
    (encoded.every((label) => label.startsWith("xn--")) && domainToAscii(host) === host)
  );
}

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
  if (isLookupAscii(hostname)) return undefined;
  const rule = /[A-Z]/.test(hostname) ? "client-id/host-case" : "client-id/host-name";
  return { words: "hostname must be lowercase ASCII", rule };
}

/** `validateCIMDPath`: no dot or empty segments, no encoded slashes. */
function pathFault({ path, escapedPath }: GoUrl): UrlFault | undefined {
  if (/%(?:2f|5c)/i.test(escapedPath))
    return { words: "encoded slash or backslash in path", rule: "client-id/encoded-slash" };
  const segments = path.split("/").slice(1);
  if (segments.at(-1) === "") segments.pop();
  const isDots = (segment: string): boolean => segment === "." || segment === "..";
  const dots = segments.some(isDots);
  if (!dots && !segments.includes("")) return undefined;
  const rule = !dots
    ? "client-id/empty-segment"
    : escapedPath.split("/").some(isDots)
      ? "client-id/dot-segment"
      : "client-id/dot-segment-encoded";
  return { words: "dot-segment in path", rule };
}

function clientIdFault(text: string): UrlFault | undefined {
  if (text === "" || goLength(text) > MAX_URL_LENGTH)
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
  return pathFault(url);
}

/** `validateJWKSURI`. */
function jwksUriFault(text: string): string | undefined {
  if (goLength(text) > MAX_URL_LENGTH) return "jwks_uri length out of range";
  const url = parseGoUrl(text);
  const pathOf = (parsed: GoUrl) => (parsed.path === "" ? undefined : pathFault(parsed));
  const fault = urlFault(url) ?? ("error" in url ? undefined : (hostFault(url) ?? pathOf(url)));
  return fault && `jwks_uri ${fault.words}`;
}

function redirectFault(uri: string): RedirectFault | undefined {
  if (uri === "" || goLength(uri) > MAX_URL_LENGTH)
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

const CONSTRAINTS: readonly Constraint[] = [
  urlConstraint("url", "client-id/absolute-url", URL_FAULT, (_parts, url) => clientIdFault(url)?.rule),
  goFetchAddress("cimd: target address blocked by SSRF policy", BLOCKED),
  sizeLimit(MAX_BYTES, () => `cimd: metadata fetch failed: body exceeds ${MAX_BYTES} bytes`),
  ...STRUCT.decodes({
    notJson: `${FAULT}: decode`,
    notObject: `${FAULT}: decode: not an object`,
    wrongType: (detail) => `${FAULT}: decode: json: ${detail}`,
  }),
  goSameClientId(STRUCT, () => `${FAULT}: client_id mismatch`),
  STRUCT.on({ id: "client-name", rule: "client-name/missing" }, (values, report) => {
    const name = values.text("client_name");
    if (name !== "" && goLength(name) <= MAX_NAME_BYTES) return;
    const pointer = values.pointer("client_name");
    const rule = name === "" ? "client-name/empty" : "client-name/length";
    report(`${FAULT}: client_name length out of range`, pointer, pointer === undefined ? undefined : rule);
  }),
  STRUCT.on({ id: "client-secret", rule: "secret/client-secret" }, (values, report) => {
    const message = `${FAULT}: client_secret not allowed for CIMD public client`;
    if (values.text("client_secret") !== "") report(message, values.pointer("client_secret"));
    if (values.has("client_secret_expires_at"))
      report(message, values.pointer("client_secret_expires_at"), "secret/client-secret-expires-at");
  }),
  STRUCT.on({ id: "auth-method", rule: "auth-method/unknown" }, (values, report) => {
    const method = values.text("token_endpoint_auth_method");
    if (method === "none" || method === "private_key_jwt") return;
    const message = `${FAULT}: token_endpoint_auth_method "${method}" unsupported (only "none" and "private_key_jwt")`;
    const rule = method === "" ? "auth-method/missing" : methodRule(method);
    report(message, values.pointer("token_endpoint_auth_method"), rule);
  }),
  STRUCT.on({ id: "jwks-uri", rule: "jwks-uri/https" }, (values, report) => {
    if (values.text("token_endpoint_auth_method") !== "private_key_jwt") return;
    const uri = values.text("jwks_uri");
    // Inline keys end the decoding before this, and then nothing is said about a URL that is not there.
    if (uri === "" && values.misfits.some(({ name }) => name === "jwks")) return;
    if (uri === "")
      report(
        `${FAULT}: jwks_uri required for token_endpoint_auth_method=private_key_jwt`,
        values.pointer("token_endpoint_auth_method"),
        "auth-method/private-key-jwt-no-keys",
      );
    else {
      const fault = jwksUriFault(uri);
      if (fault !== undefined) report(`${FAULT}: ${fault}`, values.pointer("jwks_uri"));
    }
  }),
  STRUCT.on({ id: "redirect-count", rule: "redirect-uris/missing" }, (values, report) => {
    const { length } = values.list("redirect_uris");
    if (length > 0 && length <= MAX_REDIRECTS) return;
    const pointer = values.pointer("redirect_uris");
    const rule = length === 0 ? "redirect-uris/empty" : "redirect-uris/too-many";
    report(`${FAULT}: redirect_uris count out of range`, pointer, pointer === undefined ? undefined : rule);
  }),
  STRUCT.on({ id: "redirect-duplicates", rule: "redirect-uris/duplicate" }, (values, report) => {
    const seen = new Set<string>();
    for (const [index, uri] of values.list("redirect_uris").entries()) {
      if (seen.has(uri)) report(`${FAULT}: duplicate redirect_uri`, values.pointer("redirect_uris", index));
      seen.add(uri);
    }
  }),
  goEachRedirect(STRUCT, { id: "redirect-https" }, redirectFault),
  goListHolds(
    STRUCT,
    { id: "code-grant", rule: "grant-types/code-mismatch" },
    "grant_types",
    "authorization_code",
    `${FAULT}: grant_types must include authorization_code`,
  ),
  STRUCT.on({ id: "code-response", rule: "response-types/unknown" }, (values, report) => {
    for (const [index, type] of values.list("response_types").entries()) {
      if (type !== "code")
        report(`${FAULT}: unsupported response_type "${type}"`, values.pointer("response_types", index));
    }
  }),
  STRUCT.on(
    { id: "refresh", rule: "grant-types/extra", stage: "token", effect: "note" },
    (values, report) => {
      if (values.list("grant_types").includes("refresh_token"))
        report("unsupported_grant_type: this server issues no refresh tokens", values.pointer("grant_types"));
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
  notExecuted: "internal",
  readCompletely: ["fetch", "document", "authorize"],
  constraints: [JSON_CONTENT_TYPE, ...CONSTRAINTS],
  redirects: {
    ...comparedAsStrings("redirect_uri not registered for this client"),
    entries: STRUCT.redirects,
  },
  cache: { fallback: 300, maximum: 3600, honours: ["max-age", "no-store", "no-cache"], stale: "refused" },
  consent: { shows: [], note: "It shows no consent page of its own." },
};
