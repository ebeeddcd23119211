import { mcpOauthServer } from "../../server/src/servers/mcp-oauth-server.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(mcpOauthServer, {
  fine: [
    {
      redirect_uris: ["http://localhost/cb", "cursor://acme/cb"],
      logo_uri: "",
      token_endpoint_auth_method: "",
    },
    { jwks: 1, response_types: ["token"], client_secret: "s" },
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
    "fetch-host": [
      { url: "https://a.localhost/c", rule: "client-id/special-use-host" },
      { url: "https://93.184.216.34/c", rule: "client-id/ip-literal" },
    ],
    "fetch-port": { url: "https://app.acme.dev:6000/c", rule: "client-id/port" },
    size: { change: { padding: "x".repeat(10_240) }, rule: "document/size" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "[]", rule: "document/not-object" },
    shape: [
      { change: { client_name: undefined }, rule: "client-name/missing" },
      { change: { redirect_uris: undefined }, rule: "redirect-uris/missing" },
      { change: { redirect_uris: [1] }, rule: "redirect-uris/type" },
      { change: { scope: null }, rule: "document/null-value" },
    ],
    "redirects-parse": [
      { change: { redirect_uris: ["http://localhost:*/cb"] }, rule: "redirect-uris/wildcard-port" },
      { change: { redirect_uris: ["javascript:alert(1)"] }, rule: "redirect-uris/unsafe-scheme" },
    ],
    "links-parse": [
      { change: { client_uri: "x" }, rule: "uri/absolute" },
      { change: { logo_uri: "data:image/png,x" }, rule: "uri/unsafe-scheme" },
    ],
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    "redirect-uris": { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
    "redirect-http": {
      change: { redirect_uris: ["http://app.acme.dev/cb"] },
      rule: "redirect-uris/http-non-loopback",
    },
    "auth-method": {
      change: { token_endpoint_auth_method: "private_key_jwt" },
      rule: "auth-method/private-key-jwt-support",
    },
    grants: { change: { grant_types: ["client_credentials"] }, rule: "grant-types/code-mismatch" },
    "code-grant": [
      { change: { grant_types: undefined }, rule: "grant-types/missing" },
      { change: { grant_types: ["refresh_token"] }, rule: "grant-types/code-mismatch" },
    ],
    "refresh-grant": { change: { grant_types: ["authorization_code"] }, rule: "grant-types/no-refresh" },
  },
  matches: [
    ["http://localhost:5000/cb#x", "http://localhost:1/cb", true],
    ["http://localhost:5000/cb", "http://127.0.0.1/cb", false],
    ["https://localhost:5000/cb", "https://localhost/cb", true],
    ["https://app.acme.dev/cb", " https://app.acme.dev/cb", true],
  ],
  refusedRequests: ["nothing"],
  outcomes: [
    ["http://localhost:3000/cb", "works"],
    ["https://*.acme.dev/cb", "never", "redirect-uris/wildcard-host"],
  ],
});
