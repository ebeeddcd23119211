import { toolhive } from "../../server/src/servers/toolhive.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(toolhive, {
  fine: [
    { scope: "openid  offline_access", grant_types: [], response_types: ["token", "code"] },
    { redirect_uris: ["http://localhost/cb", "http://127.0.0.9/cb", "http://app.localhost/cb"] },
    { grant_types: ["authorization_code", "urn:ietf:params:oauth:grant-type:device_code"] },
    { client_name: undefined, jwks: "ignored", scope: "openid\u2003\u0085email" },
    {
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_methods_supported: ["private_key_jwt", "none"],
    },
  ],
  cases: {
    "url-scheme": [
      { url: "HTTPS://app.acme.dev/c", rule: "client-id/scheme-case" },
      { url: "http://app.acme.dev/c", rule: "client-id/https" },
    ],
    "url-parses": { url: "https://app.acme.dev:x/c", rule: "client-id/illegal-character" },
    "url-host": { url: "https:///c", rule: "client-id/absolute-url" },
    "url-path": { url: "https://app.acme.dev/", rule: "client-id/root-path" },
    "url-dot-segments": { url: "https://app.acme.dev/./c", rule: "client-id/dot-segment" },
    "url-fragment": { url: "https://app.acme.dev/c#x", rule: "client-id/fragment" },
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "fetch-address": [
      { url: "https://localhost/c", rule: "client-id/special-use-host" },
      { url: "https://[::ffff:127.0.0.1]/c", rule: "client-id/special-use-host" },
      { url: "https://[64:ff9b::a00:1]/c", rule: "client-id/special-use-host" },
      { url: "https://[2002:a00:1::]/c", rule: "client-id/special-use-host" },
      { url: "https://[fe80::1%25eth0]/c", rule: "client-id/special-use-host" },
      { url: "https://a..b/c", rule: "client-id/host-name" },
      { url: "https://app.acme.dev:65536/c", rule: "client-id/port" },
    ],
    size: { change: { padding: "x".repeat(10_240) }, rule: "document/size" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "[]", rule: "document/not-object" },
    "field-types": { change: { application_type: 1 }, rule: "document/wrong-type" },
    "client-id-equal": [
      { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
      { change: { client_id: undefined }, rule: "client-id/missing" },
    ],
    "redirect-uris": { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
    "redirect-policy": [
      { change: { redirect_uris: ["dev.acme.app:/cb"] }, rule: "redirect-uris/private-use-mixed" },
      { change: { redirect_uris: ["http://app.acme.dev/cb"] }, rule: "redirect-uris/http-non-loopback" },
      { change: { redirect_uris: ["http://localhost:*/cb"] }, rule: "redirect-uris/wildcard-port" },
      { change: { redirect_uris: ["https://a b/cb"] }, rule: "redirect-uris/illegal-character" },
      { change: { redirect_uris: ["https://app.acme.dev/cb#x"] }, rule: "redirect-uris/fragment" },
      { change: { redirect_uris: ["/cb"] }, rule: "redirect-uris/absolute" },
      {
        change: { redirect_uris: [`https://app.acme.dev/${"x".repeat(2048)}`] },
        rule: "redirect-uris/length",
      },
    ],
    "auth-method": [
      {
        change: { token_endpoint_auth_method: "private_key_jwt" },
        rule: "auth-method/private-key-jwt-support",
      },
      { change: { token_endpoint_auth_method: "client_secret_post" }, rule: "auth-method/shared-secret" },
    ],
    "code-grant": { change: { grant_types: ["refresh_token"] }, rule: "grant-types/code-mismatch" },
    "code-response": { change: { response_types: ["token"] }, rule: "response-types/empty-with-code" },
    "other-grants": { change: { grant_types: ["authorization_code", "x"] }, rule: "grant-types/extra" },
    scopes: { change: { scope: "openid files:read" }, rule: "scope/present" },
  },
  matches: [
    ["http://LOCALHOST:5000/cb", "http://localhost/cb", true],
    ["http://127.0.0.1:5000/cb?x", "http://127.0.0.1/cb?x", true],
    ["http://127.0.0.1:5000/cb?", "http://127.0.0.1/cb", true],
    ["http://localhost:5000/cb?", "http://localhost/cb", false],
    ["http://me@127.0.0.1:5000/cb", "https://127.0.0.1/cb", true],
    ["http://127.0.0.1:5000/c%62", "http://127.0.0.1/cb", true],
    ["http://localhost:5000/c%62", "http://localhost/cb", false],
    ["http://[::1]:5000/cb", "http://[::1]/cb", true],
    ["https://127.0.0.1:5000/cb", "http://127.0.0.1/cb", false],
    ["http://127.0.0.1:5000/cb", "http://localhost/cb", false],
    ["http://me@localhost:5000/cb", "http://localhost/cb", false],
    ["https://localhost:5000/cb", "https://localhost/cb", false],
  ],
  outcomes: [
    ["http://localhost/cb", "works"],
    ["https://*.acme.dev/cb", "never", "redirect-uris/wildcard-host"],
  ],
});
