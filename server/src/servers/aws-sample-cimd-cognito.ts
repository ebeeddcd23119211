import { jsonPointer } from "../document/jsonPointer.js";
import { splitUri } from "../uri/splitUri.js";
import { constraint, onMembers } from "./behaviours/constraintKinds.js";
import {
  clientName,
  eachRedirect,
  listHolds,
  methodAmong,
  noClientSecret,
  pythonJsonObject,
  type RedirectFault,
  redirectList,
  redirectStrings,
  sameClientId,
  sizeLimit,
} from "./behaviours/documentConstraints.js";
import { comparedAsStrings } from "./behaviours/entryOutcomes.js";
import { isObject } from "./behaviours/jsonBody.js";
import { JSON_CONTENT_TYPE } from "./behaviours/jsonContentType.js";
import { operatorAllowlist } from "./behaviours/operatorAllowlist.js";
import { type IpAddress, isGlobal, isMulticast, parseIpAddress } from "./behaviours/pythonIpAddress.js";
import { refusedKindRule } from "./behaviours/redirectKinds.js";
import { commonUrlConstraints, urlConstraint } from "./behaviours/urlConstraints.js";
import type { Constraint, ServerProfile } from "./profile.js";

/** `cimd.maxDocumentBytes` in config.ts. */
/** `json.loads` of the bytes. */
const PYTHON = { bom: "strip", json: "python" } as const;

const MAX_BYTES = 5120;
const MAX_REDIRECTS = 100;
const MAX_REDIRECT_LENGTH = 2048;
const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "k", "oth"];
const CONTROL_OR_SPACE = /[\0-\x20\x7f]/;
const MALFORMED_PERCENT = /%(?![0-9A-Fa-f]{2})/;
const HOST_SYNTAX = /^[a-z0-9.:-]+$/;
const LOOPBACK_NAMES: ReadonlySet<string> = new Set(["localhost", "ip6-localhost", "ip6-loopback"]);
const SPECIAL_SUFFIXES = [
  "localhost",
  "local",
  "localdomain",
  "internal",
  "home.arpa",
  "intranet",
  "lan",
  "private",
];
const PLAIN = /^https:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|dev|ai|io|app)(?:\/[\w.~/-]*)?$/;

/** `is_routable_unicast`. */
function isRoutable(address: IpAddress): boolean {
  if (!isGlobal(address) || isMulticast(address)) return false;
  // What is outside of 2000::/3 is reserved.
  return address.version === 4 || address.value >> 125n === 1n;
}

/** `redirect_uri_error`. */
function redirectFault(uri: string): RedirectFault | undefined {
  const fault = (what: string, rule: string): RedirectFault => ({
    message: `redirect_uri '${uri}' ${what}`,
    rule,
  });
  if (uri.length > MAX_REDIRECT_LENGTH)
    return fault(`exceeds ${MAX_REDIRECT_LENGTH} characters`, "redirect-uris/length");
  if (PLAIN.test(uri)) return undefined;
  if (uri.includes("\\")) return fault("must not contain a backslash", "redirect-uris/illegal-character");
  if (CONTROL_OR_SPACE.test(uri))
    return fault("must not contain control characters or spaces", "redirect-uris/illegal-character");
  const { scheme, host, port, userinfo, fragment } = splitUri(uri);
  if (scheme?.toLowerCase() !== "https")
    return fault(
      "must use the https scheme (localhost and custom-scheme clients are out of scope)",
      refusedKindRule(uri),
    );
  if (!host) return fault("must contain a host", "redirect-uris/absolute");
  if (fragment) return fault("must not contain a fragment", "redirect-uris/fragment");
  if (userinfo !== undefined) return fault("must not contain userinfo", "redirect-uris/userinfo");
  if (port !== undefined && port !== "" && !(/^\d+$/.test(port) && Number(port) <= 65_535))
    return fault(
      "has an invalid port",
      port === "*" ? "redirect-uris/wildcard-port" : "redirect-uris/port-invalid",
    );
  const name = host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/(?<!\.)\.+$/, "");
  if (!HOST_SYNTAX.test(name)) {
    const rule = name.includes("*") ? "redirect-uris/wildcard-host" : "redirect-uris/idn";
    return fault("host must be ASCII letters, digits, hyphen, dot or (for IPv6 literals) colon", rule);
  }
  const address = parseIpAddress(name);
  if (address)
    return isRoutable(address)
      ? undefined
      : fault(`names the non-routable address ${name} (RFC 6890)`, "redirect-uris/special-use-https");
  if (!/^[a-z]/.test(name.slice(name.lastIndexOf(".") + 1)))
    return fault("is not a DNS name and is not a canonical IP literal", "redirect-uris/special-use-https");
  if (LOOPBACK_NAMES.has(name))
    return fault(
      `names the loopback host '${name}' (localhost clients are out of scope)`,
      "redirect-uris/https-loopback",
    );
  if (!name.includes(".") || SPECIAL_SUFFIXES.some((suffix) => name.endsWith(`.${suffix}`)))
    return fault("cannot be a globally resolvable DNS name", "redirect-uris/special-use-https");
  return undefined;
}

/** `segment_error`: dot segments and encoded separators under up to four rounds of percent-decoding. */
function segmentRule(segment: string): string | undefined {
  let text = segment;
  for (let round = 0; round < 4; round++) {
    if (text === "." || text === "..")
      return round === 0 ? "client-id/dot-segment" : "client-id/dot-segment-encoded";
    if (text.includes("/") || text.includes("\\")) return "client-id/encoded-slash";
    if (MALFORMED_PERCENT.test(text)) return "client-id/percent-encoding-invalid";
    let decoded: string;
    try {
      decoded = decodeURIComponent(text);
    } catch {
      // Escapes that are no UTF-8: `unquote(errors="strict")` raises there too.
      return "client-id/percent-encoding-invalid";
    }
    if (decoded === text) return undefined;
    text = decoded;
  }
  return "client-id/percent-encoding-normal";
}

const CONSTRAINTS: readonly Constraint[] = [
  urlConstraint(
    "url-characters",
    "client-id/illegal-character",
    "must not contain control characters or spaces, nor a backslash",
    (_parts, url) => (url.includes("\\") ? "client-id/backslash" : CONTROL_OR_SPACE.test(url)),
  ),
  ...commonUrlConstraints({
    https: "scheme must be https",
    userinfo: "must not contain userinfo",
    host: "must contain a host",
    morePath: "must contain a path component",
    query: "must not contain a query component",
    fragment: "must not contain a fragment",
  }),
  urlConstraint(
    "url-host-ascii",
    "client-id/idn",
    "host must be ASCII",
    ({ host }) => Boolean(host) && !/^[A-Za-z0-9.:[\]-]+$/.test(host ?? ""),
  ),
  urlConstraint(
    "url-segments",
    "client-id/dot-segment",
    "must not contain dot segments or encoded path separators",
    ({ path }) => {
      for (const segment of path.split("/")) {
        const rule = segmentRule(segment);
        if (rule !== undefined) return rule;
      }
      return undefined;
    },
  ),
  urlConstraint("url-port", "client-id/port-invalid", "invalid port", ({ port }) =>
    port === undefined || port === "" ? false : !/^\d+$/.test(port) || Number(port) > 65_535,
  ),
  urlConstraint(
    "fetch-address",
    "client-id/special-use-host",
    "resolves to special-use address (RFC 6890); refusing to fetch",
    ({ host }) => {
      const name = (host ?? "").toLowerCase().replace(/^\[(.*)\]$/, "$1");
      const address = parseIpAddress(name);
      return name === "localhost" || (address !== undefined && !isRoutable(address));
    },
  ),
  sizeLimit(MAX_BYTES, () => `document exceeds ${MAX_BYTES} bytes; aborted`),
  constraint({ id: "byte-order-mark", rule: "document/bom" }, ({ text }, report) => {
    // The body is decoded before `json.loads`, which takes no mark in a string.
    if (text.startsWith("\ufeff"))
      report("document is not valid JSON: Unexpected UTF-8 BOM (decode using utf-8-sig)");
  }),
  ...pythonJsonObject("document is not valid JSON", "document must be a JSON object"),
  sameClientId(() => "client_id must equal the document URL (simple string comparison)", PYTHON),
  clientName("client_name is required", false, PYTHON),
  redirectList("redirect_uris must be a non-empty list", PYTHON),
  onMembers(
    { id: "redirect-count", rule: "redirect-uris/too-many", ...PYTHON },
    ({ redirect_uris: uris }, report) => {
      if (Array.isArray(uris) && uris.length > MAX_REDIRECTS)
        report(`more than ${MAX_REDIRECTS} redirect_uris`, "/redirect_uris");
    },
  ),
  redirectStrings("redirect_uri must be a string", PYTHON),
  eachRedirect("redirect-https", redirectFault, PYTHON),
  methodAmong(
    ["none"],
    (method) =>
      `token_endpoint_auth_method '${method}' not supported; only public clients ('none') in this sample`,
    PYTHON,
  ),
  noClientSecret("client_secret must not appear in a CIMD document", PYTHON),
  onMembers({ id: "keys", rule: "jwks/shape", ...PYTHON }, ({ jwks }, report) => {
    if (jwks === undefined || jwks === null) return;
    const keys = isObject(jwks) ? jwks["keys"] : undefined;
    if (!Array.isArray(keys) || !keys.every(isObject)) {
      report("jwks must be an object with a keys array of objects", "/jwks");
      return;
    }
    for (const [index, key] of keys.entries()) {
      const name = PRIVATE_MEMBERS.find((member) => Object.hasOwn(key, member));
      if (name === undefined) continue;
      const rule = name === "k" ? "jwks/symmetric-key" : "jwks/private-key";
      report("jwks contains private key material", jsonPointer("jwks", "keys", index, name), rule);
    }
  }),
  listHolds(
    { id: "code-grant", rule: "grant-types/code-mismatch", ...PYTHON },
    "grant_types",
    "authorization_code",
    "grant_types must be a list of strings including authorization_code",
  ),
  listHolds(
    { id: "code-response", rule: "response-types/empty-with-code", ...PYTHON },
    "response_types",
    "code",
    "response_types must be a list of strings including code",
  ),
  onMembers({ id: "jwks-uri", rule: "jwks-uri/https", ...PYTHON }, ({ jwks_uri: uri }, report) => {
    if (uri === undefined || uri === null) return;
    if (typeof uri !== "string" || !uri.startsWith("https://"))
      report("jwks_uri must be an https URL string", "/jwks_uri");
  }),
  operatorAllowlist("the client identifier URL must be on the operator's allow-list"),
];

/**
 * AWS's sample that puts a registrar in front of Cognito, with the limits of its config.ts, for a client on its allow-list.
 * Cognito itself looks at the callback URLs again when the registrar writes them, which is not here.
 */
export const awsSampleCimdCognito: ServerProfile = {
  id: "aws-sample-cimd-cognito",
  name: "AWS sample CIMD with Cognito",
  version: "71bce641 (2026)",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "aws-samples/sample-serverless-architecture-cimd-with-cognito lambdas/registrar/validate.py @71bce641669a",
      url: "https://github.com/aws-samples/sample-serverless-architecture-cimd-with-cognito/blob/71bce641669adcf8a6ae8d00b3067f54a4751c26/lambdas/registrar/validate.py",
    },
    {
      what: "aws-samples/sample-serverless-architecture-cimd-with-cognito lambdas/registrar/fetcher.py, config.ts @e03c2ecebdf1",
      url: "https://github.com/aws-samples/sample-serverless-architecture-cimd-with-cognito/blob/e03c2ecebdf159b75b8cfede464a801a2cd92028/lambdas/registrar/fetcher.py",
    },
    {
      what: "aws-samples/sample-serverless-architecture-cimd-with-cognito lambdas/cimd_proxy/oauth.py (resolve_redirect_uri) @6b83a4b42286",
      url: "https://github.com/aws-samples/sample-serverless-architecture-cimd-with-cognito/blob/6b83a4b42286491e27187e249f50c67e75808b6a/lambdas/cimd_proxy/oauth.py",
    },
    {
      what: "aws-samples/sample-serverless-architecture-cimd-with-cognito lambdas/shared/cimd_url.py @6b83a4b42286",
      url: "https://github.com/aws-samples/sample-serverless-architecture-cimd-with-cognito/blob/6b83a4b42286491e27187e249f50c67e75808b6a/lambdas/shared/cimd_url.py",
    },
  ],
  notExecuted: "no-release",
  readCompletely: ["fetch", "document"],
  constraints: [JSON_CONTENT_TYPE, ...CONSTRAINTS],
  redirects: comparedAsStrings("redirect_uri is not one of the client's registered redirect_uris"),
  cache: {
    minimum: 300,
    fallback: 300,
    maximum: 86_400,
    honours: ["max-age", "no-store", "no-cache"],
    stale: "refused",
  },
  consent: {
    shows: ["redirect-uri"],
    note: "Its own consent page shows redirect_uris and what the document says.",
  },
};
