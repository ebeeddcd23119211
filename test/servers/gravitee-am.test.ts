import { expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { evaluate } from "../../server/src/servers/evaluate.js";
import { graviteeAm } from "../../server/src/servers/gravitee-am.js";
import { describeProfile } from "./support/profileTable.js";

it("looks past comments and a byte order mark, as Vert.x does", () => {
  const url = "https://app.acme.dev/c";
  const members = `"client_id":"${url}","redirect_uris":["https://app.acme.dev/cb"],"token_endpoint_auth_method":"none"`;
  for (const text of [`\ufeff{${members}}`, `/* Acme */{${members}// end\n}`]) {
    const { verdict } = evaluate(new ClientMetadataDocument(text, { url }), graviteeAm);
    expect(verdict).toBe("accepts");
  }
});

describeProfile(graviteeAm, {
  fine: [
    { client_id: "HTTPS://App.Acme.dev/oauth/client.json#x" },
    { token_endpoint_auth_method: "private_key_jwt", jwks: { keys: [] } },
    { redirect_uris: ["http://localhost:*/cb", "anything"], client_name: undefined },
  ],
  cases: {
    "url-https": { url: "http://app.acme.dev/c", rule: "client-id/https" },
    "url-host": [
      { url: "https:///c", rule: "client-id/absolute-url" },
      { url: "https://a_b.dev/c", rule: "client-id/raw-host" },
      { url: "https://bücher.dev/c", rule: "client-id/raw-host" },
    ],
    "url-address": [
      { url: "https://localhost/c", rule: "client-id/special-use-host" },
      { url: "https://10.0.0.1/c", rule: "client-id/special-use-host" },
    ],
    size: { change: { padding: "x".repeat(10_240) }, rule: "document/size" },
    json: [
      { text: "{", rule: "document/json-syntax" },
      { text: "{}/**/{}", rule: "document/json-syntax" },
    ],
    object: { text: "[]", rule: "document/not-object" },
    "client-id-equal": [
      { change: { client_id: "https://app.acme.dev/C" }, rule: "client-id/url-mismatch" },
      { change: { client_id: undefined }, rule: "client-id/missing" },
    ],
    "redirect-uris": [
      { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
      { change: { redirect_uris: "https://app.acme.dev/cb" }, rule: "redirect-uris/type" },
    ],
    lists: [
      { change: { grant_types: null }, rule: "document/null-value" },
      { change: { contacts: [" "] }, rule: "document/wrong-type" },
      { change: { redirect_uris: [1] }, rule: "redirect-uris/type" },
    ],
    "auth-method": {
      change: { token_endpoint_auth_method: "client_secret_basic" },
      rule: "auth-method/shared-secret",
    },
    "auth-method-null": { change: { token_endpoint_auth_method: null }, rule: "document/null-value" },
    "client-secret": { change: { client_secret: null }, rule: "secret/client-secret" },
    keys: [
      {
        change: { token_endpoint_auth_method: "private_key_jwt" },
        rule: "auth-method/private-key-jwt-no-keys",
      },
      { change: { jwks: [] }, rule: "jwks/shape" },
      { change: { jwks: {} }, rule: "jwks/shape" },
    ],
    "jwks-uri": [
      { change: { jwks_uri: "http://app.acme.dev/jwks.json" }, rule: "jwks-uri/https" },
      { change: { jwks_uri: "/jwks.json" }, rule: "jwks-uri/https" },
      { change: { jwks_uri: "https://127.0.0.1/jwks.json" }, rule: "jwks-uri/special-use" },
    ],
  },
  matches: [["http://localhost:5000/cb", "http://localhost/cb", false]],
  outcomes: [
    ["https://app.acme.dev/callback", "works"],
    ["http://localhost/cb", "limited", "redirect-uris/loopback-exact"],
    ["http://localhost:*/cb", "never", "redirect-uris/wildcard-port"],
  ],
});
