import { clerk } from "../../server/src/servers/clerk.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(clerk, {
  fine: [{ scope: "anything", grant_types: undefined }],
  cases: {
    "url-https": { url: "http://app.acme.dev/c", rule: "client-id/https" },
    "url-path": { url: "https://app.acme.dev", rule: "client-id/path-required" },
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    "client-name": { change: { client_name: undefined }, rule: "client-name/missing" },
    "redirect-uris": { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
    "client-secret": { change: { client_secret: "s" }, rule: "secret/client-secret" },
    "auth-method": {
      change: { token_endpoint_auth_method: "client_secret_basic" },
      rule: "auth-method/shared-secret",
    },
  },
  matches: [["http://localhost:5000/cb", "http://localhost/cb", false]],
  outcomes: [
    ["https://app.acme.dev/callback", "works"],
    ["http://localhost/cb", "limited", "redirect-uris/loopback-exact"],
  ],
});
