import { jsonPointer } from "../document/jsonPointer.js";
import { say } from "../localisation/say.js";
import { onMembers } from "./behaviours/constraintKinds.js";
import { clientName, jsonObject, methodAmong, sizeLimit } from "./behaviours/documentConstraints.js";
import { typeRule, urlRule } from "./behaviours/memberRules.js";
import { unparsableRule } from "./behaviours/redirectKinds.js";
import { fetchPort, urlConstraint, whatwgUrlConstraints } from "./behaviours/urlConstraints.js";
import { parseUrl } from "./behaviours/whatwgUrl.js";
import { zodUrlText } from "./behaviours/zodUrl.js";
import type { Constraint, EntryOutcome, RedirectMatching, ServerProfile } from "./profile.js";

const MAX_BYTES = 5 * 1024;
const MAX_URL_BYTES = 120;
/** What is stored of a client's metadata is at most so long. */
const MAX_METADATA_LENGTH = 255;
const WORDS = "Invalid CIMD client:";
const GRANTS: readonly unknown[] = ["authorization_code", "refresh_token"];
const APPLICATION_TYPES: readonly unknown[] = ["native", "web"];

const BLOCKED_NAMES: ReadonlySet<string> = new Set([
  "localhost",
  "ip6-localhost",
  "ip6-loopback",
  "broadcasthost",
]);
const BLOCKED_IPV4 =
  /^(?:10|127|0|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.(?=[\d.]+$)/;
const IPV4_IN_IPV6 = /^::(?:ffff:)?([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;

/** `assertSsrfSafeUrl`, which asks nobody what a name resolves to. */
function isBlocked(hostname: string): boolean {
  if (BLOCKED_NAMES.has(hostname) || BLOCKED_IPV4.test(hostname)) return true;
  if (!hostname.startsWith("[")) return false;
  const address = hostname.slice(1, -1);
  if (address === "::" || address === "::1" || /^f[cd]/.test(address)) return true;
  const first = Number.parseInt(address.split(":", 1)[0] ?? "", 16);
  if (first >= 0xfe80 && first <= 0xfebf) return true;
  const [, high, low] = IPV4_IN_IPV6.exec(address) ?? [];
  if (high === undefined || low === undefined) return false;
  const bytes = [high, low].flatMap((group) => [
    Number.parseInt(group, 16) >> 8,
    Number.parseInt(group, 16) & 255,
  ]);
  return BLOCKED_IPV4.test(bytes.join("."));
}

const BOM = { bom: "strip" } as const;

const URL_CONSTRAINTS: readonly Constraint[] = [
  urlConstraint("url-absolute", "client-id/absolute-url", "Client not found", (_parts, url) => {
    if (!/^https?:\/\//i.test(url)) return "client-id/https";
    return parseUrl(url) === undefined;
  }),
  urlConstraint(
    "url-length",
    "client-id/length",
    `${WORDS} client_id exceeds ${MAX_URL_BYTES} bytes`,
    (_parts, url) => new TextEncoder().encode(url).byteLength > MAX_URL_BYTES,
  ),
  ...whatwgUrlConstraints({
    https: `${WORDS} SSRF check failed: scheme http: not allowed`,
    userinfo: `${WORDS} URL must not contain credentials`,
    fragment: `${WORDS} URL must not contain a fragment`,
    query: `${WORDS} URL must not contain a query string`,
    morePath: `${WORDS} URL must contain a path`,
  }),
  urlConstraint(
    "url-port",
    "client-id/port",
    `${WORDS} URL must not use port 0`,
    (_parts, url) => parseUrl(url)?.port === "0",
  ),
  urlConstraint("fetch-address", "client-id/special-use-host", `${WORDS} SSRF check failed`, (_parts, url) =>
    isBlocked(parseUrl(url)?.hostname ?? ""),
  ),
  fetchPort("Internal Server Error"),
];

/** A member that zod's `z.url()` takes, or that is absent. */
function isUrl(value: unknown): value is string {
  return typeof value === "string" && parseUrl(value.trim()) !== undefined;
}

const DOCUMENT_CONSTRAINTS: readonly Constraint[] = [
  sizeLimit(MAX_BYTES, () => `${WORDS} SSRF check failed: response body exceeds ${MAX_BYTES} bytes`),
  ...jsonObject(`${WORDS} document is not valid JSON`, `${WORDS} Invalid input: expected object`, BOM),
  onMembers(
    { id: "client-id-equal", rule: "client-id/url-mismatch", ...BOM },
    ({ client_id: id }, report, { url }) => {
      if (isUrl(id) && zodUrlText(id) === url) return;
      const words = isUrl(id)
        ? `${WORDS} document client_id does not match the requested URL`
        : `${WORDS} ${typeof id === "string" ? "Invalid URL" : "Invalid input: expected string"}`;
      if (id === undefined) report(words, undefined, "client-id/missing");
      else report(words, "/client_id", typeof id === "string" ? undefined : "client-id/type");
    },
  ),
  clientName(`${WORDS} client_name is no string with something in it`, true, BOM),
  onMembers(
    { id: "grant-types", rule: "grant-types/code-mismatch", ...BOM },
    ({ grant_types: grants }, report) => {
      const words = `${WORDS} grant_types must include authorization_code or refresh_token`;
      if (grants === undefined)
        report(`${WORDS} Invalid input: expected array`, undefined, "grant-types/missing");
      else if (!Array.isArray(grants) || !grants.every((grant) => typeof grant === "string"))
        report(`${WORDS} grant_types is no list of strings`, "/grant_types", "grant-types/type");
      else if (!grants.some((grant) => GRANTS.includes(grant))) report(words, "/grant_types");
    },
  ),
  onMembers(
    { id: "redirect-uris", rule: "redirect-uris/type", ...BOM },
    ({ redirect_uris: uris }, report) => {
      if (uris !== undefined && !Array.isArray(uris))
        report(`${WORDS} Invalid input: expected array`, "/redirect_uris");
    },
  ),
  onMembers(
    { id: "redirects-parse", rule: "redirect-uris/absolute", ...BOM },
    ({ redirect_uris: uris }, report) => {
      for (const [index, uri] of (Array.isArray(uris) ? uris : []).entries()) {
        if (isUrl(uri)) continue;
        const rule = typeof uri === "string" ? unparsableRule(uri) : "redirect-uris/type";
        report(`${WORDS} Invalid URL`, jsonPointer("redirect_uris", index), rule);
      }
    },
  ),
  onMembers({ id: "application-type", rule: "application-type/value", ...BOM }, (members, report) => {
    const type = members["application_type"];
    if (type === undefined || APPLICATION_TYPES.includes(type)) return;
    const words = `${WORDS} Invalid option: expected one of "native"|"web"`;
    report(
      words,
      "/application_type",
      typeof type === "string" ? undefined : typeRule("application_type", type),
    );
  }),
  methodAmong(
    ["none", "private_key_jwt"],
    () => `${WORDS} Invalid option: expected one of "none"|"private_key_jwt"`,
    BOM,
  ),
  onMembers({ id: "jwks-uri", rule: "jwks-uri/https", ...BOM }, ({ jwks_uri: uri }, report) => {
    if (uri !== undefined && !isUrl(uri))
      report(`${WORDS} Invalid URL`, "/jwks_uri", urlRule("jwks_uri", uri));
  }),
  onMembers({ id: "jwks-uri-length", rule: "jwks-uri/https", ...BOM }, ({ jwks_uri: uri }, report) => {
    if (isUrl(uri) && zodUrlText(uri).length > MAX_METADATA_LENGTH)
      report("Internal Server Error", "/jwks_uri");
  }),
  onMembers({ id: "key-method", rule: "auth-method/private-key-jwt-no-keys", ...BOM }, (members, report) => {
    const { token_endpoint_auth_method: method, jwks_uri: uri } = members;
    if (method === "private_key_jwt" && uri === undefined)
      report(
        `${WORDS} jwks_uri is required when token_endpoint_auth_method is private_key_jwt`,
        "/token_endpoint_auth_method",
      );
  }),
];

/** What a regular expression reads as more than a character, apart from the full stop. */
const PATTERN_CHARACTERS = /[$+()[\]|\\^{}?]/;

/**
 * The path of an entry with `*` in it, which AuthHero makes a regular expression and escapes nothing in.
 *
 * @returns undefined where that is not tried out
 */
function pathMatches(path: string, pattern: string): boolean | undefined {
  // A document's own regular expression is not run: it may take for ever.
  return PATTERN_CHARACTERS.test(pattern) ? undefined : globMatches(path, pattern);
}

/** A pattern in which `*` stands for any text and a full stop for any character. */
function globMatches(path: string, pattern: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop() ?? "";
  if (path.length < first.length + last.length) return false;
  if (!fitsAt(path, first, 0) || !fitsAt(path, last, path.length - last.length)) return false;
  let at = first.length;
  const end = path.length - last.length;
  for (const part of rest) {
    while (at + part.length <= end && !fitsAt(path, part, at)) at++;
    if (at + part.length > end) return false;
    at += part.length;
  }
  return true;
}

function fitsAt(path: string, part: string, start: number): boolean {
  for (let at = 0; at < part.length; at++)
    if (part[at] !== "." && part[at] !== path[start + at]) return false;
  return true;
}

/** The base of an entry for all names below a domain, and the domain itself. */
function wildcardBase({ protocol, hostname }: URL): string | undefined {
  const covers = /^https?:$/.test(protocol) && hostname.startsWith("*.") && hostname.split(".").length > 2;
  return covers ? hostname.slice(2) : undefined;
}

/** `isValidRedirectUrl`: ports are not compared. */
function matches(redirectUri: string, entry: string): boolean | undefined {
  const [requested, registered] = [parseUrl(redirectUri), parseUrl(zodUrlText(entry))];
  if (!requested || !registered || requested.protocol !== registered.protocol) return false;
  const base = wildcardBase(registered);
  const anyPath = registered.pathname.includes("*");
  const hostFits =
    base === undefined
      ? requested.hostname === registered.hostname
      : requested.hostname === base || requested.hostname.endsWith(`.${base}`);
  if (!hostFits || !queryMatches(requested, registered, base === undefined && !anyPath)) return false;
  return anyPath
    ? pathMatches(requested.pathname, registered.pathname)
    : requested.pathname === registered.pathname;
}

/** Whether all parameters of an entry are there, and, where it has no wildcard, no others. */
function queryMatches(requested: URL, registered: URL, exactly: boolean): boolean {
  const left = [...requested.searchParams].map((pair) => JSON.stringify(pair));
  for (const pair of registered.searchParams) {
    const at = left.indexOf(JSON.stringify(pair));
    if (at < 0) return false;
    left.splice(at, 1);
  }
  return !exactly || left.length === 0;
}

const REDIRECTS: RedirectMatching = {
  matches,
  prepare: (redirectUri) =>
    redirectUri === ""
      ? { refused: "An empty redirect_uri counts as none" }
      : (redirectUri.split("#", 1)[0] ?? ""),
  refusal: (redirectUri) => `Invalid redirect URI - ${redirectUri}`,
  entryOutcome(entry): EntryOutcome {
    const matched = matches(entry, entry);
    if (matched === undefined) return { outcome: "unknown" };
    return matched
      ? { outcome: "works" }
      : {
          outcome: "never",
          message: say`Invalid redirect URI: with a \`*\` in it, the path is a regular expression.`,
        };
  },
};

/**
 * AuthHero, for a tenant with the flag `client_id_metadata_document_registration`. The document is fetched again by each
 * request that names it. Ports of redirect URIs are not compared, so any port of a loopback redirect works.
 */
export const authhero: ServerProfile = {
  id: "authhero",
  name: "AuthHero",
  version: "9.6.1",
  kind: "authorization-server-library",
  confidence: "read-source",
  audience: ["mcp"],
  reach: {
    kind: "downloads",
    package: "npm:authhero",
    perMonth: 4239,
    source: "https://www.npmjs.com/package/authhero",
    date: "2026-12-01",
  },
  evidence: [
    {
      what: "npm:authhero@9.6.1 dist/authhero.mjs (src/helpers/cimd.ts, utils/ssrf-fetch.ts, utils/is-valid-redirect-url.ts, routes/auth-api/authorize.ts)",
      url: "https://www.npmjs.com/package/authhero/v/9.6.1",
    },
  ],
  readCompletely: ["fetch", "document", "authorize"],
  constraints: [...URL_CONSTRAINTS, ...DOCUMENT_CONSTRAINTS],
  redirects: REDIRECTS,
  cache: { minimum: 0, fallback: 0, maximum: 0, honours: [], stale: "refused" },
  consent: undefined,
};
