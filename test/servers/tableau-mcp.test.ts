import { tableauMcp } from "../../server/src/servers/tableau-mcp/tableau-mcp.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(tableauMcp, {
  fine: [
    { token_endpoint_auth_method: "client_secret_basic", client_secret: "s" },
    { client_name: undefined, grant_types: ["anything"], redirect_uris: ["cursor://acme/cb"] },
  ],
  cases: {
    "json-content-type": {
      url: "https://raw.githubusercontent.com/acme/c/main/c.json",
      rule: "client-id/raw-host",
    },
    "url-parses": { url: "app.acme.dev/c", rule: "client-id/absolute-url" },
    "url-https": { url: "http://app.acme.dev/c", rule: "client-id/https" },
    "fetch-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "fetch-characters": { url: "https://app.acme.dev/a|b", rule: "client-id/illegal-character" },
    "fetch-address": { url: "https://192.0.2.1/c", rule: "client-id/special-use-host" },
    "fetch-name": [
      { url: "https://[2606:4700::1]/c", rule: "client-id/ip-literal" },
      { url: "https://localhost/c", rule: "client-id/special-use-host" },
    ],
    size: { change: { padding: "x".repeat(5120) }, rule: "document/size" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "[]", rule: "document/not-object" },
    shape: [
      { change: { token_endpoint_auth_method: "tls_client_auth" }, rule: "auth-method/mtls-support" },
      { change: { response_types: ["code", "id_token"] }, rule: "response-types/unknown" },
      { change: { redirect_uris: undefined }, rule: "redirect-uris/missing" },
      { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
      { change: { client_id: 1 }, rule: "client-id/type" },
      { change: { logo_uri: null }, rule: "document/null-value" },
      { change: { client_id: undefined }, rule: "client-id/missing" },
    ],
    keys: [
      {
        change: { token_endpoint_auth_method: "private_key_jwt" },
        rule: "auth-method/private-key-jwt-no-keys",
      },
      {
        change: { token_endpoint_auth_method: "private_key_jwt", jwks_uri: "http://app.acme.dev/k" },
        rule: "jwks-uri/https",
      },
      {
        change: { token_endpoint_auth_method: "private_key_jwt", jwks_uri: "https://keys.acme.dev/k" },
        rule: "jwks-uri/same-origin",
      },
    ],
    "redirects-parse": [
      { change: { redirect_uris: ["http://localhost:*/cb"] }, rule: "redirect-uris/wildcard-port" },
      { change: { redirect_uris: ["/cb"] }, rule: "redirect-uris/absolute" },
      { change: { redirect_uris: ["https://a b/"] }, rule: "redirect-uris/illegal-character" },
      { change: { redirect_uris: [""] }, rule: "redirect-uris/type" },
    ],
    jwks: [
      { change: { jwks: {} }, rule: "jwks/shape" },
      { change: { jwks: { keys: [1] } }, rule: "jwks/shape" },
      { change: { jwks: { keys: [] } }, rule: "jwks/empty" },
    ],
    "links-parse": [
      { change: { logo_uri: "" }, rule: "document/empty-string" },
      { change: { post_logout_redirect_uris: ["x"] }, rule: "logout/uris" },
    ],
    "client-id-equal": [
      { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
      { url: "https://app.acme.dev", rule: "client-id/url-mismatch" },
      { url: "https://APP.acme.dev/c", rule: "client-id/url-mismatch" },
    ],
    "code-response": { change: { response_types: ["token"] }, rule: "response-types/empty-with-code" },
  },
  matches: [
    ["http://127.0.0.1:5000/cb", "http://127.0.0.1/cb", true],
    ["http://localhost:5000/cb", "http://127.0.0.1/cb", false],
    ["https://app.acme.dev:8443/cb", "https://app.acme.dev/cb", false],
    ["https://app.acme.dev/cb", "https://app.acme.dev/cb", true],
  ],
  refusedRequests: ["http://app.acme.dev/cb", "nothing"],
  outcomes: [
    ["http://localhost/cb", "works"],
    ["cursor://acme/cb", "works"],
    ["http://app.acme.dev/cb", "never", "redirect-uris/http-non-loopback"],
    ["https://app.acme.dev/*", "limited", "redirect-uris/wildcard-path"],
  ],
});
