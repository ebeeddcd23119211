import { djangoOauthToolkit } from "../../server/src/servers/django-oauth-toolkit/django-oauth-toolkit.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(djangoOauthToolkit, {
  fine: [
    { redirect_uris: ["http://localhost/cb", "http://127.0.0.1:1/cb"] },
    { client_name: undefined, grant_types: undefined, token_endpoint_auth_method: undefined },
    { grant_types: ["implicit"] },
  ],
  cases: {
    "url-https": { url: "http://app.acme.dev/c", rule: "client-id/https" },
    "url-host": { url: "https:///c", rule: "client-id/absolute-url" },
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "url-fragment": { url: "https://app.acme.dev/c#x", rule: "client-id/fragment" },
    "url-path": { url: "https://app.acme.dev", rule: "client-id/path-required" },
    "url-dot-segments": { url: "https://app.acme.dev/./c", rule: "client-id/dot-segment" },
    "url-port": { url: "https://app.acme.dev:99999/c", rule: "client-id/port-invalid" },
    "url-length": { url: `https://app.acme.dev/${"c".repeat(240)}`, rule: "client-id/length" },
    "fetch-address": { url: "https://10.0.0.1/c", rule: "client-id/special-use-host" },
    size: { change: { padding: "x".repeat(16_384) }, rule: "document/size" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "[]", rule: "document/not-object" },
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    "auth-method": [
      {
        change: { token_endpoint_auth_method: "private_key_jwt" },
        rule: "auth-method/private-key-jwt-support",
      },
      { change: { token_endpoint_auth_method: "client_secret_post" }, rule: "auth-method/shared-secret" },
    ],
    "client-secret": { change: { client_secret: null }, rule: "secret/client-secret" },
    "redirect-uris": { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
    "redirect-strings": { change: { redirect_uris: [1] }, rule: "redirect-uris/type" },
    "redirect-shape": [
      { change: { redirect_uris: ["https://app.acme.dev/cb#"] }, rule: "redirect-uris/fragment" },
      { change: { redirect_uris: ["dev.acme.app:/cb"] }, rule: "redirect-uris/private-use-mixed" },
      { change: { redirect_uris: ["javascript:alert(1)"] }, rule: "redirect-uris/unsafe-scheme" },
      { change: { redirect_uris: ["https:/cb"] }, rule: "redirect-uris/absolute" },
    ],
    "grant-types": [
      {
        change: { grant_types: ["authorization_code", "urn:ietf:params:oauth:grant-type:jwt-bearer"] },
        rule: "grant-types/extra",
      },
      { change: { grant_types: ["refresh_token"] }, rule: "grant-types/refresh-only" },
      { change: { grant_types: ["client_credentials"] }, rule: "grant-types/extra" },
      { change: { grant_types: null }, rule: "grant-types/type" },
    ],
    "client-name": [
      { change: { client_name: "x".repeat(256) }, rule: "client-name/length" },
      { change: { client_name: 1 }, rule: "document/wrong-type" },
    ],
  },
  matches: [
    ["http://127.0.0.1:5000/cb", "http://127.0.0.1/cb", true],
    ["http://[::1]:5000/cb", "http://[::1]:80/cb", true],
    ["http://localhost:5000/cb", "http://localhost/cb", false],
    ["https://APP.acme.dev/cb", "https://app.acme.dev/cb", true],
    ["https://app.acme.dev/cb?x=1", "https://app.acme.dev/cb", false],
    ["https://me@app.acme.dev/cb", "https://app.acme.dev/cb", false],
    ["http://127.0.0.1:5000/cb", "http://127.0.0.1:*/cb", undefined],
  ],
  outcomes: [
    ["http://127.0.0.1/cb", "works"],
    ["http://localhost/cb", "limited", "redirect-uris/loopback-exact"],
    ["http://localhost:3000/cb", "limited", "redirect-uris/fixed-loopback-port"],
    ["http://localhost:*/cb", "never", "redirect-uris/wildcard-port"],
    ["http://127.0.0.1:*/cb", "unknown"],
    ["https://me@app.acme.dev/cb", "never", "redirect-uris/userinfo"],
  ],
});
