import { giantswarmMcpOauth } from "../../server/src/servers/giantswarm-mcp-oauth.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(giantswarmMcpOauth, {
  fine: [
    { redirect_uris: ["http://localhost:8080/cb", "http://[::1]/cb"], client_name: null },
    { client_id: undefined, Client_ID: "https://app.acme.dev/oauth/client.json" },
    { token_endpoint_auth_method: "anything", jwks: {} },
  ],
  cases: {
    "url-parses": { url: "https://app.acme.dev:x/c", rule: "client-id/illegal-character" },
    "url-https": { url: "http://app.acme.dev/c", rule: "client-id/https" },
    "url-host": { url: "https:/c", rule: "client-id/absolute-url" },
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "url-query": { url: "https://app.acme.dev/c?x", rule: "client-id/query" },
    "url-fragment": { url: "https://app.acme.dev/c#x", rule: "client-id/fragment" },
    "fetch-address": { url: "https://192.168.1.1/c", rule: "client-id/special-use-host" },
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
  refusedRequests: ["https://app.acme.dev/callback#x"],
  outcomes: [
    ["https://app.acme.dev/callback", "works"],
    ["https://app.acme.dev/callback#x", "never", "redirect-uris/fragment"],
    ["http://localhost/cb", "limited", "redirect-uris/loopback-exact"],
    ["http://localhost:80/cb", "limited", "redirect-uris/fixed-loopback-port"],
    ["https://*.acme.dev/cb", "never", "redirect-uris/wildcard-host"],
  ],
});
