import { table } from "../../table.js";
import type { Members } from "../behaviours/jsonBody.js";
import { zodMemberTypes } from "../behaviours/zodMemberTypes.js";
import { jsonType, type Misfit, type Path, type Shape, stringsIn } from "../behaviours/zodShape.js";

const TEXT: Shape = { type: "string" };
const BOOLEAN: Shape = { type: "boolean" };

/** `oauthGrantTypeSchema`: names the schema knows, most of which are refused later. */
export const GRANT_TYPES: readonly string[] = [
  "authorization_code",
  "implicit",
  "refresh_token",
  "password",
  "client_credentials",
  "urn:ietf:params:oauth:grant-type:jwt-bearer",
  "urn:ietf:params:oauth:grant-type:saml2-bearer",
];
const RESPONSE_TYPES = [
  "code",
  "token",
  "none",
  "code id_token token",
  "code id_token",
  "code token",
  "id_token token",
  "id_token",
];
/** `oauthEndpointAuthMethod`: names the schema knows. */
export const AUTHENTICATION_METHODS: readonly string[] = [
  "client_secret_basic",
  "client_secret_jwt",
  "client_secret_post",
  "none",
  "private_key_jwt",
  "self_signed_tls_client_auth",
  "tls_client_auth",
];

const SHAPES: readonly (readonly [string, Shape])[] = [
  ["redirect_uris", { type: "array", of: TEXT, nonEmpty: true }],
  [
    "response_types",
    {
      type: "array",
      of: { type: "enum", options: RESPONSE_TYPES },
      nonEmpty: true,
    },
  ],
  [
    "grant_types",
    {
      type: "array",
      of: { type: "enum", options: GRANT_TYPES },
      nonEmpty: true,
    },
  ],
  ["scope", TEXT],
  ["token_endpoint_auth_method", { type: "enum", options: AUTHENTICATION_METHODS }],
  ["token_endpoint_auth_signing_alg", TEXT],
  ["userinfo_signed_response_alg", TEXT],
  ["userinfo_encrypted_response_alg", TEXT],
  ["jwks_uri", TEXT],
  ["jwks", { type: "object" }],
  ["application_type", { type: "enum", options: ["web", "native"] }],
  ["subject_type", { type: "enum", options: ["public", "pairwise"] }],
  ["request_object_signing_alg", TEXT],
  ["id_token_signed_response_alg", TEXT],
  ["authorization_signed_response_alg", TEXT],
  ["authorization_encrypted_response_enc", { type: "enum", options: ["A128CBC-HS256"] }],
  ["authorization_encrypted_response_alg", TEXT],
  ["client_id", { type: "string", nonEmpty: true }],
  ["client_name", TEXT],
  ["client_uri", TEXT],
  ["policy_uri", TEXT],
  ["tos_uri", TEXT],
  ["logo_uri", TEXT],
  ["default_max_age", { type: "number" }],
  ["require_auth_time", BOOLEAN],
  ["contacts", { type: "array", of: TEXT }],
  ["tls_client_certificate_bound_access_tokens", BOOLEAN],
  ["dpop_bound_access_tokens", BOOLEAN],
  ["authorization_details_types", { type: "array", of: TEXT }],
];

const RULES = table<string>({
  "redirect_uris/too-small": "redirect-uris/empty",
  "redirect_uris/type": "redirect-uris/type",
  "response_types/too-small": "atproto/response-types",
  "response_types/type": "response-types/type",
  "response_types/option": "response-types/unknown",
  "grant_types/too-small": "grant-types/type",
  "grant_types/type": "grant-types/type",
  "grant_types/option": "atproto/grant-types",
  "scope/type": "scope/type",
  "client_id/type": "client-id/type",
  "contacts/type": "contacts/type",
  "jwks/type": "jwks/shape",
  "token_endpoint_auth_method/option": "auth-method/unknown",
  "application_type/option": "application-type/value",
  "subject_type/option": "atproto/subject-type",
  "dpop_bound_access_tokens/type": "dpop/flag-type",
});

/**
 * One constraint per member whose JSON type atproto checks, null included.
 *
 * Source: npm:@atproto/oauth-types@0.7.6 dist/oauth-client-metadata.js `oauthClientMetadataSchema`.
 */
export const MEMBER_TYPES = zodMemberTypes({
  shapes: SHAPES,
  rules: RULES,
  bom: "strip-twice",
  words: (misfit, path) => validationText(misfitText(misfit), path),
});

/** How `InvalidClientMetadataError.from` words what a schema found (npm:@atproto/oauth-provider@0.22.9). */
export function validationText(fault: string, path: Path = []): string {
  return `Validation${path.length > 0 ? ` of "${path.join(".")}"` : ""} failed with error: ${fault}`;
}

/** The wording of npm:zod@3.25.76 v3/locales/en.js. */
function misfitText(misfit: Misfit): string {
  switch (misfit.kind) {
    case "type":
      return `Expected ${misfit.expected}, received ${jsonType(misfit.value)}`;
    case "option": {
      const options = misfit.options.map((option) => `'${option}'`).join(" | ");
      return typeof misfit.value === "string"
        ? `Invalid enum value. Expected ${options}, received '${misfit.value}'`
        : `Expected ${options}, received ${jsonType(misfit.value)}`;
    }
    default:
      return misfit.of === "array"
        ? "Array must contain at least 1 element(s)"
        : "String must contain at least 1 character(s)";
  }
}

/** The grant types a document ends up with. */
export function grantTypes(members: Members): readonly string[] {
  return members["grant_types"] === undefined
    ? ["authorization_code"]
    : stringsIn(members["grant_types"]).map(({ text }) => text);
}

/** The first item that comes again later, as atproto looks for it. */
export function duplicate(items: readonly string[]): string | undefined {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const item of items) (seen.has(item) ? twice : seen).add(item);
  return items.find((item) => twice.has(item));
}
