import { describe, expect, it } from "vitest";
import { analyse } from "../../server/src/check/analyse.js";
import { expandExample } from "../../server/src/rules/example.js";

/** The rules that speak about a document with these members, hints and the advice about refreshing left out. */
function rulesOf(members: Readonly<Record<string, unknown>>): readonly string[] {
  const { text } = expandExample(JSON.stringify(members).slice(1, -1));
  return analyse(text, { servers: { mode: "none" } })
    .findings.filter(({ severity }) => severity !== "hint")
    .map(({ rule }) => rule)
    .filter((rule) => rule !== "grant-types/no-refresh");
}

const CODE = "authorization_code";

describe("grant types and response types", () => {
  it.each([
    [[CODE], ["code"], []],
    [[CODE], ["none", "code"], []],
    [
      [CODE, "implicit"],
      ["code", "token id_token"],
      ["grant-types/implicit", "response-types/token"],
    ],
    [[CODE], [], ["response-types/empty-with-code"]],
    [[CODE], ["token"], ["grant-types/code-mismatch", "grant-types/implicit-mismatch"]],
    [[], ["code"], ["grant-types/type"]],
    [["refresh_token"], ["code"], ["grant-types/code-mismatch"]],
    [["refresh_token"], [], ["grant-types/refresh-only"]],
    [[CODE], ["vp_token id_token", "code"], []],
    [[CODE], ["id_token code"], ["grant-types/implicit-mismatch"]],
    [[CODE], ["Code"], ["grant-types/code-mismatch", "response-types/unknown"]],
    [["urn:ietf:params:oauth:grant-type:device_code"], [], []],
    [["urn:ietf:params:oauth:grant-type:device_code", CODE], ["code"], []],
  ])("%j with %j", (grants, types, rules) => {
    expect(rulesOf({ grant_types: grants, response_types: types })).toEqual(rules);
  });

  it.each([
    ["deviceCode", "urn:ietf:params:oauth:grant-type:device_code"],
    ["refresh-token", "refresh_token"],
    ["authorisation_code", CODE],
    ["AUTHORIZATION_CODE", CODE],
    ["client credentials", "client_credentials"],
  ])("%s most likely means %s", (written, meant) => {
    const { text } = expandExample(`"grant_types": ["${written}"]`);
    const found = analyse(text, { servers: { mode: "none" } }).findings.find(
      ({ rule }) => rule === "grant-types/unknown",
    );
    expect(found?.message).toContain(`Did you mean ${meant}?`);
  });
});

describe("scope", () => {
  it.each([
    ["read", []],
    ["repo:app.bsky.feed.post?action=create,update blob:*/*", []],
    ["https://acme.dev/auth/drive.readonly openid", []],
    ["read,write", ["scope/comma"]],
    ["openid, profile", ["scope/comma"]],
    ["read  write", ["scope/separators"]],
    ["read\nwrite", ["scope/separators"]],
    [" read write", ["document/leading-trailing-space"]],
    ["read read", ["scope/duplicate"]],
    ["größe", ["scope/syntax"]],
    ["a\\b", ["scope/syntax"]],
    ["", ["scope/empty"]],
    ["  ", ["scope/empty"]],
  ])("%j", (scope, rules) => {
    expect(rulesOf({ scope })).toEqual(rules);
  });
});

describe("the token endpoint authentication method", () => {
  const jwks_uri = "https://app.acme.dev/jwks.json";

  it.each([
    [{ token_endpoint_auth_methods_supported: ["none"] }, []],
    [{ token_endpoint_auth_methods_supported: ["none", "none"] }, ["auth-method/duplicate"]],
    [{ token_endpoint_auth_methods_supported: ["NONE"] }, ["auth-method/case"]],
    [{ token_endpoint_auth_method: "Private_Key_JWT", jwks_uri }, ["auth-method/case"]],
    [{ token_endpoint_auth_method: "" }, ["document/empty-string"]],
    [{ token_endpoint_auth_method: "none " }, ["document/leading-trailing-space"]],
    [
      { token_endpoint_auth_method: "client_secret_basic", token_endpoint_auth_methods_supported: ["none"] },
      ["auth-method/shared-secret"],
    ],
    [
      {
        token_endpoint_auth_method: "private_key_jwt",
        token_endpoint_auth_methods_supported: ["private_key_jwt", "none"],
        jwks_uri,
      },
      [],
    ],
    [
      {
        token_endpoint_auth_method: "private_key_jwt",
        token_endpoint_auth_methods_supported: ["none"],
        jwks_uri,
      },
      ["auth-method/not-in-array"],
    ],
    [{ token_endpoint_auth_method: "urn:acme:auth", token_endpoint_auth_methods_supported: ["none"] }, []],
    [{ token_endpoint_auth_method: "tls_client_auth", tls_client_auth_subject_dn: "CN=acme" }, []],
  ])("%j", (members, rules) => {
    expect(rulesOf(members)).toEqual(rules);
  });

  it("is missed on the published document that had the list alone, and not on its correction", () => {
    const before = {
      client_id: "https://chat.acme.dev/oauth/client.json",
      client_name: "Acme Chat",
      redirect_uris: ["https://chat.acme.dev/callback"],
      token_endpoint_auth_methods_supported: ["none", "private_key_jwt"],
      jwks_uri: "https://chat.acme.dev/oauth/jwks.json",
    };
    const rules = (value: object) =>
      analyse(JSON.stringify(value), { servers: { mode: "none" } }).findings.map(({ rule }) => rule);
    expect(rules(before)).toContain("auth-method/missing-singular");
    expect(rules({ ...before, token_endpoint_auth_method: "private_key_jwt" })).not.toContain(
      "auth-method/missing-singular",
    );
  });
});

describe("a software statement", () => {
  const encode = (value: object) =>
    btoa(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const sign = (claims: object, header: object = { alg: "ES256" }) =>
    `${encode(header)}.${encode(claims)}.c2ln`;

  it.each([
    ["the same name", sign({ client_name: "Acme" }), []],
    ["another name", sign({ client_name: "Other" }), ["software-statement/precedence"]],
    ["an issuer, which is no member", sign({ iss: "https://acme.dev", sub: "x" }), []],
    [
      "a shared secret",
      sign({ token_endpoint_auth_methods_supported: ["client_secret_post"] }),
      ["auth-method/shared-secret-statement"],
    ],
    ["no signature", `${encode({ alg: "none" })}.${encode({})}.`, ["software-statement/jwt"]],
    ["claims that are an array", `${encode({ alg: "ES256" })}.W10.c2ln`, ["software-statement/jwt"]],
    ["a text", "acme", ["software-statement/jwt"]],
  ])("with %s", (_name, statement, rules) => {
    expect(rulesOf({ software_statement: statement })).toEqual(rules);
  });
});
