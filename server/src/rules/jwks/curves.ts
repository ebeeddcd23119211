import { table } from "../../table.js";
import type { Jwk } from "./keySet.js";

/** Bytes of a coordinate (RFC 7518 §6.2.1.2, RFC 8812 §3.1) or public key (RFC 8037 §2, RFC 7748, RFC 8032) on each curve. */
export const CURVES = table({
  EC: table({ "P-256": 32, "P-384": 48, "P-521": 66, secp256k1: 32 }),
  OKP: table({ Ed25519: 32, Ed448: 57, X25519: 32, X448: 56 }),
});

/** The curves of the type of a key, and the length of their coordinates in bytes. */
export function curvesOf(key: Jwk): ReadonlyMap<string, number> | undefined {
  return key.symmetric ? undefined : CURVES.get(key.kty ?? "");
}
