import { describeValue } from "../../document/valueText.js";
import { table } from "../../table.js";
import type { Members } from "../behaviours/jsonBody.js";
import { zodMemberTypes } from "../behaviours/zodMemberTypes.js";
import { jsonType, type Misfit, type Shape, stringsIn } from "../behaviours/zodShape.js";

const TEXT: Shape = { type: "string" };
const NON_EMPTY: Shape = { type: "string", nonEmpty: true };
const TRIMMED: Shape = { type: "string", trim: true, nonEmpty: true };
const BOOLEAN: Shape = { type: "boolean" };
const URIS: Shape = { type: "array", of: TEXT, nonEmpty: true };

const SHAPES: readonly (readonly [string, Shape])[] = [
  ["redirect_uris", URIS],
  ["scope", TEXT],
  ["client_name", TEXT],
  ["client_uri", TEXT],
  ["logo_uri", TEXT],
  ["contacts", { type: "array", of: NON_EMPTY, nonEmpty: true }],
  ["tos_uri", TEXT],
  ["policy_uri", TEXT],
  ["software_id", TEXT],
  ["software_version", TEXT],
  ["software_statement", TEXT],
  ["post_logout_redirect_uris", URIS],
  ["backchannel_logout_uri", TEXT],
  ["backchannel_logout_session_required", BOOLEAN],
  ["token_endpoint_auth_method", TRIMMED],
  ["jwks", { type: "object" }],
  ["jwks_uri", TEXT],
  ["grant_types", { type: "array", of: TRIMMED, nonEmpty: true }],
  ["response_types", { type: "array", of: { type: "enum", options: ["code"] } }],
  ["application_type", { type: "enum", options: ["web", "native"] }],
  ["subject_type", { type: "enum", options: ["public", "pairwise"] }],
  ["dpop_bound_access_tokens", BOOLEAN],
  ["client_id", TEXT],
];

const RULES = table<string>({
  "redirect_uris/too-small": "redirect-uris/empty",
  "redirect_uris/type": "redirect-uris/type",
  "grant_types/too-small": "grant-types/type",
  "grant_types/type": "grant-types/type",
  "response_types/type": "response-types/type",
  "response_types/option": "response-types/unknown",
  "contacts/too-small": "contacts/type",
  "contacts/type": "contacts/type",
  "post_logout_redirect_uris/too-small": "logout/uris",
  "scope/type": "scope/type",
  "client_id/type": "client-id/type",
  "jwks/type": "jwks/shape",
  "token_endpoint_auth_method/type": "auth-method/type",
  "application_type/option": "application-type/value",
  "subject_type/option": "oidc/subject-type",
});

/**
 * One constraint per member whose JSON type Better Auth checks, null included. Names that only the server writes are
 * refused whatever they hold.
 *
 * Source: npm:@better-auth/oauth-provider@1.7.5 src/types/zod.ts `oauthClientMetadataSchema`.
 */
export const MEMBER_TYPES = zodMemberTypes({
  shapes: SHAPES,
  rules: RULES,
  bom: "strip",
  words: (misfit, path) => `${path.join(".")}: ${misfitText(misfit)}`,
});

/** The wording of npm:zod@4.6.7 v4/locales/en.js. */
function misfitText(misfit: Misfit): string {
  switch (misfit.kind) {
    case "type":
      return `Invalid input: expected ${misfit.expected}, received ${receivedType(misfit.value)}`;
    case "option": {
      const options = misfit.options.map((option) => `"${option}"`);
      return options.length === 1
        ? `Invalid input: expected ${options[0]}`
        : `Invalid option: expected one of ${options.join("|")}`;
    }
    default:
      return `Too small: expected ${misfit.of} to have >=1 ${misfit.of === "array" ? "items" : "characters"}`;
  }
}

/** zod 4 names a number that JSON can write and JavaScript cannot hold by its value. */
export function receivedType(value: unknown): string {
  return typeof value === "number" && !Number.isFinite(value) ? describeValue(value) : jsonType(value);
}

/** The grant types a document ends up with: white space trimmed, authorization_code where it names none. */
export function grantTypes(members: Members): readonly string[] {
  return members["grant_types"] === undefined
    ? ["authorization_code"]
    : stringsIn(members["grant_types"]).map(({ text }) => text.trim());
}

/** The client authentication method, white space trimmed; undefined where none is written. */
export function authenticationMethod(members: Members): string | undefined {
  const method = members["token_endpoint_auth_method"];
  return typeof method === "string" ? method.trim() : undefined;
}
