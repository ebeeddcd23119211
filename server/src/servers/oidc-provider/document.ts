import { jsonPointer } from "../../document/jsonPointer.js";
import { SHARED_SECRET_METHODS } from "../../metadata/authMethods.js";
import { type ConstraintMeta, onMembers } from "../behaviours/constraintKinds.js";
import { noClientSecret, rootObject, sizeLimit, validJson } from "../behaviours/documentConstraints.js";
import type { Members } from "../behaviours/jsonBody.js";
import { typeRule, urlRule } from "../behaviours/memberRules.js";
import { hasBlockedPort, parseUrl } from "../behaviours/whatwgUrl.js";
import type { Constraint } from "../profile.js";
import { FETCH_FAILED } from "./clientIdUrl.js";
import {
  authMethod,
  disjunction,
  GRANT_TYPES,
  grantTypes,
  RESPONSE_MODES,
  RESPONSE_TYPES,
  responseTypes,
  SCOPES,
} from "./members.js";
import {
  ARRAY_MEMBERS,
  BOOLEAN_MEMBERS,
  CLIENT_ID_ASCII,
  EMAIL,
  emailContacts,
  JWKS_OR_URI,
  knownScopes,
  listsNotEmpty,
  memberTypes,
  NO_ACR_VALUES,
  oneOf,
  REDIRECT_URIS_PRESENT,
  sectorIdentifierNote,
} from "./schemaConstraints.js";
import { isSpecialUseAddress } from "./specialUseAddress.js";

/** `fetchResponseBodyLimits["client_id metadata document"]`, in bytes. */
const MAX_BYTES = 5120;

/** Methods the client model knows to need no secret; only the first two are switched on by default. */
const NON_SECRET_METHODS: ReadonlySet<unknown> = new Set([
  "none",
  "private_key_jwt",
  "tls_client_auth",
  "self_signed_tls_client_auth",
  "attest_jwt_client_auth",
  "attest_jwt_client_auth_dpop",
]);
/** `clientAuthMethods`. */
const AUTH_METHODS = [
  "client_secret_basic",
  "client_secret_jwt",
  "client_secret_post",
  "private_key_jwt",
  "none",
];
/** `enabledJWA.clientAuthSigningAlgValues` without the symmetric one. */
export const CLIENT_AUTH_ALGORITHMS = ["RS256", "PS256", "ES256", "Ed25519", "EdDSA"];

/** Looked at before the client model, so also where the model knows nothing of the member. */
const HTTPS_MEMBERS = [
  "backchannel_client_notification_endpoint",
  "backchannel_logout_uri",
  "client_uri",
  "initiate_login_uri",
  "jwks_uri",
  "logo_uri",
  "policy_uri",
  "sector_identifier_uri",
  "tos_uri",
];
const STRING_MEMBERS = [
  "application_type",
  "client_name",
  "client_uri",
  "id_token_signed_response_alg",
  "initiate_login_uri",
  "jwks_uri",
  "logo_uri",
  "policy_uri",
  "scope",
  "sector_identifier_uri",
  "subject_type",
  "token_endpoint_auth_method",
  "tos_uri",
];

const CIBA = "urn:openid:params:grant-type:ciba";
const SYMMETRIC_ALGORITHM = /^HS/;

/**
 * What oidc-provider requires of a document's text and members, in the order in which it looks, except for redirect URIs
 * and keys.
 *
 * Source: npm:oidc-provider@9.13.3 lib/helpers/client_id_metadata_document.js, lib/helpers/fetch_body_check.js,
 * lib/helpers/client_schema.js, lib/consts/client_attributes.js, lib/models/client.js.
 */
export const DOCUMENT: readonly Constraint[] = [
  sizeLimit(MAX_BYTES, () => `${FETCH_FAILED} (response too large)`),
  validJson((error) => `${FETCH_FAILED} (${error})`),
  rootObject(() => "client_id metadata document is not a JSON object"),
  onMembers(
    { id: "client-id-equal", rule: "client-id/url-mismatch" },
    ({ client_id: id }, report, document) => {
      if (id !== undefined && id === document.url) return;
      const message = "client_id metadata document client_id does not match the expected value";
      if (id === undefined) report(message, undefined, "client-id/missing");
      else report(message, "/client_id", typeof id === "string" ? undefined : typeRule("client_id", id));
    },
  ),
  onMembers({ id: "shared-secret-method", rule: "auth-method/shared-secret" }, (found, report) => {
    if (!SHARED_SECRET_METHODS.has(found["token_endpoint_auth_method"])) return;
    report(
      "client_id metadata document must not use shared-secret token endpoint authentication methods",
      "/token_endpoint_auth_method",
    );
  }),
  noClientSecret("client_id metadata document must not contain client_secret or client_secret_expires_at"),
  onMembers({ id: "https-members", rule: "uri/https" }, (found, report) => {
    for (const name of HTTPS_MEMBERS) {
      const value = found[name];
      if (value === undefined || parseUrl(value)?.protocol === "https:") continue;
      report(
        `client_id metadata document ${name} must be an https: URL`,
        jsonPointer(name),
        urlRule(name, value),
      );
    }
  }),
  onMembers({ id: "method-without-secret", rule: "auth-method/unknown" }, (found, report) => {
    const method = found["token_endpoint_auth_method"];
    if (NON_SECRET_METHODS.has(method) || SHARED_SECRET_METHODS.has(method)) return;
    const message = "client_secret is mandatory property";
    if (method !== undefined) {
      const rule =
        typeof method === "string" && method !== ""
          ? undefined
          : typeRule("token_endpoint_auth_method", method);
      report(message, "/token_endpoint_auth_method", rule);
      return;
    }
    const plural = found["token_endpoint_auth_methods_supported"] !== undefined;
    report(
      `${message}: without token_endpoint_auth_method, oidc-provider assumes client_secret_basic`,
      undefined,
      plural ? "auth-method/missing-singular" : "auth-method/missing",
    );
  }),
  onMembers({ id: "symmetric-algorithm", rule: "oidc/hs-alg" }, (found, report) => {
    const names = {
      id_token_signed_response_alg: undefined,
      token_endpoint_auth_signing_alg: "auth-signing-alg/symmetric",
    };
    for (const [name, rule] of Object.entries(names)) {
      const value = found[name];
      if (typeof value === "string" && SYMMETRIC_ALGORITHM.test(value)) {
        report("client_secret is mandatory property", jsonPointer(name), rule);
      }
    }
  }),
  REDIRECT_URIS_PRESENT,
  onMembers({ id: "ciba", rule: "grant-types/extra" }, (found, report) => {
    const grants = found["grant_types"];
    const index = Array.isArray(grants) ? grants.indexOf(CIBA) : -1;
    if (index >= 0)
      report("backchannel_token_delivery_mode is mandatory property", jsonPointer("grant_types", index));
  }),
  onMembers({ id: "keys-present", rule: "auth-method/private-key-jwt-no-keys" }, (found, report) => {
    const method = authMethod(found);
    if (method !== "private_key_jwt" && method !== "self_signed_tls_client_auth") return;
    if (!found["jwks"] && !found["jwks_uri"]) {
      report("jwks or jwks_uri is mandatory for this client", "/token_endpoint_auth_method");
    }
  }),
  ...memberTypes({ booleans: BOOLEAN_MEMBERS, arrays: ARRAY_MEMBERS, strings: STRING_MEMBERS }),
  CLIENT_ID_ASCII,
  oneOf("application_type", ["native", "web"], { id: "application-type", rule: "application-type/value" }),
  NO_ACR_VALUES,
  someOf("grant_types", GRANT_TYPES, grantTypes, { id: "grant-types", rule: "grant-types/extra" }),
  oneOf("id_token_signed_response_alg", ["RS256"], { id: "id-token-algorithm", rule: "oidc/id-token-alg" }),
  someOf("response_types", RESPONSE_TYPES, responseTypes, {
    id: "response-types",
    rule: "response-types/unknown",
  }),
  someOf("response_modes", RESPONSE_MODES, responseModes, {
    id: "response-modes",
    rule: "response-modes/unknown",
  }),
  oneOf("subject_type", ["public"], { id: "subject-type", rule: "oidc/subject-type" }),
  onMembers({ id: "auth-method-enabled", rule: "auth-method/mtls-support" }, (found, report) => {
    const method = found["token_endpoint_auth_method"];
    if (!NON_SECRET_METHODS.has(method) || AUTH_METHODS.includes(method as string)) return;
    report(`token_endpoint_auth_method must be ${disjunction(AUTH_METHODS)}`, "/token_endpoint_auth_method");
  }),
  onMembers({ id: "auth-signing-algorithm", rule: "auth-signing-alg/weak" }, (found, report) => {
    const algorithm = found["token_endpoint_auth_signing_alg"];
    const pointer = "/token_endpoint_auth_signing_alg";
    if (algorithm === undefined) return;
    if (authMethod(found) !== "private_key_jwt") {
      const message = "token_endpoint_auth_signing_alg must not be provided (no values are allowed)";
      report(message, pointer, "auth-signing-alg/with-none");
    } else if (!CLIENT_AUTH_ALGORITHMS.includes(algorithm as string)) {
      const rule =
        typeof algorithm === "string" ? undefined : typeRule("token_endpoint_auth_signing_alg", algorithm);
      report(`token_endpoint_auth_signing_alg must be ${disjunction(CLIENT_AUTH_ALGORITHMS)}`, pointer, rule);
    }
  }),
  knownScopes(SCOPES),
  emailContacts(EMAIL),
  onMembers({ id: "default-max-age", rule: "oidc/default-max-age" }, (found, report) => {
    const age = found["default_max_age"];
    if (age === undefined || (Number.isSafeInteger(age) && (age as number) >= 0)) return;
    const rule = typeof age === "number" ? undefined : typeRule("default_max_age", age);
    report("default_max_age must be a non-negative integer", "/default_max_age", rule);
  }),
  ...listsNotEmpty((members) => Boolean(responseTypes(members)?.length)),
  JWKS_OR_URI,
  onMembers({ id: "sector-identifier-fetch", rule: "oidc/sector-identifier" }, (found, report) => {
    const url = parseUrl(found["sector_identifier_uri"]);
    if (url?.protocol !== "https:") return;
    const words = "could not load sector_identifier_uri response";
    if (hasBlockedPort(url)) report(`${words} (bad port)`, "/sector_identifier_uri");
    else if (isSpecialUseAddress(url.hostname)) {
      report(`${words} (hostname resolves to a special-use IP address)`, "/sector_identifier_uri");
    }
  }),
  sectorIdentifierNote("oidc-provider"),
];

function responseModes(found: Members): readonly string[] | undefined {
  const modes = found["response_modes"];
  if (!Array.isArray(modes)) return undefined;
  return modes.filter((mode) => RESPONSE_MODES.has(mode));
}

/** An array member whose unsupported values are dropped: at least one must stay, unless it was empty. */
function someOf(
  name: string,
  known: ReadonlySet<string>,
  kept: (found: Members) => readonly string[] | undefined,
  meta: ConstraintMeta,
): Constraint {
  return onMembers(meta, (found, report) => {
    const value = found[name];
    if (!Array.isArray(value) || value.length === 0 || kept(found)?.length !== 0) return;
    report(
      `${name} has no values supported by this authorization server: it supports ${disjunction(known)}`,
      jsonPointer(name),
    );
  });
}
