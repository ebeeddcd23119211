import { calculateJwkThumbprint } from "jose";
import { jsonValue } from "../document/jsonValue.js";
import { say } from "../localisation/say.js";
import { base64urlBits } from "../rules/jwks/base64url.js";
import type { Jwk } from "../rules/jwks/keySet.js";
import { table } from "../table.js";

/** What a public key says about itself. */
export interface KeyFacts {
  /** `EC P-256`, `RSA 2048 bits`, …; undefined where the key does not say. */
  readonly kind: string | undefined;
  /** How strong the key is, as a sentence with its source; undefined where no source says. */
  readonly strength: string | undefined;
  /** SHA-256 thumbprint (RFC 7638) as base64url; undefined where a member that it is made of is missing or wrong. */
  readonly thumbprint: string | undefined;
}

const SP_800_57 = "[NIST SP 800-57 Part 1 Rev. 5, Table 2](https://doi.org/10.6028/NIST.SP.800-57pt1r5)";
const RFC_8032 = "[RFC 8032 §1](https://www.rfc-editor.org/rfc/rfc8032#section-1)";

/** Security strength in bits, by curve, and who says so. */
const CURVE_STRENGTH = table<readonly [bits: number, source: string]>({
  "P-256": [128, SP_800_57],
  "P-384": [192, SP_800_57],
  "P-521": [256, SP_800_57],
  Ed25519: [128, RFC_8032],
  Ed448: [224, RFC_8032],
});

/** RSA moduli in bits with the security strength of SP 800-57, largest first. */
const RSA_STRENGTH: readonly (readonly [modulus: number, bits: number])[] = [
  [15360, 256],
  [7680, 192],
  [3072, 128],
  [2048, 112],
];

/** Reads one key of `jwks`; a thumbprint is made of its public members only (RFC 7638 §3.2). */
export async function keyFacts(key: Jwk): Promise<KeyFacts> {
  const { kty } = key;
  const crv = key.text("crv");
  const modulus = key.text("n");
  const bits = kty === "RSA" && modulus !== undefined ? base64urlBits(modulus) : undefined;
  return {
    kind: kindOf(kty, crv, bits, key.text("alg")),
    strength: bits === undefined ? curveStrength(kty, crv) : rsaStrength(bits),
    thumbprint: kty === undefined || kty === "oct" ? undefined : await thumbprintOf(key),
  };
}

function kindOf(
  kty: string | undefined,
  crv: string | undefined,
  bits: number | undefined,
  alg: string | undefined,
): string | undefined {
  if (kty === "RSA") return bits === undefined ? kty : `RSA ${bits} bits`;
  if (kty === "EC" || kty === "OKP") return crv === undefined ? kty : `${kty} ${crv}`;
  return kty === "AKP" && alg !== undefined ? `AKP ${alg}` : kty;
}

function curveStrength(kty: string | undefined, crv: string | undefined): string | undefined {
  const found = (kty === "EC" || kty === "OKP") && crv !== undefined && CURVE_STRENGTH.has(crv);
  const [bits, source] = (found && CURVE_STRENGTH.get(crv)) || [];
  return bits === undefined ? undefined : say`About ${bits} bits of security (${source}).`;
}

function rsaStrength(bits: number): string {
  const known = RSA_STRENGTH.find(([modulus]) => bits >= modulus);
  return known
    ? say`At least ${known[1]} bits of security (${SP_800_57}).`
    : say`Too short: signatures need 2048 bits or more ([RFC 7518 §3.3](https://www.rfc-editor.org/rfc/rfc7518#section-3.3)).`;
}

/** A key that lacks what its thumbprint is made of has none; the rules of `jwks` say what is missing. */
async function thumbprintOf({ node }: Jwk): Promise<string | undefined> {
  try {
    return await calculateJwkThumbprint({ ...(jsonValue(node) as Record<string, unknown>) }, "sha256");
  } catch {
    return undefined;
  }
}
