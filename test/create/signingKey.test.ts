import { calculateJwkThumbprint, importJWK, type JWK, jwtVerify, SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { checkDocument } from "../../server/src/api/checkDocument.js";
import {
  documentWithKey,
  KeyPlaceError,
  keyPlaceOf,
  keySetWithKey,
} from "../../server/src/create/addPublicKey.js";
import { createDocument } from "../../server/src/create/createDocument.js";
import { SIGNING_ALGORITHMS } from "../../server/src/create/signingAlgorithms.js";
import { generateSigningKey } from "../../server/src/create/signingKey.js";
import { optionsFromAnswers } from "../../server/src/create/wizardAnswers.js";

const WEB = createDocument(
  optionsFromAnswers({
    kind: "web",
    name: "Acme",
    clientId: "https://app.acme.dev/oauth/client.json",
    redirectUris: ["https://app.acme.dev/callback"],
    refresh: true,
    scope: "",
    clientUri: "",
    logoUri: "",
    authentication: "none",
  }),
);
const KEY = { kty: "EC", crv: "P-256", x: "x", y: "y", kid: "one" };
const OTHER = { ...KEY, kid: "two" };

describe.each(SIGNING_ALGORITHMS)("a new %s key", (algorithm) => {
  it("signs what its public half verifies, under the RFC 7638 thumbprint", async () => {
    const { kid, publicKey, privateKey } = await generateSigningKey(algorithm);
    expect(kid).toBe(await calculateJwkThumbprint(publicKey));
    expect([publicKey, privateKey]).toMatchObject([
      { kid, alg: algorithm, use: "sig" },
      { kid, alg: algorithm, use: "sig" },
    ]);
    expect(Object.keys(publicKey)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(d|p|q|dp|dq|qi|k)$/)]),
    );
    expect(privateKey.d).toBeTypeOf("string");
    const jwt = await new SignJWT({ sub: "me" })
      .setProtectedHeader({ alg: algorithm, kid })
      .sign(await importJWK(privateKey, algorithm));
    const { payload } = await jwtVerify(jwt, await importJWK(publicKey, algorithm));
    expect(payload.sub).toBe("me");
  });

  it.each(["jwks", "jwks_uri"] as const)("leaves a document with %s free of problems", async (place) => {
    const { publicKey, privateKey } = await generateSigningKey(algorithm);
    const text = documentWithKey(WEB, publicKey, algorithm, place);
    expect(JSON.parse(text)).toMatchObject({
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: algorithm,
      ...(place === "jwks"
        ? { jwks: { keys: [publicKey] } }
        : { jwks_uri: "https://app.acme.dev/oauth/jwks.json" }),
    });
    expect(text).not.toContain(privateKey.d);
    const { problems, verdicts } = checkDocument(text, { servers: ["oidc-provider"] });
    expect(problems.filter(({ severity }) => severity !== "hint")).toEqual([]);
    expect(verdicts).toMatchObject([{ verdict: "accepts" }]);
  });
});

describe("publishing a key", () => {
  it("adds a key behind the old ones, in a document and in a key set", () => {
    const document = documentWithKey(WEB, KEY, "ES256", "jwks");
    const rotated: { jwks: { keys: JWK[] } } = JSON.parse(documentWithKey(document, OTHER, "ES256", "jwks"));
    expect(rotated.jwks.keys.map(({ kid }) => kid)).toEqual(["one", "two"]);
    expect(JSON.parse(keySetWithKey(keySetWithKey("", KEY), OTHER))).toEqual({ keys: [KEY, OTHER] });
    expect(JSON.parse(keySetWithKey('{ "keys": [] }', KEY))).toEqual({ keys: [KEY] });
    expect(JSON.parse(keySetWithKey("{}", KEY))).toEqual({ keys: [KEY] });
  });

  it("keeps what else the text says, and how it is laid out", () => {
    const text = documentWithKey(WEB, KEY, "ES256", "jwks");
    expect(text.startsWith(WEB.slice(0, WEB.indexOf("token_endpoint")))).toBe(true);
    expect(text).toContain('\n  "jwks": {\n    "keys": [\n      {\n        "kty": "EC",');
  });

  it("sees where a document publishes its keys, and leaves its jwks_uri alone", () => {
    expect(keyPlaceOf(WEB)).toBeUndefined();
    expect(keyPlaceOf(documentWithKey(WEB, KEY, "ES256", "jwks"))).toBe("jwks");
    const elsewhere = '{ "jwks_uri": "https://keys.acme.dev/set" }';
    expect(keyPlaceOf(elsewhere)).toBe("jwks_uri");
    expect(JSON.parse(documentWithKey(elsewhere, KEY, "RS256", "jwks_uri"))).toEqual({
      jwks_uri: "https://keys.acme.dev/set",
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: "RS256",
    });
  });

  it.each([
    ["no object", "[]", "jwks"],
    ["nothing", "", "jwks"],
    ["no client_id for jwks_uri", "{}", "jwks_uri"],
    ["jwks that is no object", '{ "jwks": [] }', "jwks"],
    ["keys that are no list", '{ "jwks": { "keys": {} } }', "jwks"],
  ] as const)("is refused for a document with %s", (_, text, place) => {
    expect(() => documentWithKey(text, KEY, "ES256", place)).toThrow(KeyPlaceError);
  });

  it("is refused for a jwks.json that is no key set", () => {
    expect(() => keySetWithKey("[]", KEY)).toThrow(KeyPlaceError);
    expect(() => keySetWithKey('{ "keys": 1 }', KEY)).toThrow(KeyPlaceError);
  });
});
