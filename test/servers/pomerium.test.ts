import { pomerium } from "../../server/src/servers/pomerium.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(pomerium, {
  fine: [
    { client_name: undefined, redirect_uris: ["anything"], token_endpoint_auth_method: "" },
    { token_endpoint_auth_method: "private_key_jwt", jwks_uri: "https://keys.acme.dev/jwks.json" },
    {
      token_endpoint_auth_method: "client_secret_basic",
      token_endpoint_auth_methods_supported: ["client_secret_basic", "none"],
    },
    { client_id: undefined, Client_ID: "https://app.acme.dev/oauth/client.json" },
  ],
  cases: {
    "url-parses": { url: "https://app.acme.dev:x/c", rule: "client-id/illegal-character" },
    "url-https": { url: "http://app.acme.dev/c", rule: "client-id/https" },
    "url-host": { url: "https:///c", rule: "client-id/absolute-url" },
    "url-path": [
      { url: "https://app.acme.dev", rule: "client-id/path-required" },
      { url: "https://app.acme.dev/", rule: "client-id/root-path" },
    ],
    "url-dot-segments": { url: "https://app.acme.dev/%2e%2e/c", rule: "client-id/dot-segment-encoded" },
    "url-fragment": { url: "https://app.acme.dev/c#x", rule: "client-id/fragment" },
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "operator-allowlist": { rule: "client-id/operator-allowlist" },
    "fetch-address": { url: "https://127.0.0.1/c", rule: "client-id/special-use-host" },
    size: { change: { padding: "x".repeat(5120) }, rule: "document/size" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "[]", rule: "document/not-object" },
    "field-types": { change: { software_version: 1 }, rule: "document/wrong-type" },
    "client-id-equal": [
      { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
      { change: { client_id: undefined }, rule: "client-id/missing" },
    ],
    "redirect-uris": [
      { change: { redirect_uris: undefined }, rule: "redirect-uris/missing" },
      { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
    ],
    "auth-method": [
      { change: { token_endpoint_auth_method: "client_secret_post" }, rule: "auth-method/shared-secret" },
      { change: { token_endpoint_auth_method: "tls_client_auth" }, rule: "auth-method/mtls-support" },
      {
        change: {
          token_endpoint_auth_method: "client_secret_post",
          token_endpoint_auth_methods_supported: ["private_key_jwt"],
        },
        rule: "auth-method/shared-secret",
      },
    ],
    "jwks-uri": [
      { change: { jwks_uri: "http://app.acme.dev/jwks.json" }, rule: "jwks-uri/https" },
      { change: { jwks_uri: "https://app.acme.dev:x/jwks.json" }, rule: "jwks-uri/https" },
    ],
    keys: {
      change: { token_endpoint_auth_method: "private_key_jwt" },
      rule: "auth-method/private-key-jwt-no-keys",
    },
  },
  matches: [
    ["http://localhost:5000/cb?x=1", "http://localhost/cb", true],
    ["http://localhost:5000/a%2Fcb", "http://localhost/a/cb", true],
    ["https://127.0.0.1:5000/cb", "http://127.0.0.1/cb", false],
    ["http://[::1]:5000/cb", "http://[::1]/cb", false],
    ["http://localhost:5000/cb", "http://127.0.0.1/cb", false],
  ],
  outcomes: [
    ["http://localhost/cb", "works"],
    ["http://[::1]/cb", "limited", "redirect-uris/loopback-exact"],
    ["http://localhost:*/cb", "never", "redirect-uris/wildcard-port"],
  ],
});
