import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { djangoAllauth } from "../../server/src/servers/django-allauth/django-allauth.js";
import { match } from "../../server/src/servers/evaluate.js";
import { describeProfile, URL_OF_TABLES } from "./support/profileTable.js";

describeProfile(djangoAllauth, {
  fine: [
    { client_name: undefined, token_endpoint_auth_method: "private_key_jwt" },
    { redirect_uris: ["com.acme.app:/cb", "http://127.0.0.1/cb"] },
    {
      client_name: `${"x".repeat(100)}\ud800`,
      contacts: null,
      grant_types: ["authorization_code", "client_credentials"],
    },
  ],
  cases: {
    "url-https": [
      { url: "http://app.acme.dev/c", rule: "client-id/https" },
      { url: "HTTPS://app.acme.dev/c", rule: "client-id/scheme-case" },
    ],
    "url-parses": { url: "https://[::1/c", rule: "client-id/absolute-url" },
    "url-host": { url: "https:///c", rule: "client-id/absolute-url" },
    "url-host-case": { url: "https://App.acme.dev/c", rule: "client-id/host-case" },
    "url-path": [
      { url: "https://app.acme.dev", rule: "client-id/path-required" },
      { url: "https://app.acme.dev/", rule: "client-id/root-path" },
    ],
    "url-path-normal": [
      { url: "https://app.acme.dev/./c", rule: "client-id/dot-segment" },
      { url: "https://app.acme.dev/c/", rule: "client-id/trailing-slash" },
      { url: "https://app.acme.dev/a//c", rule: "client-id/empty-segment" },
    ],
    "url-query": { url: "https://app.acme.dev/c?v=1", rule: "client-id/query" },
    "url-fragment": { url: "https://app.acme.dev/c#x", rule: "client-id/fragment" },
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "url-length": { url: `https://app.acme.dev/${"c".repeat(80)}`, rule: "client-id/length" },
    "fetch-url": [
      { url: "https://*.acme.dev/c", rule: "client-id/absolute-url" },
      { url: "https://app.acme.dev:99999/c", rule: "client-id/absolute-url" },
      { url: "https://app acme.dev/c", rule: "client-id/absolute-url" },
      { url: "https://a%00.dev/c", rule: "client-id/absolute-url" },
      { url: "https://a..dev/c", rule: "client-id/absolute-url" },
    ],
    size: { change: { padding: "x".repeat(2048) }, rule: "document/size" },
    json: [
      { text: "{", rule: "document/json-syntax" },
      { text: `${"[".repeat(1000)}${"]".repeat(1000)}`, rule: "document/too-deep" },
    ],
    object: { text: "[]", rule: "document/not-object" },
    "client-id-equal": [
      { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
      { change: { client_id: undefined }, rule: "client-id/missing" },
    ],
    scope: { change: { scope: null }, rule: "document/null-value" },
    "client-name": { change: { client_name: 1 }, rule: "document/wrong-type" },
    "redirect-uris": { change: { redirect_uris: undefined }, rule: "redirect-uris/missing" },
    "list-redirect-uris": [
      { change: { redirect_uris: [] }, rule: "redirect-uris/type" },
      { change: { redirect_uris: [1] }, rule: "redirect-uris/type" },
    ],
    "list-grant-types": { change: { grant_types: [] }, rule: "document/wrong-type" },
    "list-response-types": { change: { response_types: null }, rule: "document/null-value" },
    "list-post-logout-redirect-uris": {
      change: { post_logout_redirect_uris: [] },
      rule: "document/wrong-type",
    },
    "stored-text": [
      { change: { client_name: "\ud800" }, rule: "document/lone-surrogate" },
      { change: { scope: "openid \ud800" }, rule: "document/lone-surrogate" },
      { change: { redirect_uris: ["https://app.acme.dev/\ud800"] }, rule: "document/lone-surrogate" },
    ],
    "stored-numbers": {
      text: `{"client_id":"${URL_OF_TABLES}","redirect_uris":["https://app.acme.dev/cb"],"a":[{"b":NaN}]}`,
      rule: "document/json-syntax",
    },
    "response-code": { change: { response_types: ["token"] }, rule: "response-types/empty-with-code" },
    "redirect-order": {
      change: { redirect_uris: ["http://localhost:*/cb", "http://localhost:33418/cb"] },
      rule: "redirect-uris/port-invalid",
    },
    "scope-granted": { change: { scope: " " }, rule: "scope/empty" },
    "grant-code": { change: { grant_types: ["refresh_token"] }, rule: "grant-types/code-mismatch" },
    "grant-refresh": { change: { grant_types: ["authorization_code"] }, rule: "grant-types/no-refresh" },
  },
  matches: [
    ["http://127.0.0.1:5000/cb", "http://127.0.0.1/cb", true],
    ["http://[::1]:5000/cb", "http://[::1]:80/cb", true],
    ["http://localhost:5000/cb", "http://localhost/cb", false],
    ["https://APP.acme.dev/cb", "https://app.acme.dev/cb", true],
    ["https://app.acme.dev/cb?x=1", "https://app.acme.dev/cb", true],
    ["https://app.acme.dev/cb?y=2&x=%C3%A9", "https://app.acme.dev/cb?x=é&empty=", true],
    ["https://app.acme.dev/cb", "https://app.acme.dev/cb?x=1", false],
    ["https://app.acme.dev/cb", "https://me@app.acme.dev/cb#top", true],
    ["https://app.acme.dev/cb", " https://app.acme.dev/cb\nhttps://app.acme.dev/other", true],
    ["https://app.acme.dev:8443/cb", "https://app.acme.dev/cb", false],
  ],
  outcomes: [
    ["http://127.0.0.1/cb", "works"],
    ["http://127.0.0.1:*/cb", "works"],
    ["com.acme.app:/cb", "works"],
    ["http://localhost/cb", "limited", "redirect-uris/loopback-exact"],
    ["http://localhost:3000/cb", "limited", "redirect-uris/fixed-loopback-port"],
    ["http://localhost:*/cb", "never", "redirect-uris/wildcard-port"],
    ["https://*.acme.dev/cb", "never", "redirect-uris/wildcard-host"],
    ["http://localhost:70000/cb", "never", "redirect-uris/port-invalid"],
    ["https://app.acme.dev/{cb}", "never", "redirect-uris/never-matches"],
    ["https://app.acme.dev/a\nhttps://app.acme.dev/b", "never", "redirect-uris/whitespace"],
    ["https://[::1/cb", "never", "redirect-uris/never-matches"],
  ],
});

describe("django-allauth, entry after entry", () => {
  const decide = (redirectUri: string, ...entries: string[]) => {
    const document = { client_id: URL_OF_TABLES, redirect_uris: entries };
    return match(djangoAllauth, new ClientMetadataDocument(JSON.stringify(document)), redirectUri).outcome;
  };
  const [fixed, any, broken] = ["http://localhost:33418/cb", "http://localhost:*/cb", "https://[::1/cb"];

  it.each([
    ["ends with a port that is no number", fixed, [any, fixed], "refused"],
    ["reaches what stands before such a port", fixed, [fixed, any], "allowed"],
    [
      "passes such a port on another page",
      "http://localhost:33418/other",
      [any, "http://localhost:33418/other"],
      "allowed",
    ],
    ["ends with an entry that is no URI", fixed, [broken, fixed], "refused"],
    ["is for redirect URIs of RFC 3986", "http://127.0.0.1:5000/{cb}", ["http://127.0.0.1/{cb}"], "refused"],
  ] as const)("%s", (_, redirectUri, entries, outcome) => {
    expect(decide(redirectUri, ...entries)).toBe(outcome);
  });
});
