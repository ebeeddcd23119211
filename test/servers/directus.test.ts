import { directus } from "../../server/src/servers/directus.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(directus, {
  fine: [
    {
      redirect_uris: [
        "http://[::1]:1/cb",
        "raycast://oauth?x",
        "cursor://anysphere.cursor-mcp/oauth/callback",
      ],
    },
    { response_types: undefined, scope: 1 },
  ],
  cases: {
    "url-https": [
      { url: "http://app.acme.dev/c", rule: "client-id/https" },
      { url: "HTTPS://app.acme.dev/c", rule: "client-id/scheme-case" },
      { url: "https://", rule: "client-id/absolute-url" },
    ],
    "url-path": { url: "https://app.acme.dev/", rule: "client-id/root-path" },
    "url-fragment": { url: "https://app.acme.dev/c#x", rule: "client-id/fragment" },
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "url-query": { url: "https://app.acme.dev/c?x", rule: "client-id/query" },
    "url-host": [
      { url: "https://app.acme.example/c", rule: "client-id/special-use-host" },
      { url: "https://93.184.216.34/c", rule: "client-id/ip-literal" },
    ],
    "url-length": { url: `https://app.acme.dev/${"c".repeat(240)}`, rule: "client-id/length" },
    "url-canonical": [
      { url: "https://APP.acme.dev/c", rule: "client-id/host-case" },
      { url: "https://app.acme.dev/a/../c", rule: "client-id/dot-segment" },
      { url: "https://app.acme.dev/c d", rule: "client-id/illegal-character" },
    ],
    size: { change: { padding: "x".repeat(5120) }, rule: "document/size" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "[]", rule: "document/not-object" },
    "client-id-equal": { change: { client_id: undefined }, rule: "client-id/missing" },
    "client-name": { change: { client_name: " " }, rule: "client-name/empty" },
    "client-name-length": { change: { client_name: "x".repeat(201) }, rule: "client-name/length" },
    "redirect-uris": { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
    "redirect-strings": { change: { redirect_uris: [1] }, rule: "redirect-uris/type" },
    "redirect-shape": [
      {
        change: { redirect_uris: [`https://app.acme.dev/${"c".repeat(240)}`] },
        rule: "redirect-uris/length",
      },
      { change: { redirect_uris: ["http://localhost:*/cb"] }, rule: "redirect-uris/wildcard-port" },
      { change: { redirect_uris: ["https://app.acme.dev/cb#x"] }, rule: "redirect-uris/fragment" },
      { change: { redirect_uris: ["https://me@app.acme.dev/cb"] }, rule: "redirect-uris/userinfo" },
      { change: { redirect_uris: ["http://app.acme.dev/cb"] }, rule: "redirect-uris/http-non-loopback" },
      { change: { redirect_uris: ["dev.acme.app:/cb"] }, rule: "redirect-uris/private-use-mixed" },
    ],
    "client-secret": { change: { client_secret: null }, rule: "secret/client-secret" },
    grants: [
      { change: { grant_types: ["refresh_token"] }, rule: "grant-types/code-mismatch" },
      { change: { grant_types: null }, rule: "grant-types/type" },
    ],
    "response-types": [
      { change: { response_types: ["code", "token"] }, rule: "response-types/unknown" },
      { change: { response_types: "code" }, rule: "response-types/type" },
    ],
    "auth-method": [
      {
        change: { token_endpoint_auth_method: "private_key_jwt" },
        rule: "auth-method/private-key-jwt-support",
      },
      { change: { token_endpoint_auth_method: null }, rule: "auth-method/type" },
      { change: { token_endpoint_auth_method: "client_secret_post" }, rule: "auth-method/shared-secret" },
    ],
    links: [
      { change: { logo_uri: "http://app.acme.dev/l" }, rule: "uri/https" },
      { change: { tos_uri: "x" }, rule: "uri/absolute" },
      { change: { policy_uri: null }, rule: "document/null-value" },
    ],
    "stored-grants": { change: { grant_types: ["authorization_code", 1] }, rule: "grant-types/type" },
    "refresh-grant": [
      { change: { grant_types: ["authorization_code"] }, rule: "grant-types/no-refresh" },
      { change: { grant_types: undefined }, rule: "grant-types/no-refresh" },
    ],
  },
  matches: [
    ["http://localhost:5000/cb", "http://localhost:1/cb", true],
    ["http://localhost:5000/cb?x", "http://localhost/cb", false],
    ["https://localhost:5000/cb", "https://localhost/cb", true],
    ["https://app.acme.dev:1/cb", "https://app.acme.dev/cb", false],
  ],
  refusedRequests: ["dev.acme.app:/redirect_uri", "http://me@localhost/redirect"],
  outcomes: [
    ["http://localhost/cb", "works"],
    ["https://app.acme.dev/*", "limited", "redirect-uris/wildcard-path"],
  ],
});
