import { vitemcp } from "../../server/src/servers/vitemcp.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(vitemcp, {
  flawless: { redirect_uris: ["http://127.0.0.1/callback"] },
  fine: [{ redirect_uris: ["http://localhost:1/cb?x"], client_secret: "s", grant_types: undefined }],
  cases: {
    "url-https": [
      { url: "http://app.acme.dev/c", rule: "client-id/https" },
      { url: "app", rule: "client-id/absolute-url" },
    ],
    "url-path": [
      { url: "https://app.acme.dev", rule: "client-id/path-required" },
      { url: "https://app.acme.dev/", rule: "client-id/root-path" },
    ],
    "fetch-address": [
      { url: "https://127.0.0.1/c", rule: "client-id/special-use-host" },
      { url: "https://localhost/c", rule: "client-id/special-use-host" },
      { url: "https://[fd00::1]/c", rule: "client-id/special-use-host" },
    ],
    size: { change: { padding: "x".repeat(65_536) }, rule: "document/size" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "[]", rule: "document/not-object" },
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    "client-name": { change: { client_name: undefined }, rule: "client-name/missing" },
    "redirect-uris": { change: { redirect_uris: "x" }, rule: "redirect-uris/type" },
    "redirect-strings": { change: { redirect_uris: [1] }, rule: "redirect-uris/type" },
    "allowed-redirects": [
      { change: { redirect_uris: ["https://app.acme.dev/cb"] }, rule: "redirect-uris/operator-allowlist" },
      { change: { redirect_uris: ["http://[::1]/cb"] }, rule: "redirect-uris/operator-allowlist" },
      { change: { redirect_uris: ["http://localhost:*/cb"] }, rule: "redirect-uris/wildcard-port" },
      { change: { redirect_uris: ["http://me@localhost/cb"] }, rule: "redirect-uris/userinfo" },
    ],
  },
  matches: [
    ["http://127.0.0.1:1/cb", "http://127.0.0.1/cb", true],
    ["http://127.0.0.1:2/cb", "http://127.0.0.1:1/cb", false],
    ["http://me@127.0.0.1:1/cb", "http://me@127.0.0.1/cb", false],
    ["http://127.0.0.1:1/cb", "http://localhost/cb", false],
  ],
  outcomes: [
    ["http://127.0.0.1/cb", "works"],
    ["http://127.0.0.1:1/cb", "limited", "redirect-uris/fixed-loopback-port"],
    ["http://localhost/*", "limited", "redirect-uris/wildcard-path"],
  ],
});
