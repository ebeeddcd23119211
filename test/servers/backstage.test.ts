import { backstage } from "../../server/src/servers/backstage.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(backstage, {
  // What loads and never works is left out.
  flawless: { redirect_uris: ["http://127.0.0.1/callback"] },
  fine: [{ token_endpoint_auth_method: "private_key_jwt", client_name: undefined }],
  cases: {
    "url-dot-segments": { url: "https://app.acme.dev/../c", rule: "client-id/dot-segment" },
    "url-parses": { url: "https://", rule: "client-id/absolute-url" },
    "url-https": { url: "http://app.acme.dev/c", rule: "client-id/https" },
    "url-path": { url: "https://app.acme.dev/", rule: "client-id/root-path" },
    "url-fragment": { url: "https://app.acme.dev/c#x", rule: "client-id/fragment" },
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "url-query": { url: "https://app.acme.dev/c?x", rule: "client-id/query" },
    "fetch-address": [
      { url: "https://10.0.0.1/c", rule: "client-id/special-use-host" },
      { url: "https://localhost/c", rule: "client-id/special-use-host" },
    ],
    "fetch-ipv6": { url: "https://[2606:4700::1]/c", rule: "client-id/ip-literal" },
    "fetch-port": { url: "https://app.acme.dev:6000/c", rule: "client-id/port" },
    size: { change: { padding: "x".repeat(65_536) }, rule: "document/size" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "[]", rule: "document/not-object" },
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    "redirect-uris": { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
    "redirects-parse": [
      { change: { redirect_uris: ["http://localhost:*/cb"] }, rule: "redirect-uris/wildcard-port" },
      { change: { redirect_uris: [1] }, rule: "redirect-uris/type" },
      { change: { redirect_uris: ["/cb"] }, rule: "redirect-uris/absolute" },
    ],
    "client-secret": { change: { client_secret: "s" }, rule: "secret/client-secret" },
    "auth-method": {
      change: { token_endpoint_auth_method: "client_secret_basic" },
      rule: "auth-method/shared-secret",
    },
    "operator-allowlist": { rule: "client-id/operator-allowlist" },
  },
  matches: [
    ["http://localhost:5000/cb?x", "http://localhost/cb", true],
    ["http://localhost:5000/cb", "http://127.0.0.1/cb", false],
    ["http://localhost:5000/cb", "http://localhost:*/cb", false],
  ],
  refusedRequests: ["https://app.acme.dev/callback", "http://me@localhost/cb"],
  outcomes: [
    ["http://127.0.0.1/cb", "works"],
    ["https://app.acme.dev/callback", "never", "redirect-uris/operator-allowlist"],
    ["http://localhost/*", "limited", "redirect-uris/wildcard-path"],
    ["https://app.acme.dev/auth/*", "never", "redirect-uris/operator-allowlist"],
  ],
});
