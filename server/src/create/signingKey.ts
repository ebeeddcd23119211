import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";
import type { SigningAlgorithm } from "./signingAlgorithms.js";

/** A new key pair for `private_key_jwt`, as JSON Web Keys (RFC 7517). */
export interface SigningKey {
  /** SHA-256 thumbprint of the public key (RFC 7638), base64url; the same in both. */
  readonly kid: string;
  readonly publicKey: JWK;
  /** Never to be published. */
  readonly privateKey: JWK;
}

/** In bits: 128 bits of strength (NIST SP 800-57 Part 1 Rev. 5, Table 2); RFC 7518 §3.3 asks for 2048 at least. */
const RSA_MODULUS = 3072;

/**
 * Makes a key pair with the platform's WebCrypto.
 *
 * @param algorithm `EdDSA` gives an Ed25519 key (RFC 8037)
 */
export async function generateSigningKey(algorithm: SigningAlgorithm): Promise<SigningKey> {
  const pair = await generateKeyPair(algorithm, { extractable: true, modulusLength: RSA_MODULUS });
  const [publicKey, privateKey] = await Promise.all([exportJWK(pair.publicKey), exportJWK(pair.privateKey)]);
  const kid = await calculateJwkThumbprint(publicKey);
  const described = { kid, use: "sig", alg: algorithm };
  return {
    kid,
    publicKey: { ...publicKey, ...described },
    privateKey: { ...privateKey, ...described },
  };
}
