import { nanoidp } from "../../server/src/servers/nanoidp.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(nanoidp, {
  fine: [
    { redirect_uris: ["com.acme.app:/cb", "http://127.0.0.1/cb", "http://localhost:1/cb"] },
    { token_endpoint_auth_method: undefined, scope: null, client_name: null },
    { scope: " ", grant_types: 1 },
  ],
  cases: {
    "url-https": { url: "http://app.acme.dev/c", rule: "client-id/https" },
    "url-white-space": { url: "https://app.acme.dev/a b", rule: "client-id/illegal-character" },
    "url-parses": { url: "https://[::1/c", rule: "client-id/absolute-url" },
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "url-fragment": { url: "https://app.acme.dev/c#x", rule: "client-id/fragment" },
    "url-host": { url: "https://./c", rule: "client-id/absolute-url" },
    "url-path": { url: "https://app.acme.dev", rule: "client-id/path-required" },
    "url-dot-segments": [
      { url: "https://app.acme.dev/./c", rule: "client-id/dot-segment" },
      { url: "https://app.acme.dev/%2e/c", rule: "client-id/dot-segment-encoded" },
    ],
    "url-ascii": { url: "https://app.acme.dev/bücher", rule: "client-id/non-ascii" },
    "fetch-control": { url: "https://app.acme.dev/\x01", rule: "client-id/illegal-character" },
    "fetch-port": { url: "https://app.acme.dev:99999/c", rule: "client-id/port-invalid" },
    "fetch-address": [
      { url: "https://10.0.0.1/c", rule: "client-id/special-use-host" },
      { url: "https://localhost/c", rule: "client-id/special-use-host" },
      { url: "https://192.0.0.8/c", rule: "client-id/special-use-host" },
      { url: "https://192.88.99.1/c", rule: "client-id/special-use-host" },
      { url: "https://224.0.0.1/c", rule: "client-id/special-use-host" },
      { url: "https://[::ffff:10.0.0.1]/c", rule: "client-id/special-use-host" },
      { url: "https://[64:ff9b::a00:1]/c", rule: "client-id/special-use-host" },
      { url: "https://[2002:808:808::]/c", rule: "client-id/special-use-host" },
      { url: "https://a..dev/c", rule: "client-id/absolute-url" },
    ],
    "operator-allowlist": { url: "https://app.acme.dev/c", rule: "client-id/operator-allowlist" },
    "json-content-type": {
      url: "https://raw.githubusercontent.com/acme/c/main/c.json",
      rule: "client-id/raw-host",
    },
    size: { change: { padding: "x".repeat(5120) }, rule: "document/size" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "[]", rule: "document/not-object" },
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    "auth-method": [
      {
        change: { token_endpoint_auth_method: "private_key_jwt" },
        rule: "auth-method/private-key-jwt-support",
      },
      { change: { token_endpoint_auth_method: null }, rule: "auth-method/type" },
    ],
    "redirect-uris": { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
    "redirect-strings": { change: { redirect_uris: [""] }, rule: "redirect-uris/type" },
    "redirect-shape": [
      { change: { redirect_uris: ["myapp://cb"] }, rule: "redirect-uris/private-use-mixed" },
      { change: { redirect_uris: ["/cb"] }, rule: "redirect-uris/absolute" },
      { change: { redirect_uris: ["https://app.acme.dev/cb#"] }, rule: "redirect-uris/fragment" },
    ],
    scope: [
      { change: { scope: "mcp:read" }, rule: "scope/present" },
      { change: { scope: 1 }, rule: "document/wrong-type" },
    ],
    "client-name": { change: { client_name: 1 }, rule: "document/wrong-type" },
    "scope-granted": { change: { scope: "openid mcp:read" }, rule: "scope/present" },
  },
  matches: [
    ["http://127.0.0.1:5000/cb", "http://127.0.0.1/cb", true],
    ["http://[::1]:5000/cb", "http://[::1]:080/cb", true],
    ["http://localhost:5000/cb", "http://localhost/cb", false],
    ["http://127.0.0.1:*/cb", "http://127.0.0.1/cb", false],
    ["HTTP://127.0.0.1:1/cb", "http://127.0.0.1/cb", false],
    ["https://app.acme.dev/cb", "https://app.acme.dev/cb", true],
  ],
  outcomes: [
    ["http://127.0.0.1/cb", "works"],
    ["http://[::1]:3000/cb", "works"],
    ["http://localhost/cb", "limited", "redirect-uris/loopback-exact"],
    ["http://localhost:3000/cb", "limited", "redirect-uris/fixed-loopback-port"],
    ["http://127.0.0.1:*/cb", "never", "redirect-uris/wildcard-port"],
    ["https://app.acme.dev/cb", "works"],
  ],
});
