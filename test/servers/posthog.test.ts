import { posthog } from "../../server/src/servers/posthog.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(posthog, {
  fine: [
    { redirect_uris: ["http://localhost/cb", "dev.acme.app:/cb"], client_name: undefined },
    { token_endpoint_auth_method: "private_key_jwt", jwks_uri: "https://app.acme.dev/k" },
  ],
  cases: {
    "url-prefix": [
      { url: "http://app.acme.dev/c", rule: "client-id/https" },
      { url: "HTTPS://app.acme.dev/c", rule: "client-id/scheme-case" },
    ],
    "url-path": { url: "https://app.acme.dev/", rule: "client-id/root-path" },
    "url-fragment": { url: "https://app.acme.dev/c#x", rule: "client-id/fragment" },
    "url-query": { url: "https://app.acme.dev/c?x", rule: "client-id/query" },
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    size: { change: { padding: "x".repeat(5120) }, rule: "document/size" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "[]", rule: "document/not-object" },
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    "redirect-uris": { change: { redirect_uris: undefined }, rule: "redirect-uris/missing" },
    "redirect-strings": { change: { redirect_uris: [1] }, rule: "redirect-uris/type" },
    "redirect-shape": [
      { change: { redirect_uris: [" "] }, rule: "redirect-uris/type" },
      { change: { redirect_uris: ["https://app.acme.dev/c b"] }, rule: "redirect-uris/illegal-character" },
      { change: { redirect_uris: ["https://app.acme.dev/cb#x"] }, rule: "redirect-uris/fragment" },
      { change: { redirect_uris: ["javascript:alert(1)"] }, rule: "redirect-uris/unsafe-scheme" },
      { change: { redirect_uris: ["http://app.acme.dev/cb"] }, rule: "redirect-uris/http-non-loopback" },
    ],
    "auth-method": [
      { change: { token_endpoint_auth_method: "client_secret_jwt" }, rule: "auth-method/shared-secret" },
      { change: { token_endpoint_auth_method: "tls_client_auth" }, rule: "auth-method/mtls-support" },
    ],
    "jwks-uri": [
      {
        change: { token_endpoint_auth_method: "private_key_jwt" },
        rule: "auth-method/private-key-jwt-no-keys",
      },
      ...["http://app.acme.dev/k", "https://app.acme.dev/k?x", "https://app.acme.dev/"].map((jwks_uri) => ({
        change: { token_endpoint_auth_method: "private_key_jwt", jwks_uri },
        rule: "jwks-uri/https",
      })),
    ],
  },
});
