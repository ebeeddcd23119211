import { altinityMcp } from "../../server/src/servers/altinity-mcp.js";
import { describeProfile } from "./support/profileTable.js";

const JWKS_URI = "https://app.acme.dev/jwks.json";
const KEYS = { token_endpoint_auth_method: "private_key_jwt", jwks_uri: JWKS_URI };

describeProfile(altinityMcp, {
  fine: [
    KEYS,
    { grant_types: ["authorization_code", "urn:ietf:params:oauth:grant-type:jwt-bearer"] },
    { grant_types: null, response_types: [] },
    { client_secret: "" },
  ],
  cases: {
    "json-content-type": {
      url: "https://raw.githubusercontent.com/acme/c/main/c.json",
      rule: "client-id/raw-host",
    },
    url: [
      { url: "http://app.acme.dev/c", rule: "client-id/https" },
      { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
      { url: "https://app.acme.dev/c#x", rule: "client-id/fragment" },
      { url: "https://app.acme.dev/c?x", rule: "client-id/query" },
      { url: "https:/c", rule: "client-id/absolute-url" },
      { url: "https://app.acme.dev:8443/c", rule: "client-id/port" },
      { url: "https://APP.acme.dev/c", rule: "client-id/host-case" },
      { url: "https://app_x.acme.dev/c", rule: "client-id/host-name" },
      { url: "https://app.acme.dev", rule: "client-id/path-required" },
      { url: "https://app.acme.dev/", rule: "client-id/root-path" },
      { url: "https://app.acme.dev/a%2Fc", rule: "client-id/encoded-slash" },
      { url: "https://app.acme.dev/../c", rule: "client-id/dot-segment" },
      { url: "https://app.acme.dev/%2e/c", rule: "client-id/dot-segment-encoded" },
      { url: "https://app.acme.dev//c", rule: "client-id/empty-segment" },
      { url: "https://app.acme.dev:x/c", rule: "client-id/illegal-character" },
      { url: `https://app.acme.dev/${"c".repeat(2048)}`, rule: "client-id/length" },
    ],
    "fetch-address": { url: "https://10.0.0.1/c", rule: "client-id/special-use-host" },
    size: { change: { padding: "x".repeat(5120) }, rule: "document/size" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "[]", rule: "document/not-object" },
    "field-types": [
      { change: { jwks: { keys: [] } }, rule: "jwks/inline" },
      { change: { client_id_issued_at: "now" }, rule: "document/wrong-type" },
    ],
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    "client-name": [
      { change: { client_name: undefined, CLIENT_NAME: "Acme" }, rule: "client-name/missing" },
      { change: { client_name: "" }, rule: "client-name/empty" },
      { change: { client_name: "ä".repeat(65) }, rule: "client-name/length" },
    ],
    "client-secret": [
      { change: { client_secret: "s" }, rule: "secret/client-secret" },
      { change: { client_secret_expires_at: 1 }, rule: "secret/client-secret-expires-at" },
    ],
    "auth-method": [
      { change: { token_endpoint_auth_method: undefined }, rule: "auth-method/missing" },
      { change: { token_endpoint_auth_method: "client_secret_post" }, rule: "auth-method/shared-secret" },
    ],
    "jwks-uri": [
      { change: { ...KEYS, jwks_uri: undefined }, rule: "auth-method/private-key-jwt-no-keys" },
      { change: { ...KEYS, jwks_uri: undefined, jwks: null }, rule: "auth-method/private-key-jwt-no-keys" },
      { change: { ...KEYS, jwks_uri: "http://app.acme.dev/jwks.json" }, rule: "jwks-uri/https" },
    ],
    "redirect-count": [
      { change: { redirect_uris: undefined }, rule: "redirect-uris/missing" },
      { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
      {
        change: { redirect_uris: Array.from({ length: 21 }, (_, index) => `https://app.acme.dev/${index}`) },
        rule: "redirect-uris/too-many",
      },
    ],
    "redirect-duplicates": {
      change: { redirect_uris: ["https://app.acme.dev/cb", "https://app.acme.dev/cb"] },
      rule: "redirect-uris/duplicate",
    },
    "redirect-https": [
      { change: { redirect_uris: ["http://127.0.0.1/cb"] }, rule: "redirect-uris/loopback-refused" },
      { change: { redirect_uris: ["http://localhost:*/cb"] }, rule: "redirect-uris/wildcard-port" },
      { change: { redirect_uris: ["dev.acme.app:/cb"] }, rule: "redirect-uris/private-use-mixed" },
      { change: { redirect_uris: ["http://app.acme.dev/cb"] }, rule: "redirect-uris/http-non-loopback" },
      { change: { redirect_uris: [`https://a.dev/${"x".repeat(2048)}`] }, rule: "redirect-uris/length" },
      { change: { redirect_uris: ["https:/cb"] }, rule: "redirect-uris/absolute" },
    ],
    "code-grant": { change: { grant_types: ["refresh_token"] }, rule: "grant-types/code-mismatch" },
    "code-response": { change: { response_types: ["code", "token"] }, rule: "response-types/unknown" },
    refresh: { rule: "grant-types/extra" },
  },
  matches: [["https://app.acme.dev/cb", "https://app.acme.dev/cb", true]],
  outcomes: [["https://app.acme.dev/*", "limited", "redirect-uris/wildcard-path"]],
});
