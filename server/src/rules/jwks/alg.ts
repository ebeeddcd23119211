import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { table } from "../../table.js";
import { isSymmetric, keyRequirements } from "./algorithms.js";
import { CURVES } from "./curves.js";
import { ec, GOOD_EC, GOOD_RSA, keySet, N_2048, X, Y } from "./examples.js";
import { keyRule } from "./jwkRule.js";
import type { Jwk } from "./keySet.js";
import { KEY_TYPES } from "./kty.js";
import { signs } from "./use.js";

const ALGORITHM_OF_CURVE = table({
  "P-256": "ES256",
  "P-384": "ES384",
  "P-521": "ES512",
  secp256k1: "ES256K",
  Ed25519: "EdDSA",
  Ed448: "EdDSA",
});

export const alg = keyRule({
  id: "jwks/alg",
  severity: "error",
  title: "The algorithm of a key fits the key",
  why: "A server that keeps to alg cannot use the key at all when the two do not fit.",
  sources: [rfc(7517, "4.4"), rfc(7518, "3.1"), rfc(8037, "3.1")],
  bad: [
    keySet(`{"kty": "EC", "crv": "P-256", "x": "${X}", "y": "${Y}", "alg": «"RS256"»}`),
    keySet(`{"kty": "EC", "crv": "P-256", "x": "${X}", "y": "${Y}", "alg": «"ES384"»}`),
    keySet(`{"kty": "RSA", "n": "${N_2048}", "e": "AQAB", "alg": «"HS256"»}`),
  ],
  good: [
    keySet(GOOD_EC.replace("}", ', "alg": "ES256"}')),
    keySet(GOOD_RSA.replace("}", ', "alg": "PS256"}')),
  ],
  test(key) {
    const alg = key.text("alg");
    const kty = key.kty;
    if (alg === undefined || kty === undefined || !KEY_TYPES.has(kty) || key.symmetric) return undefined;
    if (alg === "none" || isSymmetric(alg)) {
      return {
        member: "alg",
        message: say`\`${alg}\` does not use a public key (RFC 7518 §3.1). ${useInstead(key)}`,
      };
    }
    const requirements = keyRequirements(alg);
    if (
      !requirements ||
      requirements.some(
        (requirement) => requirement.kty === kty && (!requirement.curves || fits(key, requirement.curves)),
      )
    )
      return undefined;
    return {
      member: "alg",
      message: say`\`${alg}\` does not work with this key (RFC 7517 §4.4). ${useInstead(key)}`,
    };
  },
});

/** A key without a readable curve fits: `jwks/crv` is about that. */
function fits(key: Jwk, curves: readonly string[]): boolean {
  const crv = key.text("crv") ?? "";
  return !CURVES.get(key.kty ?? "")?.has(crv) || curves.includes(crv);
}

function useInstead(key: Jwk): string {
  const crv = key.text("crv") ?? "";
  const fitting = ALGORITHM_OF_CURVE.get(crv);
  if (key.kty === "RSA") return say`Use RS256 or PS256, or delete \`alg\`.`;
  return fitting === undefined ? say`Delete \`alg\`.` : say`Use ${fitting}, or delete \`alg\`.`;
}

export const algMissing = keyRule({
  id: "jwks/alg-missing",
  severity: "off",
  title: "Keys name their algorithm",
  why: "A key should be used with one algorithm only; with alg the server need not guess which.",
  sources: [rfc(8725, "3.1"), rfc(7517, "4.4")],
  bad: [keySet(`«{»${ec("").slice(1)}`)],
  good: [keySet(ec('"alg": "ES256"'))],
  test(key, document) {
    if (
      key.member("alg") ||
      key.symmetric ||
      document.has("token_endpoint_auth_signing_alg") ||
      !signs(document)
    )
      return undefined;
    return {
      message: say`The key does not say which algorithm it is used with (RFC 8725 §3.1). Add \`alg\`.`,
    };
  },
});
