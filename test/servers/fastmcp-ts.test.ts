import { fastmcpTs } from "../../server/src/servers/fastmcp-ts.js";
import { describeProfile, URL_OF_TABLES } from "./support/profileTable.js";

/** Every case but the first group of `allowed-redirects` needs a redirect that the default patterns let through. */
const LOOPBACK = { redirect_uris: ["http://127.0.0.1:8080/cb"] };

describeProfile(fastmcpTs, {
  flawless: LOOPBACK,
  fine: [
    { ...LOOPBACK, client_name: 1, token_endpoint_auth_method: "client_secret_basic", grant_types: null },
  ],
  cases: {
    "url-https": [
      { url: "http://app.acme.dev/c", rule: "client-id/https" },
      { url: "https://", rule: "client-id/absolute-url" },
    ],
    "url-query": { url: "https://app.acme.dev/c?x", rule: "client-id/query" },
    "fetch-address": [
      { url: "https://localhost/c", rule: "client-id/special-use-host" },
      { url: "https://[::1]/c", rule: "client-id/special-use-host" },
      { url: "https://[::ffff:127.0.0.1]/c", rule: "client-id/special-use-host" },
    ],
    "fetch-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "fetch-port": { url: "https://app.acme.dev:6000/c", rule: "client-id/port" },
    size: { change: { padding: "x".repeat(65_536) }, rule: "document/size" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "null", rule: "document/not-object" },
    "client-id-equal": { change: { client_id: `${URL_OF_TABLES}x` }, rule: "client-id/url-mismatch" },
    "redirect-uris": { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
    "redirect-strings": { change: { redirect_uris: [1] }, rule: "redirect-uris/type" },
    "allowed-redirects": [
      { change: { redirect_uris: ["https://app.acme.dev/cb"] }, rule: "redirect-uris/operator-allowlist" },
      { change: { redirect_uris: ["http://localhost/cb"] }, rule: "redirect-uris/operator-allowlist" },
      { change: { redirect_uris: ["http://localhost:*/cb"] }, rule: "redirect-uris/wildcard-port" },
      { change: { redirect_uris: ["http://localhost:x@evil.example/cb"] }, rule: "redirect-uris/userinfo" },
    ],
  },
  matches: [["http://localhost:5000/cb", "http://localhost:5000/cb", true]],
  outcomes: [["http://localhost:5000/cb", "limited", "redirect-uris/fixed-loopback-port"]],
});
