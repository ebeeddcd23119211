import { archestra } from "../../server/src/servers/archestra.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(archestra, {
  fine: [
    { token_endpoint_auth_method: "client_secret_basic", client_secret: "s", grant_types: 1 },
    { redirect_uris: ["", "com.acme.app:/cb"] },
  ],
  cases: {
    url: [
      { url: "https://app.acme.dev/", rule: "client-id/root-path" },
      { url: "ftp://app.acme.dev/c", rule: "client-id/https" },
      { url: "https://[x/c", rule: "client-id/absolute-url" },
    ],
    "fetch-address": [
      { url: "https://localhost/c", rule: "client-id/special-use-host" },
      { url: "http://10.0.0.1/c", rule: "client-id/special-use-host" },
      { url: "https://[fd00::1]/c", rule: "client-id/special-use-host" },
    ],
    "fetch-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "fetch-port": { url: "https://app.acme.dev:6000/c", rule: "client-id/port" },
    size: { change: { padding: "x".repeat(1024 * 1024) }, rule: "document/size" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "1", rule: "document/not-object" },
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    "client-name": { change: { client_name: "" }, rule: "client-name/empty" },
    "redirect-uris": { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
    "redirect-strings": { change: { redirect_uris: [1] }, rule: "redirect-uris/type" },
    "stored-text": [
      { change: { client_name: "a\0b" }, rule: "document/wrong-type" },
      { change: { contacts: ["a\0b"] }, rule: "document/wrong-type" },
    ],
  },
  matches: [
    ["http://127.0.0.1:5000/cb", "http://127.0.0.1/cb", true],
    ["http://localhost:5000/cb?x", "http://localhost:1/cb", true],
    ["https://localhost:5000/cb", "http://localhost/cb", false],
    ["https://app.acme.dev/cb", "https://app.acme.dev/cb", true],
    ["https://app.acme.dev/cb?x", "https://app.acme.dev/cb", false],
  ],
  outcomes: [
    ["http://localhost/cb", "works"],
    ["http://localhost:*/cb", "never", "redirect-uris/wildcard-port"],
    ["https://app.acme.dev/cb", "works"],
  ],
});
