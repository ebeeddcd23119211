import { describe, expect, it } from "vitest";
import { analyse } from "../../server/src/check/analyse.js";
import { expandExample } from "../../server/src/rules/example.js";
import { base64urlBits, base64urlBytes } from "../../server/src/rules/jwks/base64url.js";

/** RFC 7517 appendix A.1 and RFC 8037 appendix A.2: public keys that everybody can check. */
const EC = {
  kty: "EC",
  crv: "P-256",
  x: "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
  y: "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
};
const RSA = {
  kty: "RSA",
  n: "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
  e: "AQAB",
};
const OKP = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" };
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
