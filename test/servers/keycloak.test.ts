import { keycloak } from "../../server/src/servers/keycloak/keycloak.js";
import { describeProfile } from "./support/profileTable.js";

const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

describeProfile(keycloak, {
  fine: [
    { redirect_uris: ["http://127.0.0.1:8080/cb", "http://[::1]/cb", "http://localhost/cb"] },
    { client_secret: null, token_endpoint_auth_method: "private_key_jwt", grant_types: [JWT_BEARER] },
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
    "url-host": { url: "https://a_b/c", rule: "client-id/raw-host" },
    size: { change: { padding: "x".repeat(5000) }, rule: "document/size" },
    "client-id-equal": [
      { change: { client_id: "https://app.acme.dev/other" }, rule: "client-id/url-mismatch" },
      { change: { client_id: undefined }, rule: "client-id/missing" },
    ],
    "auth-method": {
      change: { token_endpoint_auth_method: "client_secret_basic" },
      rule: "auth-method/shared-secret",
    },
    "client-secret": [
      { change: { client_secret: "s" }, rule: "secret/client-secret" },
      { change: { client_secret_expires_at: 0 }, rule: "secret/client-secret-expires-at" },
    ],
    "redirect-uris": [
      { change: { redirect_uris: undefined }, rule: "redirect-uris/missing" },
      { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
    ],
    "redirect-hosts": [
      { change: { redirect_uris: ["http://localhost:*/cb"] }, rule: "redirect-uris/wildcard-port" },
      { change: { redirect_uris: ["https://*.acme.dev/cb"] }, rule: "redirect-uris/wildcard-host" },
      { change: { redirect_uris: ["dev.acme.app:/cb"] }, rule: "redirect-uris/private-use-fastmcp" },
      { change: { redirect_uris: ["https://a.acme.dev/c b"] }, rule: "redirect-uris/illegal-character" },
      { change: { redirect_uris: ["https://a.acme.dev:x/cb"] }, rule: "redirect-uris/port-invalid" },
      { change: { redirect_uris: ["/callback"] }, rule: "redirect-uris/absolute" },
    ],
    "link-hosts": [
      { change: { logo_uri: "/logo.png" }, rule: "uri/absolute" },
      { change: { post_logout_redirect_uris: ["https://a b/"] }, rule: "uri/illegal-character" },
    ],
    "operator-allowlist": { rule: "client-id/operator-allowlist" },
    "public-client-grants": { change: { grant_types: [JWT_BEARER] }, rule: "grant-types/extra" },
  },
  outcomes: [["https://app.acme.dev/callback", "unknown"]],
});
