import { springAuthorizationServer } from "../../server/src/servers/spring-authorization-server/spring-authorization-server.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(springAuthorizationServer, {
  fine: [
    { client_secret: " " },
    { client_secret_expires_at: 0 },
    { redirect_uris: "https://app.acme.dev/callback", grant_types: "authorization_code" },
    { scope: "openid  mcp", client_id_issued_at: "2026-01-01T00:00:00Z", client_name: 7 },
  ],
  cases: {
    "url-text": { url: " ", rule: "client-id/absolute-url" },
    "url-https": [
      { url: "http://app.acme.dev/c", rule: "client-id/https" },
      { url: "https://a b/", rule: "client-id/illegal-character" },
    ],
    "url-scheme-case": { url: "HTTPS://app.acme.dev/c", rule: "client-id/scheme-case" },
    "url-dot-segments": [
      { url: "https://app.acme.dev/a/../c", rule: "client-id/dot-segment" },
      { url: "https://app.acme.dev/a..b", rule: "client-id/dot-segment" },
    ],
    "url-path": { url: "https://app.acme.dev", rule: "client-id/path-required" },
    "url-fragment": { url: "https://app.acme.dev/c#x", rule: "client-id/fragment" },
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    json: { text: "{}x", rule: "document/json-syntax" },
    "json-limits": [
      { text: `{"a":${"[".repeat(501)}${"]".repeat(501)}}`, rule: "document/too-deep" },
      { text: `{"a":${"1".repeat(1001)}}`, rule: "document/invalid-number" },
    ],
    object: { text: "[]", rule: "document/not-object" },
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    "client-id-beside": {
      change: { client_id: undefined, client_id_issued_at: 1 },
      rule: "client-id/missing",
    },
    "issued-at": { change: { client_id_issued_at: "today" }, rule: "secret/response-only" },
    "client-secret": { change: { client_secret: "s" }, rule: "secret/client-secret" },
    "secret-expires-at": [
      { change: { client_secret_expires_at: 1 }, rule: "secret/client-secret-expires-at" },
      {
        change: { client_secret_expires_at: "x", client_secret: " " },
        rule: "secret/client-secret-expires-at",
      },
    ],
    "redirect-uris": { change: { redirect_uris: [null] }, rule: "redirect-uris/missing" },
    "redirects-empty": { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
    "redirects-for-code": { change: { redirect_uris: undefined }, rule: "redirect-uris/missing" },
    "redirect-syntax": [
      { change: { redirect_uris: ["https://a/c b"] }, rule: "redirect-uris/illegal-character" },
      { change: { redirect_uris: ["https://a/cb#"] }, rule: "redirect-uris/fragment" },
    ],
    "redirect-https": [
      { change: { redirect_uris: ["http://127.0.0.1/cb"] }, rule: "redirect-uris/loopback-refused" },
      { change: { redirect_uris: ["dev.acme.app:/cb"] }, rule: "redirect-uris/private-use-mixed" },
      { change: { redirect_uris: ["https://app.acme.dev/a/../cb"] }, rule: "redirect-uris/dot-segment" },
    ],
    "auth-method": {
      change: { token_endpoint_auth_method: "client_secret_basic" },
      rule: "auth-method/shared-secret",
    },
    "grants-empty": { change: { grant_types: [] }, rule: "grant-types/type" },
    "grants-text": { change: { grant_types: ["authorization_code", ""] }, rule: "grant-types/type" },
    "response-types-empty": { change: { response_types: [] }, rule: "response-types/empty-with-code" },
    scope: { change: { scope: "é" }, rule: "scope/syntax" },
    "jwks-uri": { change: { jwks_uri: "jwks.json" }, rule: "jwks-uri/https" },
    "code-grant": {
      change: { grant_types: ["refresh_token"], response_types: undefined },
      rule: "grant-types/code-mismatch",
    },
    "public-method": [
      { change: { token_endpoint_auth_method: undefined }, rule: "auth-method/missing" },
      {
        change: { token_endpoint_auth_method: "private_key_jwt" },
        rule: "auth-method/private-key-jwt-support",
      },
    ],
  },
  matches: [
    ["https://127.0.0.1:3118/cb", "https://127.0.0.1/cb", true],
    ["https://127.1.2.3:3118/cb", "https://127.1.2.3:80/cb", true],
    ["https://[::1]:3118/cb", "https://[::1]/cb", true],
    ["https://127.0.0.1:3118/cb", "https://127.0.0.2/cb", false],
    ["https://localhost:3118/cb", "https://localhost/cb", false],
    ["https://app.acme.dev/cb", "https://app.acme.dev/cb", true],
    ["https://app.acme.dev/cb#x", "https://app.acme.dev/cb#x", false],
    ["https://[::1]?a", "https://[::1]?a", false],
  ],
  outcomes: [
    ["https://app.acme.dev/callback", "works"],
    ["https://app.acme.dev/auth/*", "limited", "redirect-uris/wildcard-path"],
  ],
});
