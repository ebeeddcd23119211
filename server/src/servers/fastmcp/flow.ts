import type { ConstraintMeta, Report } from "../behaviours/constraintKinds.js";
import type { PythonDict, PythonValue } from "../behaviours/pythonJson.js";
import { repr } from "../behaviours/pythonText.js";
import type { Constraint } from "../profile.js";
import { type DictMembers, onMembers } from "./loading.js";

/**
 * What FastMCP requires at the authorization and token endpoints of a document that it has loaded.
 *
 * @see https://github.com/PrefectHQ/fastmcp/blob/v4.2.3/fastmcp_slim/fastmcp/server/auth/cimd.py
 */

function strings(value: PythonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

const redirectUriParameter = onMembers(
  { id: "redirect-uri-parameter", stage: "authorize", effect: "note", rule: "redirect-uris/wildcard-single" },
  (members, report) => {
    const uris = strings(members.get("redirect_uris"));
    if (uris.length > 1) {
      report("redirect_uri must be specified when CIMD lists multiple redirect_uris.", "/redirect_uris");
    } else if (uris[0]?.includes("*")) {
      report("redirect_uri must be specified when CIMD redirect_uris uses wildcards.", "/redirect_uris");
    }
  },
);

const scope = onMembers(
  { id: "scope-limits", stage: "authorize", effect: "limits", rule: "scope/present" },
  (members, report) => {
    const value = members.get("scope");
    if (typeof value === "string" && value !== "") {
      report(
        "Client was not registered with scope <s>: FastMCP grants no scope that the document does not list.",
        "/scope",
      );
    }
  },
);

/** `grant_types` of the client, with the model's default. */
function grantTypes(members: DictMembers): readonly string[] {
  return members.has("grant_types") ? strings(members.get("grant_types")) : ["authorization_code"];
}

function grant(meta: ConstraintMeta, name: string): Constraint {
  return onMembers({ ...meta, stage: "token" }, (members, report) => {
    const supported = grantTypes(members);
    if (supported.includes(name)) return;
    const list = supported.map(repr).join(", ");
    report(
      `Unsupported grant type (supported grant types are [${list}])`,
      members.has("grant_types") ? "/grant_types" : undefined,
    );
  });
}

const codeGrant = grant(
  { id: "grant-authorization-code", rule: "grant-types/code-mismatch" },
  "authorization_code",
);
const refreshGrant = grant(
  { id: "grant-refresh-token", effect: "limits", rule: "grant-types/no-refresh" },
  "refresh_token",
);

/** A requirement on a client that authenticates with `private_key_jwt`. */
function privateKeyJwt(
  meta: Omit<ConstraintMeta, "stage">,
  check: (members: DictMembers, report: Report) => void,
): Constraint {
  return onMembers({ ...meta, stage: "token" }, (members, report) => {
    if (members.get("token_endpoint_auth_method") === "private_key_jwt") check(members, report);
  });
}

/** The inline key set, where it is the one that counts: `jwks_uri` goes first, and an empty object is no key set. */
function inlineKeys(members: DictMembers): readonly PythonValue[] | undefined {
  const jwks = members.get("jwks");
  if (typeof members.get("jwks_uri") === "string" || !(jwks instanceof Map) || jwks.size === 0)
    return undefined;
  const keys = (jwks as PythonDict).get("keys");
  return Array.isArray(keys) ? keys : [];
}

const keysPresent = privateKeyJwt(
  { id: "assertion-keys", rule: "auth-method/private-key-jwt-no-keys" },
  (members, report) => {
    if (typeof members.get("jwks_uri") === "string" || inlineKeys(members)) return;
    report(
      "Invalid client assertion: CIMD document must have jwks_uri or jwks for private_key_jwt",
      "/token_endpoint_auth_method",
    );
  },
);

const keysNotEmpty = privateKeyJwt(
  { id: "assertion-keys-not-empty", rule: "jwks/empty" },
  (members, report) => {
    if (inlineKeys(members)?.length === 0) {
      report("Invalid client assertion: JWKS document contains no keys", "/jwks");
    }
  },
);

/** Which client assertions a release of FastMCP verifies, and its words for the others. */
export interface AssertionRules {
  readonly algorithms: readonly string[];
  readonly keyTypes: readonly string[];
  readonly otherAlgorithm: (algorithm: string) => string;
  readonly otherKeys: string;
}

const RS256 =
  "Invalid client assertion: Invalid JWT assertion. FastMCP verifies client assertions with RS256 and RSA keys only.";

/** Before 4.1.2, and 3.x: `JWTVerifier` is told no algorithm and falls back to RS256. */
export const RS256_ONLY: AssertionRules = {
  algorithms: ["RS256"],
  keyTypes: ["RSA"],
  otherAlgorithm: () => RS256,
  otherKeys: RS256,
};

/** `ASSERTION_ALGORITHMS` of 4.1.2 and later. */
export const RSA_AND_EC: AssertionRules = {
  algorithms: ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"],
  keyTypes: ["RSA", "EC"],
  otherAlgorithm: (algorithm) =>
    `Invalid client assertion: Unsupported assertion algorithm: ${repr(algorithm)}`,
  otherKeys: "Invalid client assertion: Failed to convert JWK to PEM: Unsupported JWK key type",
};

function assertionAlgorithm({ algorithms, otherAlgorithm }: AssertionRules): Constraint {
  return privateKeyJwt(
    { id: "assertion-algorithm", rule: "auth-signing-alg/fastmcp-rs256" },
    (members, report) => {
      const algorithm = members.get("token_endpoint_auth_signing_alg");
      if (typeof algorithm === "string" && !algorithms.includes(algorithm)) {
        report(otherAlgorithm(algorithm), "/token_endpoint_auth_signing_alg");
      }
    },
  );
}

function assertionKeyType({ keyTypes, otherKeys }: AssertionRules): Constraint {
  return privateKeyJwt(
    { id: "assertion-key-type", rule: "auth-signing-alg/fastmcp-rs256" },
    (members, report) => {
      const keys = inlineKeys(members);
      if (!keys || keys.length === 0 || keys.some((key) => keyTypes.includes(typeOf(key)))) return;
      report(otherKeys, "/jwks");
    },
  );
}

function typeOf(key: PythonValue): string {
  const type = key instanceof Map ? (key as PythonDict).get("kty") : undefined;
  return typeof type === "string" ? type : "";
}

/** What stops or narrows a sign-in with a document that FastMCP has loaded. */
export function flow(assertions: AssertionRules): readonly Constraint[] {
  return [
    redirectUriParameter,
    scope,
    codeGrant,
    refreshGrant,
    keysPresent,
    keysNotEmpty,
    assertionAlgorithm(assertions),
    assertionKeyType(assertions),
  ];
}
