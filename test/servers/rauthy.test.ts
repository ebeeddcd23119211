import { rauthy } from "../../server/src/servers/rauthy.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(rauthy, {
  fine: [
    { client_name: "アクメ Beta-2", grant_types: null, token_endpoint_auth_method: "client_secret_basic" },
    { client_name: null, contacts: ["me@acme.dev"], default_max_age: 60, scope: "openid files:read" },
    { redirect_uris: ["dev.acme.app:/cb", "https://app.acme.dev/auth/*"], jwks: 1 },
  ],
  cases: {
    "url-https": [
      { url: "http://app.acme.dev/c", rule: "client-id/https" },
      { url: "https://", rule: "client-id/absolute-url" },
    ],
    "url-characters": [
      { url: "https://app.acme.dev/c@1", rule: "client-id/illegal-character" },
      { url: `https://app.acme.dev/${"c".repeat(256)}`, rule: "client-id/length" },
    ],
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "[]", rule: "document/not-object" },
    duplicates: {
      text: '{"client_id":"https://app.acme.dev/oauth/client.json","redirect_uris":["https://app.acme.dev/cb"],"redirect_uris":["https://app.acme.dev/cb"]}',
      rule: "document/duplicate-key",
    },
    types: [
      { change: { client_uri: 1 }, rule: "document/wrong-type" },
      { change: { contacts: "me@acme.dev" }, rule: "document/wrong-type" },
      { change: { contacts: [1] }, rule: "document/wrong-type" },
      { change: { default_max_age: 60.5 }, rule: "document/wrong-type" },
      { change: { redirect_uris: null }, rule: "redirect-uris/missing" },
    ],
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    characters: [
      { change: { client_name: "Acme (Beta)" }, rule: "client-name/characters" },
      { change: { client_uri: "https://app.acme.dev/a b" }, rule: "uri/illegal-character" },
      { change: { contacts: ["Ann <ann@acme.dev>"] }, rule: "contacts/email" },
      { change: { redirect_uris: ["https://app.acme.dev/{x}"] }, rule: "redirect-uris/illegal-character" },
      { change: { scope: "files.read|x" }, rule: "scope/characters" },
      { change: { allowed_resources: ["https://app.acme.dev/{x}"] }, rule: "uri/illegal-character" },
    ],
    grants: {
      change: { grant_types: ["authorization_code", "urn:ietf:params:oauth:grant-type:jwt-bearer"] },
      rule: "grant-types/extra",
    },
    algorithms: { change: { id_token_signed_response_alg: "ES256" }, rule: "oidc/id-token-alg" },
    "max-age": { change: { default_max_age: 10 }, rule: "document/wrong-type" },
    "redirects-there": { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
  },
  matches: [
    ["https://app.acme.dev/auth/a/b", "https://app.acme.dev/auth/*", true],
    ["https://app.acme.dev/", "https://app.acme.dev/*/cb*", true],
    ["https://app.acme.dev/b", "https://app.acme.dev/a,https://app.acme.dev/b", true],
    ["http://localhost:5000/cb", "http://localhost:*/cb", false],
    ["http://localhost:5000/cb", "http://localhost/cb", false],
  ],
  refusedRequests: ["https://app.acme.dev/auth/a;b", "https://app.acme.dev/auth/ä"],
  outcomes: [
    ["https://app.acme.dev/auth/*", "works"],
    ["http://localhost/cb", "limited", "redirect-uris/loopback-exact"],
    ["http://localhost:*/cb", "never", "redirect-uris/wildcard-port"],
    ["https://app.acme.dev/a,b", "never", "redirect-uris/illegal-character"],
  ],
});
