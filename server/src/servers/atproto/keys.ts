import { isObject, type Members } from "../behaviours/jsonBody.js";
import { parseUrl } from "../behaviours/whatwgUrl.js";

const PRIVATE_USES = ["sign", "decrypt", "unwrapKey", "deriveKey", "deriveBits"];
const PUBLIC_USES = ["verify", "encrypt", "wrapKey"];

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === "string" && value !== "";
const integer: Check = (value) => Number.isInteger(value);
const listOf =
  (item: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(item);
const oneOf =
  (...options: readonly string[]): Check =>
  (value) =>
    options.includes(value as string);

/** Optional members that every key type has. */
const COMMON = listed({
  kid: text,
  use: oneOf("sig", "enc"),
  key_ops: (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(oneOf(...PRIVATE_USES, ...PUBLIC_USES)) &&
    new Set(value).size === value.length,
  x5c: listOf((value) => typeof value === "string"),
  x5t: text,
  "x5t#S256": text,
  x5u: (value) => typeof value === "string" && parseUrl(value) !== undefined,
  ext: (value) => typeof value === "boolean",
  iat: integer,
  exp: integer,
  nbf: integer,
  revoked: (value) =>
    isObject(value) &&
    integer(value["revoked_at"]) &&
    (value["reason"] === undefined || typeof value["reason"] === "string"),
});

/** What members have to be, by their names. */
type Checks = Readonly<Record<string, Check>>;

/** The same as a list: it is gone through for each key. */
function listed(checks: Checks): readonly (readonly [name: string, check: Check])[] {
  return Object.entries(checks);
}

const optionalText = (...names: readonly string[]): Record<string, Check> =>
  Object.fromEntries(names.map((name) => [name, text]));

const KEY_TYPES = (
  [
    {
      required: { kty: oneOf("RSA"), n: text, e: text },
      optional: {
        alg: oneOf("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
        ...optionalText("d", "p", "q", "dp", "dq", "qi"),
        oth: (value) => Array.isArray(value) && value.length > 0 && value.every(isOtherPrime),
      },
    },
    {
      required: {
        kty: oneOf("EC"),
        crv: oneOf("P-256", "P-384", "P-521"),
        x: text,
        y: text,
      },
      optional: { alg: oneOf("ES256", "ES384", "ES512"), d: text },
    },
    {
      required: { kty: oneOf("EC"), crv: oneOf("secp256k1"), x: text, y: text },
      optional: { alg: oneOf("ES256K"), d: text },
    },
    {
      required: { kty: oneOf("OKP"), crv: oneOf("Ed25519", "Ed448"), x: text },
      optional: { alg: oneOf("EdDSA"), d: text },
    },
  ] satisfies { required: Checks; optional: Checks }[]
).map(({ required, optional }) => ({
  required: listed(required),
  optional: listed(optional),
}));

function isOtherPrime(value: unknown): boolean {
  return (
    isObject(value) &&
    ["r", "d", "t"].every((name) => value[name] === undefined || typeof value[name] === "string")
  );
}

/**
 * Whether atproto keeps a key of the set; it drops the others without a word. Symmetric keys are never kept, and of a
 * private key only what is public would do.
 *
 * Source: npm:@atproto/jwk@0.7.4 dist/jwk.js `jwkPubSchema`, dist/jwks.js `jwksPubSchema`.
 */
export function isKept(key: unknown): boolean {
  if (!isObject(key)) return false;
  const type = KEY_TYPES.find(
    ({ required, optional }) => holds(key, required, true) && holds(key, optional, false),
  );
  if (!type || !holds(key, COMMON, false)) return false;
  // Members of another key type are stripped before these are looked at.
  if (key["kid"] === undefined || key["d"] !== undefined) return false;
  const operations = key["key_ops"];
  if (!Array.isArray(operations)) return true;
  if (!operations.every(oneOf(...PUBLIC_USES))) return false;
  switch (key["use"]) {
    case "sig":
      return operations.every((operation) => operation === "verify");
    case "enc":
      return !operations.includes("verify");
    default:
      return true;
  }
}

function holds(key: Members, checks: ReturnType<typeof listed>, required: boolean): boolean {
  return checks.every(([name, check]) => (key[name] === undefined ? !required : check(key[name])));
}
