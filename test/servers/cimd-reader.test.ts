import { cimdReader } from "../../server/src/servers/cimd-reader.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(cimdReader, {
  fine: [{ redirect_uris: [], client_name: undefined, client_secret: "s" }],
  cases: {
    "url-https": [
      { url: "http://app.acme.dev/c", rule: "client-id/https" },
      { url: "app", rule: "client-id/absolute-url" },
    ],
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "url-host": { url: "https://a.localhost/c", rule: "client-id/special-use-host" },
    "fetch-address": [
      { url: "https://10.0.0.1/c", rule: "client-id/special-use-host" },
      { url: "https://[2606:4700::1]/c", rule: "client-id/ip-literal" },
    ],
    "fetch-port": { url: "https://app.acme.dev:6000/c", rule: "client-id/port" },
    size: { change: { padding: "x".repeat(262_144) }, rule: "document/size" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "[]", rule: "document/not-object" },
    "client-id-equal": { change: { client_id: undefined }, rule: "client-id/missing" },
    "redirect-uris": [
      { change: { redirect_uris: undefined }, rule: "redirect-uris/missing" },
      { change: { redirect_uris: "x" }, rule: "redirect-uris/type" },
    ],
    "redirect-strings": { change: { redirect_uris: [1] }, rule: "redirect-uris/type" },
    "code-response": [
      { change: { response_types: undefined }, rule: "response-types/missing" },
      { change: { response_types: ["token"] }, rule: "response-types/empty-with-code" },
      { change: { response_types: "code" }, rule: "document/wrong-type" },
    ],
    "code-grant": [
      { change: { grant_types: undefined }, rule: "grant-types/missing" },
      { change: { grant_types: ["refresh_token"] }, rule: "grant-types/code-mismatch" },
    ],
    "auth-method": [
      { change: { token_endpoint_auth_method: undefined }, rule: "auth-method/missing" },
      {
        change: { token_endpoint_auth_method: "private_key_jwt" },
        rule: "auth-method/private-key-jwt-support",
      },
    ],
  },
  matches: [
    ["http://127.0.0.1:5000/cb", "http://localhost/cb", true],
    ["http://127.0.0.1:5000/cb", "http://localhost:3000/cb", false],
    ["http://[::1]:5000/cb", "http://[::1]/cb", false],
    ["https://app.acme.dev/cb", "https://app.acme.dev/cb", true],
  ],
  outcomes: [
    ["http://127.0.0.1/cb", "works"],
    ["http://[::1]/cb", "limited", "redirect-uris/loopback-exact"],
    ["http://localhost:3000/cb", "limited", "redirect-uris/fixed-loopback-port"],
    ["http://localhost:*/cb", "never", "redirect-uris/wildcard-port"],
  ],
});
