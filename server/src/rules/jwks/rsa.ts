import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { badBytes } from "./badBytes.js";
import { base64urlBits } from "./base64url.js";
import { GOOD_RSA, keySet, N_2048 } from "./examples.js";
import { keyRule } from "./jwkRule.js";

export const rsaMembers = keyRule({
  id: "jwks/rsa-members",
  severity: "error",
  title: "RSA keys have a modulus and an exponent",
  why: "A number that is missing or in another encoding makes a key that verifies nothing.",
  sources: [rfc(7518, "6.3.1")],
  bad: [
    keySet(`«{»"kty": "RSA", "n": "${N_2048}"}`),
    keySet(`{"kty": "RSA", "n": "${N_2048}", "e": «"65537="»}`),
  ],
  good: [keySet(GOOD_RSA)],
  test: (key) =>
    key.kty === "RSA"
      ? (badBytes(key, "n", "RFC 7518 §6.3.1.1") ?? badBytes(key, "e", "RFC 7518 §6.3.1.2"))
      : undefined,
});

export const rsaSize = keyRule({
  id: "jwks/rsa-size",
  severity: "error",
  title: "RSA keys have at least 2048 bits",
  why: "Shorter RSA keys can be broken, and the algorithms require 2048 bits.",
  sources: [rfc(7518, "3.3"), rfc(7518, "3.5")],
  bad: [keySet(`{"kty": "RSA", "n": «"u${"1".repeat(170)}"», "e": "AQAB"}`)],
  good: [keySet(GOOD_RSA)],
  test(key) {
    const n = key.kty === "RSA" ? key.text("n") : undefined;
    const bits = n ? base64urlBits(n) : undefined;
    if (bits === undefined || bits >= 2048) return undefined;
    return {
      member: "n",
      message: say`The key has ${bits} bits, and RSA signatures need 2048 or more (RFC 7518 §3.3). Make a longer key, or an EC key on P-256.`,
    };
  },
});
