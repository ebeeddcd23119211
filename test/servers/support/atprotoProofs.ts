import { DOCUMENT_URL } from "./betterAuthAtprotoDocuments.js";
import type { DocumentCase } from "./documents.js";

const CALLBACK = "https://app.acme.dev/cb";
const EC = { kty: "EC", kid: "k", crv: "P-256", x: "AA", y: "AA" };

const COMMON = {
  client_id: DOCUMENT_URL,
  scope: "atproto",
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  dpop_bound_access_tokens: true,
};

/** A web document atproto loads, with these members changed. */
export function atprotoDocument(changes: Readonly<Record<string, unknown>> = {}): DocumentCase {
  const members = {
    ...COMMON,
    redirect_uris: [CALLBACK],
    token_endpoint_auth_method: "none",
    ...changes,
  };
  return { text: JSON.stringify(members), url: DOCUMENT_URL };
}

const web = atprotoDocument;

/** A native document atproto loads, with these redirect URIs. */
export function atprotoNativeDocument(...uris: readonly string[]): DocumentCase {
  return web({ application_type: "native", redirect_uris: uris });
}

const native = atprotoNativeDocument;

function confidential(changes: Readonly<Record<string, unknown>>): DocumentCase {
  return web({
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "ES256",
    ...changes,
  });
}

function keyed(...keys: readonly unknown[]): DocumentCase {
  return confidential({ jwks: { keys } });
}

function at(url: string, changes: Readonly<Record<string, unknown>> = {}): DocumentCase {
  return { ...web({ client_id: url, ...changes }), url };
}

function written(text: string): DocumentCase {
  return { text, url: DOCUMENT_URL };
}

const good = web().text;

/**
 * For every constraint on which atproto refuses a document, documents that it refuses for nothing else, or in words that
 * no other constraint has: without the constraint the profile would be wrong about them.
 */
export const ATPROTO_PROOFS: Readonly<Record<string, readonly DocumentCase[]>> = {
  "url-localhost-client": [
    at("http://localhost"),
    at("http://localhost/"),
    at("http://localhost?scope=atproto"),
    at("http://localhost/?redirect_uri=http%3A%2F%2F127.0.0.1%2Fcb"),
  ],
  "url-https": [
    at("http://app.acme.dev/c"),
    at("http://localhost:80/c"),
    at("http://localhost/?a=1"),
    at("http://localhost/?scope=atproto&scope=atproto"),
    at("http://localhost?scope=%22"),
    at("http://localhost?redirect_uri=https%3A%2F%2Fapp.acme.dev%2Fcb"),
    at("http://localhost/?redirect_uri=http%3A%2F%2Flocalhost%2Fcb"),
    at("http://localhost/#a"),
    at("HTTPS://app.acme.dev/c"),
    at("app"),
    at("https://app.acme.dev:*/c"),
    at("https://localhost/c"),
    at("https://acme/c"),
    at("https://acme.local/c"),
  ],
  "url-credentials": [at("https://u@app.acme.dev/c"), at("https://:p@app.acme.dev/c")],
  "url-fragment": [at("https://app.acme.dev/c#x")],
  "url-path": [at("https://app.acme.dev/"), at("https://app.acme.dev/c/")],
  "url-address": [at("https://8.8.8.8/c"), at("https://[2606:4700::1111]/c")],
  "url-canonical": [
    at("https://app.acme.dev/a/../c"),
    at("https://app.acme.dev/a b"),
    at("https://app.acme.dev/a\\c"),
    at("https:///app.acme.dev/c"),
    at("https://app.acme.dev/ü"),
  ],
  "url-public-domain": [
    at("https://acme.test/c"),
    at("https://acme.example/c"),
    at("https://acme.invalid/c"),
  ],
  "fetch-policy": [
    at("https://app.acme.dev:8443/c"),
    at("https://example.com/c"),
    at("https://a.b.example.org/c"),
    at("https://x.googleusercontent.com/c"),
  ],
  size: [written(good.padEnd(512 * 1024 + 1))],
  json: [written(""), written(`${good},`), written(good.replace("}", ",}")), written(`// x\n${good}`)],
  "jwks-uri-fetch": [
    confidential({ jwks_uri: "https://:p@app.acme.dev/jwks" }),
    confidential({ jwks_uri: "http://127.0.0.1/jwks" }),
    confidential({ jwks_uri: "https://app.acme.dev:8443/jwks" }),
    confidential({ jwks_uri: "https://example.net/jwks" }),
    confidential({ jwks_uri: "https://acme.test/jwks" }),
    confidential({ jwks_uri: "https://10.0.0.1/jwks" }),
    confidential({ jwks_uri: "https://[2001:db8::1]/jwks" }),
  ],
  object: [written("null"), written("[]"), written('"x"'), written("1")],
  "redirect_uris-type": [
    web({ redirect_uris: CALLBACK }),
    web({ redirect_uris: [] }),
    web({ redirect_uris: [CALLBACK, 1] }),
  ],
  "response_types-type": [web({ response_types: ["code", "x"] }), web({ response_types: ["code", null] })],
  "grant_types-type": [
    web({ grant_types: ["authorization_code", "urn:ietf:params:oauth:grant-type:device_code"] }),
    web({ grant_types: ["authorization_code", 1] }),
    web({ grant_types: [] }),
  ],
  "scope-type": [web({ scope: ["atproto"] })],
  "token_endpoint_auth_method-type": [
    web({ token_endpoint_auth_method: "None" }),
    web({ token_endpoint_auth_method: null }),
  ],
  "token_endpoint_auth_signing_alg-type": [web({ token_endpoint_auth_signing_alg: null })],
  "userinfo_signed_response_alg-type": [web({ userinfo_signed_response_alg: 1 })],
  "userinfo_encrypted_response_alg-type": [web({ userinfo_encrypted_response_alg: 1 })],
  "jwks_uri-type": [web({ jwks_uri: null })],
  "jwks-type": [web({ jwks: [] })],
  "application_type-type": [web({ application_type: "other" })],
  "subject_type-type": [web({ subject_type: "other" })],
  "request_object_signing_alg-type": [web({ request_object_signing_alg: null })],
  "id_token_signed_response_alg-type": [web({ id_token_signed_response_alg: 1 })],
  "authorization_signed_response_alg-type": [web({ authorization_signed_response_alg: 1 })],
  "authorization_encrypted_response_enc-type": [web({ authorization_encrypted_response_enc: "A256GCM" })],
  "authorization_encrypted_response_alg-type": [web({ authorization_encrypted_response_alg: 1 })],
  "client_id-type": [web({ client_id: 1 }), web({ client_id: "" })],
  "client_name-type": [web({ client_name: null })],
  "client_uri-type": [web({ client_uri: 1 })],
  "policy_uri-type": [web({ policy_uri: null })],
  "tos_uri-type": [web({ tos_uri: {} })],
  "logo_uri-type": [web({ logo_uri: null })],
  "default_max_age-type": [web({ default_max_age: "1" })],
  "require_auth_time-type": [web({ require_auth_time: "true" })],
  "contacts-type": [web({ contacts: "x@acme.dev" }), web({ contacts: [1] })],
  "tls_client_certificate_bound_access_tokens-type": [
    web({ tls_client_certificate_bound_access_tokens: "x" }),
  ],
  "dpop_bound_access_tokens-type": [web({ dpop_bound_access_tokens: "true" })],
  "authorization_details_types-type": [web({ authorization_details_types: "x" })],
  "redirect-uris-missing": [web({ redirect_uris: undefined })],
  "scope-syntax": [
    web({ scope: "atproto  x" }),
    web({ scope: 'atproto "' }),
    web({ scope: "atproto " }),
    web({ scope: "" }),
  ],
  "jwks-uri": [
    confidential({ jwks_uri: "ftp://app.acme.dev/jwks" }),
    confidential({ jwks_uri: "http://app.acme.dev/jwks" }),
  ],
  "client-uri": [web({ client_uri: "" }), web({ client_uri: "https://localhost/" })],
  "policy-uri": [web({ policy_uri: "http://app.acme.dev/" })],
  "tos-uri": [web({ tos_uri: "https://acme.local/" })],
  "logo-uri": [web({ logo_uri: "data:image/png;base64,AA==" }), web({ logo_uri: "https://acme/logo" })],
  "contacts-email": [web({ contacts: ["x@acme.dev", "x"] }), web({ contacts: ["a..b@acme.dev"] })],
  "jwks-shape": [web({ jwks: {} }), web({ jwks: { keys: {} } })],
  "jwks-both": [web({ jwks: { keys: [] }, jwks_uri: "https://app.acme.dev/jwks" })],
  "openid-members": [
    web({ default_max_age: 0 }),
    web({ userinfo_signed_response_alg: "" }),
    web({ id_token_signed_response_alg: "RS256" }),
    web({ userinfo_encrypted_response_alg: "RSA-OAEP" }),
  ],
  "client-uri-host": [
    web({ client_uri: "https://app.acme.test/" }),
    web({ client_uri: "http://localhost/" }),
  ],
  "client-uri-origin": [
    web({ client_uri: "https://acme.dev/" }),
    web({ client_uri: "https://app.acme.dev/other" }),
    web({ client_uri: "https://app.acme.dev/oau" }),
    web({ client_uri: "https://app.acme.dev/oauth/c.json/" }),
  ],
  "scope-missing": [web({ scope: undefined })],
  "scope-atproto": [web({ scope: "transition:generic" })],
  "scope-duplicate": [web({ scope: "atproto x y x" })],
  "grant-types-duplicate": [web({ grant_types: ["authorization_code", "refresh_token", "refresh_token"] })],
  "grant-types-supported": [
    web({ grant_types: ["authorization_code", "implicit"] }),
    web({ grant_types: ["authorization_code", "urn:ietf:params:oauth:grant-type:jwt-bearer"] }),
  ],
  "grant-types-code": [web({ grant_types: ["refresh_token"] })],
  "response-types-code": [web({ response_types: ["none"] })],
  "client-id-missing": [web({ client_id: undefined })],
  "client-id-equals-url": [
    web({ client_id: "https://app.acme.dev/oauth/c" }),
    at("https://APP.acme.dev/c"),
    at("https://app.acme.dev:443/c"),
  ],
  "subject-type": [web({ subject_type: "pairwise" })],
  "auth-method": [
    web({ token_endpoint_auth_method: undefined }),
    web({ token_endpoint_auth_method: "client_secret_jwt" }),
    web({ token_endpoint_auth_method: "tls_client_auth" }),
  ],
  "none-signing-alg": [web({ token_endpoint_auth_signing_alg: "ES256" })],
  "private-key-jwt-keys": [
    confidential({}),
    keyed(),
    keyed({ ...EC, kid: undefined }),
    keyed({ ...EC, d: "AA" }),
    keyed({ ...EC, use: "sig", key_ops: ["encrypt"] }),
    keyed({ kty: "oct", kid: "k", k: "AA" }),
  ],
  "private-key-jwt-alg": [confidential({ jwks: { keys: [EC] }, token_endpoint_auth_signing_alg: undefined })],
  "encrypted-response": [web({ authorization_encrypted_response_enc: "A128CBC-HS256" })],
  "mtls-bound": [web({ tls_client_certificate_bound_access_tokens: true })],
  dpop: [web({ dpop_bound_access_tokens: undefined }), web({ dpop_bound_access_tokens: false })],
  "authorization-details": [
    web({ authorization_details_types: ["a"] }),
    web({ authorization_details_types: ["a", "a"] }),
    web({ authorization_details_types: ["", ""] }),
  ],
  "native-public": [confidential({ application_type: "native", jwks: { keys: [EC] } })],
  "redirect-uris-form": [
    native("http://localhost/cb"),
    native("http://localhost:*/cb"),
    native("http://localhost.acme.dev/cb"),
    native("http://app.acme.dev/cb"),
    native("http:127.0.0.1/cb"),
    native("https://localhost/cb"),
    native("https:app.acme.dev/cb"),
    native("cursor://anysphere.cursor-mcp/oauth/callback"),
    native("dev.acme.app://cb"),
    native("test.acme.app:/cb"),
    native("urn:ietf:wg:oauth:2.0:oob"),
    native("/cb"),
  ],
  "redirect-uris-use": [
    web({ redirect_uris: ["https://u@app.acme.dev/cb"] }),
    native("http://LOCALHOST/cb"),
    web({ redirect_uris: ["http://127.0.0.1/cb"] }),
    web({ redirect_uris: ["dev.acme.app:/cb"] }),
    web({ redirect_uris: ["https://acme.test/cb"] }),
    web({ redirect_uris: ["https://[2606:4700::1111]/cb"] }),
  ],
  "redirect-uris-own-scheme": [native("dev.acme:/cb"), native("dev.acme.other:/cb")],
};

/** Documents atproto loads although other servers do not, or at the edge of what it takes. */
export const ATPROTO_ACCEPTED: readonly DocumentCase[] = [
  web(),
  written(`\ufeff${good}`),
  written(`\ufeff\ufeff${good}`),
  written(good.padEnd(512 * 1024)),
  written(good.replace(/\}$/, `,"deep":${"[".repeat(400)}${"]".repeat(400)}}`)),
  at("https://app.acme.dev/c#"),
  at("https://app.acme.dev/c?x"),
  at("https://myexample.com/c"),
  native("http://127.0.0.1/cb", "http://[::1]:8080/", "dev.acme.app:/cb", "https://elsewhere.dev/cb"),
  web({ redirect_uris: ["https://*.acme.dev/cb"] }),
  web({ client_secret: "x", jwks: { keys: ["dropped", 5] } }),
  web({ client_uri: "https://app.acme.dev" }),
  web({ client_uri: "https://app.acme.dev/oauth" }),
  web({ client_uri: DOCUMENT_URL, logo_uri: "http://127.0.0.1/logo", tos_uri: "https://8.8.8.8/" }),
  web({ grant_types: undefined, response_types: undefined }),
  web({ response_types: ["code", "token", "code"] }),
  web({ authorization_details_types: [], contacts: [], token_endpoint_auth_signing_alg: "" }),
  confidential({ jwks_uri: "https://app.acme.dev/jwks" }),
  confidential({ jwks_uri: "https://8.8.8.8/jwks" }),
  keyed({ kty: "oct", k: "AA" }, EC),
];

/** The rules that the proofs break, constraint by constraint, in their order and each once. */
export const ATPROTO_RULES: Readonly<Record<string, readonly string[]>> = {
  "url-localhost-client": ["atproto/localhost-client"],
  "url-https": ["client-id/https", "client-id/absolute-url", "atproto/client-id-host"],
  "url-credentials": ["client-id/userinfo"],
  "url-fragment": ["client-id/fragment"],
  "url-path": ["client-id/root-path", "atproto/client-id-path"],
  "url-address": ["atproto/client-id-host"],
  "url-canonical": ["atproto/client-id-path", "client-id/absolute-url"],
  "url-public-domain": ["atproto/client-id-host"],
  "fetch-policy": ["atproto/client-id-port", "document/placeholder", "atproto/client-id-host"],
  size: ["document/size"],
  json: ["document/json-syntax", "document/trailing-comma", "document/comment"],
  "jwks-uri-fetch": ["jwks-uri/userinfo", "jwks-uri/https", "jwks-uri/special-use"],
  object: ["document/not-object"],
  "redirect_uris-type": ["redirect-uris/type", "redirect-uris/empty"],
  "response_types-type": ["response-types/unknown", "document/null-value"],
  "grant_types-type": ["atproto/grant-types", "grant-types/type"],
  "scope-type": ["scope/type"],
  "token_endpoint_auth_method-type": ["auth-method/unknown", "document/null-value"],
  "token_endpoint_auth_signing_alg-type": ["document/null-value"],
  "userinfo_signed_response_alg-type": ["document/wrong-type"],
  "userinfo_encrypted_response_alg-type": ["document/wrong-type"],
  "jwks_uri-type": ["document/null-value"],
  "jwks-type": ["jwks/shape"],
  "application_type-type": ["application-type/value"],
  "subject_type-type": ["atproto/subject-type"],
  "request_object_signing_alg-type": ["document/null-value"],
  "id_token_signed_response_alg-type": ["document/wrong-type"],
  "authorization_signed_response_alg-type": ["document/wrong-type"],
  "authorization_encrypted_response_enc-type": ["document/wrong-type"],
  "authorization_encrypted_response_alg-type": ["document/wrong-type"],
  "client_id-type": ["client-id/type", "document/empty-string"],
  "client_name-type": ["document/null-value"],
  "client_uri-type": ["document/wrong-type"],
  "policy_uri-type": ["document/null-value"],
  "tos_uri-type": ["document/wrong-type"],
  "logo_uri-type": ["document/null-value"],
  "default_max_age-type": ["document/wrong-type"],
  "require_auth_time-type": ["document/wrong-type"],
  "contacts-type": ["contacts/type"],
  "tls_client_certificate_bound_access_tokens-type": ["document/wrong-type"],
  "dpop_bound_access_tokens-type": ["dpop/flag-type"],
  "authorization_details_types-type": ["document/wrong-type"],
  "redirect-uris-missing": ["redirect-uris/missing"],
  "scope-syntax": ["scope/syntax", "scope/empty"],
  "jwks-uri": ["jwks-uri/https"],
  "client-uri": ["document/empty-string", "uri/special-use-host"],
  "policy-uri": ["atproto/uris-https"],
  "tos-uri": ["uri/special-use-host"],
  "logo-uri": ["logo-uri/data", "uri/special-use-host"],
  "contacts-email": ["contacts/email"],
  "jwks-shape": ["jwks/shape"],
  "jwks-both": ["jwks/both"],
  "openid-members": ["unknown-field/info"],
  "client-uri-host": ["atproto/client-uri"],
  "client-uri-origin": ["atproto/client-uri"],
  "scope-missing": ["atproto/scope"],
  "scope-atproto": ["atproto/scope"],
  "scope-duplicate": ["scope/duplicate"],
  "grant-types-duplicate": ["grant-types/duplicate"],
  "grant-types-supported": ["atproto/grant-types"],
  "grant-types-code": ["atproto/grant-types"],
  "response-types-code": ["atproto/response-types"],
  "client-id-missing": ["client-id/missing"],
  "client-id-equals-url": ["client-id/url-mismatch"],
  "subject-type": ["atproto/subject-type"],
  "auth-method": ["atproto/auth-method-explicit", "auth-method/shared-secret", "auth-method/mtls-support"],
  "none-signing-alg": ["atproto/auth-signing-alg"],
  "private-key-jwt-keys": ["atproto/keys"],
  "private-key-jwt-alg": ["atproto/auth-signing-alg"],
  "encrypted-response": ["unknown-field/info"],
  "mtls-bound": ["mtls/bound-flag"],
  dpop: ["atproto/dpop"],
  "authorization-details": ["rar/types"],
  "native-public": ["atproto/native-confidential"],
  "redirect-uris-form": [
    "atproto/redirect-loopback",
    "redirect-uris/wildcard-port",
    "redirect-uris/http-non-loopback",
    "atproto/redirect-web",
    "redirect-uris/private-use-reverse-domain",
    "atproto/redirect-native-scheme",
    "redirect-uris/oob",
    "redirect-uris/absolute",
  ],
  "redirect-uris-use": [
    "atproto/redirect-credentials",
    "atproto/redirect-loopback",
    "redirect-uris/private-use-mixed",
    "atproto/redirect-web",
  ],
  "redirect-uris-own-scheme": ["atproto/redirect-native-scheme"],
};
