import { jsonPointer } from "../../document/jsonPointer.js";
import { splitUri } from "../../uri/splitUri.js";
import { onMembers } from "../behaviours/constraintKinds.js";
import {
  eachRedirect,
  methodAmong,
  noClientSecret,
  pythonJsonObject,
  type RedirectFault,
  redirectList,
  redirectStrings,
  sameClientId,
  sizeLimit,
} from "../behaviours/documentConstraints.js";
import { isGlobal, parseIpAddress } from "../behaviours/pythonIpAddress.js";
import { refusedKindRule } from "../behaviours/redirectKinds.js";
import { commonUrlConstraints, urlConstraint } from "../behaviours/urlConstraints.js";
import type { Constraint, ServerProfile } from "../profile.js";
import { REDIRECT_MATCHING } from "./redirectMatching.js";

/** `CIMD_MAX_DOCUMENT_SIZE`. */
const MAX_BYTES = 16_384;
/** `client_id` and `name` are columns of this many characters. */
const MAX_LENGTH = 255;
const GRANTS = ["authorization_code", "implicit"];
const SCHEMES: ReadonlySet<string> = new Set(["http", "https"]);

function redirectFault(uri: string): RedirectFault | undefined {
  if (uri.includes("#"))
    return {
      message: "redirect uri URI validation error. fragment not allowed",
      rule: "redirect-uris/fragment",
    };
  if (/^https?:\/\/[^/?#\s]/.test(uri)) return undefined;
  const { scheme, authority } = splitUri(uri);
  const lower = scheme?.toLowerCase();
  if (lower === undefined || !SCHEMES.has(lower))
    return { message: "redirect uri URI Validation error. invalid_scheme", rule: refusedKindRule(uri) };
  return authority
    ? undefined
    : { message: "redirect uri URI validation error. missing host", rule: "redirect-uris/absolute" };
}

const CONSTRAINTS: readonly Constraint[] = [
  ...commonUrlConstraints({
    https: "client_id URL must use the https scheme",
    host: "client_id URL must contain a host",
    userinfo: "client_id URL must not contain a userinfo component",
    fragment: "client_id URL must not contain a fragment component",
    path: "client_id URL must contain a path component",
    dotSegments: "client_id URL must not contain dot path segments",
  }),
  urlConstraint("url-port", "client-id/port-invalid", "client_id URL has an invalid port", ({ port }) =>
    port === undefined || port === "" ? false : !/^\d+$/.test(port) || Number(port) > 65_535,
  ),
  urlConstraint(
    "url-length",
    "client-id/length",
    `invalid client metadata: Ensure this value has at most ${MAX_LENGTH} characters`,
    (_parts, url) => url.length > MAX_LENGTH,
  ),
  urlConstraint("fetch-address", "client-id/special-use-host", "the address is not public", ({ host }) => {
    const address = parseIpAddress(host?.replace(/^\[(.*)\]$/, "$1") ?? "");
    return address !== undefined && !isGlobal(address);
  }),
  sizeLimit(MAX_BYTES, () => "client_id document exceeds the maximum allowed size"),
  ...pythonJsonObject("client_id document is not valid JSON", "client_id document must be a JSON object"),
  sameClientId(() => "document client_id does not match the client_id URL", { bom: "strip" }),
  methodAmong(
    ["none"],
    (method) => `CIMD clients must be public; got token_endpoint_auth_method '${method}'`,
    { bom: "strip" },
  ),
  noClientSecret("CIMD client metadata must not include client_secret or client_secret_expires_at", {
    bom: "strip",
  }),
  redirectList("redirect_uris must be a non-empty array of strings", { bom: "strip" }),
  redirectStrings("redirect_uris must be a non-empty array of strings", { bom: "strip" }),
  eachRedirect("redirect-shape", redirectFault, { bom: "strip" }),
  onMembers({ id: "grant-types", rule: "grant-types/extra", bom: "strip" }, (members, report) => {
    const grants = members["grant_types"];
    if (grants === undefined) return;
    if (!Array.isArray(grants) || !grants.every((grant) => typeof grant === "string")) {
      report("grant_types must be an array of strings", "/grant_types", "grant-types/type");
      return;
    }
    const [only = "", ...more] = grants.filter((grant) => grant !== "refresh_token");
    if (only === "" || more.length > 0) {
      const message = "client metadata must declare exactly one non-refresh grant type";
      const other = grants.findIndex((grant) => grant !== "refresh_token" && grant !== "authorization_code");
      if (only === "") report(message, "/grant_types", "grant-types/refresh-only");
      else report(message, other < 0 ? "/grant_types" : jsonPointer("grant_types", other));
    } else if (!GRANTS.includes(only)) {
      report(`unsupported grant_type: '${only}'`, jsonPointer("grant_types", grants.indexOf(only)));
    }
  }),
  onMembers(
    { id: "client-name", rule: "client-name/length", bom: "strip" },
    ({ client_name: name }, report) => {
      if (name === undefined) return;
      if (typeof name !== "string")
        report("client_name must be a string", "/client_name", "document/wrong-type");
      else if ([...name].length > MAX_LENGTH)
        report(
          `invalid client metadata: Ensure this value has at most ${MAX_LENGTH} characters`,
          "/client_name",
        );
    },
  ),
];

/**
 * django-oauth-toolkit with `CIMD_ENABLED` and otherwise default settings. The caller only hears that the client is
 * unknown; the messages are those of the log. What Django's own URL validator requires of a host was not read.
 */
export const djangoOauthToolkit: ServerProfile = {
  id: "django-oauth-toolkit",
  name: "django-oauth-toolkit",
  version: "main after 3.4.1 (2026-08-22)",
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
      what: "django-oauth/django-oauth-toolkit oauth2_provider/authorization_server/cimd.py @0f9d49f4abe0",
      url: "https://github.com/django-oauth/django-oauth-toolkit/blob/0f9d49f4abe00bc5c605ed52cf42cd96a3ed2ae2/oauth2_provider/authorization_server/cimd.py",
    },
    {
      what: "django-oauth/django-oauth-toolkit oauth2_provider/models.py, validators.py, settings.py, core/safe_fetch.py @0f9d49f4abe0",
      url: "https://github.com/django-oauth/django-oauth-toolkit/blob/0f9d49f4abe00bc5c605ed52cf42cd96a3ed2ae2/oauth2_provider/validators.py",
    },
  ],
  readCompletely: [],
  constraints: CONSTRAINTS,
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
