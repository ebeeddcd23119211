import { attesto } from "../../server/src/servers/attesto.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(attesto, {
  fine: [
    { redirect_uris: undefined, grant_types: ["client_credentials"] },
    { jwks: { keys: [{ kty: "XX" }] }, contacts: null },
  ],
  cases: {
    "url-https": [
      { url: "http://app.acme.dev/c", rule: "client-id/https" },
      { url: "https:///c", rule: "client-id/absolute-url" },
    ],
    "url-path": { url: "https://app.acme.dev/", rule: "client-id/root-path" },
    "url-fragment": { url: "https://app.acme.dev/c#", rule: "client-id/fragment" },
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "url-dot-segments": { url: "https://app.acme.dev/../c", rule: "client-id/dot-segment" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "[]", rule: "document/not-object" },
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    "client-secret": { change: { client_secret: null }, rule: "secret/client-secret" },
    "auth-method": {
      change: { token_endpoint_auth_method: "client_secret_jwt" },
      rule: "auth-method/shared-secret",
    },
    keys: [
      { change: { jwks: {} }, rule: "jwks/shape" },
      { change: { jwks: { keys: [1] } }, rule: "jwks/shape" },
      { change: { jwks: { keys: [{ kty: "oct", k: "AA" }] } }, rule: "jwks/symmetric-key" },
      { change: { jwks: { keys: [{ kty: "EC", d: "AA" }] } }, rule: "jwks/private-key" },
    ],
    "redirect-uris": [
      { change: { redirect_uris: undefined }, rule: "redirect-uris/missing" },
      { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
      { change: { redirect_uris: "https://app.acme.dev/cb" }, rule: "redirect-uris/type" },
      { change: { redirect_uris: ["https://app.acme.dev/cb", 1] }, rule: "redirect-uris/type" },
    ],
    "member-types": [
      { change: { scope: 1 }, rule: "document/wrong-type" },
      { change: { grant_types: "authorization_code" }, rule: "document/wrong-type" },
      { change: { contacts: [1] }, rule: "document/wrong-type" },
    ],
  },
  matches: [
    ["https://app.acme.dev/cb", "https://app.acme.dev/cb", true],
    ["http://127.0.0.1:5000/cb", "http://127.0.0.1/cb", false],
  ],
  outcomes: [
    ["https://app.acme.dev/callback", "unknown"],
    ["http://127.0.0.1/cb", "limited", "redirect-uris/loopback-exact"],
  ],
});
