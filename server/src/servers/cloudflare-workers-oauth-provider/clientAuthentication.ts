import { jsonPointer } from "../../document/jsonPointer.js";
import { SHARED_SECRET_METHODS } from "../../metadata/authMethods.js";
import { type ConstraintMeta, onMembers, type Report } from "../behaviours/constraintKinds.js";
import { isObject, type Members } from "../behaviours/jsonBody.js";
import { typeRule } from "../behaviours/memberRules.js";
import { parseUrl } from "../behaviours/whatwgUrl.js";
import type { Constraint } from "../profile.js";
import { grantTypes, responseTypes, strings } from "./members.js";

const PRIVATE_KEY_JWT = "private_key_jwt";
/** `CLIENT_ASSERTION_ALGORITHMS`. */
const ALGORITHMS = ["RS256", "ES256"];
const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

function members(meta: ConstraintMeta, check: (found: Members, report: Report) => void): Constraint {
  return onMembers({ ...meta, bom: "strip" }, check);
}

/** The author's method, where it is a string. */
function preferred(found: Members): string | undefined {
  const method = found["token_endpoint_auth_method"];
  return typeof method === "string" ? method : undefined;
}

/** Every method the document offers. */
function offered(found: Members): readonly string[] {
  return strings(found["token_endpoint_auth_methods_supported"]) ?? [preferred(found) ?? "none"];
}

function inlineKeys(found: Members): readonly Members[] | undefined {
  const keys = isObject(found["jwks"]) ? found["jwks"]["keys"] : undefined;
  return Array.isArray(keys) && keys.every(isObject) ? keys : undefined;
}

/** Whether the library could verify an assertion signed with the algorithm. */
function verifies(key: Members, algorithm: string): boolean {
  if (key["use"] !== undefined && key["use"] !== "sig") return false;
  if (key["alg"] !== undefined && key["alg"] !== algorithm) return false;
  if (Array.isArray(key["key_ops"]) && !key["key_ops"].includes("verify")) return false;
  return algorithm === "RS256" ? key["kty"] === "RSA" : key["kty"] === "EC" && key["crv"] === "P-256";
}

/** Whether the library counts a key when an assertion names none: curves do not matter there. */
function considered(key: Members, algorithm: string): boolean {
  if (key["alg"] && key["alg"] !== algorithm) return false;
  if (key["use"] && key["use"] !== "sig") return false;
  if (Array.isArray(key["key_ops"]) && !key["key_ops"].includes("verify")) return false;
  return key["kty"] === (algorithm === "RS256" ? "RSA" : "EC");
}

/** Why the keys of a document that offers private_key_jwt cannot be used. */
interface KeyProblem {
  readonly message: string;
  readonly rule: string;
  readonly pointer: string;
}

/** The algorithms the document allows and the library knows. */
function signingAlgorithms(found: Members): readonly string[] {
  const only = found["token_endpoint_auth_signing_alg"];
  const among = strings(found["token_endpoint_auth_signing_alg_values_supported"]);
  return ALGORITHMS.filter(
    (algorithm) => (only === undefined || only === algorithm) && (!among || among.includes(algorithm)),
  );
}

function keyProblem(found: Members): KeyProblem | undefined {
  const keys = found["jwks"] === undefined ? undefined : (inlineKeys(found) ?? []);
  const uri = found["jwks_uri"];
  const method = "/token_endpoint_auth_method";
  if (keys && uri !== undefined) {
    return {
      message: "jwks and jwks_uri must not both be present",
      rule: "jwks/both",
      pointer: "/jwks",
    };
  }
  if (!keys && uri === undefined) {
    const message = "private_key_jwt requires jwks or jwks_uri";
    return {
      message,
      rule: "auth-method/private-key-jwt-no-keys",
      pointer: method,
    };
  }
  if (keys?.length === 0) {
    return {
      message: "private_key_jwt jwks must contain a key",
      rule: "jwks/empty",
      pointer: "/jwks",
    };
  }
  if (uri !== undefined) {
    const url = parseUrl(uri);
    if (url?.protocol !== "https:" || url.username || url.password || url.hash) {
      const message = "private_key_jwt jwks_uri must be an https: URL without userinfo or a fragment";
      return { message, rule: "jwks-uri/https", pointer: "/jwks_uri" };
    }
  }
  const algorithms = signingAlgorithms(found);
  if (algorithms.length === 0) {
    const message = `private_key_jwt requires a token_endpoint_auth_signing_alg of ${ALGORITHMS.join(" or ")}`;
    return {
      message,
      rule: "auth-signing-alg/weak",
      pointer: "/token_endpoint_auth_signing_alg",
    };
  }
  if (keys && !keys.some((key) => algorithms.some((algorithm) => verifies(key, algorithm)))) {
    const message = `private_key_jwt jwks has no key for ${algorithms.join(" or ")}`;
    return { message, rule: "auth-signing-alg/key-mismatch", pointer: "/jwks" };
  }
  return undefined;
}

/** The offer of private_key_jwt, and what is wrong with it. */
function privateKeyJwt(found: Members): {
  usable: boolean;
  problem: KeyProblem | undefined;
} {
  const alternatives = strings(found["token_endpoint_auth_methods_supported"]);
  const offers = preferred(found) === PRIVATE_KEY_JWT || alternatives?.includes(PRIVATE_KEY_JWT) === true;
  const problem = offers ? keyProblem(found) : undefined;
  return { usable: offers && !problem, problem };
}

/**
 * What the library requires of keys, of the way the client authenticates, and of grant types against response types. A broken offer of private_key_jwt only counts
 * when the document offers no other method the library takes.
 *
 * Source: npm:@cloudflare/workers-oauth-provider@1.2.3 dist/oauth-provider.js `parsePublicJwks`,
 * `resolvePrivateKeyJwtKeys`, `negotiateCimdTokenEndpointAuthMethods`, `validateClientCapabilities`,
 * `isKeyUsableForAlgorithm`, `selectJwk`.
 */
export const CLIENT_AUTHENTICATION: readonly Constraint[] = [
  members({ id: "jwks-shape", rule: "jwks/shape" }, ({ jwks }, report) => {
    if (jwks === undefined) return;
    if (!isObject(jwks)) {
      report("Client metadata must be a JSON object", "/jwks", typeRule("jwks", jwks));
    } else if (!Array.isArray(jwks["keys"])) {
      report("Invalid jwks: keys must be an array", "/jwks");
    } else {
      jwks["keys"].forEach((key: unknown, index) => {
        if (!isObject(key))
          report("Client metadata must be a JSON object", jsonPointer("jwks", "keys", index));
      });
    }
  }),
  members({ id: "private-keys", rule: "jwks/private-key" }, ({ jwks }, report) => {
    const keys = isObject(jwks) ? jwks["keys"] : undefined;
    if (!Array.isArray(keys)) return;
    keys.forEach((key: unknown, index) => {
      const name = isObject(key) ? PRIVATE_MEMBERS.find((member) => Object.hasOwn(key, member)) : undefined;
      if (name === undefined) return;
      const rule = name === "k" ? "jwks/symmetric-key" : undefined;
      report(
        "CIMD documents must not contain private key material",
        jsonPointer("jwks", "keys", index, name),
        rule,
      );
    });
  }),
  members({ id: "shared-secret-method", rule: "auth-method/shared-secret" }, (found, report) => {
    const method = preferred(found);
    if (method === undefined || !SHARED_SECRET_METHODS.has(method)) return;
    const message = `CIMD clients cannot use symmetric token endpoint authentication method: ${method}`;
    report(privateKeyJwt(found).problem?.message ?? message, "/token_endpoint_auth_method");
  }),
  members({ id: "auth-method", rule: "auth-method/unknown" }, (found, report) => {
    const method = preferred(found);
    if (method !== undefined && SHARED_SECRET_METHODS.has(method)) return;
    const { usable, problem } = privateKeyJwt(found);
    const accepted = usable ? ["none", PRIVATE_KEY_JWT] : ["none"];
    const methods = offered(found);
    if (accepted.some((name) => methods.includes(name))) return;
    if (problem) return report(problem.message, problem.pointer, problem.rule);
    const advertised = [...new Set(method === undefined ? methods : [method, ...methods])];
    report(
      `CIMD client does not support an accepted token endpoint authentication method. Supported methods: ${accepted.join(", ")}. Client advertised: ${advertised.join(", ") || "(none)"}`,
      found["token_endpoint_auth_methods_supported"] === undefined
        ? "/token_endpoint_auth_method"
        : "/token_endpoint_auth_methods_supported",
    );
  }),
  members({ id: "code-grant-and-response", rule: "grant-types/code-mismatch" }, (found, report) => {
    const grants = grantTypes(found);
    const responses = responseTypes(found);
    if (!grants || !responses || grants.includes("authorization_code") === responses.includes("code")) return;
    const message = "grant_types authorization_code and response_types code must be registered together";
    report(
      // The library names the broken offer of private_key_jwt first, although it could do without.
      privateKeyJwt(found).problem?.message ?? message,
      found["grant_types"] === undefined ? "/response_types" : "/grant_types",
    );
  }),
  members(
    {
      id: "broken-private-key-jwt",
      rule: "auth-method/private-key-jwt-no-keys",
      stage: "token",
      effect: "limits",
    },
    (found, report) => {
      const { problem } = privateKeyJwt(found);
      if (problem && offered(found).includes("none")) {
        report(
          `Client authentication failed: ${problem.message}, so only the method none is left`,
          problem.pointer,
          problem.rule,
        );
      }
    },
  ),
  members(
    {
      id: "ambiguous-keys",
      rule: "jwks/kid-missing",
      stage: "token",
      effect: "limits",
    },
    (found, report) => {
      const keys = inlineKeys(found);
      if (!keys || !privateKeyJwt(found).usable) return;
      for (const algorithm of signingAlgorithms(found)) {
        const nameless = keys.findIndex((key) => verifies(key, algorithm) && !key["kid"]);
        if (nameless < 0 || keys.filter((key) => considered(key, algorithm)).length < 2) continue;
        report(
          "Client authentication failed: among several keys for one algorithm, only one with a kid can be used",
          jsonPointer("jwks", "keys", nameless),
        );
        return;
      }
    },
  ),
];
