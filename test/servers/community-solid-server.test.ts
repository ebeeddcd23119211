import { communitySolidServer } from "../../server/src/servers/community-solid-server/community-solid-server.js";
import { describeProfile } from "./support/profileTable.js";

const KEY = { kty: "EC", crv: "P-256", x: "x", y: "y" };

describeProfile(communitySolidServer, {
  flawless: { "@context": ["https://www.w3.org/ns/solid/oidc-context.jsonld"] },
  fine: [
    {
      token_endpoint_auth_method: "private_key_jwt",
      client_secret: "s",
      scope: "openid webid offline_access",
    },
    { redirect_uris: ["dev.acme.app:/cb", "http://localhost/cb"], application_type: "native" },
    { jwks: { keys: [KEY, { kty: "AKP" }, { kty: "OKP", crv: "other" }] } },
  ],
  cases: {
    "url-scheme": [
      { url: "http://app.acme.dev/c", rule: "client-id/https" },
      { url: "HTTPS://app.acme.dev/c", rule: "client-id/scheme-case" },
    ],
    "url-parses": { url: "https://", rule: "client-id/absolute-url" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "[]", rule: "document/not-object" },
    context: { change: { "@context": undefined }, rule: "solid/context" },
    "scope-webid": { change: { scope: "openid profile" }, rule: "solid/webid" },
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    "redirect-uris-present": [
      { change: { redirect_uris: undefined }, rule: "redirect-uris/missing" },
      { change: { redirect_uris: 0 }, rule: "redirect-uris/type" },
    ],
    booleans: { change: { require_auth_time: 1 }, rule: "document/wrong-type" },
    arrays: { change: { contacts: "x" }, rule: "document/wrong-type" },
    "array-items": { change: { contacts: [""] }, rule: "document/empty-string" },
    strings: { change: { client_name: 1 }, rule: "document/wrong-type" },
    "client-id-ascii": { url: "https://app.acme.dev/ü", rule: "client-id/non-ascii" },
    "secret-ascii": { change: { client_secret: "ü" }, rule: "secret/client-secret" },
    "application-type": { change: { application_type: "spa" }, rule: "application-type/value" },
    "default-acr-values": { change: { default_acr_values: ["x"] }, rule: "oidc/default-acr-values" },
    "grant-types": { change: { grant_types: ["authorization_code", "x"] }, rule: "grant-types/extra" },
    "id-token-algorithm": { change: { id_token_signed_response_alg: "RS256" }, rule: "oidc/id-token-alg" },
    "response-types": { change: { response_types: ["code", "token"] }, rule: "response-types/unknown" },
    "response-modes": { change: { response_modes: ["x"] }, rule: "response-modes/unknown" },
    "subject-type": { change: { subject_type: "pairwise" }, rule: "oidc/subject-type" },
    "auth-signing-algorithm": {
      change: { token_endpoint_auth_signing_alg: "ES256" },
      rule: "auth-signing-alg/with-none",
    },
    "web-uris": [
      { change: { logo_uri: "x" }, rule: "uri/absolute" },
      { change: { initiate_login_uri: "http://app.acme.dev/" }, rule: "oidc/initiate-login-uri" },
    ],
    scope: { change: { scope: "openid email" }, rule: "scope/present" },
    contacts: { change: { contacts: ["x"] }, rule: "contacts/email" },
    integers: [
      { change: { default_max_age: -1 }, rule: "oidc/default-max-age" },
      { change: { client_secret_expires_at: "x" }, rule: "document/wrong-type" },
    ],
    "response-types-not-empty": { change: { response_types: [] }, rule: "response-types/empty-with-code" },
    "redirect-uris-not-empty": { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
    "response-modes-not-empty": { change: { response_modes: [] }, rule: "response-modes/unknown" },
    "code-grant": { change: { grant_types: ["refresh_token"] }, rule: "grant-types/code-mismatch" },
    "implicit-grant": { change: { response_types: ["id_token"] }, rule: "grant-types/implicit-mismatch" },
    "jwks-or-uri": { change: { jwks: { keys: [] }, jwks_uri: "https://app.acme.dev/k" }, rule: "jwks/both" },
    jwks: [
      { change: { jwks: [] }, rule: "jwks/shape" },
      { change: { jwks: { keys: [{ ...KEY, d: "d" }] } }, rule: "jwks/private-key" },
      { change: { jwks: { keys: [{ kty: "oct" }] } }, rule: "jwks/symmetric-key" },
      { change: { jwks: { keys: [{ kty: "RSA", n: "n" }] } }, rule: "jwks/rsa-members" },
      { change: { jwks: { keys: [{ kty: "EC", crv: "P-256" }] } }, rule: "jwks/ec-members" },
      { change: { jwks: { keys: [{ kty: "OKP" }] } }, rule: "jwks/crv" },
      { change: { jwks: { keys: [{}] } }, rule: "jwks/kty" },
      { change: { jwks: { keys: [{ ...KEY, alg: 1 }] } }, rule: "jwks/alg" },
      { change: { jwks: { keys: [{ ...KEY, use: 1 }] } }, rule: "jwks/use" },
      { change: { jwks: { keys: [{ ...KEY, kid: 1 }] } }, rule: "jwks/shape" },
      { change: { jwks: { keys: [{ ...KEY, x5c: [1] }] } }, rule: "jwks/shape" },
    ],
    "sector-identifier": {
      change: { sector_identifier_uri: "https://app.acme.dev/s" },
      rule: "oidc/sector-identifier",
    },
    "redirect-shape": [
      { change: { redirect_uris: ["http://localhost:*/cb"] }, rule: "redirect-uris/wildcard-port" },
      { change: { redirect_uris: ["https://app.acme.dev/cb#x"] }, rule: "redirect-uris/fragment" },
      { change: { redirect_uris: ["dev.acme.app:/cb"] }, rule: "redirect-uris/private-use-mixed" },
      {
        change: { redirect_uris: ["acme:/cb"], application_type: "native" },
        rule: "redirect-uris/private-use-reverse-domain",
      },
      {
        change: { redirect_uris: ["http://app.acme.dev/cb"], application_type: "native" },
        rule: "redirect-uris/http-non-loopback",
      },
      {
        change: { redirect_uris: ["https://localhost/cb"], application_type: "native" },
        rule: "redirect-uris/https-loopback",
      },
      {
        change: {
          redirect_uris: ["http://app.acme.dev/cb"],
          grant_types: ["authorization_code", "implicit"],
        },
        rule: "redirect-uris/http-non-loopback",
      },
      {
        change: { redirect_uris: ["https://localhost/cb"], grant_types: ["authorization_code", "implicit"] },
        rule: "redirect-uris/https-loopback",
      },
    ],
    "post-logout-redirect-uris": { change: { post_logout_redirect_uris: ["x"] }, rule: "logout/uris" },
    "refresh-grant": { change: { grant_types: undefined }, rule: "grant-types/no-refresh" },
  },
  matches: [
    ["https://app.acme.dev:443/cb", "https://APP.acme.dev/cb", true],
    ["http://localhost:5000/cb", "http://localhost/cb", false],
    ["nothing", "nothing", false],
  ],
  outcomes: [
    ["https://app.acme.dev/cb", "works"],
    ["http://localhost/cb", "limited", "redirect-uris/portless-loopback"],
    ["http://localhost:1/cb", "limited", "redirect-uris/fixed-loopback-port"],
  ],
});
