import { ASYMMETRIC_SIGNATURES } from "../../metadata/algorithms.js";
import { table } from "../../table.js";

/** The keys an algorithm works with; without curves, any of the type. */
export interface KeyRequirement {
  readonly kty: "EC" | "RSA" | "OKP";
  readonly curves?: readonly string[];
}

const EDWARDS = ["Ed25519", "Ed448"];

const MONTGOMERY = ["X25519", "X448"];

const REQUIREMENTS = table<readonly KeyRequirement[]>({
  ES256: [{ kty: "EC", curves: ["P-256"] }],
  ES384: [{ kty: "EC", curves: ["P-384"] }],
  ES512: [{ kty: "EC", curves: ["P-521"] }],
  ES256K: [{ kty: "EC", curves: ["secp256k1"] }],
  EdDSA: [{ kty: "OKP", curves: EDWARDS }],
  Ed25519: [{ kty: "OKP", curves: ["Ed25519"] }],
  Ed448: [{ kty: "OKP", curves: ["Ed448"] }],
  ...rsa(
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "RSA1_5",
    "RSA-OAEP",
    "RSA-OAEP-256",
    "RSA-OAEP-384",
    "RSA-OAEP-512",
  ),
  ...agreement("ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A192KW", "ECDH-ES+A256KW"),
});

function rsa(...names: readonly string[]): Record<string, readonly KeyRequirement[]> {
  return Object.fromEntries(names.map((name) => [name, [{ kty: "RSA" }]]));
}

function agreement(...names: readonly string[]): Record<string, readonly KeyRequirement[]> {
  return Object.fromEntries(names.map((name) => [name, [{ kty: "EC" }, { kty: "OKP", curves: MONTGOMERY }]]));
}

/**
 * The keys an algorithm works with (RFC 7518 §3.1 and §4.1, RFC 8037 §3, RFC 8812 §3.2, RFC 9864 §2.2).
 *
 * @returns undefined for an algorithm that is not known, or has no public key
 */
export function keyRequirements(algorithm: string): readonly KeyRequirement[] | undefined {
  return REQUIREMENTS.get(algorithm);
}

const SECRET = /^(?:HS(?:256|384|512)|A(?:128|192|256)(?:GCM)?KW|dir|PBES2-.*)$/;

/** Whether an algorithm rests on a secret that both sides know (RFC 7518 §3.2, §4.4 to §4.8). */
export function isSymmetric(algorithm: string): boolean {
  return SECRET.test(algorithm);
}

const SIGNATURES: ReadonlySet<string> = new Set([
  ...ASYMMETRIC_SIGNATURES.map(({ value }) => value),
  "Ed448",
]);

/** Whether an algorithm signs with a private and verifies with a public key. */
export function isAsymmetricSignature(algorithm: string): boolean {
  return SIGNATURES.has(algorithm);
}
