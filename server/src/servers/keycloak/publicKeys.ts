import type { Jwk } from "./clientRepresentation.js";

/** Why Keycloak cannot make a public key of what it picked, as the rule about it. */
export type KeyFault =
  | "jwks/shape"
  | "jwks/kty"
  | "jwks/crv"
  | "jwks/ec-members"
  | "jwks/rsa-members"
  | "jwks/rsa-size";

/** What Keycloak finds in a key set when it looks for a key to verify signatures with. */
export interface SigningKey {
  /** Where in the list the key stands; undefined where none has `"use": "sig"` and a type that is supported. */
  readonly index: number | undefined;
  readonly fault: KeyFault | undefined;
}

const KEY_TYPES: ReadonlySet<unknown> = new Set(["RSA", "EC", "OKP", "AKP"]);

/**
 * Takes the first key with `"use": "sig"`, and reads it. An exception on the way there refuses the document, whatever the
 * client's authentication method.
 *
 * @param keys null where the set has no list
 * @see maven:org.keycloak:keycloak-core JWKSUtils.getKeyForUse, JWKParser.toPublicKey; on Java 17 and 21, which have no ML-DSA
 */
export function signingKey(keys: readonly (Jwk | null)[] | null): SigningKey {
  if (keys === null) return { index: undefined, fault: "jwks/shape" };
  for (const [index, key] of keys.entries()) {
    if (key === null) return { index, fault: "jwks/shape" };
    if (key.get("use") === "sig" && KEY_TYPES.has(key.get("kty"))) return { index, fault: keyFault(key) };
  }
  return { index: undefined, fault: undefined };
}

function keyFault(key: Jwk): KeyFault | undefined {
  switch (key.get("kty")) {
    case "RSA":
      return rsaFault(key);
    case "EC":
      return ecFault(key);
    case "OKP":
      return okpFault(key);
    default:
      return "jwks/kty";
  }
}

function rsaFault(key: Jwk): KeyFault | undefined {
  const modulus = numberOf(key, "n");
  const exponent = numberOf(key, "e");
  if (modulus === undefined || exponent === undefined) return "jwks/rsa-members";
  const bits = bitLength(modulus);
  if (bits <= 504 || bits > 16384) return "jwks/rsa-size";
  const outOfRange = exponent < 3n || exponent >= modulus || (bits > 3072 && bitLength(exponent) > 64);
  return outOfRange ? "jwks/rsa-members" : undefined;
}

/** Prime and constant of a curve y² = x³ - 3x + b. */
const CURVES: ReadonlyMap<unknown, { readonly p: bigint; readonly b: bigint }> = new Map([
  [
    "P-256",
    {
      p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
      b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    },
  ],
  [
    "P-384",
    {
      p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
      b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    },
  ],
  [
    "P-521",
    {
      p: 2n ** 521n - 1n,
      b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
    },
  ],
]);

function ecFault(key: Jwk): KeyFault | undefined {
  const curve = CURVES.get(textOf(key, "crv"));
  if (!curve) return "jwks/crv";
  const x = numberOf(key, "x");
  const y = numberOf(key, "y");
  if (x === undefined || y === undefined || x >= curve.p || y >= curve.p) return "jwks/ec-members";
  return (y * y - x * x * x + 3n * x - curve.b) % curve.p === 0n ? undefined : "jwks/ec-members";
}

function okpFault(key: Jwk): KeyFault | undefined {
  const curve = key.get("crv");
  const length = curve === "Ed25519" ? 32 : curve === "Ed448" ? 57 : undefined;
  if (length === undefined) return "jwks/crv";
  const x = key.get("x");
  const bytes = typeof x === "string" ? decode(x) : undefined;
  return bytes?.length === length ? undefined : "jwks/ec-members";
}

function textOf(key: Jwk, member: string): string | undefined {
  const value = key.get(member) ?? undefined;
  if (typeof value === "string" || value === undefined) return value;
  return "text" in value ? value.text : "";
}

function numberOf(key: Jwk, member: string): bigint | undefined {
  const text = textOf(key, member);
  const bytes = text === undefined ? undefined : decode(text);
  return bytes?.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

/** `Base64Url.decode`: either alphabet, up to the first `=`; bits that are left over do not matter. */
function decode(text: string): number[] | undefined {
  if (/^=+$/.test(text)) return undefined;
  const [digits = ""] = text.split("=", 1);
  if (!/^[A-Za-z0-9+/_-]*$/.test(digits) || digits.length % 4 === 1) return undefined;
  const binary = atob(digits.replaceAll("-", "+").replaceAll("_", "/"));
  return Array.from(binary, (character) => character.charCodeAt(0));
}

function bitLength(number: bigint): number {
  return number === 0n ? 0 : number.toString(2).length;
}

/**
 * Whether Keycloak can write the keys down again: it makes the thumbprint of a certificate chain that comes without one.
 *
 * @see maven:org.keycloak:keycloak-core JWK.getSha1x509Thumbprint, PemUtilsProvider.pemToDer
 */
export function hasUnreadableCertificate(key: Jwk): boolean {
  const chain = key.get("x5c");
  if (!Array.isArray(chain) || chain.length === 0) return false;
  const missesThumbprint = [key.get("x5t"), key.get("x5t#S256")].some(
    (print) => (print ?? undefined) === undefined,
  );
  return missesThumbprint && !isBase64(chain[0] as string | null);
}

/** Base64 as MIME has it: what does not belong to the alphabet is left out. */
function isBase64(text: string | null): boolean {
  if (text === null) return false;
  const digits = text.replace(/[^A-Za-z0-9+/=]/g, "");
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/.test(digits);
}
