import { jsonPointer } from "../../document/jsonPointer.js";
import { describeValue } from "../../document/valueText.js";
import { constraint, onUrl } from "../behaviours/constraintKinds.js";
import { methodRule } from "../behaviours/documentConstraints.js";
import { syntaxRule } from "../behaviours/jsonBody.js";
import { JSON_CONTENT_TYPE } from "../behaviours/jsonContentType.js";
import { PythonDocument, pythonUrlConstraints } from "../behaviours/pythonDocument.js";
import { type IpAddress, ipv6Within, isGlobal, mappedIpv4 } from "../behaviours/pythonIpAddress.js";
import type { PythonValue } from "../behaviours/pythonJson.js";
import { resolveHost } from "../behaviours/pythonResolve.js";
import { isBlank, repr } from "../behaviours/pythonText.js";
import { hasUserinfo, hostname, isValueError, port, urlparse } from "../behaviours/pythonUrlparse.js";
import { dotSegmentRule } from "../behaviours/urlConstraints.js";
import { stringsIn } from "../behaviours/zodShape.js";
import type { Constraint, ServerProfile } from "../profile.js";
import { hostOf, portError, REDIRECT_MATCHING } from "./redirectMatching.js";
import { encodingError, refusalOf, storedUris } from "./validation.js";

/** `CIMD_MAX_DOCUMENT_SIZE`. */
const BODY = new PythonDocument(16_384);
/** `client_id` and `name` are columns of this many characters. */
const MAX_LENGTH = 255;
const TOO_LONG = `invalid client metadata: Ensure this value has at most ${MAX_LENGTH} characters`;

/** `is_cimd_client_id`. */
function isCimdUrl(url: string): boolean {
  return /^https:\/\//i.test(url);
}

/** One thing that `_validate_client_id_url`, or the fetch after it, has against a URL that Python parses. */
const urlConstraint = pythonUrlConstraints(isCimdUrl);

const URL_CONSTRAINTS: readonly Constraint[] = [
  onUrl({ id: "url-https", rule: "client-id/https" }, (url, report) => {
    if (!isCimdUrl(url)) report("Invalid client_id parameter value.");
  }),
  onUrl({ id: "url-parses", rule: "client-id/absolute-url" }, (url, report) => {
    const parsed = urlparse(url);
    if (isCimdUrl(url) && isValueError(parsed)) report(parsed.valueError);
  }),
  urlConstraint(
    "url-host",
    "client-id/absolute-url",
    "client_id URL must contain a host",
    ({ netloc }) => hostname(netloc) === undefined,
  ),
  urlConstraint(
    "url-port",
    "client-id/port-invalid",
    "client_id URL has an invalid port",
    ({ netloc }) => typeof port(netloc) === "object",
  ),
  urlConstraint(
    "url-userinfo",
    "client-id/userinfo",
    "client_id URL must not contain a userinfo component",
    ({ netloc }) => hasUserinfo(netloc),
  ),
  urlConstraint(
    "url-fragment",
    "client-id/fragment",
    "client_id URL must not contain a fragment component",
    ({ fragment }) => fragment !== "",
  ),
  urlConstraint(
    "url-path",
    "client-id/path-required",
    "client_id URL must contain a path component",
    ({ path }) => path === "",
  ),
  urlConstraint(
    "url-dot-segments",
    "client-id/dot-segment",
    "client_id URL must not contain dot path segments",
    ({ path }) => dotSegmentRule(path, false),
  ),
  onUrl({ id: "fetch-address", rule: "client-id/special-use-host" }, (url, report) => {
    const resolved = resolvedHost(url);
    if (resolved && "address" in resolved && !isPublic(resolved.address))
      report(`client_id host resolves to a non-public address (${resolved.text})`);
  }),
  onUrl({ id: "fetch-name", rule: "client-id/absolute-url" }, (url, report) => {
    const resolved = resolvedHost(url);
    if (resolved && "error" in resolved) report(resolved.error);
  }),
  urlConstraint(
    "fetch-host-header",
    "client-id/non-ascii",
    "'latin-1' codec can't encode characters in the Host header",
    ({ netloc }) => /[^\0-\xff]/.test(netloc),
  ),
  onUrl({ id: "url-length", rule: "client-id/length" }, (url, report) => {
    if ([...url].length > MAX_LENGTH) report(TOO_LONG);
  }),
];

function resolvedHost(url: string): ReturnType<typeof resolveHost> | undefined {
  const parsed = urlparse(url);
  const host = isValueError(parsed) ? undefined : hostname(parsed.netloc);
  return host === undefined || !isCimdUrl(url) ? undefined : resolveHost(host);
}

const LOW_32_BITS = 0xffffffffn;

/** `_ip_is_public`: an IPv4 address inside an IPv6 one counts instead of it. */
function isPublic(address: IpAddress): boolean {
  const { version, value } = address;
  if (version === 4) return isGlobal(address);
  const ipv4 = (low: bigint) => isGlobal({ version: 4, value: low & LOW_32_BITS });
  // Teredo: the relay server's address, and the client's with every bit turned over.
  if (ipv6Within(value, "2001::/32")) return ipv4(value >> 64n) && ipv4(value ^ LOW_32_BITS);
  if (mappedIpv4(address) !== undefined || ipv6Within(value, "64:ff9b::/96")) return ipv4(value);
  return ipv6Within(value, "2002::/16") ? ipv4(value >> 80n) : isGlobal(address);
}

const BODY_CONSTRAINTS: readonly Constraint[] = [
  BODY.size("client_id document exceeds the maximum allowed size"),
  constraint({ id: "json", rule: "document/json-syntax" }, (document, report) => {
    const body = BODY.body(document);
    if (!body || "value" in body) return;
    const tooDeep = "uncaught" in body && body.uncaught.startsWith("Recursion");
    if (tooDeep) report(body.uncaught, undefined, "document/too-deep");
    else report("client_id document is not valid JSON", undefined, syntaxRule(document, "strip"));
  }),
  BODY.object("client_id document must be a JSON object"),
  BODY.sameClientId("document client_id does not match the client_id URL"),
];

const METADATA_CONSTRAINTS: readonly Constraint[] = [
  BODY.on({ id: "auth-method", rule: "auth-method/unknown" }, (members, report) => {
    const method =
      members.get("token_endpoint_auth_method") ??
      (members.has("token_endpoint_auth_method") ? null : "none");
    if (method === "none") return;
    const words = `CIMD clients must be public; got token_endpoint_auth_method ${describeValue(method, { quotes: false })}`;
    report(words, "/token_endpoint_auth_method", methodRule(method));
  }),
  BODY.on({ id: "client-secret", rule: "secret/client-secret" }, (members, report) => {
    const words = "CIMD client metadata must not include client_secret or client_secret_expires_at";
    if (members.has("client_secret")) report(words, "/client_secret");
    if (members.has("client_secret_expires_at"))
      report(words, "/client_secret_expires_at", "secret/client-secret-expires-at");
  }),
  BODY.redirectList("redirect_uris must be a non-empty array of strings"),
  BODY.on({ id: "redirect-strings", rule: "redirect-uris/type" }, (members, report) => {
    const uris = members.get("redirect_uris");
    const index = isList(uris) ? uris.findIndex((uri) => typeof uri !== "string") : -1;
    if (index >= 0)
      report("redirect_uris must be a non-empty array of strings", jsonPointer("redirect_uris", index));
  }),
  BODY.on({ id: "redirect-blank", rule: "redirect-uris/type" }, (members, report) => {
    const uris = members.get("redirect_uris");
    if (!isList(uris) || uris.length === 0) return;
    if (uris.every((uri) => typeof uri === "string" && isBlank(uri)))
      report("invalid client metadata: redirect_uris cannot be empty with grant_type", "/redirect_uris");
  }),
  BODY.on({ id: "redirect-shape", rule: "redirect-uris/absolute" }, (members, report) => {
    for (const { index, text } of stringsIn(members.get("redirect_uris"))) {
      for (const uri of storedUris(text)) {
        const refusal = refusalOf(uri);
        if (refusal) report(refusal.message, jsonPointer("redirect_uris", index), refusal.rule);
      }
    }
  }),
  BODY.on({ id: "grant-types", rule: "grant-types/extra" }, (members, report) => {
    const grants = members.get("grant_types");
    if (grants === undefined) return;
    if (!isList(grants) || !grants.every((grant) => typeof grant === "string")) {
      report("grant_types must be an array of strings", "/grant_types", "grant-types/type");
      return;
    }
    const [only, ...more] = grants.filter((grant) => grant !== "refresh_token");
    if (only === undefined || more.length > 0) {
      const words = "client metadata must declare exactly one non-refresh grant type";
      const other = grants.findIndex((grant) => grant !== "refresh_token" && grant !== "authorization_code");
      if (only === undefined) report(words, "/grant_types", "grant-types/refresh-only");
      else report(words, other < 0 ? "/grant_types" : jsonPointer("grant_types", other));
    } else if (only !== "authorization_code" && only !== "implicit") {
      report(`unsupported grant_type: ${repr(only)}`, jsonPointer("grant_types", grants.indexOf(only)));
    }
  }),
  BODY.on({ id: "client-name", rule: "client-name/length" }, (members, report) => {
    const name = members.get("client_name");
    if (name === undefined) return;
    if (typeof name !== "string")
      report("client_name must be a string", "/client_name", "document/wrong-type");
    else if ([...name].length > MAX_LENGTH) report(TOO_LONG, "/client_name");
  }),
  BODY.on({ id: "stored-text", rule: "document/lone-surrogate" }, (members, report) => {
    const name = members.get("client_name");
    const error = typeof name === "string" ? encodingError(name) : undefined;
    if (error !== undefined) report(error, "/client_name");
    for (const { index, text } of stringsIn(members.get("redirect_uris"))) {
      const found = encodingError(text);
      if (found !== undefined) report(found, jsonPointer("redirect_uris", index));
    }
  }),
];

const AUTHORIZE_CONSTRAINTS: readonly Constraint[] = [
  BODY.on({ id: "grant-code", rule: "grant-types/code-mismatch", stage: "authorize" }, (members, report) => {
    const grants = members.get("grant_types");
    if (isList(grants) && grants.includes("implicit")) report("unauthorized_client", "/grant_types");
  }),
  BODY.on(
    { id: "redirect-port", rule: "redirect-uris/port-invalid", stage: "authorize" },
    (members, report) => {
      /** What the request ends with, by the host whose entry has no number for a port. */
      const ends = new Map<string, string>();
      for (const { index, text } of stringsIn(members.get("redirect_uris"))) {
        const uris = storedUris(text);
        const messages = uris.map((uri) => ends.get(hostOf(uri) ?? ""));
        const [message] = messages;
        if (message !== undefined && !messages.includes(undefined))
          report(`ValueError: ${message}`, jsonPointer("redirect_uris", index));
        for (const uri of uris) {
          const error = portError(uri);
          if (error && !ends.has(error.host)) ends.set(error.host, error.message);
        }
      }
    },
  ),
];

function isList(value: PythonValue | undefined): value is readonly PythonValue[] {
  return Array.isArray(value);
}

const FILES = ["models.py", "validators.py", "oauth2_validators.py", "settings.py", "http.py"];

/**
 * django-oauth-toolkit with `CIMD_ENABLED` and otherwise default settings. The caller only hears that the client is
 * unknown; the messages are those of the log. Entries are compared one after the other, and one whose port is no number
 * ends the request for its host: an entry after it is never reached.
 */
export const djangoOauthToolkit: ServerProfile = {
  id: "django-oauth-toolkit",
  name: "django-oauth-toolkit",
  version: "3.4.1",
  kind: "authorization-server-library",
  confidence: "read-source",
  audience: ["mcp"],
  reach: {
    kind: "downloads",
    package: "pypi:django-oauth-toolkit",
    perMonth: 4_505_665,
    source:
      "https://github.com/hugovk/top-pypi-packages/blob/5501c5c934df26d6f01fb1ca810845db02111c7d/top-pypi-packages.json",
    date: "2026-04-01",
  },
  evidence: [
    {
      what: "pypi:django-oauth-toolkit@3.4.1 oauth2_provider/cimd.py",
      url: "https://github.com/django-oauth/django-oauth-toolkit/blob/3.4.1/oauth2_provider/cimd.py",
    },
    ...FILES.map((file) => ({
      what: `pypi:django-oauth-toolkit@3.4.1 oauth2_provider/${file}`,
      url: `https://github.com/django-oauth/django-oauth-toolkit/blob/3.4.1/oauth2_provider/${file}`,
    })),
    {
      what: "pypi:django@5.2.19 django/core/validators.py",
      url: "https://github.com/django/django/blob/5.2.19/django/core/validators.py",
    },
    {
      what: "pypi:oauthlib@4.0.1 oauthlib/uri_validate.py",
      url: "https://github.com/oauthlib/oauthlib/blob/v4.0.1/oauthlib/uri_validate.py",
    },
  ],
  readCompletely: ["fetch", "document", "authorize"],
  constraints: [
    ...URL_CONSTRAINTS,
    JSON_CONTENT_TYPE,
    ...BODY_CONSTRAINTS,
    ...METADATA_CONSTRAINTS,
    ...AUTHORIZE_CONSTRAINTS,
  ],
  redirects: REDIRECT_MATCHING,
  cache: {
    minimum: 300,
    fallback: 86_400,
    maximum: 86_400,
    honours: ["max-age", "no-cache", "no-store"],
    stale: "kept",
  },
  consent: undefined,
};
