import { cimd03, rpMetadataChoices } from "../specifications/sources.js";
import {
  ASYMMETRIC_SIGNATURES,
  CONTENT_ENCRYPTION,
  KEY_ENCRYPTION,
  SIGNATURES,
  SIGNATURES_OR_NONE,
} from "./algorithms.js";
import { AUTH_METHODS } from "./authMethods.js";
import { type Field, type FieldValue, values } from "./field.js";

/** One list of choices; the member in the singular names the preferred one and has to be in the list. */
function choices(name: string, of: string, known: readonly FieldValue[], example: readonly string[]): Field {
  return {
    name,
    kind: "string[]",
    status: "other",
    values: known,
    summary: `The ${of} this client can work with; the server picks one of them.`,
    examples: [example],
    spec: rpMetadataChoices("2"),
  };
}

/** The lists of OpenID Connect Relying Party Metadata Choices 1.0 §2. */
export const RP_METADATA_CHOICES_FIELDS: readonly Field[] = [
  {
    name: "token_endpoint_auth_methods_supported",
    kind: "string[]",
    status: "other",
    values: AUTH_METHODS,
    summary:
      "Every way the client can authenticate at the token endpoint. `token_endpoint_auth_method` has to be one of them; methods with a shared secret are not allowed.",
    examples: [["none"], ["private_key_jwt"]],
    spec: cimd03("6"),
  },
  choices("token_endpoint_auth_signing_alg_values_supported", "signatures on client assertions", SIGNATURES, [
    "ES256",
  ]),
  choices("subject_types_supported", "subject types", values("public", "pairwise"), ["public"]),
  choices("id_token_signing_alg_values_supported", "signatures on ID tokens", SIGNATURES_OR_NONE, ["RS256"]),
  choices("id_token_encryption_alg_values_supported", "key encryptions for ID tokens", KEY_ENCRYPTION, [
    "RSA-OAEP-256",
  ]),
  choices(
    "id_token_encryption_enc_values_supported",
    "content encryptions for ID tokens",
    CONTENT_ENCRYPTION,
    ["A256GCM"],
  ),
  choices("userinfo_signing_alg_values_supported", "signatures on UserInfo responses", SIGNATURES_OR_NONE, [
    "RS256",
  ]),
  choices(
    "userinfo_encryption_alg_values_supported",
    "key encryptions for UserInfo responses",
    KEY_ENCRYPTION,
    ["RSA-OAEP-256"],
  ),
  choices(
    "userinfo_encryption_enc_values_supported",
    "content encryptions for UserInfo responses",
    CONTENT_ENCRYPTION,
    ["A256GCM"],
  ),
  choices(
    "request_object_signing_alg_values_supported",
    "signatures on request objects",
    SIGNATURES_OR_NONE,
    ["ES256"],
  ),
  choices(
    "request_object_encryption_alg_values_supported",
    "key encryptions for request objects",
    KEY_ENCRYPTION,
    ["RSA-OAEP-256"],
  ),
  choices(
    "request_object_encryption_enc_values_supported",
    "content encryptions for request objects",
    CONTENT_ENCRYPTION,
    ["A256GCM"],
  ),
  choices(
    "backchannel_authentication_request_signing_alg_values_supported",
    "signatures on backchannel authentication requests",
    ASYMMETRIC_SIGNATURES,
    ["ES256"],
  ),
  choices(
    "authorization_signing_alg_values_supported",
    "signatures on authorization responses",
    SIGNATURES_OR_NONE,
    ["ES256"],
  ),
  choices(
    "authorization_encryption_alg_values_supported",
    "key encryptions for authorization responses",
    KEY_ENCRYPTION,
    ["RSA-OAEP-256"],
  ),
  choices(
    "authorization_encryption_enc_values_supported",
    "content encryptions for authorization responses",
    CONTENT_ENCRYPTION,
    ["A256GCM"],
  ),
  choices(
    "introspection_signing_alg_values_supported",
    "signatures on introspection responses",
    SIGNATURES_OR_NONE,
    ["RS256"],
  ),
  choices(
    "introspection_encryption_alg_values_supported",
    "key encryptions for introspection responses",
    KEY_ENCRYPTION,
    ["RSA-OAEP-256"],
  ),
  choices(
    "introspection_encryption_enc_values_supported",
    "content encryptions for introspection responses",
    CONTENT_ENCRYPTION,
    ["A256GCM"],
  ),
];
