import { logto } from "../../server/src/servers/logto/logto.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(logto, {
  fine: [
    { redirect_uris: ["https://*.app.acme.dev/callback", "https://app.acme.dev/auth/*", "dev.acme.app:/cb"] },
    { grant_types: ["client_credentials"], response_types: ["token"] },
  ],
  cases: {
    "url-https": { url: "http://app.acme.dev/c", rule: "client-id/https" },
    "url-length": { url: `https://app.acme.dev/${"c".repeat(2030)}`, rule: "client-id/length" },
    "private-members": { change: { tenantId: "x" }, rule: "unknown-field/camel-case" },
    "wildcard-pattern": [
      { change: { redirect_uris: ["http://localhost:*/callback"] }, rule: "redirect-uris/wildcard-port" },
      { change: { redirect_uris: ["https://*.dev/callback"] }, rule: "redirect-uris/wildcard-host" },
      { change: { redirect_uris: ["https://a.acme.dev/cb?x=*"] }, rule: "redirect-uris/wildcard-malformed" },
      { change: { redirect_uris: ["https://x@a.acme.dev/*"] }, rule: "redirect-uris/wildcard-path" },
    ],
    "logout-pattern": { change: { post_logout_redirect_uris: ["http://localhost:*/"] }, rule: "logout/uris" },
    "id-token-algorithm": { change: { id_token_signed_response_alg: "ES384" }, rule: "oidc/id-token-alg" },
  },
  matches: [
    ["https://app.acme.dev/cb", "https://app.acme.dev/cb", true],
    ["https://app.acme.dev:443/cb", "https://app.acme.dev/cb", false],
    ["http://127.0.0.1:5000/cb", "http://127.0.0.1/cb", true],
    ["http://localhost:5000/cb", "http://localhost:80/cb", true],
    ["http://localhost:5000/cb", "http://127.0.0.1/cb", false],
    ["https://a.app.acme.dev/cb", "https://*.app.acme.dev/cb", true],
    ["https://a.b.app.acme.dev/cb", "https://*.app.acme.dev/cb", false],
    ["https://.app.acme.dev/cb", "https://*.app.acme.dev/cb", false],
    ["https://app.acme.dev/auth/", "https://app.acme.dev/auth/*", true],
    ["https://app.acme.dev/auth/a/b", "https://app.acme.dev/auth/*/b", true],
    ["https://app.acme.dev/auth/x?y", "https://app.acme.dev/auth/*", false],
    ["http://localhost:*/cb", "http://localhost:*/cb", false],
    ["nothing", "nothing", false],
  ],
  outcomes: [
    ["http://127.0.0.1/callback", "works"],
    ["https://*.app.acme.dev/callback", "works"],
  ],
});
