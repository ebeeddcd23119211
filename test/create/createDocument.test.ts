import { describe, expect, it } from "vitest";
import { createDocument, PLACEHOLDER_CLIENT_ID } from "../../server/src/create/createDocument.js";
import { formatJson } from "../../server/src/create/formatJson.js";
import { applicationTypeOf, portableRedirectUris } from "../../server/src/create/portable.js";
import { fieldByName } from "../../server/src/metadata/fields.js";
import { documentShape } from "../../server/src/metadata/shapes.js";

const base = { name: "Zoë", redirectUris: ["http://localhost:*/callback"] };

describe("createDocument", () => {
  it("writes FastMCP's members in FastMCP's order", () => {
    expect(createDocument(base)).toBe(`{
  "client_id": "${PLACEHOLDER_CLIENT_ID}",
  "client_name": "Zoë",
  "redirect_uris": [
    "http://localhost:*/callback"
  ],
  "token_endpoint_auth_method": "none",
  "grant_types": [
    "authorization_code"
  ],
  "response_types": [
    "code"
  ]
}
`);
  });

  it("escapes only when asked", () => {
    expect(createDocument({ ...base, pretty: false })).toContain('"Zoë"');
    expect(createDocument({ ...base, pretty: false, ascii: true })).toContain('"Zo\\u00eb"');
  });

  it("writes every option it has, as fields of the registry with their types", () => {
    const text = createDocument({
      name: "A",
      redirectUris: ["https://app.example.com/cb"],
      clientId: "https://app.example.com/c.json",
      clientUri: "https://app.example.com/",
      logoUri: "https://app.example.com/l.png",
      scope: "read",
      applicationType: "web",
      authMethod: "private_key_jwt",
      signingAlgorithm: "ES256",
      jwksUri: "https://app.example.com/jwks.json",
      grantTypes: ["authorization_code"],
      refresh: true,
      contacts: ["a@example.com"],
      tosUri: "https://app.example.com/tos",
      policyUri: "https://app.example.com/privacy",
      dpopBoundAccessTokens: true,
    });
    const document = JSON.parse(text) as Record<string, unknown>;
    expect(document).toEqual({
      client_id: "https://app.example.com/c.json",
      client_name: "A",
      redirect_uris: ["https://app.example.com/cb"],
      application_type: "web",
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: "ES256",
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      client_uri: "https://app.example.com/",
      logo_uri: "https://app.example.com/l.png",
      scope: "read",
      contacts: ["a@example.com"],
      tos_uri: "https://app.example.com/tos",
      policy_uri: "https://app.example.com/privacy",
      jwks_uri: "https://app.example.com/jwks.json",
      dpop_bound_access_tokens: true,
    });
    expect(Object.keys(document).filter((name) => !fieldByName(name))).toEqual([]);
    expect(documentShape().safeParse(document)).toMatchObject({ success: true });
  });

  it("leaves out what is empty", () => {
    const text = createDocument({
      ...base,
      clientUri: "",
      contacts: [],
      grantTypes: [],
      clientId: "",
      jwksUri: "",
    });
    expect(text).toBe(createDocument(base));
  });

  it("asks for a refresh token once", () => {
    const grants = (options: object) => JSON.parse(createDocument({ ...base, ...options })).grant_types;
    expect(grants({ refresh: true })).toEqual(["authorization_code", "refresh_token"]);
    expect(grants({ refresh: true, grantTypes: ["refresh_token", "authorization_code"] })).toEqual([
      "refresh_token",
      "authorization_code",
    ]);
    expect(grants({ portable: true, refresh: false })).toEqual(["authorization_code"]);
  });

  it("lets a chosen application type stand in a portable document", () => {
    const document = JSON.parse(createDocument({ ...base, portable: true, applicationType: "web" }));
    expect(document.application_type).toBe("web");
    expect(document.redirect_uris).toEqual(["http://127.0.0.1/callback", "http://localhost/callback"]);
  });
});

describe("portableRedirectUris", () => {
  it.each<[string, string[], string[]]>([
    ["FastMCP's port wildcard", ["http://localhost:*/cb"], ["http://127.0.0.1/cb", "http://localhost/cb"]],
    ["on the IP address", ["http://127.0.0.1:*/cb"], ["http://127.0.0.1/cb", "http://localhost/cb"]],
    ["no port", ["http://localhost/cb"], ["http://127.0.0.1/cb", "http://localhost/cb"]],
    ["an empty port", ["http://localhost:/cb"], ["http://127.0.0.1/cb", "http://localhost/cb"]],
    ["no path", ["http://localhost:*"], ["http://127.0.0.1/", "http://localhost/"]],
    ["a query", ["http://localhost:*/cb?a=b"], ["http://127.0.0.1/cb?a=b", "http://localhost/cb?a=b"]],
    ["upper case", ["HTTP://LOCALHOST:*/cb"], ["http://127.0.0.1/cb", "http://localhost/cb"]],
    [
      "both already",
      ["http://localhost/cb", "http://127.0.0.1/cb"],
      ["http://127.0.0.1/cb", "http://localhost/cb"],
    ],
    ["IPv6", ["http://[::1]:*/cb"], ["http://[::1]/cb"]],
    ["another loopback address", ["http://127.0.0.2:*/cb"], ["http://127.0.0.2/cb"]],
    ["a fixed port", ["http://localhost:3000/cb"], ["http://localhost:3000/cb"]],
    ["a malformed port", ["http://localhost:3*/cb"], ["http://localhost:3*/cb"]],
    ["userinfo", ["http://a@localhost/cb"], ["http://a@localhost/cb"]],
    ["a fragment", ["http://localhost/cb#x"], ["http://localhost/cb#x"]],
    ["a host wildcard", ["https://*.example.com/cb"], ["https://*.example.com/cb"]],
    ["https", ["https://app.example.com/cb"], ["https://app.example.com/cb"]],
    ["a private-use scheme", ["com.example.app:/cb"], ["com.example.app:/cb"]],
    ["nothing sensible", ["", "*"], ["", "*"]],
  ])("%s", (_, given, portable) => {
    expect(portableRedirectUris(given)).toEqual(portable);
    expect(portableRedirectUris(portable)).toEqual(portable);
  });
});

describe("applicationTypeOf", () => {
  it.each<[string[], string]>([
    [["http://127.0.0.1/cb"], "native"],
    [["com.example.app:/cb"], "native"],
    [["https://app.example.com/cb", "http://localhost/cb"], "native"],
    [["https://app.example.com/cb"], "web"],
    [[], "web"],
  ])("%j is %s", (redirectUris, type) => {
    expect(applicationTypeOf(redirectUris)).toBe(type);
  });
});

describe("formatJson", () => {
  // Taken from Python 3.11: json.dumps(value), and json.dumps(value, indent=2).
  it("writes as Python does", () => {
    const value = { a: [], b: ["x", "y"], c: true, d: {}, e: 1, f: [{ g: "h" }] };
    expect(formatJson(value, { pretty: false, ascii: true })).toBe(
      '{"a": [], "b": ["x", "y"], "c": true, "d": {}, "e": 1, "f": [{"g": "h"}]}',
    );
    expect(formatJson({ a: [], b: ["x"], d: {} }, { pretty: true, ascii: true })).toBe(
      '{\n  "a": [],\n  "b": [\n    "x"\n  ],\n  "d": {}\n}',
    );
  });

  it.each([
    ["\u007f\u0080\u00a0\u200b\u2028\ufeff", '"\\u007f\\u0080\\u00a0\\u200b\\u2028\\ufeff"'],
    ["a\nb\rc\bd\fe\u0000\u001f", '"a\\nb\\rc\\bd\\fe\\u0000\\u001f"'],
    ["\u{1f98a}", '"\\ud83e\\udd8a"'],
    ["\ud800", '"\\ud800"'],
    ['"\\/', '"\\"\\\\/"'],
    [" ~", '" ~"'],
  ])("escapes %j as Python does", (text, written) => {
    expect(formatJson(text, { pretty: false, ascii: true })).toBe(written);
    expect(JSON.parse(written)).toBe(text);
  });
});
