import { jsonPointer } from "../document/jsonPointer.js";
import { say } from "../localisation/say.js";
import { table } from "../table.js";
import { constraint, onMembers } from "./behaviours/constraintKinds.js";
import { jsonObject, sameClientId } from "./behaviours/documentConstraints.js";
import { comparedAsStrings } from "./behaviours/entryOutcomes.js";
import { jsonBody } from "./behaviours/jsonBody.js";
import { typeRule } from "./behaviours/memberRules.js";
import { urlConstraint, whatwgHttps } from "./behaviours/urlConstraints.js";
import type { Constraint, RedirectMatching, ServerProfile } from "./profile.js";

const CLIENT_ID = /^[a-zA-Z0-9,.:/_\-&?=~#!$'()*+%]{2,256}$/;
const URI = /^[a-zA-Z0-9,.:/_\-&?=~#!$'()*+%@]+$/;
const CONTACT = /^[a-zA-Z0-9+.@/:-]{0,48}$/;
const SCOPE = /^[a-zA-Z0-9\-_/:\s*.]{0,512}$/;
/** Letters of Latin scripts, of Chinese and of Japanese; digits, hyphens and white space. */
const CLIENT_NAME =
  /^[a-zA-Z0-9À-ɏ\-\s\u3041-\u3096\u30A0-\u30FF\u3400-\u4DB5\u4E00-\u9FCB\uF900-\uFA6A\u2E80-\u2FD5\uFF66-\uFF9F\uFFA1-\uFFDC\u31F0-\u31FF]{2,128}$/u;
const GRANTS: ReadonlySet<unknown> = new Set([
  "authorization_code",
  "client_credentials",
  "urn:ietf:params:oauth:grant-type:device_code",
  "password",
  "refresh_token",
]);
const ALGORITHMS: ReadonlySet<unknown> = new Set(["RS256", "RS384", "RS512", "EdDSA"]);
const UNREADABLE = "Cannot deserialize into EphemeralClientRequest";
const INVALID = "Invalid redirect uri";
const INVALID_REQUEST = "redirect_uri: [a-zA-Z0-9,.:/_-&?=~#!$'()*+%@]+$";

type JsonType = "string" | "boolean" | "list" | "number";
/** The members of `EphemeralClientRequest` and their types; the others are not read. */
const MEMBERS = table<JsonType>({
  client_id: "string",
  client_name: "string",
  client_uri: "string",
  contacts: "list",
  redirect_uris: "list",
  post_logout_redirect_uris: "list",
  grant_types: "list",
  default_max_age: "number",
  scope: "string",
  require_auth_time: "boolean",
  access_token_signed_response_alg: "string",
  id_token_signed_response_alg: "string",
  allowed_resources: "list",
});

/** A pattern of Rauthy's own, in words. */
interface Pattern {
  readonly pattern: RegExp;
  readonly takes: string;
}

const URI_PATTERN: Pattern = { pattern: URI, takes: "a-z, A-Z, 0-9 and ,.:/_-&?=~#!$'()*+%@" };

/** Members that a pattern holds for, and the rule about one that does not keep to it. */
const PATTERNS: readonly (readonly [member: string, pattern: Pattern, rule: string])[] = [
  [
    "client_name",
    {
      pattern: CLIENT_NAME,
      takes: "2 to 128 Latin, Chinese and Japanese letters, digits, hyphens and white space",
    },
    "client-name/characters",
  ],
  ["client_uri", URI_PATTERN, "uri/illegal-character"],
  ["contacts", { pattern: CONTACT, takes: "up to 48 of a-z, A-Z, 0-9 and +.@/:-" }, "contacts/email"],
  ["redirect_uris", URI_PATTERN, "redirect-uris/illegal-character"],
  ["post_logout_redirect_uris", URI_PATTERN, "logout/uris"],
  ["allowed_resources", URI_PATTERN, "uri/illegal-character"],
  [
    "scope",
    { pattern: SCOPE, takes: "up to 512 of a-z, A-Z, 0-9, -_/:*. and white space" },
    "scope/characters",
  ],
];

const CONSTRAINTS: readonly Constraint[] = [
  whatwgHttps("Cannot fetch ephemeral client data"),
  urlConstraint(
    "url-characters",
    "client-id/illegal-character",
    "client_id must have 2 to 256 characters of a-z, A-Z, 0-9 and ,.:/_-&?=~#!$'()*+%",
    (_parts, url) => !CLIENT_ID.test(url) && (url.length > 256 ? "client-id/length" : true),
  ),
  ...jsonObject(UNREADABLE, UNREADABLE),
  constraint({ id: "duplicates", rule: "document/duplicate-key" }, (document, report) => {
    if (!document.repeatsNames || !jsonBody(document).json) return;
    const seen = new Set<string>();
    for (const { key } of document.object?.members ?? []) {
      const name = key.value;
      if (MEMBERS.get(name) === undefined) continue;
      if (seen.has(name)) report(`${UNREADABLE}: duplicate field \`${name}\``, jsonPointer(name));
      seen.add(name);
    }
  }),
  onMembers({ id: "types", rule: "document/wrong-type" }, (members, report) => {
    for (const [name, type] of MEMBERS) {
      const value = members[name] ?? undefined;
      if (value === undefined) continue;
      const message = `${UNREADABLE}: invalid type of ${name}`;
      if (type !== "list") {
        const whole = type !== "number" || Number.isInteger(value);
        if (typeof value !== type || !whole) report(message, jsonPointer(name), typeRule(name, value));
      } else if (!Array.isArray(value)) report(message, jsonPointer(name), typeRule(name, value));
      else {
        const index = value.findIndex((item) => typeof item !== "string");
        if (index >= 0) report(message, jsonPointer(name, index), typeRule(name, value[index]));
      }
    }
    if ((members["redirect_uris"] ?? undefined) === undefined)
      report(`${UNREADABLE}: missing field \`redirect_uris\``, undefined, "redirect-uris/missing");
  }),
  sameClientId((id, url) => `Client id from remote document ${id} does not match the given URL ${url}`),
  onMembers({ id: "characters", rule: "client-name/characters" }, (members, report) => {
    for (const [name, { pattern, takes }, rule] of PATTERNS) {
      const value = members[name];
      const message = `Rauthy takes only ${takes} in ${name}`;
      if (typeof value === "string" && !pattern.test(value)) report(message, jsonPointer(name), rule);
      if (!Array.isArray(value)) continue;
      const index = value.findIndex((item) => typeof item === "string" && !pattern.test(item));
      if (index >= 0) report(message, jsonPointer(name, index), rule);
    }
  }),
  onMembers({ id: "grants", rule: "grant-types/extra" }, ({ grant_types: grants }, report) => {
    const index = Array.isArray(grants)
      ? grants.findIndex((grant) => typeof grant === "string" && !GRANTS.has(grant))
      : -1;
    if (index >= 0)
      report(
        "grant_types: authorization_code|client_credentials|password|refresh_token",
        jsonPointer("grant_types", index),
      );
  }),
  onMembers({ id: "algorithms", rule: "oidc/id-token-alg" }, (members, report) => {
    for (const name of ["id_token_signed_response_alg", "access_token_signed_response_alg"]) {
      const algorithm = members[name];
      if (typeof algorithm === "string" && !ALGORITHMS.has(algorithm))
        report(
          `${UNREADABLE}: unknown variant \`${algorithm}\`, expected one of RS256, RS384, RS512, EdDSA`,
          jsonPointer(name),
        );
    }
  }),
  onMembers({ id: "max-age", rule: "document/wrong-type" }, ({ default_max_age: age }, report) => {
    if (typeof age === "number" && (age < 60 || age > 86_400))
      report("default_max_age must be between 60 and 86400", "/default_max_age");
  }),
  onMembers({ id: "redirects-there", rule: "redirect-uris/empty", stage: "authorize" }, (members, report) => {
    const uris = members["redirect_uris"];
    if (Array.isArray(uris) && uris.length === 0) report(INVALID, "/redirect_uris");
  }),
];

const exact = comparedAsStrings(INVALID);

/** Whole strings, and everything that begins like an entry that ends in `*`. A comma stands between two entries. */
function matches(redirectUri: string, entry: string): boolean {
  return entry
    .split(",")
    .map((one) => one.trim())
    .some(
      (one) =>
        one === redirectUri || (one.endsWith("*") && redirectUri.startsWith(one.slice(0, one.indexOf("*")))),
    );
}

const REDIRECT_MATCHING: RedirectMatching = {
  ...exact,
  matches,
  // `AuthRequest` holds the redirect URI of a request to the pattern too, so `;` is refused behind a `*` as well.
  prepare: (redirectUri) => (URI.test(redirectUri) ? redirectUri : { refused: INVALID_REQUEST }),
  entryOutcome(entry, context) {
    if (entry.includes(","))
      return {
        outcome: "never",
        rule: "redirect-uris/illegal-character",
        message: say`${INVALID}: a comma ends an entry here, so this one is two.`,
      };
    return entry.indexOf("*") === entry.length - 1
      ? { outcome: "works" }
      : (exact.entryOutcome?.(entry, context) ?? { outcome: "works" });
  },
};

/**
 * Rauthy with ephemeral clients switched on. Scopes, flows and client authentication of a document are not read: every
 * such client is public and has what `ephemeral_clients` allows, authorization_code alone by default.
 */
export const rauthy: ServerProfile = {
  id: "rauthy",
  name: "Rauthy",
  version: "main, 2026-06-25 (after 0.35.2)",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "sebadob/rauthy src/data/src/entity/clients.rs (ephemeral_from_url, validate_redirect_uri) @f6223305c1b2",
      url: "https://github.com/sebadob/rauthy/blob/f6223305c1b2183bb8fa9e24e3ed44045a6c26a2/src/data/src/entity/clients.rs",
    },
    {
      what: "sebadob/rauthy src/api_types/src/clients.rs, cust_validation.rs, src/common/src/regex.rs @f6223305c1b2",
      url: "https://github.com/sebadob/rauthy/blob/f6223305c1b2183bb8fa9e24e3ed44045a6c26a2/src/api_types/src/clients.rs",
    },
  ],
  notExecuted: "no-release",
  readCompletely: ["fetch", "document"],
  constraints: CONSTRAINTS,
  redirects: REDIRECT_MATCHING,
  cache: { fallback: 3600, maximum: 3600, honours: [], stale: "refused" },
  consent: undefined,
};
