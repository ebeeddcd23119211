import type { Members } from "./jsonBody.js";

/**
 * Why a public key can never verify a client assertion in a server that uses jose's local key set: it is kept for
 * something else, or it is an RSA key shorter than 2048 bits. Whether the numbers in it make a key is not looked at.
 *
 * @returns the rule it breaks, or undefined
 * @see npm:jose dist/webapi/jwks/local.js and lib/key.js `checkModulusLength` (6.2.18), the same in 5.10.0; RFC 7518 §3.3
 */
export function cannotVerify(key: Members): string | undefined {
  const { use, key_ops: operations, kty, n } = key;
  if (typeof use === "string" && use !== "sig") return "jwks/use";
  if (Array.isArray(operations) && !operations.includes("verify")) return "jwks/use-key-ops";
  return kty === "RSA" && typeof n === "string" && bitLength(n) < 2048 ? "jwks/rsa-size" : undefined;
}

const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** The number of bits of a number in base64url, leading zeros not counted. */
function bitLength(text: string): number {
  const digits = text.replace(/^A+/, "");
  const first = BASE64URL.indexOf(digits.charAt(0));
  if (digits === "" || first < 0) return 0;
  const padding = (text.length * 6) % 8;
  return digits.length * 6 - padding - (Math.clz32(first) - 26);
}
