import { jsonPointer } from "../../document/jsonPointer.js";
import { constraint, onUrl } from "../behaviours/constraintKinds.js";
import { syntaxRule } from "../behaviours/jsonBody.js";
import { typeRule } from "../behaviours/memberRules.js";
import { PythonDocument, pythonUrlConstraints } from "../behaviours/pythonDocument.js";
import type { PythonValue } from "../behaviours/pythonJson.js";
import { normpath } from "../behaviours/pythonPosixPath.js";
import { notFetchedByRequests } from "../behaviours/pythonRequests.js";
import { words } from "../behaviours/pythonText.js";
import { hasUserinfo, hostname, isValueError, urlparse } from "../behaviours/pythonUrlparse.js";
import { dotSegmentRule } from "../behaviours/urlConstraints.js";
import { stringsIn } from "../behaviours/zodShape.js";
import { encodingError } from "../django-oauth-toolkit/validation.js";
import type { Constraint, ServerProfile } from "../profile.js";
import { pageOfUri, REDIRECT_MATCHING, storedUris, valueErrorOf } from "./redirectMatching.js";

/** `MAX_RESPONSE_SIZE`. */
const BODY = new PythonDocument(2048);
/** `Client.id` and `Client.name` are columns of this many characters; a longer name is cut. */
const MAX_LENGTH = 100;

/** `is_cimd_url`: in lower case. */
function isCimdUrl(url: string): boolean {
  return url.startsWith("https:");
}

/** One thing that `validate_client_id` has against a URL that Python parses. */
const urlConstraint = pythonUrlConstraints(isCimdUrl);

const URL_CONSTRAINTS: readonly Constraint[] = [
  onUrl({ id: "url-https", rule: "client-id/https" }, (url, report) => {
    if (!isCimdUrl(url)) report("unknown client", /^https:/i.test(url) ? "client-id/scheme-case" : undefined);
  }),
  onUrl({ id: "url-parses", rule: "client-id/absolute-url" }, (url, report) => {
    const parsed = urlparse(url);
    if (isCimdUrl(url) && isValueError(parsed)) report(`ValueError: ${parsed.valueError}`);
  }),
  urlConstraint(
    "url-host",
    "client-id/absolute-url",
    "client_id must contain a hostname.",
    ({ netloc }) => hostname(netloc) === undefined,
  ),
  urlConstraint(
    "url-host-case",
    "client-id/host-case",
    "client_id hostname must be lowercase.",
    ({ netloc }) => netloc !== netloc.toLowerCase(),
  ),
  urlConstraint(
    "url-path",
    "client-id/path-required",
    "client_id must contain a path component.",
    ({ path }) => (path === "/" ? "client-id/root-path" : path === ""),
  ),
  urlConstraint(
    "url-path-normal",
    "client-id/dot-segment",
    "client_id path is not normalized.",
    ({ path }) => {
      if (path.length < 2 || normpath(path) === path) return undefined;
      return (
        dotSegmentRule(path, false) ??
        (path.endsWith("/") ? "client-id/trailing-slash" : "client-id/empty-segment")
      );
    },
  ),
  urlConstraint(
    "url-query",
    "client-id/query",
    "client_id must not contain a query component.",
    ({ query }) => query !== "",
  ),
  urlConstraint(
    "url-fragment",
    "client-id/fragment",
    "client_id must not contain a fragment.",
    ({ fragment }) => fragment !== "",
  ),
  urlConstraint(
    "url-userinfo",
    "client-id/userinfo",
    "client_id must not contain credentials.",
    ({ netloc }) => hasUserinfo(netloc),
  ),
  onUrl({ id: "url-length", rule: "client-id/length" }, (url, report) => {
    if (isCimdUrl(url) && [...url].length > MAX_LENGTH)
      report(`client_id exceeds maximum length of ${MAX_LENGTH}.`);
  }),
  onUrl({ id: "fetch-url", rule: "client-id/absolute-url" }, (url, report) => {
    const found = isCimdUrl(url) ? notFetchedByRequests(url) : undefined;
    if (found) report(found.error);
  }),
];

/** `_get_list_of_str`: a member that is there is a list of strings with something in it. */
function stringList(member: string): Constraint {
  return BODY.on(
    { id: `list-${member.replaceAll("_", "-")}`, rule: "document/wrong-type" },
    (members, report) => {
      const list = members.get(member);
      if (list === undefined) return;
      const words = `'${member}' must be a non-empty list of strings.`;
      const items = Array.isArray(list) ? list : undefined;
      const index = items?.findIndex((item) => typeof item !== "string") ?? -1;
      if (index >= 0) report(words, jsonPointer(member, index), typeRule(member, list));
      else if (items === undefined || items.length === 0)
        report(words, jsonPointer(member), typeRule(member, list));
    },
  );
}

const BODY_CONSTRAINTS: readonly Constraint[] = [
  BODY.size("CIMD response too large."),
  constraint({ id: "json", rule: "document/json-syntax" }, (document, report) => {
    const body = BODY.body(document);
    if (!body || "value" in body) return;
    if ("uncaught" in body) report(body.uncaught, undefined, "document/too-deep");
    else
      report(
        `CIMD response is not valid JSON: ${body.syntaxError}`,
        undefined,
        syntaxRule(document, "strip"),
      );
  }),
  BODY.object("CIMD document must be a JSON object."),
  BODY.sameClientId("'client_id' in CIMD document does not match the URL."),
];

const METADATA_CONSTRAINTS: readonly Constraint[] = [
  ...["scope", "client_name"].map((member) =>
    BODY.on({ id: member.replace("_", "-"), rule: "document/wrong-type" }, (members, report) => {
      const value = members.get(member);
      if (value !== undefined && typeof value !== "string")
        report(`'${member}' must be a string.`, jsonPointer(member), typeRule(member, value));
    }),
  ),
  BODY.on({ id: "redirect-uris", rule: "redirect-uris/missing" }, (members, report) => {
    if (!members.has("redirect_uris")) report("'redirect_uris' must be a non-empty list of strings.");
  }),
  ...["redirect_uris", "grant_types", "response_types", "post_logout_redirect_uris"].map(stringList),
  BODY.on({ id: "stored-text", rule: "document/lone-surrogate" }, (members, report) => {
    const unstorable = (text: string, pointer: string) => {
      const error = encodingError(text);
      if (error !== undefined) report(error, pointer);
    };
    const [name, scope] = [members.get("client_name"), members.get("scope")];
    if (typeof name === "string") unstorable([...name].slice(0, MAX_LENGTH).join(""), "/client_name");
    if (typeof scope === "string") unstorable(scope, "/scope");
    for (const member of ["redirect_uris", "grant_types", "response_types"])
      for (const { index, text } of stringsIn(members.get(member)))
        unstorable(text, jsonPointer(member, index));
  }),
  BODY.on({ id: "stored-numbers", rule: "document/json-syntax" }, (members, report) => {
    if (hasNoJsonNumber(members))
      report('IntegrityError: CHECK constraint failed: (JSON_VALID("data") OR "data" IS NULL)');
  }),
];

/** `NaN` and infinity: Python reads and writes them, and no database takes them for JSON. */
function hasNoJsonNumber(value: PythonValue): boolean {
  if (typeof value === "number") return !Number.isFinite(value);
  if (Array.isArray(value)) return value.some(hasNoJsonNumber);
  return value instanceof Map && [...value.values()].some(hasNoJsonNumber);
}

/** What the column of a list has in it after it was stored and read again. */
function storedList(value: PythonValue | undefined, absent: string): readonly string[] {
  return value === undefined ? [absent] : stringsIn(value).flatMap(({ text }) => storedUris(text));
}

const REQUEST_CONSTRAINTS: readonly Constraint[] = [
  BODY.on(
    { id: "response-code", rule: "response-types/empty-with-code", stage: "authorize" },
    (members, report) => {
      const types = members.get("response_types");
      if (!storedList(types, "code").includes("code")) report("unauthorized_client", "/response_types");
    },
  ),
  BODY.on(
    { id: "redirect-order", rule: "redirect-uris/port-invalid", stage: "authorize" },
    (members, report) => {
      /** What a request for a page ends with, and what every request does, at the entries that follow. */
      const ends = new Map<string | undefined, string>();
      for (const { index, text } of stringsIn(members.get("redirect_uris"))) {
        const uris = storedUris(text);
        const found = uris.map((uri) => ends.get(undefined) ?? ends.get(pageOfUri(uri) ?? ""));
        const [message] = found;
        if (message !== undefined && !found.includes(undefined))
          report(`ValueError: ${message}`, jsonPointer("redirect_uris", index));
        for (const uri of uris) {
          const error = valueErrorOf(uri);
          if (error && !ends.has(error.page)) ends.set(error.page, error.message);
        }
      }
    },
  ),
  BODY.on(
    { id: "scope-granted", rule: "scope/empty", stage: "authorize", effect: "limits" },
    (members, report) => {
      const scope = members.get("scope");
      if (typeof scope === "string" && words(scope).length === 0)
        report("invalid_scope: the consent page has nothing that can be granted", "/scope");
    },
  ),
  BODY.on({ id: "grant-code", rule: "grant-types/code-mismatch", stage: "token" }, (members, report) => {
    const grants = members.get("grant_types");
    if (!storedList(grants, "authorization_code").includes("authorization_code"))
      report("unauthorized_client", "/grant_types");
  }),
  BODY.on(
    { id: "grant-refresh", rule: "grant-types/no-refresh", stage: "token", effect: "limits" },
    (members, report) => {
      const grants = members.get("grant_types");
      if (!storedList(grants, "authorization_code").includes("refresh_token"))
        report("unauthorized_client", grants === undefined ? undefined : "/grant_types");
    },
  ),
];

const FILES = ["internal/clientkit.py", "internal/oauthlib/request_validator.py", "views.py", "models.py"];
const SOURCE = "https://github.com/pennersr/django-allauth/blob/65.22.1/allauth/idp/oidc";

/**
 * django-allauth's identity provider with `IDP_OIDC_CIMD_ENABLED` and otherwise default settings. The client only hears that
 * it is unknown; the messages are those of the exceptions. Entries are compared one after the other, and one that Python
 * does not parse ends the request: an entry after it is never reached. `token_endpoint_auth_method` is not read.
 */
export const djangoAllauth: ServerProfile = {
  id: "django-allauth",
  name: "django-allauth",
  version: "65.22.1",
  kind: "authorization-server-library",
  confidence: "read-source",
  audience: ["mcp"],
  reach: {
    kind: "downloads",
    package: "pypi:django-allauth",
    perMonth: 3_451_374,
    source:
      "https://github.com/hugovk/top-pypi-packages/blob/5501c5c934df26d6f01fb1ca810845db02111c7d/top-pypi-packages.json",
    date: "2026-04-01",
  },
  evidence: [
    {
      what: "pypi:django-allauth@65.22.1 allauth/idp/oidc/internal/cimd.py",
      url: `${SOURCE}/internal/cimd.py`,
    },
    ...FILES.map((file) => ({
      what: `pypi:django-allauth@65.22.1 allauth/idp/oidc/${file}`,
      url: `${SOURCE}/${file}`,
    })),
    {
      what: "pypi:requests@2.34.2 src/requests/models.py; pypi:urllib3@2.8.0 src/urllib3/util/url.py",
      url: "https://github.com/psf/requests/blob/v2.34.2/src/requests/models.py",
    },
  ],
  readCompletely: ["fetch", "document", "authorize", "token"],
  constraints: [...URL_CONSTRAINTS, ...BODY_CONSTRAINTS, ...METADATA_CONSTRAINTS, ...REQUEST_CONSTRAINTS],
  redirects: REDIRECT_MATCHING,
  cache: { minimum: 3600, fallback: 3600, maximum: 3600, honours: [], stale: "kept" },
  consent: {
    shows: ["client-name", "scopes"],
    note: "The page names the client and the site, and has a box to tick for each scope.",
  },
};
