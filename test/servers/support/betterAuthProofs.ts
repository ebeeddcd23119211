import { DOCUMENT_URL } from "./betterAuthAtprotoDocuments.js";
import type { DocumentCase } from "./documents.js";

const CALLBACK = "https://app.acme.dev/cb";

/** A document Better Auth loads, in both profiles, with these members changed. */
export function betterAuthDocument(changes: Readonly<Record<string, unknown>> = {}): DocumentCase {
  const members = { client_id: DOCUMENT_URL, client_name: "Acme", redirect_uris: [CALLBACK], ...changes };
  return { text: JSON.stringify(members), url: DOCUMENT_URL };
}

const withMembers = betterAuthDocument;

function at(url: string): DocumentCase {
  return { ...withMembers({ client_id: url }), url };
}

function redirect(uri: string, applicationType?: string): DocumentCase {
  return withMembers({ redirect_uris: [CALLBACK, uri], application_type: applicationType });
}

function key(...keys: unknown[]): DocumentCase {
  return withMembers({ jwks: { keys } });
}

function written(text: string): DocumentCase {
  return { text, url: DOCUMENT_URL };
}

const good = withMembers().text;
const EC = { kty: "EC", crv: "P-256", x: "AA", y: "AA" };
const RSA = { kty: "RSA", n: "AA", e: "AQAB" };
const OKP = { kty: "OKP", crv: "Ed25519", x: "AA" };

/**
 * For every constraint on which Better Auth refuses a document, documents that it refuses for nothing else, or in words
 * that no other constraint has: without the constraint the profile would be wrong about them.
 */
export const BETTER_AUTH_PROOFS: Readonly<Record<string, readonly DocumentCase[]>> = {
  "url-https": [at("http://app.acme.dev/c"), at("app"), at("https://app.acme.dev:*/c")],
  "url-dot-segments": [
    at("https://app.acme.dev/a/../c"),
    at("https://app.acme.dev/./c"),
    at("https://app.acme.dev/%2E%2e"),
    at("https://app.acme.dev/.%2e?x"),
  ],
  "url-fragment": [at("https://app.acme.dev/c#"), at("https://app.acme.dev/c#x")],
  "url-authority": [
    at("https:app.acme.dev/c"),
    at("https:///app.acme.dev/c"),
    at("https://app.acme.dev/a\\c"),
  ],
  "url-path": [at("https://app.acme.dev"), at("https://app.acme.dev?x/y")],
  "url-userinfo": [at("https://u@app.acme.dev/c"), at("https://:p@app.acme.dev/c")],
  "url-address": [
    at("https://127.0.0.1/c"),
    at("https://0x7f.1/c"),
    at("https://10.1.2.3/c"),
    at("https://[::1]/c"),
    at("https://[::ffff:10.0.0.1]/c"),
    at("https://[2002:7f00:1::]/c"),
    at("https://localhost/c"),
    at("https://x.localhost./c"),
    ..."metadata.google.internal metadata.goog metadata instance-data instance-data.ec2.internal"
      .split(" ")
      .map((host) => at(`https://${host}/c`)),
  ],
  size: [written(good.padEnd(5121)), written(good.replace("Acme", "ü".repeat(2600)))],
  json: [written(""), written(`${good},`), written(good.replace("}", ",}")), written(`// x\n${good}`)],
  object: [written("null"), written("[]"), written('"x"'), written("1")],
  "reserved-names": [
    ..."client_secret client_secret_expires_at client_id_issued_at scopes disabled skip_consent enable_end_session".split(
      " ",
    ),
    ..."require_pkce reference_id user_id resources clientSecret clientDiscoveryId skipConsent enableEndSession".split(
      " ",
    ),
    ..."requirePKCE referenceId userId clientId applicationType tokenEndpointAuthMethod redirectUris".split(
      " ",
    ),
    ..."postLogoutRedirectUris grantTypes responseTypes expiresAt createdAt updatedAt softwareId softwareVersion".split(
      " ",
    ),
    ..."softwareStatement backchannelLogoutUri backchannelLogoutSessionRequired jwksUri dpopBoundAccessTokens".split(
      " ",
    ),
    "subjectType",
  ].map((name) => withMembers({ [name]: null })),
  "redirect_uris-type": [withMembers({ redirect_uris: CALLBACK }), withMembers({ redirect_uris: [] })],
  "scope-type": [withMembers({ scope: ["openid"] })],
  "client_name-type": [withMembers({ client_name: null })],
  "client_uri-type": [withMembers({ client_uri: 1 })],
  "logo_uri-type": [withMembers({ logo_uri: null })],
  "contacts-type": [
    withMembers({ contacts: [] }),
    withMembers({ contacts: [""] }),
    withMembers({ contacts: "x" }),
  ],
  "tos_uri-type": [withMembers({ tos_uri: {} })],
  "policy_uri-type": [withMembers({ policy_uri: false })],
  "software_id-type": [withMembers({ software_id: 1 })],
  "software_version-type": [withMembers({ software_version: 1 })],
  "software_statement-type": [withMembers({ software_statement: null })],
  "post_logout_redirect_uris-type": [withMembers({ post_logout_redirect_uris: [] })],
  "backchannel_logout_uri-type": [withMembers({ backchannel_logout_uri: 1 })],
  "backchannel_logout_session_required-type": [withMembers({ backchannel_logout_session_required: "x" })],
  "token_endpoint_auth_method-type": [
    withMembers({ token_endpoint_auth_method: null }),
    withMembers({ token_endpoint_auth_method: " " }),
  ],
  "jwks-type": [withMembers({ jwks: [] })],
  "jwks_uri-type": [withMembers({ jwks_uri: null })],
  "grant_types-type": [
    withMembers({ grant_types: [] }),
    withMembers({ grant_types: ["authorization_code", " "] }),
    withMembers({ grant_types: ["authorization_code", 1] }),
  ],
  "response_types-type": [
    withMembers({ response_types: ["code", "token"] }),
    withMembers({ response_types: "code" }),
  ],
  "application_type-type": [withMembers({ application_type: "other" })],
  "subject_type-type": [withMembers({ subject_type: "other" })],
  "dpop_bound_access_tokens-type": [withMembers({ dpop_bound_access_tokens: "true" })],
  "client_id-type": [withMembers({ client_id: 1 })],
  "client-id-missing": [withMembers({ client_id: undefined })],
  "client-id-blank": [withMembers({ client_id: "" }), withMembers({ client_id: " " })],
  "client-id-equals-url": [
    withMembers({ client_id: "https://app.acme.dev/oauth/c" }),
    withMembers({ client_id: "https://APP.acme.dev/oauth/c.json" }),
  ],
  "client-name-blank": [withMembers({ client_name: "" }), withMembers({ client_name: " \t" })],
  "backchannel-logout": [
    withMembers({ backchannel_logout_uri: "https://app.acme.dev/bye" }),
    withMembers({ backchannel_logout_uri: "bye" }),
    withMembers({ backchannel_logout_session_required: false }),
  ],
  "redirect-uris-safe": [
    redirect("http://localhost:*/cb"),
    redirect("/cb"),
    redirect("javascript:alert(1)"),
    redirect("data:text/html,x"),
    redirect("vbscript:x"),
    redirect("https://app.acme.dev/cb#"),
    redirect("http://app.acme.dev/cb"),
  ],
  "redirect-uris-registrable": [
    redirect("cursor://anysphere.cursor-mcp/oauth/callback"),
    redirect("cursor:/cb"),
    redirect("dev.acme.app://cb"),
    redirect("dev.acme.app:cb"),
    redirect("https://u@app.acme.dev/cb"),
    redirect("http://localhost./cb"),
    redirect("https://localhost/cb"),
    redirect("https://127.0.0.2/cb"),
    redirect("https://localhost/cb", "web"),
    redirect("http://127.0.0.1/cb", "web"),
    redirect("dev.acme.app:/cb", "web"),
    redirect("http://127.0.0.2/cb"),
    redirect("http://127.1/cb"),
    redirect("http://x.localhost/cb", "native"),
  ],
  "redirect-uris-missing": [
    withMembers({ redirect_uris: undefined }),
    withMembers({ redirect_uris: undefined, grant_types: ["authorization_code", "client_credentials"] }),
  ],
  "grant-types-supported": [
    withMembers({ grant_types: ["urn:ietf:params:oauth:grant-type:jwt-bearer", "implicit"] }),
  ],
  "response-types-code": [withMembers({ response_types: [] })],
  "grant-types-code": [withMembers({ grant_types: ["refresh_token"], response_types: ["code"] })],
  "subject-type": [withMembers({ subject_type: "pairwise" })],
  scope: [withMembers({ scope: "openid mcp:read" })],
  "authentication-method": [
    withMembers({ token_endpoint_auth_method: "client_secret_basic" }),
    withMembers({ token_endpoint_auth_method: " client_secret_jwt" }),
    withMembers({ token_endpoint_auth_method: "tls_client_auth" }),
    withMembers({ token_endpoint_auth_method: "None" }),
  ],
  "private-key-jwt-keys": [
    withMembers({ token_endpoint_auth_method: "private_key_jwt" }),
    withMembers({ token_endpoint_auth_method: "private_key_jwt", jwks_uri: "" }),
  ],
  "jwks-shape": [withMembers({ jwks: {} }), key(), key(EC, null), key(EC, [])],
  "jwks-keys": [
    key({ kty: "oct" }),
    key({ ...EC, k: "" }),
    ...["d", "p", "q", "dp", "dq", "qi", "oth"].map((name) => key({ ...RSA, [name]: null })),
    key({ ...RSA, n: "" }),
    key({ ...RSA, e: 1 }),
    key({ ...RSA, alg: "ES256" }),
    key({ ...RSA, alg: null }),
    key({ ...EC, x: "" }),
    key({ ...EC, y: undefined }),
    key({ ...EC, crv: "secp256k1" }),
    key({ ...EC, alg: "ES384" }),
    key({ ...OKP, crv: "Ed448" }),
    key({ ...OKP, x: "" }),
    key({ ...OKP, alg: "Ed25519" }),
    key({}),
  ],
  "jwks-both": [withMembers({ jwks: { keys: [EC] }, jwks_uri: "https://app.acme.dev/jwks" })],
  "jwks-uri": [
    withMembers({ jwks_uri: "jwks" }),
    withMembers({ jwks_uri: "https://:p@app.acme.dev/jwks" }),
    withMembers({ jwks_uri: "https://app.acme.dev/jwks#" }),
    withMembers({ jwks_uri: "http://app.acme.dev/jwks" }),
    withMembers({ jwks_uri: "https://192.168.0.1/jwks" }),
    withMembers({ jwks_uri: "https://acme.dev/jwks" }),
    withMembers({ jwks_uri: "https://app.acme.dev:8443/jwks" }),
  ],
  "client-uri": [
    withMembers({ client_uri: "" }),
    withMembers({ client_uri: "data:," }),
    withMembers({ client_uri: "https://u@app.acme.dev/" }),
    withMembers({ client_uri: "https://[fe80::1]/" }),
  ],
  "logo-uri": [withMembers({ logo_uri: "data:image/png;base64,AA==" })],
  "tos-uri": [withMembers({ tos_uri: "/tos" })],
  "policy-uri": [withMembers({ policy_uri: "https://172.31.0.1/" })],
  "client-uri-origin": [
    withMembers({ client_uri: "https://acme.dev/" }),
    withMembers({ client_uri: "http://app.acme.dev/" }),
  ],
  "post-logout-redirect-uris": [
    withMembers({ post_logout_redirect_uris: ["bye"] }),
    withMembers({ post_logout_redirect_uris: ["ftp://app.acme.dev/"] }),
    withMembers({ post_logout_redirect_uris: ["https://acme.dev/bye"] }),
  ],
};

/** The same for what the MCP profile asks on top. */
export const BETTER_AUTH_MCP_PROOFS: Readonly<Record<string, readonly DocumentCase[]>> = {
  "mcp-client-name": [withMembers({ client_name: undefined })],
  "mcp-redirect-uris": [withMembers({ redirect_uris: undefined, grant_types: ["client_credentials"] })],
};

/** Documents Better Auth loads although other servers do not. */
export const BETTER_AUTH_ACCEPTED: readonly DocumentCase[] = [
  withMembers(),
  written(`\ufeff${good}`),
  written(good.padEnd(5120)),
  written(good.replace("}", `,"deep":${"[".repeat(400)}${"]".repeat(400)}}`)),
  at("https://app.acme.dev/"),
  at("https://app.acme.dev:8443/c?x"),
  at("https://app.acme.dev./c"),
  at("https://8.8.8.8/c"),
  at("https://[2002:808:808::]/c"),
  at("https://[fe00::1]/c"),
  redirect("http://localhost/callback"),
  redirect("http://LOCALHOST:8080/callback"),
  redirect("http://[::1]/callback", "native"),
  redirect("dev.acme.app:/cb"),
  redirect(" https://app.acme.dev/\tcb "),
  redirect("https://*.acme.dev/cb"),
  withMembers({ grant_types: [" authorization_code ", "urn:ietf:params:oauth:grant-type:jwt-bearer"] }),
  withMembers({ redirect_uris: [CALLBACK], grant_types: ["client_credentials"] }),
  withMembers({
    token_endpoint_auth_method: " none ",
    token_endpoint_auth_methods_supported: ["private_key_jwt"],
  }),
  withMembers({ token_endpoint_auth_method: "private_key_jwt", jwks_uri: "https://app.acme.dev/jwks" }),
  key({ ...EC, alg: "ES256", use: "enc", kid: null }, RSA, { ...OKP, alg: "EdDSA" }),
  withMembers({ scope: " openid  profile email offline_access" }),
  withMembers({ grant_types: ["refresh_token"] }),
  key(
    ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"].map((alg) => ({ ...RSA, alg })),
    { ...EC, crv: "P-384", alg: "ES384" },
    { ...EC, crv: "P-521", alg: "ES512" },
  ),
  withMembers({
    post_logout_redirect_uris: ["http://localhost:1/bye", "dev.acme.app:/bye", "https://app.acme.dev/bye"],
  }),
  withMembers({ client_uri: "https://app.acme.dev/about", logo_uri: "http://cdn.acme.dev/logo.svg" }),
  withMembers({ __unknown: { any: ["thing"] }, response_modes: 5 }),
];

/** The rules that the proofs break, constraint by constraint, in their order and each once. */
export const BETTER_AUTH_RULES: Readonly<Record<string, readonly string[]>> = {
  "url-https": ["client-id/https"],
  "url-dot-segments": ["client-id/dot-segment", "client-id/dot-segment-encoded"],
  "url-fragment": ["client-id/fragment"],
  "url-authority": ["client-id/absolute-url", "client-id/backslash"],
  "url-path": ["client-id/path-required"],
  "url-userinfo": ["client-id/userinfo"],
  "url-address": ["client-id/special-use-host"],
  size: ["document/size"],
  json: ["document/json-syntax", "document/trailing-comma", "document/comment"],
  object: ["document/not-object"],
  "reserved-names": [
    "secret/client-secret",
    "secret/client-secret-expires-at",
    "secret/response-only",
    "scope/array-member",
    "unknown-field/info",
    "unknown-field/camel-case",
  ],
  "redirect_uris-type": ["redirect-uris/type", "redirect-uris/empty"],
  "scope-type": ["scope/type"],
  "client_name-type": ["document/null-value"],
  "client_uri-type": ["document/wrong-type"],
  "logo_uri-type": ["document/null-value"],
  "contacts-type": ["contacts/type"],
  "tos_uri-type": ["document/wrong-type"],
  "policy_uri-type": ["document/wrong-type"],
  "software_id-type": ["document/wrong-type"],
  "software_version-type": ["document/wrong-type"],
  "software_statement-type": ["document/null-value"],
  "post_logout_redirect_uris-type": ["logout/uris"],
  "backchannel_logout_uri-type": ["document/wrong-type"],
  "backchannel_logout_session_required-type": ["document/wrong-type"],
  "token_endpoint_auth_method-type": ["document/null-value", "document/empty-string"],
  "jwks-type": ["jwks/shape"],
  "jwks_uri-type": ["document/null-value"],
  "grant_types-type": ["grant-types/type"],
  "response_types-type": ["response-types/unknown", "response-types/type"],
  "application_type-type": ["application-type/value"],
  "subject_type-type": ["oidc/subject-type"],
  "dpop_bound_access_tokens-type": ["document/wrong-type"],
  "client_id-type": ["client-id/type"],
  "client-id-missing": ["client-id/missing"],
  "client-id-blank": ["document/empty-string"],
  "client-id-equals-url": ["client-id/url-mismatch"],
  "client-name-blank": ["client-name/empty"],
  "backchannel-logout": ["logout/backchannel-betterauth"],
  "redirect-uris-safe": [
    "redirect-uris/wildcard-port",
    "redirect-uris/absolute",
    "redirect-uris/unsafe-scheme",
    "redirect-uris/fragment",
    "redirect-uris/http-non-loopback",
  ],
  "redirect-uris-registrable": [
    "redirect-uris/private-use-slashes",
    "redirect-uris/private-use-reverse-domain",
    "redirect-uris/userinfo",
    "redirect-uris/loopback-nonstandard",
    "redirect-uris/https-loopback",
    "application-type/web-loopback",
  ],
  "redirect-uris-missing": ["redirect-uris/missing"],
  "grant-types-supported": ["grant-types/unknown"],
  "response-types-code": ["response-types/empty-with-code"],
  "grant-types-code": ["grant-types/code-mismatch"],
  "subject-type": ["oidc/subject-type"],
  scope: ["scope/present"],
  "authentication-method": ["auth-method/shared-secret", "auth-method/mtls-support", "auth-method/unknown"],
  "private-key-jwt-keys": ["auth-method/private-key-jwt-no-keys"],
  "jwks-shape": ["jwks/shape", "jwks/empty"],
  "jwks-keys": [
    "jwks/symmetric-key",
    "jwks/private-key",
    "jwks/rsa-members",
    "jwks/alg",
    "jwks/ec-members",
    "jwks/crv",
    "jwks/kty",
  ],
  "jwks-both": ["jwks/both"],
  "jwks-uri": [
    "uri/absolute",
    "jwks-uri/userinfo",
    "jwks-uri/fragment",
    "jwks-uri/https",
    "jwks-uri/special-use",
    "jwks-uri/same-origin",
  ],
  "client-uri": ["uri/absolute", "uri/unsafe-scheme", "uri/userinfo", "uri/special-use-host"],
  "logo-uri": ["logo-uri/data"],
  "tos-uri": ["uri/absolute"],
  "policy-uri": ["uri/special-use-host"],
  "client-uri-origin": ["client-uri/same-host"],
  "post-logout-redirect-uris": ["logout/uris", "logout/origin"],
  "mcp-client-name": ["client-name/missing"],
  "mcp-redirect-uris": ["redirect-uris/missing"],
};
