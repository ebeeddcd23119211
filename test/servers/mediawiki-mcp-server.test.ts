import { mediawikiMcpServer } from "../../server/src/servers/mediawiki-mcp-server.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(mediawikiMcpServer, {
  fine: [
    { token_endpoint_auth_method: "client_secret_basic", grant_types: 1 },
    { redirect_uris: ["http://localhost/cb", "vscode://acme.app/cb", "https://*.acme.dev/cb"] },
  ],
  cases: {
    "url-https": [
      { url: "http://app.acme.dev/c", rule: "client-id/https" },
      { url: "https://", rule: "client-id/absolute-url" },
    ],
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "url-fragment": { url: "https://app.acme.dev/c#x", rule: "client-id/fragment" },
    "url-dot-segments": { url: "https://app.acme.dev\\..\\c", rule: "client-id/dot-segment" },
    "operator-allowlist": { rule: "client-id/operator-allowlist" },
    "fetch-address": [
      { url: "https://10.0.0.1/c", rule: "client-id/special-use-host" },
      { url: "https://localhost/c", rule: "client-id/special-use-host" },
    ],
    size: { change: { padding: "x".repeat(5120) }, rule: "document/size" },
    json: { text: "\ufeff{}", rule: "document/bom" },
    object: { text: "[]", rule: "document/not-object" },
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    "client-name": { change: { client_name: " " }, rule: "client-name/empty" },
    "redirect-uris": { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
    "redirect-strings": { change: { redirect_uris: [1] }, rule: "redirect-uris/type" },
    "redirect-shape": [
      { change: { redirect_uris: ["http://localhost:*/cb"] }, rule: "redirect-uris/wildcard-port" },
      { change: { redirect_uris: ["http://app.acme.dev/cb"] }, rule: "redirect-uris/http-non-loopback" },
      { change: { redirect_uris: [""] }, rule: "redirect-uris/absolute" },
      { change: { redirect_uris: ["https://a b/cb"] }, rule: "redirect-uris/illegal-character" },
    ],
  },
  matches: [
    ["http://127.0.0.1:5000/cb", "http://127.0.0.1/cb", true],
    ["http://127.0.0.1:5000/cb", "http://localhost/cb", false],
    ["http://localhost:5000/cb?x", "http://localhost/cb", false],
    ["https://app.acme.dev:1/cb", "https://app.acme.dev/cb", false],
  ],
  refusedRequests: ["dev.acme.app:/cb", "file://localhost/x"],
  outcomes: [
    ["http://localhost/cb", "works"],
    ["vscode://acme.app/cb", "works"],
    ["dev.acme.app:/cb", "never", "redirect-uris/private-use-fastmcp"],
    ["https://*.acme.dev/cb", "never", "redirect-uris/wildcard-host"],
  ],
});
