import { jsonPointer } from "../../document/jsonPointer.js";
import { type ConstraintMeta, onMembers } from "../behaviours/constraintKinds.js";
import { isObject, type Members } from "../behaviours/jsonBody.js";
import { typeRule, urlRule } from "../behaviours/memberRules.js";
import { parseUrl } from "../behaviours/whatwgUrl.js";
import { disjunction } from "../oidc-provider/members.js";
import {
  ARRAY_MEMBERS,
  BOOLEAN_MEMBERS,
  CLIENT_ID_ASCII,
  EMAIL_TYPOGRAPHIC,
  emailContacts,
  JWKS_OR_URI,
  knownScopes,
  listsNotEmpty,
  memberTypes,
  NO_ACR_VALUES,
  NOT_PRINTABLE_ASCII,
  oneOf,
  REDIRECT_URIS_PRESENT,
  sectorIdentifierNote,
} from "../oidc-provider/schemaConstraints.js";
import type { Constraint } from "../profile.js";

const GRANT_TYPES = ["implicit", "authorization_code", "refresh_token", "client_credentials"];
const RESPONSE_TYPES = ["code id_token", "code", "id_token", "none"];
const RESPONSE_MODES = ["query", "fragment", "form_post"];
const SCOPES: ReadonlySet<string> = new Set(["openid", "profile", "offline_access", "webid"]);

const STRINGS = [
  "application_type",
  "client_name",
  "client_secret",
  "client_uri",
  "id_token_signed_response_alg",
  "initiate_login_uri",
  "jwks_uri",
  "logo_uri",
  "policy_uri",
  "scope",
  "sector_identifier_uri",
  "subject_type",
  "tos_uri",
];
const HTTPS_URIS: ReadonlySet<string> = new Set(["initiate_login_uri", "sector_identifier_uri"]);
const WEB_URIS = [
  "client_uri",
  "initiate_login_uri",
  "jwks_uri",
  "logo_uri",
  "policy_uri",
  "sector_identifier_uri",
  "tos_uri",
];

/** The strings of a list, `fallback` where it is absent, undefined where it is no list of strings. */
function strings(value: unknown, fallback: readonly string[]): readonly string[] | undefined {
  if (value === undefined) return fallback;
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
}

export function grantTypes(members: Members): readonly string[] | undefined {
  return strings(members["grant_types"], ["authorization_code"]);
}

/** Each with its words in alphabetical order. */
export function responseTypes(members: Members): readonly string[] | undefined {
  return strings(members["response_types"], ["code"])?.map((type) =>
    [...new Set(type.split(" "))].sort().join(" "),
  );
}

function responseWords(members: Members): readonly string[] {
  return responseTypes(members)?.flatMap((type) => type.split(" ")) ?? [];
}

/** A list all of whose items are known. */
function allOf(
  name: string,
  known: readonly string[],
  items: (members: Members) => readonly string[] | undefined,
  meta: ConstraintMeta,
): Constraint {
  return onMembers(meta, (members, report) => {
    if (members[name] === undefined || items(members)?.every((item) => known.includes(item)) !== false)
      return;
    report(`${name} can only contain ${disjunction(known)}`, jsonPointer(name));
  });
}

/**
 * What oidc-provider 8 asks of the members of a client, as Community Solid Server configures it, without redirect URIs and
 * keys. Every client is public: the server replaces `token_endpoint_auth_method` by `none`.
 *
 * Source: npm:oidc-provider@8.8.1 lib/helpers/client_schema.js, lib/consts/client_attributes.js;
 * npm:@solid/community-server@7.2.0 config/identity/handler/base/provider-factory.json.
 */
export const CLIENT_SCHEMA: readonly Constraint[] = [
  REDIRECT_URIS_PRESENT,
  ...memberTypes({ booleans: BOOLEAN_MEMBERS, arrays: ARRAY_MEMBERS, strings: STRINGS }),
  CLIENT_ID_ASCII,
  onMembers({ id: "secret-ascii", rule: "secret/client-secret" }, ({ client_secret: secret }, report) => {
    if (typeof secret === "string" && NOT_PRINTABLE_ASCII.test(secret))
      report("invalid client_secret value", "/client_secret");
  }),
  oneOf("application_type", ["native", "web"], { id: "application-type", rule: "application-type/value" }),
  NO_ACR_VALUES,
  allOf("grant_types", GRANT_TYPES, grantTypes, { id: "grant-types", rule: "grant-types/extra" }),
  oneOf("id_token_signed_response_alg", ["ES256"], { id: "id-token-algorithm", rule: "oidc/id-token-alg" }),
  allOf("response_types", RESPONSE_TYPES, responseTypes, {
    id: "response-types",
    rule: "response-types/unknown",
  }),
  allOf("response_modes", RESPONSE_MODES, ({ response_modes: modes }) => strings(modes, []), {
    id: "response-modes",
    rule: "response-modes/unknown",
  }),
  oneOf("subject_type", ["public"], { id: "subject-type", rule: "oidc/subject-type" }),
  onMembers(
    { id: "auth-signing-algorithm", rule: "auth-signing-alg/with-none" },
    ({ token_endpoint_auth_signing_alg: algorithm }, report) => {
      if (algorithm !== undefined)
        report(
          "token_endpoint_auth_signing_alg must not be provided (no values are allowed)",
          "/token_endpoint_auth_signing_alg",
        );
    },
  ),
  onMembers({ id: "web-uris", rule: "uri/absolute" }, (members, report) => {
    for (const name of WEB_URIS) {
      const value = members[name];
      if (typeof value !== "string" || value === "") continue;
      const protocol = parseUrl(value)?.protocol;
      const kind = HTTPS_URIS.has(name) ? "https" : "web";
      if (protocol === "https:" || (protocol === "http:" && kind === "web")) continue;
      report(`${name} must be a ${kind} uri`, jsonPointer(name), urlRule(name, value));
    }
  }),
  knownScopes(SCOPES),
  emailContacts(EMAIL_TYPOGRAPHIC),
  onMembers({ id: "integers", rule: "document/wrong-type" }, (members, report) => {
    const rules = {
      default_max_age: "oidc/default-max-age",
      client_secret_expires_at: "secret/client-secret-expires-at",
    };
    for (const [name, rule] of Object.entries(rules)) {
      const value = members[name];
      if (value === undefined || (Number.isSafeInteger(value) && (value as number) >= 0)) continue;
      report(
        `${name} must be a non-negative integer`,
        jsonPointer(name),
        typeof value === "number" ? rule : typeRule(name, value),
      );
    }
  }),
  onMembers({ id: "response-types-not-empty", rule: "response-types/empty-with-code" }, (members, report) => {
    const uses = grantTypes(members)?.some((type) => type === "authorization_code" || type === "implicit");
    if (uses && responseTypes(members)?.length === 0)
      report("response_types must contain members", "/response_types");
  }),
  ...listsNotEmpty((members) => Boolean(responseTypes(members)?.length)),
  onMembers({ id: "code-grant", rule: "grant-types/code-mismatch" }, (members, report) => {
    if (!responseWords(members).includes("code")) return;
    if (grantTypes(members)?.includes("authorization_code") === false)
      report(
        "grant_types must contain 'authorization_code' when code is amongst response_types",
        "/grant_types",
      );
  }),
  onMembers({ id: "implicit-grant", rule: "grant-types/implicit-mismatch" }, (members, report) => {
    if (!responseWords(members).includes("id_token")) return;
    if (grantTypes(members)?.includes("implicit") === false)
      report(
        "grant_types must contain 'implicit' when 'id_token' or 'token' are amongst response_types",
        members["grant_types"] === undefined ? undefined : "/grant_types",
      );
  }),
  JWKS_OR_URI,
  onMembers({ id: "jwks", rule: "jwks/shape" }, ({ jwks }, report) => {
    if (jwks === undefined) return;
    const message = "client JSON Web Key Set is invalid";
    const keys = isObject(jwks) ? jwks["keys"] : undefined;
    if (!Array.isArray(keys) || !keys.every(isPlainObject)) {
      report(message, "/jwks");
      return;
    }
    for (const [index, key] of keys.entries()) {
      const rule = keyRule(key);
      if (rule !== undefined) report(message, jsonPointer("jwks", "keys", index), rule);
    }
  }),
  sectorIdentifierNote("the server"),
];

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";

/** Objects with a member `constructor` count as no plain objects. */
function isPlainObject(value: unknown): value is Members {
  return isObject(value) && value["constructor"] === Object;
}

const CURVES: ReadonlyMap<unknown, readonly string[]> = new Map([
  ["EC", ["P-256", "secp256k1", "P-384", "P-521"]],
  ["OKP", ["Ed25519", "Ed448", "X25519", "X448"]],
]);
const PARAMETERS: ReadonlyMap<unknown, readonly string[]> = new Map([
  ["EC", ["x", "y"]],
  ["OKP", ["x"]],
  ["RSA", ["e", "n"]],
]);

/** The rule about what is wrong with a key (`checkJWK`). */
function keyRule(key: Members): string | undefined {
  const { kty, crv } = key;
  if (!isText(kty)) return "jwks/kty";
  if (kty === "oct") return "jwks/symmetric-key";
  const parameters = PARAMETERS.get(kty);
  if (!parameters) return undefined;
  const curves = CURVES.get(kty);
  if (curves && !isText(crv)) return "jwks/crv";
  if (curves && !curves.includes(crv as string)) return undefined;
  if (!parameters.every((name) => isText(key[name]))) {
    if (kty === "OKP") return "jwks/shape";
    return kty === "EC" ? "jwks/ec-members" : "jwks/rsa-members";
  }
  if (key["d"] !== undefined) return "jwks/private-key";
  if (key["alg"] !== undefined && !isText(key["alg"])) return "jwks/alg";
  if (key["use"] !== undefined && !isText(key["use"])) return "jwks/use";
  if (key["kid"] !== undefined && !isText(key["kid"])) return "jwks/shape";
  const chain = key["x5c"];
  return chain === undefined || (Array.isArray(chain) && chain.every(isText)) ? undefined : "jwks/shape";
}
