import { keycloak } from "../../server/src/servers/keycloak/keycloak.js";
import { describeProfile } from "./support/profileTable.js";

const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const EC = {
  kty: "EC",
  crv: "P-256",
  use: "sig",
  x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
  y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
};
const JWKS_URI = "https://app.acme.dev/jwks.json";
const WITH_KEY = { token_endpoint_auth_method: "private_key_jwt", jwks_uri: JWKS_URI };

describeProfile(keycloak, {
  fine: [
    { redirect_uris: ["http://127.0.0.1:8080/cb", "http://[::1]/cb", "http://localhost/cb"] },
    { client_secret: null, client_secret_expires_at: "", ...WITH_KEY, grant_types: [JWT_BEARER] },
    { client_name: 7, contacts: [true, null], default_max_age: "60", require_auth_time: "True" },
    { jwks: { keys: [{ ...EC, use: undefined, y: "AA" }], more: 1 } },
    { token_endpoint_auth_method: "private_key_jwt", jwks: { keys: [EC] } },
    { redirect_uris: ["https://app.acme.dev/auth/*", "cursor://acme/cb"] },
    { post_logout_redirect_uris: ["+", "https://app.acme.dev/"] },
  ],
  cases: {
    "url-malformed": { url: "https://app.acme.dev/<id>", rule: "client-id/illegal-character" },
    "url-https": [
      { url: "http://app.acme.dev/c", rule: "client-id/https" },
      { url: "HTTPS://app.acme.dev/c", rule: "client-id/scheme-case" },
    ],
    "url-path": { url: "https://app.acme.dev", rule: "client-id/path-required" },
    "url-dot-segments": [
      { url: "https://app.acme.dev/../c", rule: "client-id/dot-segment" },
      { url: "https://app.acme.dev/%2e%2e/c", rule: "client-id/dot-segment-encoded" },
      { url: "https://app.acme.dev/a%2f..", rule: "client-id/dot-segment-encoded" },
    ],
    "url-fragment": { url: "https://app.acme.dev/c#", rule: "client-id/fragment" },
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "url-query": { url: "https://app.acme.dev/c?", rule: "client-id/query" },
    "url-host": { url: "https://a_b/c", rule: "client-id/host-name" },
    size: { change: { client_name: "x".repeat(5000) }, rule: "document/size" },
    json: [
      { text: "", rule: "document/json-syntax" },
      { text: "\ufeff{}", rule: "document/bom" },
    ],
    object: { text: "[]", rule: "document/not-object" },
    "unknown-members": [
      { change: { token_endpoint_auth_methods_supported: ["none"] }, rule: "unknown-field/refused" },
      { change: { "client_name#de": "Acme" }, rule: "unknown-field/refused" },
      { change: { $schema: "./schema.json" }, rule: "unknown-field/refused" },
    ],
    types: [
      { change: { redirect_uris: "https://app.acme.dev/cb" }, rule: "redirect-uris/type" },
      { change: { contacts: "me" }, rule: "document/wrong-type" },
      { change: { jwks: [] }, rule: "document/wrong-type" },
      { change: { scope: {} }, rule: "document/wrong-type" },
      { change: { default_max_age: "soon" }, rule: "document/wrong-type" },
      { change: { client_id_issued_at: 2 ** 31 }, rule: "document/wrong-type" },
      { change: { require_auth_time: 1.5 }, rule: "document/wrong-type" },
    ],
    "client-id-equal": [
      { change: { client_id: "https://app.acme.dev/other" }, rule: "client-id/url-mismatch" },
      { change: { client_id: undefined }, rule: "client-id/missing" },
    ],
    "auth-method": [
      { change: { token_endpoint_auth_method: "client_secret_basic" }, rule: "auth-method/shared-secret" },
      {
        change: { token_endpoint_auth_method: "self_signed_tls_client_auth" },
        rule: "auth-method/mtls-support",
      },
      { change: { token_endpoint_auth_method: "" }, rule: "auth-method/unknown" },
    ],
    "client-secret": [
      { change: { client_secret: "s" }, rule: "secret/client-secret" },
      { change: { client_secret_expires_at: 0 }, rule: "secret/client-secret-expires-at" },
    ],
    "redirect-uris": [
      { change: { redirect_uris: undefined }, rule: "redirect-uris/missing" },
      { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
      { change: { redirect_uris: ["https://app.acme.dev/cb", null] }, rule: "redirect-uris/type" },
    ],
    "redirect-hosts": [
      { change: { redirect_uris: ["http://localhost:*/cb"] }, rule: "redirect-uris/wildcard-port" },
      { change: { redirect_uris: ["https://*.acme.dev/cb"] }, rule: "redirect-uris/wildcard-host" },
      { change: { redirect_uris: ["dev.acme.app:/cb"] }, rule: "redirect-uris/private-use-fastmcp" },
      { change: { redirect_uris: ["https://a.acme.dev/c b"] }, rule: "redirect-uris/illegal-character" },
      { change: { redirect_uris: ["https://a.acme.dev:x/cb"] }, rule: "redirect-uris/port-invalid" },
      { change: { redirect_uris: ["/callback"] }, rule: "redirect-uris/absolute" },
    ],
    "redirect-usable": {
      change: { redirect_uris: ["https://app.acme.dev/cb?state=1"] },
      rule: "redirect-uris/reserved-params",
    },
    "redirect-fragment": {
      change: { redirect_uris: ["https://app.acme.dev/cb#"] },
      rule: "redirect-uris/fragment",
    },
    "redirect-scheme": {
      change: { redirect_uris: ["javascript://acme/cb"] },
      rule: "redirect-uris/unsafe-scheme",
    },
    "link-hosts": [
      { change: { logo_uri: "/logo.png" }, rule: "uri/absolute" },
      { change: { tos_uri: "https://a b/" }, rule: "uri/illegal-character" },
    ],
    "links-opened": [
      { change: { client_uri: "acme://app" }, rule: "uri/absolute" },
      { change: { backchannel_logout_uri: "logout" }, rule: "logout/uris" },
    ],
    "logo-scheme": { change: { logo_uri: "javascript://acme/" }, rule: "uri/unsafe-scheme" },
    "logout-redirects": { change: { post_logout_redirect_uris: ["https://a/#x"] }, rule: "logout/uris" },
    "request-uris": { change: { request_uris: ["a b"] }, rule: "oidc/request-uris" },
    "jwks-both": { change: { jwks: { keys: [EC] }, jwks_uri: JWKS_URI }, rule: "jwks/both" },
    "jwks-keys": [
      { change: { jwks: {} }, rule: "jwks/shape" },
      { change: { jwks: { keys: [null] } }, rule: "jwks/shape" },
      { change: { jwks: { keys: [{ ...EC, y: EC.x }] } }, rule: "jwks/ec-members" },
      { change: { jwks: { keys: [{ ...EC, crv: "secp256k1" }] } }, rule: "jwks/crv" },
      {
        change: { jwks: { keys: [{ kty: "OKP", crv: "Ed25519", use: "sig", x: "AA" }] } },
        rule: "jwks/ec-members",
      },
      {
        change: { jwks: { keys: [{ kty: "RSA", use: "sig", n: "AQAB", e: "AQAB" }] } },
        rule: "jwks/rsa-size",
      },
      {
        change: { jwks: { keys: [{ kty: "RSA", use: "sig", n: EC.x.repeat(5), e: "AQ" }] } },
        rule: "jwks/rsa-members",
      },
      { change: { jwks: { keys: [{ kty: "AKP", use: "sig", alg: "ML-DSA-44" }] } }, rule: "jwks/kty" },
      { change: { jwks: { keys: [{ ...EC, use: "enc", x5c: ["A"] }] } }, rule: "jwks/shape" },
    ],
    "keys-present": [
      {
        change: { token_endpoint_auth_method: "private_key_jwt" },
        rule: "auth-method/private-key-jwt-no-keys",
      },
      {
        change: {
          token_endpoint_auth_method: "private_key_jwt",
          jwks: { keys: [{ ...EC, use: undefined }] },
        },
        rule: "jwks/use",
      },
      { change: { token_endpoint_auth_method: "private_key_jwt", jwks: { keys: [] } }, rule: "jwks/empty" },
    ],
    "response-types": { change: { response_types: ["code", "saml"] }, rule: "response-types/unknown" },
    "public-client-grants": { change: { grant_types: [JWT_BEARER] }, rule: "grant-types/extra" },
    "subject-type": { change: { subject_type: "secret" }, rule: "oidc/subject-type" },
    "pairwise-hosts": {
      change: { subject_type: "pairwise", redirect_uris: ["https://app.acme.dev/cb", "http://localhost/cb"] },
      rule: "oidc/sector-identifier",
    },
    "sector-identifier": { change: { sector_identifier_uri: "acme" }, rule: "oidc/sector-identifier" },
    "acr-values": { change: { default_acr_values: ["gold"] }, rule: "oidc/default-acr-values" },
    ciba: [
      { change: { backchannel_token_delivery_mode: "push" }, rule: "ciba/mode" },
      { change: { backchannel_token_delivery_mode: "ping" }, rule: "ciba/endpoint" },
      { change: { backchannel_client_notification_endpoint: "http://app.acme.dev/" }, rule: "ciba/endpoint" },
      { change: { backchannel_authentication_request_signing_alg: "HS256" }, rule: "ciba/mode" },
    ],
    "operator-allowlist": { rule: "client-id/operator-allowlist" },
    "standard-flow": [
      { change: { response_types: ["id_token"] }, rule: "response-types/token" },
      {
        change: { response_types: undefined, grant_types: ["refresh_token"] },
        rule: "grant-types/refresh-only",
      },
    ],
    "no-refresh": { change: { grant_types: ["authorization_code"] }, rule: "grant-types/no-refresh" },
  },
  matches: [
    ["http://localhost:3118/cb", "http://localhost/cb", true],
    ["http://[::1]:3118/cb?a=1", "http://[::1]/cb?a=1", true],
    ["http://127.0.0.1:3118/cb", "http://localhost/cb", false],
    ["http://localhost:3118/cb", "http://localhost:3119/cb", false],
    ["https://app.acme.dev/auth/cb?a=1", "https://app.acme.dev/auth/*", true],
    ["https://app.acme.dev/auth", "https://app.acme.dev/auth/*", true],
    ["https://app.acme.dev/auth/../cb", "https://app.acme.dev/auth/*", false],
    ["https://me@app.acme.dev/auth/cb", "https://me@app.acme.dev/*", false],
  ],
  refusedRequests: [
    "https://app.acme.dev/c b",
    "https://app.acme.dev/cb?c%6Fde=1",
    "https://app.acme.dev/cb#state",
  ],
  outcomes: [
    ["https://app.acme.dev/callback", "works"],
    ["https://app.acme.dev/*", "works"],
    ["http://localhost/cb", "works"],
    ["http://localhost:3118/cb", "limited", "redirect-uris/fixed-loopback-port"],
  ],
});
