import { mcpNest } from "../../server/src/servers/mcp-nest.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(mcpNest, {
  fine: [{ redirect_uris: ["anything"], token_endpoint_auth_method: null, grant_types: 1 }],
  cases: {
    "url-parses": { url: "app", rule: "client-id/absolute-url" },
    "url-https": { url: "http://app.acme.dev/c", rule: "client-id/https" },
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "url-fragment": { url: "https://app.acme.dev/c#", rule: "client-id/fragment" },
    "url-path": [
      { url: "https://app.acme.dev", rule: "client-id/path-required" },
      { url: "https://app.acme.dev/?x", rule: "client-id/root-path" },
    ],
    "url-dot-segments": { url: "https://app.acme.dev/a/../c", rule: "client-id/dot-segment" },
    "fetch-address": [
      { url: "https://[::ffff:10.0.0.1]/c", rule: "client-id/special-use-host" },
      { url: "https://[fd00::1]/c", rule: "client-id/special-use-host" },
      { url: "https://localhost/c", rule: "client-id/special-use-host" },
    ],
    size: { change: { padding: "x".repeat(5120) }, rule: "document/size" },
    json: { text: "\ufeff{}", rule: "document/bom" },
    object: { text: "[]", rule: "document/not-object" },
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    "client-name": { change: { client_name: "" }, rule: "client-name/empty" },
    "redirect-uris": { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
    "redirect-strings": { change: { redirect_uris: [""] }, rule: "redirect-uris/type" },
    "client-secret": { change: { client_secret: null }, rule: "secret/client-secret" },
    "auth-method": [
      {
        change: { token_endpoint_auth_method: "private_key_jwt" },
        rule: "auth-method/private-key-jwt-support",
      },
      { change: { token_endpoint_auth_method: "client_secret_post" }, rule: "auth-method/shared-secret" },
    ],
  },
  matches: [["http://localhost:5000/cb", "http://localhost/cb", false]],
  outcomes: [
    ["http://localhost/cb", "limited", "redirect-uris/loopback-exact"],
    ["http://localhost:3000/cb", "limited", "redirect-uris/fixed-loopback-port"],
  ],
});
