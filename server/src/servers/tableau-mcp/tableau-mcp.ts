import { jsonPointer } from "../../document/jsonPointer.js";
import { hostKind } from "../../uri/host.js";
import { onMembers } from "../behaviours/constraintKinds.js";
import { jsonObject, methodRule, sizeLimit } from "../behaviours/documentConstraints.js";
import { addressOf } from "../behaviours/ipAddress.js";
import { isObject } from "../behaviours/jsonBody.js";
import { JSON_CONTENT_TYPE } from "../behaviours/jsonContentType.js";
import { typeRule, urlRule } from "../behaviours/memberRules.js";
import { unparsableRule } from "../behaviours/redirectKinds.js";
import { urlConstraint, whatwgUrlConstraints } from "../behaviours/urlConstraints.js";
import { parseUrl, redirectUrls } from "../behaviours/whatwgUrl.js";
import { compareShape, pointerTo, type Shape } from "../behaviours/zodShape.js";
import type { Constraint, ServerProfile } from "../profile.js";
import { REDIRECT_MATCHING } from "./redirectMatching.js";

const MAX_BYTES = 5120;
const NOT_ALLOWED = "Client Metadata URL is not allowed";
const NOT_RESOLVED = "IP address of Client Metadata URL could not be resolved";
/** `urlHasUnsafeChars` of ssrfcheck, asked about the URL as a parser writes it. */
const UNSAFE = /["<>\\^`{|}]/;
const INVALID = "Client metadata is invalid";
const METHODS = ["none", "client_secret_basic", "client_secret_post", "private_key_jwt"];
const RESPONSE_TYPES = ["code", "token"];
const STRING: Shape = { type: "string" };
const STRINGS: Shape = { type: "array", of: STRING };

/** `cimdMetadataSchema`, without the requirement that URLs parse. */
const SHAPES: readonly (readonly [name: string, shape: Shape, required: boolean])[] = [
  ["client_id", STRING, true],
  ["redirect_uris", { type: "array", of: STRING, nonEmpty: true }, true],
  ["client_name", STRING, false],
  ["logo_uri", STRING, false],
  ["client_uri", STRING, false],
  ["tos_uri", STRING, false],
  ["policy_uri", STRING, false],
  ["grant_types", STRINGS, false],
  ["response_types", { type: "array", of: { type: "enum", options: RESPONSE_TYPES } }, false],
  ["post_logout_redirect_uris", STRINGS, false],
  ["scope", STRING, false],
  ["jwks_uri", STRING, false],
  ["jwks", { type: "object" }, false],
  ["token_endpoint_auth_methods_supported", STRINGS, false],
  ["token_endpoint_auth_method", { type: "enum", options: METHODS }, false],
];
const LINKS = ["logo_uri", "client_uri", "tos_uri", "policy_uri", "jwks_uri"];

/** The rule about a value that misses its shape. */
function shapeRule(name: string, value: unknown): string {
  if (name === "token_endpoint_auth_method") return methodRule(value);
  if (name === "response_types" && typeof value === "string") return "response-types/unknown";
  if (name === "redirect_uris" && Array.isArray(value)) return "redirect-uris/empty";
  return typeRule(name, value);
}

function hostOf(url: string): string {
  return parseUrl(url)?.hostname ?? "";
}

function isIpv4(url: string): boolean {
  return addressOf(hostOf(url))?.length === 2;
}

const CONSTRAINTS: readonly Constraint[] = [
  urlConstraint(
    "url-parses",
    "client-id/absolute-url",
    "a client_id that is no URL names a registered client",
    (_parts, url) => !parseUrl(url),
  ),
  ...whatwgUrlConstraints({ https: NOT_ALLOWED }),
  // The guard of ssrfcheck, which gets the URL with the address in place of the name.
  urlConstraint(
    "fetch-userinfo",
    "client-id/userinfo",
    NOT_ALLOWED,
    (_parts, url) => parseUrl(url)?.username !== undefined && parseUrl(url)?.username !== "",
  ),
  urlConstraint("fetch-characters", "client-id/illegal-character", NOT_ALLOWED, (_parts, url) =>
    UNSAFE.test(parseUrl(url)?.href ?? ""),
  ),
  urlConstraint(
    "fetch-address",
    "client-id/special-use-host",
    NOT_ALLOWED,
    (_parts, url) => isIpv4(url) && hostKind(hostOf(url)) === "special-use-address",
  ),
  urlConstraint("fetch-name", "client-id/ip-literal", NOT_RESOLVED, (_parts, url) => {
    // An IPv6 address is looked up as a name, brackets and all.
    if (hostOf(url).startsWith("[")) return true;
    return hostOf(url) === "localhost" ? "client-id/special-use-host" : false;
  }),
  sizeLimit(MAX_BYTES, () => "Unable to fetch client metadata"),
  ...jsonObject(INVALID, `${INVALID}: Expected object`, { bom: "strip" }),
  onMembers({ id: "shape", rule: "document/wrong-type", bom: "strip" }, (members, report) => {
    for (const [name, shape, required] of SHAPES) {
      const value = members[name];
      if (value === undefined) {
        if (!required) continue;
        const rule = name === "client_id" ? "client-id/missing" : "redirect-uris/missing";
        report(`${INVALID}: Required at "${name}"`, undefined, rule);
        continue;
      }
      compareShape(value, shape, [name], (misfit, path) => {
        const found = misfit.kind === "too-small" ? [] : misfit.value;
        const what = misfit.kind === "option" ? "Invalid enum value" : "Invalid value";
        report(`${INVALID}: ${what} at "${path.join(".")}"`, pointerTo(path), shapeRule(name, found));
      });
    }
  }),
  onMembers({ id: "redirects-parse", rule: "redirect-uris/absolute", bom: "strip" }, (members, report) => {
    const uris = members["redirect_uris"];
    if (!Array.isArray(uris)) return;
    for (const { index, text, url } of redirectUrls(uris)) {
      if (!url)
        report(
          `${INVALID}: Invalid url at "redirect_uris[${index}]"`,
          jsonPointer("redirect_uris", index),
          unparsableRule(text),
        );
    }
    const empty = uris.indexOf("");
    if (empty >= 0)
      report(
        `${INVALID}: Invalid url at "redirect_uris[${empty}]"`,
        jsonPointer("redirect_uris", empty),
        "redirect-uris/type",
      );
  }),
  onMembers({ id: "jwks", rule: "jwks/shape", bom: "strip" }, ({ jwks }, report) => {
    if (!isObject(jwks)) return;
    const { keys } = jwks;
    if (!Array.isArray(keys)) report(`${INVALID}: Expected array at "jwks.keys"`, "/jwks");
    else if (keys.length === 0)
      report(`${INVALID}: at least 1 element at "jwks.keys"`, "/jwks/keys", "jwks/empty");
    for (const [index, key] of Array.isArray(keys) ? keys.entries() : []) {
      if (!isObject(key))
        report(`${INVALID}: Expected object at "jwks.keys[${index}]"`, jsonPointer("jwks", "keys", index));
    }
  }),
  onMembers({ id: "links-parse", rule: "uri/absolute", bom: "strip" }, (members, report) => {
    for (const name of LINKS) {
      const value = members[name];
      if (typeof value === "string" && !parseUrl(value))
        report(`${INVALID}: Invalid url at "${name}"`, jsonPointer(name), urlRule(name, value));
    }
    const logout = members["post_logout_redirect_uris"];
    if (!Array.isArray(logout)) return;
    for (const [index, uri] of logout.entries()) {
      if (typeof uri === "string" && !parseUrl(uri))
        report(
          `${INVALID}: Invalid url at "post_logout_redirect_uris[${index}]"`,
          jsonPointer("post_logout_redirect_uris", index),
          "logout/uris",
        );
    }
  }),
  onMembers(
    { id: "client-id-equal", rule: "client-id/url-mismatch", bom: "strip" },
    ({ client_id: id }, report, document) => {
      const url = parseUrl(document.url ?? "");
      if (typeof id !== "string" || !url || id === url.href) return;
      // A URL that the parser writes in another way (`https://app.acme.dev`, `https://APP.acme.dev/c`) never equals itself.
      report("Client ID mismatch", "/client_id");
    },
  ),
  onMembers(
    { id: "keys", rule: "auth-method/private-key-jwt-no-keys", stage: "token", bom: "strip" },
    (members, report, document) => {
      const { token_endpoint_auth_method: method, jwks, jwks_uri: uri } = members;
      if (method !== "private_key_jwt" || jwks) return;
      if (!uri) {
        report(
          "Client metadata must contain jwks or jwks_uri for private_key_jwt",
          "/token_endpoint_auth_method",
        );
        return;
      }
      const keys = parseUrl(uri);
      if (keys?.protocol !== "https:") report("jwks_uri must be an HTTPS URL", "/jwks_uri", "jwks-uri/https");
      else if (keys.origin !== parseUrl(document.url ?? "")?.origin)
        report("jwks_uri must use the same origin as client_id", "/jwks_uri", "jwks-uri/same-origin");
    },
  ),
  onMembers(
    { id: "code-response", rule: "response-types/empty-with-code", stage: "authorize", bom: "strip" },
    ({ response_types: types }, report) => {
      if (Array.isArray(types) && !types.includes("code"))
        report("Unsupported response type: code", "/response_types");
    },
  ),
];

/**
 * Tableau's MCP server as its own authorization server, at the commit that brought private_key_jwt; 4.6.0 refuses that
 * method and ignores keys.
 */
export const tableauMcp: ServerProfile = {
  id: "tableau-mcp",
  name: "Tableau MCP",
  version: "ead43cd4 (after 4.6.0)",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "tableau/tableau-mcp src/server/oauth/authorize.ts, schemas.ts, privateKeyJwt.ts @ead43cd4cb81",
      url: "https://github.com/tableau/tableau-mcp/blob/ead43cd4cb81486affd349e2e53e0fe5f88ea418/src/server/oauth/authorize.ts",
    },
    {
      what: "npm:ssrfcheck@1.4.0 src/index.js, parse-url.js, is-private-ip.js",
      url: "https://www.npmjs.com/package/ssrfcheck/v/1.4.0",
    },
    {
      what: "tableau/tableau-mcp src/server/oauth/matchesRegisteredRedirectUri.ts, isValidRedirectUri.ts, clientMetadataCache.ts @c5e4bb24d02e",
      url: "https://github.com/tableau/tableau-mcp/blob/c5e4bb24d02e8d1072fa54df6bec694be9ad857d/src/server/oauth/matchesRegisteredRedirectUri.ts",
    },
  ],
  notExecuted: "not-served",
  readCompletely: ["fetch", "document"],
  constraints: [JSON_CONTENT_TYPE, ...CONSTRAINTS],
  redirects: REDIRECT_MATCHING,
  cache: { fallback: 600, maximum: 86_400, honours: ["max-age"], stale: "refused" },
  consent: undefined,
};
