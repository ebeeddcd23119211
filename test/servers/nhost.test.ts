import { nhost } from "../../server/src/servers/nhost.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(nhost, {
  fine: [{ client_name: 1, token_endpoint_auth_method: "client_secret_basic", grant_types: [] }],
  cases: {
    "url-parses": { url: "https://app.acme.dev:x/c", rule: "client-id/illegal-character" },
    "url-https": { url: "http://app.acme.dev/c", rule: "client-id/https" },
    "url-host": { url: "https:///c", rule: "client-id/absolute-url" },
    "url-path": { url: "https://app.acme.dev/", rule: "client-id/root-path" },
    "url-fragment": { url: "https://app.acme.dev/c#x", rule: "client-id/fragment" },
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "url-dot-segments": { url: "https://app.acme.dev/../c", rule: "client-id/dot-segment" },
    "fetch-address": { url: "https://10.0.0.1/c", rule: "client-id/special-use-host" },
    size: { change: { padding: "x".repeat(5120) }, rule: "document/size" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "[]", rule: "document/not-object" },
    "field-types": { change: { scope: 1 }, rule: "document/wrong-type" },
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    "client-secret": { change: { client_secret: "s" }, rule: "secret/client-secret" },
    "redirect-uris": { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
    "same-origin": [
      { change: { redirect_uris: ["https://www.acme.dev/cb"] }, rule: "redirect-uris/cross-site" },
      { change: { redirect_uris: ["http://127.0.0.1/cb"] }, rule: "redirect-uris/loopback-refused" },
      { change: { redirect_uris: ["dev.acme.app:/cb"] }, rule: "redirect-uris/private-use-mixed" },
    ],
  },
  outcomes: [["https://app.acme.dev/callback", "unknown"]],
});
