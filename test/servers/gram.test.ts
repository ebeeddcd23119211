import { gram } from "../../server/src/servers/gram.js";
import { describeProfile } from "./support/profileTable.js";

const KEY = { kty: "OKP", crv: "Ed25519", x: "AA" };

describeProfile(gram, {
  fine: [
    { redirect_uris: ["http://localhost/cb", "http://[::1]:1/cb", "https://app.acme.dev/other"] },
    { token_endpoint_auth_method: undefined, grant_types: ["client_credentials"], scope: 1 },
    { jwks: { keys: [KEY] }, jwks_uri: "https://keys.example/jwks.json" },
    { jwks: null },
  ],
  cases: {
    "url-https": [
      { url: "http://app.acme.dev/c", rule: "client-id/https" },
      { url: "HTTPS://app.acme.dev/c", rule: "client-id/scheme-case" },
    ],
    "url-length": { url: `https://app.acme.dev/${"c".repeat(2048)}`, rule: "client-id/length" },
    "url-fragment": { url: "https://app.acme.dev/c#", rule: "client-id/fragment" },
    "url-parses": { url: "https://app.acme.dev/%zz", rule: "client-id/illegal-character" },
    "url-userinfo": { url: "https://@app.acme.dev/c", rule: "client-id/userinfo" },
    "url-host": { url: "https:///c", rule: "client-id/absolute-url" },
    "url-dot-segments": { url: "https://app.acme.dev/%2e/c", rule: "client-id/dot-segment-encoded" },
    "url-path": { url: "https://app.acme.dev", rule: "client-id/path-required" },
    "fetch-address": [
      { url: "https://10.0.0.1/c", rule: "client-id/special-use-host" },
      { url: "https://localhost/c", rule: "client-id/special-use-host" },
      { url: "https://[2002:a00:1::]/c", rule: "client-id/special-use-host" },
    ],
    size: { change: { padding: "x".repeat(5120) }, rule: "document/size" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "[]", rule: "document/not-object" },
    "field-types": { change: { client_uri: 1 }, rule: "document/wrong-type" },
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    "client-name": [
      { change: { client_name: undefined }, rule: "client-name/missing" },
      { change: { client_name: "" }, rule: "client-name/empty" },
      { change: { client_name: "x".repeat(257) }, rule: "client-name/length" },
    ],
    "auth-method": {
      change: { token_endpoint_auth_method: "private_key_jwt" },
      rule: "auth-method/private-key-jwt-support",
    },
    "client-secret": [
      { change: { client_secret: null }, rule: "secret/client-secret" },
      { change: { client_secret_expires_at: 0 }, rule: "secret/client-secret-expires-at" },
    ],
    keys: [
      { change: { jwks: { keys: [{ ...KEY, d: "AA" }] } }, rule: "jwks/private-key" },
      { change: { jwks: { keys: [{ kty: "oct", k: "AA" }] } }, rule: "jwks/symmetric-key" },
      { change: { jwks: { keys: {} } }, rule: "jwks/shape" },
    ],
    "redirect-uris": { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
    "redirect-count": {
      change: { redirect_uris: Array.from({ length: 33 }, (_, at) => `https://app.acme.dev/${at}`) },
      rule: "redirect-uris/too-many",
    },
    "redirect-origin": [
      { change: { redirect_uris: ["https://other.acme.dev/cb"] }, rule: "redirect-uris/cross-site" },
      { change: { redirect_uris: ["com.acme.app:/cb"] }, rule: "redirect-uris/private-use-mixed" },
      { change: { redirect_uris: ["javascript:alert(1)"] }, rule: "redirect-uris/unsafe-scheme" },
      { change: { redirect_uris: ["http://app.acme.dev/cb"] }, rule: "redirect-uris/http-non-loopback" },
      { change: { redirect_uris: ["http://localhost:*/cb"] }, rule: "redirect-uris/wildcard-port" },
      { change: { redirect_uris: ["https://*.acme.dev/cb"] }, rule: "redirect-uris/wildcard-host" },
      { change: { redirect_uris: ["/cb"] }, rule: "redirect-uris/absolute" },
      { change: { redirect_uris: ["https:/cb"] }, rule: "redirect-uris/absolute" },
      {
        change: { redirect_uris: [`https://app.acme.dev/${"c".repeat(2048)}`] },
        rule: "redirect-uris/length",
      },
    ],
  },
  matches: [
    ["http://127.0.0.1:5000/cb", "http://127.0.0.1/cb", true],
    ["http://LOCALHOST:5000/cb", "http://localhost:1/cb", true],
    ["http://localhost:5000/cb?x", "http://localhost/cb", false],
    ["http://localhost:5000/%63b", "http://localhost/cb", false],
    ["http://me@localhost/cb", "http://localhost/cb", false],
    ["http://localhost/cb#", "http://localhost/cb", false],
    ["https://app.acme.dev/cb", "https://app.acme.dev/cb", true],
    ["https://app.acme.dev:443/cb", "https://app.acme.dev/cb", false],
  ],
  outcomes: [
    ["http://localhost/cb", "works"],
    ["https://app.acme.dev/cb", "works"],
    ["https://app.acme.dev/*", "limited", "redirect-uris/wildcard-path"],
  ],
});
