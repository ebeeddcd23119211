import type { JsonNode, ObjectNode } from "../../document/syntaxTree.js";
import { memberOf } from "../shape.js";

/** Why Better Auth does not take a key, and the rule that is about it. */
export interface KeyFault {
  readonly rule: string;
  readonly index: number;
}

const PRIVATE_MEMBERS: readonly string[] = ["d", "p", "q", "dp", "dq", "qi", "oth"];
const RSA_ALGORITHMS: ReadonlySet<string> = new Set(["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"]);
const EC_ALGORITHMS: Readonly<Record<string, string>> = {
  "P-256": "ES256",
  "P-384": "ES384",
  "P-521": "ES512",
};

/**
 * The keys that make Better Auth refuse a set (npm:@better-auth/oauth-provider@1.7.5 src/client-jwks.ts,
 * `validatePublicClientJwks`).
 *
 * @param keys the items of `jwks.keys`, objects all of them
 */
export function faultyKeys(keys: readonly JsonNode[]): KeyFault[] {
  return keys.flatMap((key, index) => {
    const rule = key.type === "object" ? faultOf(key) : undefined;
    return rule === undefined ? [] : [{ rule, index }];
  });
}

function faultOf(key: ObjectNode): string | undefined {
  const kty = text(key, "kty");
  if (kty === "oct" || memberOf(key, "k")) return "jwks/symmetric-key";
  if (PRIVATE_MEMBERS.some((name) => memberOf(key, name))) return "jwks/private-key";
  const alg = memberOf(key, "alg");
  const algorithm = alg?.type === "string" ? alg.value : undefined;
  switch (kty) {
    case "RSA":
      if (!text(key, "n") || !text(key, "e")) return "jwks/rsa-members";
      return !alg || RSA_ALGORITHMS.has(algorithm ?? "") ? undefined : "jwks/alg";
    case "EC": {
      const fitting = ecAlgorithm(text(key, "crv"));
      if (fitting === undefined) return "jwks/crv";
      if (!text(key, "x") || !text(key, "y")) return "jwks/ec-members";
      return !alg || algorithm === fitting ? undefined : "jwks/alg";
    }
    case "OKP":
      if (text(key, "crv") !== "Ed25519") return "jwks/crv";
      if (!text(key, "x")) return "jwks/ec-members";
      return !alg || algorithm === "EdDSA" ? undefined : "jwks/alg";
    default:
      return "jwks/kty";
  }
}

function ecAlgorithm(curve: string | undefined): string | undefined {
  return curve !== undefined && Object.hasOwn(EC_ALGORITHMS, curve) ? EC_ALGORITHMS[curve] : undefined;
}

function text(key: ObjectNode, name: string): string | undefined {
  const value = memberOf(key, name);
  return value?.type === "string" ? value.value : undefined;
}
