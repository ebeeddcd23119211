/** A member that names one choice, and the list of the choices the client has. */
export const CHOICES: readonly (readonly [singular: string, plural: string])[] = [
  ["subject_type", "subject_types_supported"],
  ["token_endpoint_auth_signing_alg", "token_endpoint_auth_signing_alg_values_supported"],
  [
    "backchannel_authentication_request_signing_alg",
    "backchannel_authentication_request_signing_alg_values_supported",
  ],
  ["request_object_signing_alg", "request_object_signing_alg_values_supported"],
  ["request_object_encryption_alg", "request_object_encryption_alg_values_supported"],
  ["request_object_encryption_enc", "request_object_encryption_enc_values_supported"],
  ...["id_token", "userinfo", "authorization", "introspection"].flatMap((what): [string, string][] => [
    [`${what}_signed_response_alg`, `${what}_signing_alg_values_supported`],
    [`${what}_encrypted_response_alg`, `${what}_encryption_alg_values_supported`],
    [`${what}_encrypted_response_enc`, `${what}_encryption_enc_values_supported`],
  ]),
];
