import { zeroid } from "../../server/src/servers/zeroid.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(zeroid, {
  fine: [
    { redirect_uris: ["dev.acme.app:/cb", "http://[::1]:1/cb"], grant_types: [], response_types: [] },
    { token_endpoint_auth_method: "private_key_jwt", jwks_uri: "https://app.acme.dev/jwks.json" },
    { grant_types: ["authorization_code", "client_credentials"] },
  ],
  cases: {
    "url-length": { url: `https://app.acme.dev/${"c".repeat(255)}`, rule: "client-id/length" },
    "url-parses": { url: "https://app.acme.dev:x/c", rule: "client-id/illegal-character" },
    "url-https": { url: "http://app.acme.dev/c", rule: "client-id/https" },
    "url-host": { url: "https:///c", rule: "client-id/absolute-url" },
    "url-path": { url: "https://app.acme.dev/", rule: "client-id/root-path" },
    "url-query": { url: "https://app.acme.dev/c?x", rule: "client-id/query" },
    "url-fragment": { url: "https://app.acme.dev/c#x", rule: "client-id/fragment" },
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "url-dot-segments": { url: "https://app.acme.dev/%2e%2e/c", rule: "client-id/dot-segment-encoded" },
    size: { change: { padding: "x".repeat(5120) }, rule: "document/size" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "[]", rule: "document/not-object" },
    "field-types": { change: { scope: ["openid"] }, rule: "document/wrong-type" },
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    "redirect-uris": { change: { redirect_uris: undefined }, rule: "redirect-uris/missing" },
    "redirect-shape": [
      { change: { redirect_uris: ["http://localhost:*/cb"] }, rule: "redirect-uris/wildcard-port" },
      { change: { redirect_uris: ["https://app.acme.dev/cb#x"] }, rule: "redirect-uris/fragment" },
      { change: { redirect_uris: ["/cb"] }, rule: "redirect-uris/absolute" },
      { change: { redirect_uris: ["https:/cb"] }, rule: "redirect-uris/absolute" },
      { change: { redirect_uris: ["https://me@app.acme.dev/cb"] }, rule: "redirect-uris/userinfo" },
      { change: { redirect_uris: ["http://app.acme.dev/cb"] }, rule: "redirect-uris/http-non-loopback" },
      { change: { redirect_uris: ["http://127.0.0.2/cb"] }, rule: "redirect-uris/loopback-nonstandard" },
    ],
    "auth-method": {
      change: { token_endpoint_auth_method: "tls_client_auth" },
      rule: "auth-method/mtls-support",
    },
    "fetch-address": { url: "https://[::1]/c", rule: "client-id/special-use-host" },
    keys: [
      {
        change: { token_endpoint_auth_method: "private_key_jwt" },
        rule: "auth-method/private-key-jwt-no-keys",
      },
      {
        change: {
          token_endpoint_auth_method: "private_key_jwt",
          jwks_uri: "https://app.acme.dev/jwks.json",
          jwks: { keys: [] },
        },
        rule: "jwks/both",
      },
    ],
    "jwks-host": [
      {
        change: {
          token_endpoint_auth_method: "private_key_jwt",
          jwks_uri: "https://keys.acme.dev/jwks.json",
        },
        rule: "jwks-uri/same-origin",
      },
      {
        change: { token_endpoint_auth_method: "private_key_jwt", jwks_uri: "http://app.acme.dev/jwks.json" },
        rule: "jwks-uri/https",
      },
    ],
    "code-grant": { change: { grant_types: ["refresh_token"] }, rule: "grant-types/code-mismatch" },
    "other-grants": { change: { grant_types: ["authorization_code", "x"] }, rule: "grant-types/extra" },
    "code-response": { change: { response_types: ["token"] }, rule: "response-types/empty-with-code" },
    unvetted: { rule: "client-id/operator-allowlist" },
    "client-name": [
      { change: { client_name: undefined }, rule: "client-name/missing" },
      { change: { client_name: " " }, rule: "client-name/empty" },
    ],
  },
  matches: [
    ["http://127.0.0.1:5000/cb", "http://localhost/cb", true],
    ["http://localhost:5000/cb?x", "http://localhost/cb", false],
    ["http://localhost:5000/cb#x", "http://localhost/cb", false],
    ["http://localhost:5000/cb", "https://app.acme.dev/cb", false],
    ["https://app.acme.dev:1/cb", "https://app.acme.dev/cb", false],
  ],
  outcomes: [
    ["http://localhost/cb", "works"],
    ["dev.acme.app:/cb", "works"],
    ["https://app.acme.dev/cb", "limited", "client-id/operator-allowlist"],
    ["https://*.acme.dev/cb", "never", "redirect-uris/wildcard-host"],
  ],
});
