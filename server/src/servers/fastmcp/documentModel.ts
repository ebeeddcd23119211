import { jsonPointer } from "../../document/jsonPointer.js";
import { SHARED_SECRET_METHODS } from "../../metadata/authMethods.js";
import { table } from "../../table.js";
import { constraint, type Report } from "../behaviours/constraintKinds.js";
import { parseAnyHttpUrl } from "../behaviours/pydanticUrl.js";
import type { PythonValue } from "../behaviours/pythonJson.js";
import { isBlank, repr, rstrip } from "../behaviours/pythonText.js";
import { isValueError, urlparse } from "../behaviours/pythonUrlparse.js";
import { stringsIn } from "../behaviours/zodShape.js";
import type { Constraint } from "../profile.js";
import { load, onMember, onMembers } from "./loading.js";
import { hasDotSegments, splitHostAndPort } from "./redirectMatching.js";
import { validateUrl } from "./ssrf.js";

/**
 * FastMCP's `cimd.py`: the JSON, the pydantic model `CIMDDocument` in lax mode, and the two checks after it. Members
 * that the model does not name are ignored, and a member that is null counts as written down.
 *
 * @see https://github.com/PrefectHQ/fastmcp/blob/v4.2.3/fastmcp_slim/fastmcp/server/auth/cimd.py
 */

const REQUIRED = "Field required";
const NOT_A_STRING = "Input should be a valid string";
const NOT_A_LIST = "Input should be a valid list";
const NOT_A_DICTIONARY = "Input should be a valid dictionary";
const NOT_A_URL = "URL input should be a string or URL";

/** The rule for members whose type has no rule of its own. */
const WRONG_TYPE = "document/wrong-type";

const json = constraint({ id: "json", rule: "document/json-syntax" }, (document, report) => {
  const body = load(document).json;
  if (!body || "value" in body) return;
  const fault = document.faults.find(({ kind }) => kind !== "bom" && kind !== "lone-surrogate");
  const rule = `document/${fault?.kind ?? "json-syntax"}`;
  if ("syntaxError" in body) report(`CIMD document is not valid JSON: ${body.syntaxError}`, undefined, rule);
  else report(body.uncaught, undefined, body.uncaught.startsWith("Recursion") ? "document/too-deep" : rule);
});

const dictionary = constraint({ id: "dictionary", rule: "document/not-object" }, (document, report) => {
  const { json: body, members } = load(document);
  if (body && "value" in body && !members)
    report("Input should be a valid dictionary or instance of CIMDDocument");
});

/** `AnyHttpUrl`, where null is already taken care of. */
function httpUrlError(value: PythonValue): string | undefined {
  if (typeof value !== "string") return NOT_A_URL;
  const url = parseAnyHttpUrl(value);
  return "error" in url ? url.error : undefined;
}

const clientIdRequired = onMembers(
  { id: "client-id-required", rule: "client-id/missing" },
  (members, report) => {
    if (!members.has("client_id")) report(`client_id: ${REQUIRED}`);
  },
);

const clientIdUrl = onMember(
  { id: "client-id-url", rule: "client-id/absolute-url" },
  "client_id",
  (value, report) => {
    const error = httpUrlError(value);
    if (error === undefined) return;
    const scheme = error.startsWith("URL scheme") ? "client-id/https" : undefined;
    const rule = typeof value !== "string" || value === "" ? "client-id/type" : scheme;
    report(`client_id: ${error}`, "/client_id", nullRule(value) ?? rule);
  },
);

const clientIdEqualsUrl = onMembers(
  { id: "client-id-equals-url", rule: "client-id/url-mismatch" },
  (members, report, url) => {
    const value = members.get("client_id");
    if (typeof value !== "string" || url === undefined) return;
    const parsed = parseAnyHttpUrl(value);
    if ("error" in parsed || rstrip(parsed.href, "/") === rstrip(url, "/")) return;
    const same = rstrip(value, "/") === rstrip(url, "/");
    report(
      `CIMD client_id mismatch: document says '${parsed.href}' but was fetched from '${url}'`,
      "/client_id",
      same ? spellingRule(value) : undefined,
    );
  },
);

/**
 * Why a URL that is the same in the document and in the request does not count as the same: FastMCP normalises the
 * document's and not the requested one.
 */
function spellingRule(url: string): string {
  if (/[^\0-\x7f]/.test(url)) return "client-id/non-ascii";
  if (url.includes("\\")) return "client-id/backslash";
  const parsed = urlparse(url);
  if (isValueError(parsed)) return "client-id/url-mismatch";
  if (!url.startsWith("https:")) return "client-id/scheme-case";
  const [host, port] = splitHostAndPort(parsed);
  if (host.toLowerCase() !== host) return "client-id/host-case";
  if (port === "443" || port === "") return "client-id/default-port";
  if (parsed.path.split("/").some((segment) => segment === "." || segment === ".."))
    return "client-id/dot-segment";
  if (hasDotSegments(parsed.path)) return "client-id/dot-segment-encoded";
  return /[\0-\x20"<>`{}]/.test(url) ? "client-id/illegal-character" : "client-id/url-mismatch";
}

const redirectUrisRequired = onMembers(
  { id: "redirect-uris-required", rule: "redirect-uris/missing" },
  (members, report) => {
    if (!members.has("redirect_uris")) report(`redirect_uris: ${REQUIRED}`);
  },
);

const redirectUrisList = stringList("redirect_uris", "redirect-uris/type", false);

/** The validator of `redirect_uris`, which pydantic calls when the list holds nothing but strings. */
function redirectUrisValidator(
  id: string,
  rule: string,
  check: (uris: readonly string[], report: Report) => void,
): Constraint {
  return onMember({ id, rule }, "redirect_uris", (value, report) => {
    if (Array.isArray(value) && value.every((uri) => typeof uri === "string")) check(value, report);
  });
}

const redirectUrisNotEmpty = redirectUrisValidator(
  "redirect-uris-not-empty",
  "redirect-uris/empty",
  (uris, report) => {
    if (uris.length === 0)
      report("redirect_uris: CIMD documents must include at least one redirect_uri", "/redirect_uris");
  },
);

function eachRedirectUri(
  id: string,
  rule: string,
  check: (uri: string) => { readonly message: string; readonly rule?: string } | undefined,
): Constraint {
  return redirectUrisValidator(id, rule, (uris, report) => {
    for (const { index, text } of stringsIn(uris)) {
      const found = check(text);
      if (found) report(`redirect_uris: ${found.message}`, jsonPointer("redirect_uris", index), found.rule);
    }
  });
}

const redirectUriNotBlank = eachRedirectUri("redirect-uri-not-blank", "redirect-uris/type", (uri) =>
  isBlank(uri) ? { message: "CIMD redirect_uris must be non-empty strings" } : undefined,
);

const redirectUriParses = eachRedirectUri("redirect-uri-parses", "redirect-uris/absolute", (uri) => {
  const parsed = urlparse(uri);
  return isValueError(parsed) ? { message: parsed.valueError } : undefined;
});

const redirectUriScheme = eachRedirectUri("redirect-uri-scheme", "redirect-uris/absolute", (uri) => {
  const parsed = urlparse(uri);
  if (isBlank(uri) || isValueError(parsed) || parsed.scheme !== "") return undefined;
  return { message: `CIMD redirect_uri must have a scheme (e.g. http:// or https://): ${repr(uri)}` };
});

/** Which redirect URIs have to have a host. */
export type NeedsHost = (scheme: string, uri: string) => boolean;

/** 4.1.7 and later: a private-use scheme has none (RFC 8252 §7.1). */
export const webNeedsHost: NeedsHost = (scheme) => scheme === "http" || scheme === "https";

/** Before 4.1.7, and 3.x: all but URNs. */
export const allNeedHost: NeedsHost = (_scheme, uri) => !uri.startsWith("urn:");

function redirectUriHost(needsHost: NeedsHost): Constraint {
  return eachRedirectUri("redirect-uri-host", "redirect-uris/private-use-fastmcp", (uri) => {
    const parsed = urlparse(uri);
    if (isValueError(parsed) || parsed.scheme === "" || parsed.netloc !== "") return undefined;
    if (!needsHost(parsed.scheme, uri)) return undefined;
    const rule = HOSTLESS_RULES.get(parsed.scheme);
    return {
      message: `CIMD redirect_uri must have a host: ${repr(uri)}`,
      ...(rule === undefined ? {} : { rule }),
    };
  });
}

/** What a redirect URI without a host is, where it is not a private-use scheme's. */
const HOSTLESS_RULES = table<string>({
  http: "redirect-uris/absolute",
  https: "redirect-uris/absolute",
  javascript: "redirect-uris/unsafe-scheme",
  data: "redirect-uris/unsafe-scheme",
  file: "redirect-uris/unsafe-scheme",
  vbscript: "redirect-uris/unsafe-scheme",
  blob: "redirect-uris/unsafe-scheme",
  about: "redirect-uris/unsafe-scheme",
  mailto: "redirect-uris/unsafe-scheme",
});

const authMethod = onMember(
  { id: "auth-method", rule: "auth-method/unknown" },
  "token_endpoint_auth_method",
  (value, report) => {
    if (value === "none" || value === "private_key_jwt") return;
    report(
      "token_endpoint_auth_method: Input should be 'none' or 'private_key_jwt'",
      "/token_endpoint_auth_method",
      nullRule(value) ?? (typeof value === "string" ? methodRule(value) : WRONG_TYPE),
    );
  },
);

function methodRule(method: string): string | undefined {
  if (SHARED_SECRET_METHODS.has(method)) return "auth-method/shared-secret";
  return ["none", "private_key_jwt"].includes(method.toLowerCase()) ? "auth-method/case" : undefined;
}

/** `str | None`. A lone surrogate is fine: pydantic hands Python's string on without looking at it. */
function optionalString(name: string): Constraint {
  return onMember({ id: constraintId(name), rule: WRONG_TYPE }, name, (value, report) => {
    if (value !== null && typeof value !== "string") report(`${name}: ${NOT_A_STRING}`, jsonPointer(name));
  });
}

/** `list[str]`, or `list[str] | None`. */
function stringList(name: string, rule: string, nullable: boolean): Constraint {
  return onMember({ id: constraintId(name), rule }, name, (value, report) => {
    if (nullable && value === null) return;
    if (!Array.isArray(value)) {
      report(`${name}: ${NOT_A_LIST}`, jsonPointer(name), nullRule(value));
      return;
    }
    for (const [index, item] of value.entries()) {
      if (typeof item !== "string") report(`${name}.${index}: ${NOT_A_STRING}`, jsonPointer(name, index));
    }
  });
}

/** `AnyHttpUrl | None`. */
function optionalUrl(name: string): Constraint {
  return onMember({ id: constraintId(name), rule: "uri/absolute" }, name, (value, report) => {
    const error = value === null ? undefined : httpUrlError(value);
    if (error !== undefined) report(`${name}: ${error}`, jsonPointer(name), urlRule(name, value));
  });
}

const UNSAFE_SCHEME = /^[\0-\x20]*(?:javascript|data|file|vbscript|blob|about):/i;

function urlRule(name: string, value: PythonValue): string | undefined {
  if (typeof value !== "string") return WRONG_TYPE;
  if (value === "") return "document/empty-string";
  if (!UNSAFE_SCHEME.test(value)) return undefined;
  return name === "logo_uri" && /^[\0-\x20]*data:/i.test(value) ? "logo-uri/data" : "uri/unsafe-scheme";
}

const jwks = onMember({ id: "jwks", rule: WRONG_TYPE }, "jwks", (value, report) => {
  if (value !== null && !(value instanceof Map)) report(`jwks: ${NOT_A_DICTIONARY}`, "/jwks");
});

/** `validate_url(jwks_uri)`, without a path being required. The model has made sure that it is an http or https URL. */
function jwksUriConstraint(id: string, rule: string, https: boolean): Constraint {
  return onMember({ id, rule }, "jwks_uri", (value, report) => {
    const url = typeof value === "string" ? parseAnyHttpUrl(value) : undefined;
    const refusal = url && "href" in url ? validateUrl(url.href) : undefined;
    if (!refusal || (refusal.requirement === "https") !== https) return;
    report(`CIMD jwks_uri failed SSRF validation: ${refusal.message}`, "/jwks_uri");
  });
}

function nullRule(value: PythonValue): string | undefined {
  return value === null ? "document/null-value" : undefined;
}

function constraintId(name: string): string {
  return name.replaceAll("_", "-");
}

/** Everything that makes FastMCP refuse a document that it has fetched. */
export function documentModel(needsHost: NeedsHost): readonly Constraint[] {
  return [...BEFORE_HOSTS, redirectUriHost(needsHost), ...AFTER_HOSTS];
}

const BEFORE_HOSTS: readonly Constraint[] = [
  json,
  dictionary,
  clientIdRequired,
  clientIdUrl,
  clientIdEqualsUrl,
  redirectUrisRequired,
  redirectUrisList,
  redirectUrisNotEmpty,
  redirectUriNotBlank,
  redirectUriParses,
  redirectUriScheme,
];

const AFTER_HOSTS: readonly Constraint[] = [
  authMethod,
  optionalString("client_name"),
  optionalString("scope"),
  optionalString("software_id"),
  optionalString("software_version"),
  stringList("grant_types", WRONG_TYPE, false),
  stringList("response_types", WRONG_TYPE, false),
  stringList("contacts", WRONG_TYPE, true),
  optionalUrl("client_uri"),
  optionalUrl("logo_uri"),
  optionalUrl("tos_uri"),
  optionalUrl("policy_uri"),
  optionalUrl("jwks_uri"),
  jwks,
  jwksUriConstraint("jwks-uri-https", "jwks-uri/https", true),
  jwksUriConstraint("jwks-uri-address", "uri/special-use-host", false),
];
