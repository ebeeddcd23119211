import { springAuthorizationServer } from "../../server/src/servers/spring-authorization-server.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(springAuthorizationServer, {
  fine: [{ token_endpoint_auth_method: "self_signed_tls_client_auth", client_secret: " " }],
  cases: {
    "url-https": { url: "http://app.acme.dev/c", rule: "client-id/https" },
    "url-path": { url: "https://app.acme.dev", rule: "client-id/path-required" },
    "url-fragment": { url: "https://app.acme.dev/c#x", rule: "client-id/fragment" },
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    "client-secret": [
      { change: { client_secret: "s" }, rule: "secret/client-secret" },
      { change: { client_secret_expires_at: 0 }, rule: "secret/client-secret-expires-at" },
    ],
    "redirect-uris": { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
    "redirect-https": [
      { change: { redirect_uris: ["http://127.0.0.1/cb"] }, rule: "redirect-uris/loopback-refused" },
      { change: { redirect_uris: ["dev.acme.app:/cb"] }, rule: "redirect-uris/private-use-mixed" },
    ],
    "auth-method": {
      change: { token_endpoint_auth_method: "client_secret_basic" },
      rule: "auth-method/shared-secret",
    },
  },
  outcomes: [["https://app.acme.dev/callback", "unknown"]],
});
