import { jsonPointer } from "../document/jsonPointer.js";
import { describeValue } from "../document/valueText.js";
import { say } from "../localisation/say.js";
import { constraint, onUrl } from "./behaviours/constraintKinds.js";
import { methodRule } from "./behaviours/documentConstraints.js";
import { comparedAsStrings, literalWildcard } from "./behaviours/entryOutcomes.js";
import { syntaxRule } from "./behaviours/jsonBody.js";
import { JSON_CONTENT_TYPE } from "./behaviours/jsonContentType.js";
import { typeRule } from "./behaviours/memberRules.js";
import { operatorAllowlist } from "./behaviours/operatorAllowlist.js";
import { PythonDocument, pythonUrlConstraints } from "./behaviours/pythonDocument.js";
import {
  type IpAddress,
  ipv4Within,
  ipv6Within,
  isGlobal,
  isMulticast,
  mappedIpv4,
} from "./behaviours/pythonIpAddress.js";
import { resolveHost } from "./behaviours/pythonResolve.js";
import { rstrip, words } from "./behaviours/pythonText.js";
import {
  hasUserinfo,
  hostname,
  isValueError,
  type ParseResult,
  port,
  urlparse,
  urlsplit,
} from "./behaviours/pythonUrlparse.js";
import { refusedKindRule } from "./behaviours/redirectKinds.js";
import { dotSegmentRule } from "./behaviours/urlConstraints.js";
import { stringsIn } from "./behaviours/zodShape.js";
import type { Constraint, RedirectMatching, ServerProfile } from "./profile.js";

const BODY = new PythonDocument(5 * 1024);
const URL_WORDS = "a client identifier URL must";
const ADDRESS_WORDS = "a metadata document may not be fetched from a special-use address";

function isHttps(url: string): boolean {
  return /^https:\/\//i.test(url);
}

/** One thing that `reject_invalid_client_id_url`, or the fetch after it, has against a URL that Python parses. */
const urlConstraint = pythonUrlConstraints(isHttps, urlsplit);

/** What the document is fetched from: without the full stops at its end. */
function dnsName({ netloc }: ParseResult): string {
  return rstrip(hostname(netloc) ?? "", ".");
}

const URL_CONSTRAINTS: readonly Constraint[] = [
  onUrl({ id: "url-https", rule: "client-id/https" }, (url, report) => {
    if (!isHttps(url)) report(`${URL_WORDS} use https`);
  }),
  onUrl({ id: "url-white-space", rule: "client-id/illegal-character" }, (url, report) => {
    if (words(url)[0] !== url) report(`${URL_WORDS} contain no whitespace`);
  }),
  onUrl({ id: "url-parses", rule: "client-id/absolute-url" }, (url, report) => {
    if (isHttps(url) && isValueError(urlsplit(url))) report("a client identifier URL cannot be parsed");
  }),
  urlConstraint("url-userinfo", "client-id/userinfo", `${URL_WORDS} carry no userinfo`, ({ netloc }) =>
    hasUserinfo(netloc),
  ),
  urlConstraint(
    "url-fragment",
    "client-id/fragment",
    `${URL_WORDS} carry no fragment`,
    ({ fragment }) => fragment !== "",
  ),
  urlConstraint(
    "url-host",
    "client-id/absolute-url",
    `${URL_WORDS} name a host`,
    (parsed) => dnsName(parsed) === "",
  ),
  urlConstraint("url-path", "client-id/path-required", `${URL_WORDS} have a path`, ({ path }) => path === ""),
  urlConstraint(
    "url-dot-segments",
    "client-id/dot-segment",
    `${URL_WORDS} have no '.' or '..' path segments`,
    ({ path }) => dotSegmentRule(path, true),
  ),
  onUrl({ id: "url-ascii", rule: "client-id/non-ascii" }, (url, report) => {
    if (/[^\0-\x7f]/.test(url)) report(`${URL_WORDS} be ASCII`);
  }),
  onUrl({ id: "fetch-control", rule: "client-id/illegal-character" }, (url, report) => {
    if (/[\0-\x1f\x7f]/.test(url)) report("the metadata document could not be read");
  }),
  urlConstraint(
    "fetch-port",
    "client-id/port-invalid",
    "the client identifier URL cannot be parsed",
    ({ netloc }) => typeof port(netloc) === "object",
  ),
  onUrl({ id: "fetch-address", rule: "client-id/special-use-host" }, (url, report) => {
    const parsed = urlsplit(url);
    if (isValueError(parsed) || !isHttps(url)) return;
    const resolved = resolveHost(dnsName(parsed));
    if ("address" in resolved && !isReachable(resolved.address)) report(ADDRESS_WORDS);
    else if ("error" in resolved)
      report("the metadata document's host does not resolve", "client-id/absolute-url");
  }),
  operatorAllowlist(
    "the metadata document's host is not in allowed_hosts (oauth.client_id_metadata_documents)",
  ),
];

/** `_address_refusal`: an IPv4 address inside an IPv6 one counts instead of it. */
function isReachable(address: IpAddress): boolean {
  const mapped = mappedIpv4(address);
  if (mapped !== undefined) return isRoutable({ version: 4, value: mapped });
  if (address.version === 6 && ipv6Within(address.value, "64:ff9b::/96"))
    return isRoutable({ version: 4, value: address.value & 0xffffffffn });
  return isRoutable(address);
}

const ANYCAST = [0xc0000009n, 0xc000000an];

function isRoutable(address: IpAddress): boolean {
  const { version, value } = address;
  if (isMulticast(address) || !isGlobal(address)) return false;
  if (version === 6) return !ipv6Within(value, "64:ff9b:1::/48") && !ipv6Within(value, "2002::/16");
  return (
    !ipv4Within(value, "192.88.99.0/24") && (ANYCAST.includes(value) || !ipv4Within(value, "192.0.0.0/24"))
  );
}

/** Why a redirect URI is refused, in a document and in a request: `redirect_uri_rejection_reason`. */
function rejectionOf(uri: string): string | undefined {
  const parsed = urlparse(uri);
  if (isValueError(parsed)) return INVALID;
  const { scheme, netloc, path, fragment } = parsed;
  if (scheme === "" || (netloc === "" && path === "") || fragment !== "" || uri.endsWith("#")) return INVALID;
  return scheme === "http" || scheme === "https" || scheme.includes(".") ? undefined : NO_DOMAIN;
}

const INVALID = "Invalid redirect_uri";
const NO_DOMAIN =
  "Invalid redirect_uri: private-use scheme must be reverse-domain based, e.g. com.example.app:/callback (RFC 8252 section 7.1)";
/** `DEFAULT_SCOPES_SUPPORTED`. */
const SCOPES: ReadonlySet<string> = new Set(["openid", "profile", "email", "offline_access"]);

const DOCUMENT_CONSTRAINTS: readonly Constraint[] = [
  BODY.size(`the metadata document is larger than ${BODY.maxBytes} bytes`),
  constraint({ id: "json", rule: "document/json-syntax" }, (document, report) => {
    const body = BODY.body(document);
    if (!body || "value" in body) return;
    if ("uncaught" in body) report(body.uncaught, undefined, "document/too-deep");
    else report("the metadata document is not valid JSON", undefined, syntaxRule(document, "strip"));
  }),
  BODY.object("the metadata document must be a JSON object"),
  BODY.sameClientId("the document's client_id is not the URL it was fetched from"),
  BODY.on({ id: "auth-method", rule: "auth-method/unknown" }, (members, report) => {
    const method = members.get("token_endpoint_auth_method");
    if (method === undefined || method === "none") return;
    const message = "a client identified by a metadata document authenticates with 'none'";
    report(message, "/token_endpoint_auth_method", methodRule(method));
  }),
  BODY.redirectList("the document must list at least one redirect_uri"),
  BODY.on({ id: "redirect-strings", rule: "redirect-uris/type" }, (members, report) => {
    const uris = members.get("redirect_uris");
    if (!Array.isArray(uris)) return;
    const index = uris.findIndex((uri) => typeof uri !== "string" || uri === "");
    if (index >= 0) report("redirect_uris must be a list of strings", jsonPointer("redirect_uris", index));
  }),
  BODY.on({ id: "redirect-shape", rule: "redirect-uris/absolute" }, (members, report) => {
    for (const { index, text } of stringsIn(members.get("redirect_uris"))) {
      const reason = text === "" ? undefined : rejectionOf(text);
      if (reason === undefined) continue;
      const rule =
        reason === NO_DOMAIN
          ? refusedKindRule(text)
          : text.includes("#")
            ? "redirect-uris/fragment"
            : undefined;
      report(`redirect_uris: ${reason}`, jsonPointer("redirect_uris", index), rule);
    }
  }),
  BODY.on({ id: "scope", rule: "scope/present" }, (members, report) => {
    const scope = members.get("scope");
    if (scope === undefined || scope === null) return;
    if (typeof scope !== "string") {
      report("scope must be a string", "/scope", typeRule("scope", scope));
      return;
    }
    const names = words(scope);
    if (names.length > 0 && !names.some((name) => SCOPES.has(name)))
      report("scope names none of the scopes this server supports", "/scope");
  }),
  BODY.on({ id: "client-name", rule: "document/wrong-type" }, (members, report) => {
    const name = members.get("client_name");
    if (name !== undefined && name !== null && typeof name !== "string")
      report("client_name must be a string", "/client_name");
  }),
  BODY.on(
    { id: "scope-granted", rule: "scope/present", stage: "authorize", effect: "limits" },
    (members, report) => {
      const scope = members.get("scope");
      const other = typeof scope === "string" ? words(scope).filter((name) => !SCOPES.has(name)) : [];
      if (other.length > 0)
        report(
          say`invalid_scope: this server knows only the scopes its operator lists, by default not ${describeValue(other[0])}.`,
          "/scope",
        );
    },
  ),
];

const REFUSAL = "redirect_uri is not registered for this client";
const COMPARED = comparedAsStrings(REFUSAL);

/** The text without its port, where it is http on 127.0.0.1 or [::1]; undefined where it is not, or the port is no number. */
function withoutLoopbackPort(uri: string): string | undefined {
  const parsed = urlparse(uri);
  if (isValueError(parsed) || parsed.scheme !== "http") return undefined;
  if (!["127.0.0.1", "::1"].includes(hostname(parsed.netloc) ?? "")) return undefined;
  const number = port(parsed.netloc);
  const start = uri.indexOf("//") + 2;
  const end = start + parsed.netloc.length;
  if (typeof number === "object" || start < 2 || uri.slice(start, end) !== parsed.netloc) return undefined;
  if (number === undefined) return uri;
  return uri.slice(0, start + parsed.netloc.lastIndexOf(":")) + uri.slice(end);
}

const REDIRECTS: RedirectMatching = {
  matches(redirectUri, entry) {
    if (redirectUri === entry) return true;
    const requested = withoutLoopbackPort(redirectUri);
    return requested !== undefined && requested === withoutLoopbackPort(entry);
  },
  prepare(redirectUri) {
    const refused = redirectUri === "" ? "redirect_uri is required" : rejectionOf(redirectUri);
    return refused === undefined ? redirectUri : { refused };
  },
  refusal: () => REFUSAL,
  entryOutcome(entry, context) {
    const wildcard = literalWildcard(entry, REFUSAL);
    if (!wildcard && withoutLoopbackPort(entry) !== undefined) return { outcome: "works" };
    return COMPARED.entryOutcome?.(entry, context) ?? { outcome: "unknown" };
  },
};

/**
 * NanoIDP, an identity provider to develop and test with, with client ID metadata documents switched on and the client's host
 * among those it may fetch from. What a document says beyond redirect URIs, name and scopes is not read.
 */
export const nanoidp: ServerProfile = {
  id: "nanoidp",
  name: "NanoIDP",
  version: "3.4.0",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "pypi:nanoidp@3.4.0 nanoidp/services/client_metadata.py, client_metadata_fetch.py, redirect_uri.py, routes/oauth.py",
      url: "https://pypi.org/project/nanoidp/3.4.0/",
    },
    {
      what: "cdelmonte-zg/nanoidp issue 196 (what the server takes and why)",
      url: "https://github.com/cdelmonte-zg/nanoidp/issues/196",
    },
  ],
  readCompletely: ["fetch", "document", "authorize"],
  constraints: [...URL_CONSTRAINTS, JSON_CONTENT_TYPE, ...DOCUMENT_CONSTRAINTS],
  redirects: REDIRECTS,
  cache: {
    minimum: 60,
    fallback: 3600,
    maximum: 86_400,
    honours: ["max-age", "no-store", "no-cache"],
    stale: "refused",
  },
  consent: undefined,
};
