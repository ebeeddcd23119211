import { auth0 } from "../../server/src/servers/auth0.js";
import { describeProfile } from "./support/profileTable.js";

const JWKS_URI = "https://app.acme.dev/jwks.json";

describeProfile(auth0, {
  fine: [
    { token_endpoint_auth_method: "private_key_jwt", jwks_uri: JWKS_URI },
    { application_type: "native", redirect_uris: ["http://127.0.0.1/cb"] },
    { logo_uri: "http://app.acme.dev/logo.png" },
  ],
  cases: {
    "url-https": { url: "http://app.acme.dev/c", rule: "client-id/https" },
    "url-host": { url: "https:///c", rule: "client-id/absolute-url" },
    "url-path": { url: "https://app.acme.dev/", rule: "client-id/root-path" },
    "url-dot-segments": { url: "https://app.acme.dev/%2e%2e/c", rule: "client-id/dot-segment-encoded" },
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "url-fragment": { url: "https://app.acme.dev/c#x", rule: "client-id/fragment" },
    "url-query": { url: "https://app.acme.dev/c?x", rule: "client-id/query" },
    "url-localhost": { url: "https://localhost/c", rule: "client-id/special-use-host" },
    "url-length": { url: `https://app.acme.dev/${"c".repeat(110)}`, rule: "client-id/length" },
    "url-port": { url: "https://app.acme.dev:0/c", rule: "client-id/port-invalid" },
    "url-percent-encoding": { url: "https://app.acme.dev/%zz", rule: "client-id/percent-encoding-invalid" },
    "url-white-space": { url: "https://app.acme.dev/c ", rule: "client-id/illegal-character" },
    size: { change: { padding: "x".repeat(5120) }, rule: "document/size" },
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    "client-name": { change: { client_name: "" }, rule: "client-name/empty" },
    "grant-types": [
      { change: { grant_types: undefined }, rule: "grant-types/missing" },
      { change: { grant_types: ["implicit"] }, rule: "grant-types/extra" },
      { change: { grant_types: [] }, rule: "grant-types/type" },
    ],
    "grants-filtered": { change: { grant_types: ["authorization_code", "x"] }, rule: "grant-types/extra" },
    "redirect-uris": { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
    "redirect-scheme": [
      { change: { redirect_uris: ["http://127.0.0.1/cb"] }, rule: "application-type/missing-native" },
      {
        change: { redirect_uris: ["http://127.0.0.1/cb"], application_type: "web" },
        rule: "application-type/web-loopback",
      },
      { change: { redirect_uris: ["http://localhost:*/cb"] }, rule: "redirect-uris/wildcard-port" },
      { change: { redirect_uris: ["dev.acme.app:/cb"] }, rule: "redirect-uris/private-use-mixed" },
    ],
    "redirect-duplicates": {
      change: { redirect_uris: ["https://app.acme.dev/cb", "https://app.acme.dev/cb"] },
      rule: "redirect-uris/duplicate",
    },
    "application-type": { change: { application_type: "spa" }, rule: "application-type/value" },
    "auth-method": {
      change: { token_endpoint_auth_method: "tls_client_auth" },
      rule: "auth-method/mtls-support",
    },
    "inline-keys": { change: { jwks: { keys: [] } }, rule: "jwks/inline" },
    "jwks-uri": [
      {
        change: { token_endpoint_auth_method: "private_key_jwt" },
        rule: "auth-method/private-key-jwt-no-keys",
      },
      { change: { jwks_uri: "https://keys.acme.dev/jwks.json" }, rule: "jwks-uri/same-origin" },
      { change: { jwks_uri: "http://app.acme.dev/jwks.json" }, rule: "jwks-uri/https" },
    ],
    logo: { change: { logo_uri: "data:image/png;base64,AA" }, rule: "uri/absolute" },
    description: { change: { description: "x".repeat(141) }, rule: "document/size" },
  },
  outcomes: [["https://app.acme.dev/callback", "unknown"]],
});
