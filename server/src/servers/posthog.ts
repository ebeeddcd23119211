import { jsonPointer } from "../document/jsonPointer.js";
import { describeValue } from "../document/valueText.js";
import { classifyRedirectUri } from "../redirects/classify.js";
import { splitUri } from "../uri/splitUri.js";
import { onMembers } from "./behaviours/constraintKinds.js";
import {
  eachRedirect,
  methodAmong,
  pythonJsonObject,
  type RedirectFault,
  redirectList,
  sameClientId,
  sizeLimit,
} from "./behaviours/documentConstraints.js";
import { commonUrlConstraints, urlConstraint } from "./behaviours/urlConstraints.js";
import type { Constraint, ServerProfile } from "./profile.js";

/** `json.loads` of the bytes. */
const PYTHON = { bom: "strip", json: "python" } as const;

const MAX_BYTES = 5120;
/** `CIMD_SUPPORTED_AUTH_METHODS`. */
const METHODS = ["none", "private_key_jwt"];
const BLOCKED_SCHEMES: ReadonlySet<string> = new Set(["javascript", "data", "file", "blob", "vbscript"]);

function redirectFault(uri: string): RedirectFault | undefined {
  if (uri.trim() === "")
    return { message: "Each redirect_uri must be a non-empty string", rule: "redirect-uris/type" };
  if (/\s/.test(uri))
    return { message: "redirect_uri must not contain whitespace", rule: "redirect-uris/illegal-character" };
  if (uri.includes("#") && !uri.endsWith("#"))
    return { message: `Redirect URI ${uri} cannot contain fragments`, rule: "redirect-uris/fragment" };
  if (uri.startsWith("https://")) return undefined;
  const scheme = splitUri(uri).scheme?.toLowerCase();
  if (scheme !== undefined && BLOCKED_SCHEMES.has(scheme))
    return {
      message: `Redirect URI scheme '${scheme}' is not allowed for security reasons`,
      rule: "redirect-uris/unsafe-scheme",
    };
  return scheme === "http" && classifyRedirectUri(uri).kind === "http"
    ? {
        message: `Redirect URI ${uri} must use https (http is only allowed for loopback addresses)`,
        rule: "redirect-uris/http-non-loopback",
      }
    : undefined;
}

/** What `validate_cimd_url` asks of `jwks_uri`, which it treats like a client identifier URL. */
function keysFault(uri: string): RedirectFault | undefined {
  if (!uri.startsWith("https://"))
    return { message: "jwks_uri must be an https URL", rule: "jwks-uri/https" };
  const { path, query, fragment, userinfo } = splitUri(uri);
  const blocked = "jwks_uri is not allowed: CIMD client_id must";
  if (fragment) return { message: `${blocked} not contain a fragment`, rule: "jwks-uri/fragment" };
  if (userinfo) return { message: `${blocked} not contain userinfo`, rule: "jwks-uri/userinfo" };
  if (path === "" || path === "/")
    return { message: `${blocked} include a path component`, rule: "jwks-uri/https" };
  return query ? { message: `${blocked} not contain query parameters`, rule: "jwks-uri/https" } : undefined;
}

const CONSTRAINTS: readonly Constraint[] = [
  urlConstraint("url-prefix", "client-id/https", "CIMD client_id must use HTTPS", ({ scheme }, url) => {
    if (url.startsWith("https://")) return false;
    return scheme?.toLowerCase() === "https" ? "client-id/scheme-case" : true;
  }),
  ...commonUrlConstraints({
    morePath: "CIMD client_id must include a path component",
    fragment: "CIMD client_id must not contain a fragment",
    query: "CIMD client_id must not contain query parameters",
    userinfo: "CIMD client_id must not contain userinfo",
  }),
  sizeLimit(MAX_BYTES, () => `Metadata document exceeds ${MAX_BYTES} byte limit`),
  ...pythonJsonObject("Invalid JSON in metadata document", "Metadata document must be a JSON object"),
  sameClientId((id, url) => `client_id in metadata ('${id}') does not match URL ('${url}')`, {
    ...PYTHON,
  }),
  redirectList("Metadata document must contain a non-empty redirect_uris array", PYTHON),
  onMembers({ id: "redirect-strings", rule: "redirect-uris/type", ...PYTHON }, (members, report) => {
    const uris = members["redirect_uris"];
    const index = Array.isArray(uris) ? uris.findIndex((uri) => typeof uri !== "string") : -1;
    if (index >= 0)
      report("Each redirect_uri must be a non-empty string", jsonPointer("redirect_uris", index));
  }),
  eachRedirect("redirect-shape", redirectFault, PYTHON),
  methodAmong(
    METHODS,
    (method) =>
      `CIMD clients cannot use token_endpoint_auth_method '${describeValue(method, { quotes: false })}'`,
    PYTHON,
  ),
  onMembers({ id: "jwks-uri", rule: "jwks-uri/https", ...PYTHON }, (members, report) => {
    const { token_endpoint_auth_method: method, jwks_uri: uri } = members;
    if (method !== "private_key_jwt") return;
    if (typeof uri !== "string" || uri === "") {
      const rule = "auth-method/private-key-jwt-no-keys";
      report(
        "token_endpoint_auth_method 'private_key_jwt' requires a jwks_uri",
        "/token_endpoint_auth_method",
        rule,
      );
      return;
    }
    const fault = keysFault(uri);
    if (fault) report(fault.message, "/jwks_uri", fault.rule);
  }),
];

/**
 * PostHog Cloud. It stores redirect URIs in django-oauth-toolkit's application model, whose own URL checks were not
 * read; a name it does not take becomes "CIMD Client", and grants and scope of a document are not looked at.
 */
export const posthog: ServerProfile = {
  id: "posthog",
  name: "PostHog",
  version: "main, late 2026",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  reach: {
    kind: "hosted",
    generallyAvailable: true,
    source: "https://posthog.com/docs/api/oauth",
    date: "2026-12-01",
  },
  evidence: [
    {
      what: "PostHog/posthog posthog/api/oauth/cimd.py (newer than @0150f8fc3124: CIMD_SUPPORTED_AUTH_METHODS, jwks_uri)",
      url: "https://github.com/PostHog/posthog/blob/master/posthog/api/oauth/cimd.py",
    },
    {
      what: "PostHog/posthog posthog/models/oauth.py @009c57ad336c",
      url: "https://github.com/PostHog/posthog/blob/009c57ad336c843672e2b3d22c56de77aae0a229/posthog/models/oauth.py",
    },
  ],
  notExecuted: "no-release",
  readCompletely: [],
  constraints: CONSTRAINTS,
  redirects: undefined,
  cache: { minimum: 300, fallback: 3600, maximum: 86_400, honours: ["max-age"], stale: "kept" },
  consent: {
    shows: ["client-name", "logo"],
    note: 'A name it does not accept is shown as "CIMD Client"; the logo only when it is https and public.',
  },
};
