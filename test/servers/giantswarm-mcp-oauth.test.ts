import { giantswarmMcpOauth } from "../../server/src/servers/giantswarm-mcp-oauth.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(giantswarmMcpOauth, {
  fine: [
    { redirect_uris: ["http://localhost:8080/cb", "http://[::1]/cb"], client_name: null },
    { client_id: undefined, Client_ID: "https://app.acme.dev/oauth/client.json" },
    { client_name: "Acme", jwks: {}, redirect_uris: ["https://app.acme.dev/cb#x", "http://localhost/cb"] },
  ],
  cases: {
    "json-content-type": {
      url: "https://raw.githubusercontent.com/acme/c/main/c.json",
      rule: "client-id/raw-host",
    },
    "url-parses": { url: "https://app.acme.dev:x/c", rule: "client-id/illegal-character" },
    "url-https": { url: "http://app.acme.dev/c", rule: "client-id/https" },
    "url-host": { url: "https:/c", rule: "client-id/absolute-url" },
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "url-query": { url: "https://app.acme.dev/c?x", rule: "client-id/query" },
    "url-fragment": { url: "https://app.acme.dev/c#x", rule: "client-id/fragment" },
    "fetch-address": [
      { url: "https://192.168.1.1/c", rule: "client-id/special-use-host" },
      { url: "https://LocalHost/c", rule: "client-id/special-use-host" },
      { url: "https://a..b/c", rule: "client-id/host-name" },
      { url: "https://bücher.example/c", rule: "client-id/host-name" },
    ],
    size: { change: { padding: "x".repeat(1024 * 1024) }, rule: "document/size" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "[]", rule: "document/not-object" },
    "field-types": [
      { change: { contacts: "me" }, rule: "document/wrong-type" },
      { change: { redirect_uris: ["https://app.acme.dev/cb", 1] }, rule: "redirect-uris/type" },
    ],
    "client-id-equal": [
      { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
      { change: { client_id: undefined }, rule: "client-id/missing" },
    ],
    "redirect-uris": [
      { change: { redirect_uris: undefined }, rule: "redirect-uris/missing" },
      { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
    ],
    "public-client": [
      {
        change: { token_endpoint_auth_method: "private_key_jwt" },
        rule: "auth-method/private-key-jwt-support",
      },
      { change: { token_endpoint_auth_method: "client_secret_basic" }, rule: "auth-method/shared-secret" },
    ],
    "redirect-scheme": [
      { change: { redirect_uris: ["http://localhost:*/cb"] }, rule: "redirect-uris/wildcard-port" },
      { change: { redirect_uris: ["dev.acme.app:/cb"] }, rule: "redirect-uris/private-use-mixed" },
      { change: { redirect_uris: ["http://app.acme.dev/cb"] }, rule: "redirect-uris/http-non-loopback" },
      { change: { redirect_uris: ["http://127.0.0.2/cb"] }, rule: "redirect-uris/loopback-nonstandard" },
      { change: { redirect_uris: ["https://a b/cb"] }, rule: "redirect-uris/illegal-character" },
      { change: { redirect_uris: ["/cb"] }, rule: "redirect-uris/absolute" },
    ],
  },
  matches: [
    ["http://localhost/cb", "http://localhost/cb", true],
    ["http://localhost:5000/cb", "http://localhost/cb", false],
  ],
  refusedRequests: [
    ...[
      "https://app.acme.dev/callback#x",
      "https://app.acme.dev:x/cb",
      "http://localhost/cb",
      "http://[::1]/cb",
    ],
    ...["https://10.0.0.1/cb", "https://[ff12::1]/cb", "https://a..b/cb"],
  ],
  outcomes: [
    ["https://app.acme.dev/callback", "works"],
    ["https://app.acme.dev/callback#x", "never", "redirect-uris/fragment"],
    ["http://localhost/cb", "never", "redirect-uris/loopback-refused"],
    ["https://127.0.0.9/cb", "never", "redirect-uris/https-loopback"],
    ["https://10.0.0.1/cb", "never", "redirect-uris/special-use-https"],
    ["https://*.acme.dev/cb", "never", "redirect-uris/wildcard-host"],
  ],
});
