import { describe, expect, it } from "vitest";
import { analyse } from "../../server/src/check/analyse.js";
import { expandExample } from "../../server/src/rules/example.js";
import { base64urlBits, base64urlBytes } from "../../server/src/rules/jwks/base64url.js";
import { KNOWN_KEYS } from "../../server/src/rules/jwks/knownKeys.js";

/** Public keys made for these tests. */
const EC = {
  kty: "EC",
  crv: "P-256",
  x: "xPjRyFrQGmAE5OWUm4MsUMWGJqxST4YYxxs41L98SRc",
  y: "Zyh6_2P-1C8Awojj2QXsFW0lso_LJhiUIP1dW9nVTLY",
};
const RSA = {
  kty: "RSA",
  n: "pF7-8M2kDHsKP7bihQBlpnFro-p6W80WnmXk2xdCbKw3bW3JkBFZqYkZ1FtceAUmCLBN3aNwosM4gko2C-A12MUmykPCkyBw9eZN6iG-rwKnwldhTTYfR569uWcm3Hwo-GmxOTyUanmHh5OypUs8_wYQvN5iE8_lAPc7Huuwg9bkXvIWQd2JQA936fp5K6wxT78Lrj4Z71rlU3ZlNphHrK6IHgW0Nqdc7gvrtTFvvxc7qwKZa93WFlQbNdN4PfnJU7pIYtZ10twwpY6pANHo06UbUaL_g1wJE77V2m9s5LhrgMfiZVFk9OeV0bW_gU613MpSayUrJHhWOQzx0Mt_VQ",
  e: "AQAB",
};
const OKP = { kty: "OKP", crv: "Ed25519", x: "EqM16-_b9D3IGEPQESUqysUf9df4N0qMciHFljq2Nt4" };
const AKP = { kty: "AKP", alg: "ML-DSA-44", pub: "AAAA" };

/** The rules that speak about a set of keys for `private_key_jwt`. */
function rulesOf(keys: readonly object[], more: Readonly<Record<string, unknown>> = {}): readonly string[] {
  const members = { token_endpoint_auth_method: "private_key_jwt", jwks: { keys }, ...more };
  const { text } = expandExample(JSON.stringify(members).slice(1, -1));
  return analyse(text, { servers: { mode: "none" } }).findings.map(({ rule }) => rule);
}

describe("base64url", () => {
  it.each([
    ["", 0],
    ["AQAB", 3],
    ["AQ", 1],
    ["AQA", 2],
    ["A", undefined],
    ["AQ==", undefined],
    ["A+/B", undefined],
    ["AQ AB", undefined],
  ])("%j has %j bytes", (text, bytes) => {
    expect(base64urlBytes(text)).toBe(bytes);
  });

  it.each([
    ["AQAB", 17],
    ["AAAB", 1],
    ["gA", 8],
    ["AQ", 1],
    ["____", 24],
    ["----", 24],
    ["0000", 24],
    ["AAAA", 0],
    ["=", undefined],
  ])("%j is a number of %j bits", (text, bits) => {
    expect(base64urlBits(text)).toBe(bits);
  });

  it("measures the modulus of RFC 7517's key as 2048 bits", () => {
    expect(base64urlBits(RSA.n)).toBe(2048);
  });
});

describe("published keys", () => {
  it.each([
    ["EC", [EC]],
    ["RSA", [RSA]],
    ["OKP", [OKP]],
    ["AKP, which has other members", [AKP]],
    ["EC for key agreement", [{ ...EC, alg: "ECDH-ES+A128KW" }]],
    [
      "RSA for encryption beside one for signatures",
      [
        { ...RSA, kid: "e", use: "enc", alg: "RSA-OAEP-256" },
        { ...RSA, kid: "s" },
      ],
    ],
    ["a key that verifies", [{ ...EC, key_ops: ["verify"], ext: true }]],
    ["an algorithm that no list has", [{ ...EC, alg: "ES256-NEXT" }]],
    [
      "keys of two kinds with one name",
      [
        { ...EC, kid: "1" },
        { ...RSA, kid: "1" },
      ],
    ],
  ])("are fine: %s", (_name, keys) => {
    expect(rulesOf(keys)).toEqual([]);
  });

  it.each([
    ["d", { ...EC, d: "AAAA" }, "jwks/private-key"],
    ["an RSA prime alone", { ...RSA, p: "AAAA" }, "jwks/private-key"],
    ["oth", { ...RSA, oth: [] }, "jwks/private-key"],
    ["an AKP seed", { ...AKP, priv: "AAAA" }, "jwks/private-key"],
    ["k", { kty: "oct", k: "AAAA" }, "jwks/symmetric-key"],
    ["k in a key of another kind", { ...EC, k: "AAAA" }, "jwks/symmetric-key"],
    ["oct without its value", { kty: "oct" }, "jwks/symmetric-key"],
  ])("hold no secret: %s", (_name, key, rule) => {
    expect(rulesOf([key])).toEqual([rule]);
  });

  it.each([
    [{ ...EC, x: EC.x.slice(4) }, "jwks/ec-members"],
    [{ ...EC, y: undefined }, "jwks/ec-members"],
    [{ ...EC, crv: "P-384" }, "jwks/ec-members"],
    [{ ...EC, crv: undefined }, "jwks/crv"],
    [{ ...OKP, crv: "P-256" }, "jwks/crv"],
    [{ ...OKP, crv: "Ed448" }, "jwks/ec-members"],
    [{ ...OKP, alg: "ES256" }, "jwks/alg"],
    [{ ...OKP, crv: "X25519", alg: "EdDSA" }, "jwks/alg"],
    [{ ...RSA, n: RSA.n.slice(0, 200) }, "jwks/rsa-size"],
    [{ ...RSA, n: `AAAA${RSA.n.slice(4)}` }, "jwks/rsa-size"],
    [{ ...RSA, e: undefined }, "jwks/rsa-members"],
    [{ ...RSA, alg: "none" }, "jwks/alg"],
    [{ ...EC, kty: undefined }, "jwks/kty"],
    [{ ...EC, use: "sig", key_ops: ["deriveKey"] }, "jwks/use-key-ops"],
  ])("%j is a case of %s alone", (key, rule) => {
    expect(rulesOf([key])).toEqual([rule]);
  });

  it("deletes every private member of a key and nothing else", async () => {
    const { fixesOf } = await import("../../server/src/languageFeatures/codeActions.js");
    const key = { kid: "1", d: "AA", ...RSA, p: "AA", q: "AA", dp: "AA", dq: "AA", qi: "AA" };
    const { text } = expandExample(
      JSON.stringify({ token_endpoint_auth_method: "private_key_jwt", jwks: { keys: [key] } }).slice(1, -1),
    );
    const analysis = analyse(text, { servers: { mode: "none" } });
    const [finding] = analysis.findings;
    const [fix] = finding ? fixesOf(analysis, finding) : [];
    const corrected = [...(fix?.edits ?? [])]
      .sort((a, b) => b.offset - a.offset)
      .reduce(
        (result, { offset, end, newText }) => result.slice(0, offset) + newText + result.slice(end),
        text,
      );
    expect(JSON.parse(corrected)).toMatchObject({
      client_name: "Acme",
      jwks: { keys: [{ kid: "1", ...RSA }] },
    });
    expect(Object.keys(JSON.parse(corrected).jwks.keys[0])).toEqual(["kid", "kty", "n", "e"]);
  });
});

describe("the signature algorithm of client assertions", () => {
  it.each([
    ["ES256", [EC], []],
    ["ES256", [RSA], ["auth-signing-alg/key-mismatch"]],
    [
      "ES256",
      [
        { ...RSA, kid: "r" },
        { ...EC, kid: "e" },
      ],
      [],
    ],
    ["Ed25519", [{ ...OKP, alg: "EdDSA" }], []],
    ["RS256", [{ ...RSA, alg: "PS256" }], ["auth-signing-alg/key-mismatch"]],
    ["RS256", [{ ...RSA, use: "enc" }], ["jwks/use", "auth-signing-alg/key-mismatch"]],
    ["HS256", [EC], ["auth-signing-alg/symmetric"]],
    ["RS1", [RSA], ["auth-signing-alg/weak"]],
  ])("%s with %j", (algorithm, keys, rules) => {
    expect([...rulesOf(keys, { token_endpoint_auth_signing_alg: algorithm })].sort()).toEqual(
      [...rules].sort(),
    );
  });

  it("is left alone when the keys are elsewhere", () => {
    const { text } = expandExample(
      '"token_endpoint_auth_method": "private_key_jwt", "jwks_uri": "https://app.acme.dev/jwks.json", "token_endpoint_auth_signing_alg": "ES512"',
    );
    expect(analyse(text, { servers: { mode: "none" } }).findings).toEqual([]);
  });
});

describe("what servers say of keys", () => {
  it("stands at the finding, whether they name the key or its member", () => {
    const { text } = expandExample(
      JSON.stringify({
        token_endpoint_auth_method: "private_key_jwt",
        jwks: { keys: [{ ...EC, d: "AAAA" }] },
      }).slice(1, -1),
    );
    const found = analyse(text).findings.filter(({ rule }) => rule === "jwks/private-key");
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toMatch(/Refused by .*oidc-provider.*Cloudflare.*Better Auth/);
  });
});

describe("keys that everybody has", () => {
  const said = (key: object): string | undefined => {
    const { text } = expandExample(
      JSON.stringify({ token_endpoint_auth_method: "private_key_jwt", jwks: { keys: [key] } }).slice(1, -1),
    );
    return analyse(text, { servers: { mode: "none" } }).findings.find(({ rule }) => rule === "jwks/known-key")
      ?.message;
  };

  it.each([
    [
      "RFC 7515 appendix A.3",
      "private half is published",
      {
        kty: "EC",
        crv: "P-256",
        x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
      },
    ],
    [
      "RFC 8037 appendix A",
      "private half is published",
      { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" },
    ],
    [
      "RFC 7517 appendix A",
      "private half is published",
      {
        kty: "RSA",
        n: "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
        e: "AQAB",
      },
    ],
    [
      "jwt.io",
      "private half is published",
      {
        kty: "EC",
        crv: "P-256",
        x: "EVs_o5-uQbTjL3chynL4wXgUg2R9q9UU8I5mEovUf84",
        y: "kGe5DgSIycKp8w9aJmoHhB1sB3QTugfnRWm5nU_TzsY",
      },
    ],
    [
      "RFC 9449",
      "do not have its private half",
      {
        kty: "EC",
        crv: "P-256",
        x: "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
        y: "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA",
      },
    ],
  ])("the one of %s: %s", (source, what, key) => {
    expect(said(key)).toContain(source);
    expect(said(key)).toContain(what);
  });

  it("are told by 256 bits, whatever else the key says", () => {
    for (const telling of KNOWN_KEYS.keys()) {
      expect(telling).toMatch(/^[\w-]{43}$/);
      expect(said({ kty: "RSA", n: `${telling}AAAA`, e: "AQAB" })).toBeDefined();
      expect(said({ kty: "EC", crv: "P-256", x: telling, y: telling })).toBeDefined();
    }
    for (const key of [EC, RSA, OKP]) expect(said(key)).toBeUndefined();
  });

  it("are one problem where the private half stands beside them", () => {
    const d = "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI";
    const x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    expect(said({ kty: "EC", crv: "P-256", x, y: EC.y, d })).toBeUndefined();
  });
});
