import { isObject, type Members } from "../behaviours/jsonBody.js";

/** A key that makes Better Auth refuse the set, and the rule that is about it. */
export interface FaultyKey {
  readonly rule: string;
  readonly index: number;
}

const PRIVATE_MEMBERS: readonly string[] = ["d", "p", "q", "dp", "dq", "qi", "oth"];
const RSA_ALGORITHMS: readonly unknown[] = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"];
const EC_ALGORITHMS: ReadonlyMap<unknown, string> = new Map([
  ["P-256", "ES256"],
  ["P-384", "ES384"],
  ["P-521", "ES512"],
]);

/**
 * The keys that make Better Auth refuse a set; what is no object is passed over.
 *
 * Source: npm:@better-auth/oauth-provider@1.7.5 src/client-jwks.ts `validatePublicClientJwks`.
 */
export function faultyKeys(keys: readonly unknown[]): FaultyKey[] {
  return keys.flatMap((key, index) => {
    const rule = isObject(key) ? faultOf(key) : undefined;
    return rule === undefined ? [] : [{ rule, index }];
  });
}

function faultOf(key: Members): string | undefined {
  const { kty, crv, alg } = key as Readonly<Record<"kty" | "crv" | "alg", unknown>>;
  if (kty === "oct" || Object.hasOwn(key, "k")) return "jwks/symmetric-key";
  if (PRIVATE_MEMBERS.some((name) => Object.hasOwn(key, name))) return "jwks/private-key";
  switch (kty) {
    case "RSA":
      if (!hasText(key, "n") || !hasText(key, "e")) return "jwks/rsa-members";
      return alg === undefined || RSA_ALGORITHMS.includes(alg) ? undefined : "jwks/alg";
    case "EC":
      if (!EC_ALGORITHMS.has(crv)) return "jwks/crv";
      if (!hasText(key, "x") || !hasText(key, "y")) return "jwks/ec-members";
      return alg === undefined || alg === EC_ALGORITHMS.get(crv) ? undefined : "jwks/alg";
    case "OKP":
      if (crv !== "Ed25519") return "jwks/crv";
      if (!hasText(key, "x")) return "jwks/ec-members";
      return alg === undefined || alg === "EdDSA" ? undefined : "jwks/alg";
    default:
      return "jwks/kty";
  }
}

function hasText(key: Members, name: string): boolean {
  return typeof key[name] === "string" && key[name] !== "";
}
