import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { table } from "../../table.js";
import type { Rule } from "../rule.js";
import { isSymmetric, keyRequirements } from "./algorithms.js";
import { base64urlBits, base64urlBytes } from "./base64url.js";
import { type KeyFinding, keyRule } from "./jwkRule.js";
import type { Jwk } from "./keySet.js";

/** Bytes of a coordinate (RFC 7518 §6.2.1.2, RFC 8812 §3.1) or public key (RFC 8037 §2, RFC 7748, RFC 8032) on each curve. */
const CURVES = table({
  EC: table({ "P-256": 32, "P-384": 48, "P-521": 66, secp256k1: 32 }),
  OKP: table({ Ed25519: 32, Ed448: 57, X25519: 32, X448: 56 }),
});

const ALGORITHM_OF_CURVE = table({
  "P-256": "ES256",
  "P-384": "ES384",
  "P-521": "ES512",
  secp256k1: "ES256K",
  Ed25519: "EdDSA",
  Ed448: "EdDSA",
});

const KEY_TYPES: ReadonlySet<string> = new Set(["EC", "RSA", "OKP", "AKP"]);

const X = "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4";
const Y = "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM";
/** 256 bytes, the first of them with its highest bit set: 2048 bits. */
const N_2048 = `u${"1".repeat(341)}`;

function keySet(...keys: readonly string[]): string {
  return `"token_endpoint_auth_method": "private_key_jwt", "jwks": {"keys": [${keys.join(", ")}]}`;
}

const GOOD_EC = `{"kty": "EC", "crv": "P-256", "x": "${X}", "y": "${Y}"}`;
const GOOD_OKP = '{"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}';
const GOOD_RSA = `{"kty": "RSA", "n": "${N_2048}", "e": "AQAB"}`;

/** What is wrong with a base64url member, or undefined. `bytes` is the length it must have. */
function badBytes(key: Jwk, member: string, section: string, bytes?: number): KeyFinding | undefined {
  const text = key.text(member);
  if (!text) {
    return {
      member,
      message: say`Every ${key.kty} key has \`${member}\`, a base64url string (${section}). Copy the public key again.`,
    };
  }
  const found = base64urlBytes(text);
  if (found === undefined) {
    return {
      member,
      message: say`\`${member}\` is not base64url (${section}): only A-Z, a-z, 0-9, - and _, without padding. Copy the public key again.`,
    };
  }
  return bytes !== undefined && found !== bytes
    ? {
        member,
        message: say`\`${member}\` has ${found} bytes, and on ${key.text("crv")} it must have ${bytes} (${section}). Copy the public key again.`,
      }
    : undefined;
}

/** Rules about the members of one key. */
export const keyShapeRules: readonly Rule[] = [
  keyRule({
    id: "jwks/kty",
    severity: "error",
    title: "Every key says what kind of key it is",
    why: "Without kty nobody can read the rest of the key; keys of an unknown kind are ignored.",
    sources: [rfc(7517, "4.1"), rfc(7518, "6.1")],
    bad: [keySet('«{»"crv": "P-256"}'), keySet(`{"kty": «"ec"», "crv": "P-256", "x": "${X}", "y": "${Y}"}`)],
    good: [keySet(GOOD_EC)],
    test(key) {
      if (key.symmetric) return undefined;
      const kty = key.kty;
      if (!kty)
        return {
          member: "kty",
          message: say`Every key must have \`kty\`, the kind of key (RFC 7517 §4.1). Add EC, RSA or OKP.`,
        };
      if (KEY_TYPES.has(kty)) return undefined;
      return {
        member: "kty",
        severity: "warning",
        message: say`\`${kty.slice(0, 40)}\` is no kind of key that is registered (RFC 7518 §6.1), so servers ignore the key. Use EC, RSA or OKP.`,
      };
    },
  }),
  keyRule({
    id: "jwks/crv",
    severity: "error",
    title: "The curve of a key is known",
    why: "Coordinates mean nothing without their curve, and a server ignores a curve that it does not know.",
    sources: [rfc(7518, "6.2.1.1"), rfc(8037, "2"), rfc(8812, "3.1")],
    bad: [
      keySet(`«{»"kty": "EC", "x": "${X}", "y": "${Y}"}`),
      keySet(`{"kty": "EC", "crv": «"p256"», "x": "${X}", "y": "${Y}"}`),
    ],
    good: [keySet(GOOD_EC), keySet(GOOD_OKP)],
    test(key) {
      const curves = curvesOf(key);
      if (!curves) return undefined;
      const crv = key.text("crv");
      if (!crv)
        return {
          member: "crv",
          message: say`Every ${key.kty} key must have \`crv\`, its curve (RFC 7518 §6.2.1.1, RFC 8037 §2). Add the curve's name.`,
        };
      if (curves.has(crv)) return undefined;
      return {
        member: "crv",
        severity: "warning",
        message: say`\`${crv.slice(0, 40)}\` is no curve of ${key.kty} keys that is registered, so servers ignore the key. Use ${[...curves.keys()][0]}, for example.`,
      };
    },
  }),
  keyRule({
    id: "jwks/ec-members",
    severity: "error",
    title: "Elliptic-curve keys have coordinates of the right length",
    why: "A coordinate that is missing, cut off or in another encoding makes a key that verifies nothing.",
    sources: [rfc(7518, "6.2.1"), rfc(8037, "2")],
    bad: [
      keySet(`«{»"kty": "EC", "crv": "P-256", "x": "${X}"}`),
      keySet(`{"kty": "EC", "crv": "P-256", "x": «"${X.slice(2)}"», "y": "${Y}"}`),
      keySet(`{"kty": "EC", "crv": "P-256", "x": «"${X.slice(0, -1)}="», "y": "${Y}"}`),
      keySet(`{"kty": "OKP", "crv": "Ed25519", "x": «"AAAA"»}`),
    ],
    good: [keySet(GOOD_EC), keySet(GOOD_OKP)],
    test(key) {
      const curves = curvesOf(key);
      if (!curves) return undefined;
      const crv = key.text("crv");
      const bytes = crv !== undefined && curves.has(crv) ? curves.get(crv) : undefined;
      if (key.kty === "OKP") return badBytes(key, "x", "RFC 8037 §2", bytes);
      return badBytes(key, "x", "RFC 7518 §6.2.1.2", bytes) ?? badBytes(key, "y", "RFC 7518 §6.2.1.3", bytes);
    },
  }),
  keyRule({
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
  }),
  keyRule({
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
  }),
  keyRule({
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
  }),
];

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

function curvesOf(key: Jwk): ReadonlyMap<string, number> | undefined {
  return key.symmetric ? undefined : CURVES.get(key.kty ?? "");
}
