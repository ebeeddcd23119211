import { jsonPointer } from "../../document/jsonPointer.js";
import { table } from "../../table.js";
import { onMembers } from "../behaviours/constraintKinds.js";
import { isObject, type Members } from "../behaviours/jsonBody.js";
import type { Constraint } from "../profile.js";
import { CLIENT_AUTH_ALGORITHMS } from "./document.js";

interface KeyType {
  /** A parameter whose value decides whether oidc-provider looks at the key at all. */
  readonly subtype?: { readonly parameter: string; readonly values: ReadonlySet<unknown> };
  readonly required: readonly string[];
  readonly private: readonly string[];
}

const KEY_TYPES: ReadonlyMap<unknown, KeyType> = new Map<unknown, KeyType>([
  [
    "EC",
    {
      subtype: { parameter: "crv", values: new Set(["P-256", "P-384", "P-521"]) },
      required: ["x", "y"],
      private: ["d"],
    },
  ],
  [
    "OKP",
    {
      subtype: { parameter: "crv", values: new Set(["Ed25519", "X25519"]) },
      required: ["x"],
      private: ["d"],
    },
  ],
  ["AKP", { required: ["alg", "pub"], private: ["priv"] }],
  ["RSA", { required: ["e", "n"], private: ["d", "p", "q", "dp", "dq", "qi", "oth"] }],
]);

const INVALID = "client JSON Web Key Set is invalid";

/** What is wrong with one key: the words after `jwks.keys[i]`, and the rule. */
interface Fault {
  readonly words: string;
  readonly rule: string;
  readonly parameter?: string;
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

const MEMBER_RULES: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  ["EC", "jwks/ec-members"],
  ["RSA", "jwks/rsa-members"],
]);

/** The first fault of a key, in the order in which oidc-provider looks. */
function keyFault(key: Members): Fault | undefined {
  const { kty } = key;
  if (!isText(kty)) return { words: ".kty must be a non-empty string", rule: "jwks/kty", parameter: "kty" };
  if (kty === "oct") return { words: " must not contain symmetric keys", rule: "jwks/symmetric-key" };
  const type = KEY_TYPES.get(kty);
  if (!type) return undefined;
  const subtype = type.subtype;
  const required = [...(subtype ? [subtype.parameter] : []), ...type.required];
  for (const parameter of required) {
    if (isText(key[parameter])) {
      if (parameter === subtype?.parameter && !subtype.values.has(key[parameter])) return undefined;
      continue;
    }
    const rule = parameter === "crv" ? "jwks/crv" : (MEMBER_RULES.get(kty) ?? "jwks/shape");
    return { words: `.${parameter} must be a non-empty string for ${kty} keys`, rule, parameter };
  }
  for (const parameter of type.private) {
    if (key[parameter] === undefined) continue;
    return {
      words: `.${parameter} must not be provided for ${kty} keys`,
      rule: "jwks/private-key",
      parameter,
    };
  }
  for (const [parameter, rule] of [
    ["alg", "jwks/alg"],
    ["kid", "jwks/shape"],
    ["use", "jwks/use"],
  ] as const) {
    if (key[parameter] === undefined || isText(key[parameter])) continue;
    return { words: `.${parameter} must be a non-empty string if provided`, rule, parameter };
  }
  const x5c = key["x5c"];
  if (x5c !== undefined && !(Array.isArray(x5c) && x5c.every(isText))) {
    return {
      words: ".x5c must be an array of non-empty strings if provided",
      rule: "jwks/shape",
      parameter: "x5c",
    };
  }
  return undefined;
}

/** Objects with a member `constructor` count as no plain objects for oidc-provider. */
function isPlainObject(value: unknown): value is Members {
  return isObject(value) && value["constructor"] === Object;
}

/** The keys of a set oidc-provider can read, or undefined. */
function readableKeys(jwks: unknown): readonly Members[] | undefined {
  const keys = isObject(jwks) ? jwks["keys"] : undefined;
  return Array.isArray(keys) && keys.every(isPlainObject) ? keys : undefined;
}

/** Key type and curve that an algorithm signs with. */
const ALGORITHM_KEYS = table<readonly [kty: string, crv?: string]>({
  RS256: ["RSA"],
  PS256: ["RSA"],
  ES256: ["EC", "P-256"],
  Ed25519: ["OKP", "Ed25519"],
  EdDSA: ["OKP", "Ed25519"],
});

/** Whether oidc-provider would try a key on an assertion signed with the algorithm. */
function verifies(key: Members, algorithm: string): boolean {
  const [kty, crv] = ALGORITHM_KEYS.get(algorithm) ?? [];
  return (
    key["kty"] === kty &&
    (key["alg"] === undefined || key["alg"] === algorithm) &&
    (key["use"] === undefined || key["use"] === "sig") &&
    (crv === undefined || key["crv"] === crv) &&
    (!Array.isArray(key["key_ops"]) || key["key_ops"].includes("verify"))
  );
}

/**
 * What oidc-provider requires of the keys in a document.
 *
 * Source: npm:oidc-provider@9.13.3 lib/models/client.js `validateJWKS` and `checkJWK`, lib/helpers/keystore.js,
 * lib/shared/jwt_client_auth.js.
 */
export const KEYS: readonly Constraint[] = [
  onMembers({ id: "jwks-shape", rule: "jwks/shape" }, ({ jwks }, report) => {
    if (jwks !== undefined && !readableKeys(jwks)) report(INVALID, "/jwks");
  }),
  onMembers({ id: "jwks-keys", rule: "jwks/shape" }, ({ jwks }, report) => {
    readableKeys(jwks)?.forEach((key, index) => {
      const fault = keyFault(key);
      if (!fault) return;
      const pointer = jsonPointer(
        "jwks",
        "keys",
        index,
        ...(fault.parameter && Object.hasOwn(key, fault.parameter) ? [fault.parameter] : []),
      );
      report(`${INVALID} (jwks.keys[${index}]${fault.words})`, pointer, fault.rule);
    });
  }),
  onMembers(
    { id: "usable-key", rule: "auth-signing-alg/key-mismatch", stage: "token", effect: "blocks" },
    (members, report) => {
      const keys = readableKeys(members["jwks"]);
      if (members["token_endpoint_auth_method"] !== "private_key_jwt" || !keys) return;
      const algorithm = members["token_endpoint_auth_signing_alg"];
      const algorithms =
        algorithm === undefined
          ? CLIENT_AUTH_ALGORITHMS
          : CLIENT_AUTH_ALGORITHMS.filter((name) => name === algorithm);
      if (algorithms.length === 0 || keys.some((key) => algorithms.some((name) => verifies(key, name))))
        return;
      report(
        "client authentication failed (no applicable key found in the JSON Web Key Set)",
        "/jwks",
        keys.length === 0 ? "jwks/empty" : undefined,
      );
    },
  ),
];
