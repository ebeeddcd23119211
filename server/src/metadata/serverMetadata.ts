import { cimd, rfc, type Source } from "../specifications/sources.js";

/** A name that belongs into another document than the client's, with that document and the text that defines it. */
export interface ServerMetadataName {
  readonly name: string;
  readonly document: "authorization server metadata" | "protected resource metadata";
  readonly spec: Source;
}

const discovery: Source = {
  label: "OpenID Connect Discovery §3",
  url: "https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata",
};
const otherExtensions: Source = {
  label: "IANA OAuth Authorization Server Metadata",
  url: "https://www.iana.org/assignments/oauth-parameters/oauth-parameters.xhtml#authorization-server-metadata",
};

const NAMES: readonly (readonly [ServerMetadataName["document"], Source, string])[] = [
  [
    "authorization server metadata",
    rfc(8414, "2"),
    `issuer authorization_endpoint token_endpoint registration_endpoint scopes_supported response_types_supported
     response_modes_supported grant_types_supported service_documentation ui_locales_supported op_policy_uri op_tos_uri
     revocation_endpoint revocation_endpoint_auth_methods_supported
     revocation_endpoint_auth_signing_alg_values_supported introspection_endpoint
     introspection_endpoint_auth_methods_supported introspection_endpoint_auth_signing_alg_values_supported
     code_challenge_methods_supported signed_metadata`,
  ],
  [
    "authorization server metadata",
    discovery,
    `userinfo_endpoint acr_values_supported display_values_supported claim_types_supported claims_supported
     claims_locales_supported claims_parameter_supported request_parameter_supported request_uri_parameter_supported
     require_request_uri_registration check_session_iframe end_session_endpoint`,
  ],
  ["authorization server metadata", cimd("7"), "client_id_metadata_document_supported"],
  [
    "authorization server metadata",
    otherExtensions,
    `authorization_response_iss_parameter_supported
     pushed_authorization_request_endpoint device_authorization_endpoint backchannel_authentication_endpoint
     backchannel_token_delivery_modes_supported backchannel_user_code_parameter_supported
     backchannel_logout_supported backchannel_logout_session_supported frontchannel_logout_supported
     frontchannel_logout_session_supported mtls_endpoint_aliases dpop_signing_alg_values_supported
     authorization_details_types_supported prompt_values_supported native_sso_supported
     protected_resources`,
  ],
  [
    "protected resource metadata",
    rfc(9728, "2"),
    `resource authorization_servers bearer_methods_supported resource_signing_alg_values_supported resource_name
     resource_documentation resource_policy_uri resource_tos_uri
     dpop_bound_access_tokens_required`,
  ],
];

/**
 * Names that people put into a client's document although they describe an authorization server (RFC 8414 and its
 * extensions) or a protected resource (RFC 9728). Names that are client metadata too, such as `jwks_uri` and
 * `token_endpoint_auth_methods_supported`, are not here.
 */
export const SERVER_METADATA_NAMES: readonly ServerMetadataName[] = NAMES.flatMap(([document, spec, names]) =>
  names.split(/\s+/).map((name) => ({ name, document, spec })),
);

const byName = new Map(SERVER_METADATA_NAMES.map((entry) => [entry.name, entry]));

/** The other document a member's name belongs into, or undefined. */
export function serverMetadataByName(name: string): ServerMetadataName | undefined {
  return byName.get(name);
}
