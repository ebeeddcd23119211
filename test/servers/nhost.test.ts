import { nhost } from "../../server/src/servers/nhost.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(nhost, {
  fine: [
    { client_name: 1, token_endpoint_auth_method: "client_secret_basic", grant_types: [] },
    { redirect_uris: ["http://127.0.0.9:1/cb", "http://[::1]/cb", "x://LOCALHOST/cb"], scope: "" },
    { scope: "openid graphql:role:me", client_secret: null, client_secret_expires_at: null },
  ],
  cases: {
    "url-parses": { url: "https://app.acme.dev:x/c", rule: "client-id/illegal-character" },
    "url-https": { url: "http://app.acme.dev/c", rule: "client-id/https" },
    "url-host": { url: "https:///c", rule: "client-id/absolute-url" },
    "url-path": { url: "https://app.acme.dev/", rule: "client-id/root-path" },
    "url-fragment": { url: "https://app.acme.dev/c#x", rule: "client-id/fragment" },
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "url-dot-segments": { url: "https://app.acme.dev/../c", rule: "client-id/dot-segment" },
    "fetch-address": [
      { url: "https://10.0.0.1/c", rule: "client-id/special-use-host" },
      { url: "https://app.acme.dev:65536/c", rule: "client-id/port" },
    ],
    size: { change: { padding: "x".repeat(5120) }, rule: "document/size" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "[]", rule: "document/not-object" },
    "field-types": { change: { scope: 1 }, rule: "document/wrong-type" },
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    "client-secret": [
      { change: { client_secret: "" }, rule: "secret/client-secret" },
      { change: { client_secret_expires_at: 0 }, rule: "secret/client-secret-expires-at" },
    ],
    "redirect-uris": { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
    "same-origin": [
      { change: { redirect_uris: ["https://www.acme.dev/cb"] }, rule: "redirect-uris/cross-site" },
      { change: { redirect_uris: ["http://app.acme.dev/cb"] }, rule: "redirect-uris/http-non-loopback" },
      { change: { redirect_uris: ["dev.acme.app:/cb"] }, rule: "redirect-uris/private-use-mixed" },
      { change: { redirect_uris: ["https://a b/cb"] }, rule: "redirect-uris/illegal-character" },
      { change: { redirect_uris: [null] }, rule: "redirect-uris/absolute" },
    ],
    scopes: [
      { change: { scope: "openid files:read" }, rule: "scope/present" },
      { change: { scope: "openid  email" }, rule: "scope/present" },
    ],
  },
  matches: [
    ["https://app.acme.dev/cb?x#y", "https://app.acme.dev/c%62", true],
    ["https://app.acme.dev:443/cb", "https://app.acme.dev/cb", false],
    ["http://127.0.0.1:5000/cb", "http://127.0.0.1/cb", true],
    ["http://127.0.0.1:5000/cb", "http://127.0.0.2/cb", false],
    ["http://LOCALHOST:5000/cb", "http://LOCALHOST/cb", false],
    ["https://app.acme.dev:x/cb", "https://app.acme.dev/cb", false],
  ],
  outcomes: [
    ["https://app.acme.dev/callback", "works"],
    ["http://localhost/cb", "works"],
    ["https://app.acme.dev/*", "limited", "redirect-uris/wildcard-path"],
  ],
});
