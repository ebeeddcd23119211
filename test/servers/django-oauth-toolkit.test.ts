import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { djangoOauthToolkit } from "../../server/src/servers/django-oauth-toolkit/django-oauth-toolkit.js";
import { match } from "../../server/src/servers/evaluate.js";
import { describeProfile, URL_OF_TABLES } from "./support/profileTable.js";

describeProfile(djangoOauthToolkit, {
  fine: [
    { redirect_uris: ["http://localhost/cb", "http://127.0.0.1:1/cb"] },
    { client_name: undefined, grant_types: undefined, token_endpoint_auth_method: undefined },
    { grant_types: ["implicit"] },
  ],
  cases: {
    "json-content-type": {
      url: "https://raw.githubusercontent.com/acme/c/main/c.json",
      rule: "client-id/raw-host",
    },
    "url-https": { url: "http://app.acme.dev/c", rule: "client-id/https" },
    "url-parses": { url: "https://[::1/c", rule: "client-id/absolute-url" },
    "url-host": { url: "https:///c", rule: "client-id/absolute-url" },
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "url-fragment": { url: "https://app.acme.dev/c#x", rule: "client-id/fragment" },
    "url-path": { url: "https://app.acme.dev", rule: "client-id/path-required" },
    "url-dot-segments": { url: "https://app.acme.dev/./c", rule: "client-id/dot-segment" },
    "url-port": { url: "https://app.acme.dev:99999/c", rule: "client-id/port-invalid" },
    "url-length": { url: `https://app.acme.dev/${"c".repeat(240)}`, rule: "client-id/length" },
    "fetch-address": [
      { url: "https://10.0.0.1/c", rule: "client-id/special-use-host" },
      { url: "https://127.1/c", rule: "client-id/special-use-host" },
      { url: "https://0x7f000001/c", rule: "client-id/special-use-host" },
      { url: "https://localhost/c", rule: "client-id/special-use-host" },
      { url: "https://*/c", rule: "client-id/special-use-host" },
      { url: "https://[::ffff:10.0.0.1]/c", rule: "client-id/special-use-host" },
      { url: "https://[64:ff9b::a00:1]/c", rule: "client-id/special-use-host" },
      { url: "https://[2002:a00:1::]/c", rule: "client-id/special-use-host" },
      { url: "https://[2001:0:808:808::f5ff:fffe]/c", rule: "client-id/special-use-host" },
    ],
    "fetch-name": { url: "https://a..dev/c", rule: "client-id/absolute-url" },
    "fetch-host-header": { url: "https://日本.dev/c", rule: "client-id/non-ascii" },
    size: { change: { padding: "x".repeat(16_384) }, rule: "document/size" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "[]", rule: "document/not-object" },
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    "auth-method": [
      {
        change: { token_endpoint_auth_method: "private_key_jwt" },
        rule: "auth-method/private-key-jwt-support",
      },
      { change: { token_endpoint_auth_method: "client_secret_post" }, rule: "auth-method/shared-secret" },
    ],
    "client-secret": { change: { client_secret: null }, rule: "secret/client-secret" },
    "redirect-uris": { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
    "redirect-strings": { change: { redirect_uris: [1] }, rule: "redirect-uris/type" },
    "redirect-blank": { change: { redirect_uris: ["", " "] }, rule: "redirect-uris/type" },
    "redirect-shape": [
      { change: { redirect_uris: ["https://*.acme.dev/cb"] }, rule: "redirect-uris/wildcard-host" },
      { change: { redirect_uris: ["https://app.acme.dev/cb other"] }, rule: "redirect-uris/absolute" },
      { change: { redirect_uris: ["https://ücher/cb"] }, rule: "redirect-uris/absolute" },
      {
        change: { redirect_uris: [`https://app.acme.dev/${"c".repeat(2048)}`] },
        rule: "redirect-uris/absolute",
      },
      { change: { redirect_uris: ["https://[v1.x]/cb"] }, rule: "redirect-uris/absolute" },
      { change: { redirect_uris: ["https://app.acme.dev/cb#"] }, rule: "redirect-uris/fragment" },
      { change: { redirect_uris: ["dev.acme.app:/cb"] }, rule: "redirect-uris/private-use-mixed" },
      { change: { redirect_uris: ["javascript:alert(1)"] }, rule: "redirect-uris/unsafe-scheme" },
      { change: { redirect_uris: ["https:/cb"] }, rule: "redirect-uris/absolute" },
    ],
    "grant-types": [
      {
        change: { grant_types: ["authorization_code", "urn:ietf:params:oauth:grant-type:jwt-bearer"] },
        rule: "grant-types/extra",
      },
      { change: { grant_types: ["refresh_token"] }, rule: "grant-types/refresh-only" },
      { change: { grant_types: ["client_credentials"] }, rule: "grant-types/extra" },
      { change: { grant_types: null }, rule: "grant-types/type" },
    ],
    "client-name": [
      { change: { client_name: "x".repeat(256) }, rule: "client-name/length" },
      { change: { client_name: 1 }, rule: "document/wrong-type" },
    ],
    "stored-text": [
      { change: { client_name: "\ud800" }, rule: "document/lone-surrogate" },
      { change: { redirect_uris: ["https://app.acme.dev/\ud800"] }, rule: "document/lone-surrogate" },
    ],
    "grant-code": { change: { grant_types: ["implicit"] }, rule: "grant-types/code-mismatch" },
    "redirect-port": {
      change: { redirect_uris: ["http://localhost:*/cb", "http://localhost:33418/cb"] },
      rule: "redirect-uris/port-invalid",
    },
  },
  matches: [
    ["http://127.0.0.1:5000/cb", "http://127.0.0.1/cb", true],
    ["http://[::1]:5000/cb", "http://[::1]:80/cb", true],
    ["http://localhost:5000/cb", "http://localhost/cb", false],
    ["https://APP.acme.dev/cb", "https://app.acme.dev/cb", true],
    ["https://app.acme.dev/cb?x=1", "https://app.acme.dev/cb", false],
    ["https://me@app.acme.dev/cb", "https://app.acme.dev/cb", false],
    ["http://127.0.0.1:5000/cb", "http://127.0.0.1:*/cb", true],
    ["https://app.acme.dev/cb?", "https://app.acme.dev/cb", false],
    ["https://app.acme.dev/cb", " https://app.acme.dev/cb  https://app.acme.dev/other", true],
  ],
  outcomes: [
    ["http://127.0.0.1/cb", "works"],
    ["http://localhost/cb", "limited", "redirect-uris/loopback-exact"],
    ["http://localhost:3000/cb", "limited", "redirect-uris/fixed-loopback-port"],
    ["http://localhost:*/cb", "never", "redirect-uris/wildcard-port"],
    ["http://127.0.0.1:*/cb", "works"],
    ["http://localhost:70000/cb", "never", "redirect-uris/port-invalid"],
    ["https://app.acme.dev/bücher", "never", "redirect-uris/never-matches"],
    ["https://app.acme.dev/{cb}", "never", "redirect-uris/never-matches"],
    ["https://app.acme.dev/a https://app.acme.dev/b", "never", "redirect-uris/whitespace"],
    ["https://app.acme.dev/*", "limited", "redirect-uris/wildcard-path"],
    ["https://me@app.acme.dev/cb", "never", "redirect-uris/userinfo"],
  ],
});

describe("django-oauth-toolkit, entry after entry", () => {
  const decide = (redirectUri: string, ...entries: string[]) => {
    const document = { client_id: URL_OF_TABLES, redirect_uris: entries };
    return match(djangoOauthToolkit, new ClientMetadataDocument(JSON.stringify(document)), redirectUri)
      .outcome;
  };
  const [fixed, any] = ["http://localhost:33418/cb", "http://localhost:*/cb"];

  it.each([
    ["ends with a port that is no number", fixed, [any, fixed], "refused"],
    ["reaches what stands before such a port", fixed, [fixed, any], "allowed"],
    [
      "passes such a port on another host",
      "https://app.acme.dev/cb",
      [any, "https://app.acme.dev/cb"],
      "allowed",
    ],
    ["is for redirect URIs of RFC 3986", "http://127.0.0.1:5000/{cb}", ["http://127.0.0.1/{cb}"], "refused"],
  ] as const)("%s", (_, redirectUri, entries, outcome) => {
    expect(decide(redirectUri, ...entries)).toBe(outcome);
  });
});
