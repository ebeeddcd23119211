import { homeAssistant } from "../../server/src/servers/home-assistant.js";
import { describeProfile } from "./support/profileTable.js";

const ELSEWHERE = ["http://localhost/cb"];

describeProfile(homeAssistant, {
  fine: [
    { client_name: 1, token_endpoint_auth_method: "client_secret_basic", grant_types: [] },
    { client_id: "https://app.acme.dev/c", redirect_uris: ["https://app.acme.dev/cb"] },
  ],
  cases: {
    "client-id": [
      { url: "acme:client", rule: "client-id/https" },
      { url: "https://app.acme.dev/../c", rule: "client-id/dot-segment" },
      { url: "https://app.acme.dev/c#x", rule: "client-id/fragment" },
      { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
      { url: "https://app.acme.dev:70000/c", rule: "client-id/port-invalid" },
      { url: "https://8.8.8.8/c", rule: "client-id/ip-literal" },
      { url: "https://[::1/c", rule: "client-id/illegal-character" },
    ],
    "metadata-document": [
      { change: { redirect_uris: ELSEWHERE, padding: "x".repeat(10_240) }, rule: "document/size" },
      { change: { redirect_uris: ELSEWHERE }, url: "http://app.acme.dev/c", rule: "client-id/https" },
      { change: { redirect_uris: ELSEWHERE }, url: "https://app.acme.dev", rule: "client-id/path-required" },
      {
        change: { redirect_uris: ELSEWHERE, client_id: "https://app.acme.dev/c" },
        rule: "client-id/url-mismatch",
      },
      { change: { redirect_uris: ELSEWHERE, client_id: undefined }, rule: "client-id/missing" },
      { change: { redirect_uris: undefined }, rule: "redirect-uris/missing" },
      { change: { redirect_uris: ["http://localhost/cb#x"] }, rule: "redirect-uris/fragment" },
      { change: { redirect_uris: [...ELSEWHERE, "/cb"] }, rule: "redirect-uris/absolute" },
      { change: { redirect_uris: [...ELSEWHERE, 1] }, rule: "redirect-uris/type" },
      {
        change: { redirect_uris: [...ELSEWHERE, "http://[::1/cb"] },
        rule: "redirect-uris/illegal-character",
      },
      { change: { redirect_uris: ["http://localhost:*/cb"] }, rule: "redirect-uris/wildcard-port" },
      { change: { redirect_uris: ["http://localhost:70000/cb"] }, rule: "redirect-uris/port-invalid" },
      { text: '{"redirect_uris":["http://localhost/cb"],}', rule: "document/trailing-comma" },
      { text: "[]", rule: "document/not-object" },
    ],
    "other-origins": {
      change: {
        redirect_uris: [...ELSEWHERE, "https://app.acme.dev/cb"],
        client_id: "https://app.acme.dev/c",
      },
      rule: "redirect-uris/cross-site",
    },
  },
  matches: [
    ["http://localhost/cb", "http://localhost/cb", true],
    ["http://localhost:5000/cb", "http://localhost/cb", false],
    ["https://app.acme.dev/anything", "https://app.acme.dev/cb", undefined],
  ],
  outcomes: [
    ["https://app.acme.dev/callback", "works"],
    ["dev.acme.app:/cb", "works"],
    ["http://localhost/cb", "limited", "redirect-uris/loopback-exact"],
    ["http://localhost:*/cb", "never", "redirect-uris/wildcard-port"],
    ["https://*.acme.dev/cb", "never", "redirect-uris/wildcard-host"],
    ["http://localhost/cb#x", "never", "redirect-uris/fragment"],
  ],
});
