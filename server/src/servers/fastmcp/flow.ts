import type { ConstraintMeta, Report } from "../behaviours/constraintKinds.js";
import type { PythonDict, PythonValue } from "../behaviours/pythonJson.js";
import { repr } from "../behaviours/pythonText.js";
import type { Constraint } from "../profile.js";
import { type DictMembers, onMembers } from "./loading.js";

/**
 * What FastMCP requires at the authorization and token endpoints of a document that it has loaded.
 *
 * @see https://github.com/PrefectHQ/fastmcp/blob/743ddffd0a0722858a1eec6ebf93b9e315d75b96/fastmcp_slim/fastmcp/server/auth/cimd.py
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

/** `CIMDAssertionValidator` names no algorithm, so `JWTVerifier` falls back to RS256 and to keys of that type. */
const RS256 = "FastMCP verifies client assertions with RS256 and RSA keys only.";

const assertionAlgorithm = privateKeyJwt(
  { id: "assertion-algorithm", rule: "auth-signing-alg/fastmcp-rs256" },
  (members, report) => {
    const algorithm = members.get("token_endpoint_auth_signing_alg");
    if (typeof algorithm === "string" && algorithm !== "RS256") {
      report(`Invalid client assertion: Invalid JWT assertion. ${RS256}`, "/token_endpoint_auth_signing_alg");
    }
  },
);

const assertionKeyType = privateKeyJwt(
  { id: "assertion-key-type", rule: "auth-signing-alg/fastmcp-rs256" },
  (members, report) => {
    const keys = inlineKeys(members);
    if (!keys || keys.length === 0 || keys.some(isRsa)) return;
    report(`Invalid client assertion: Invalid JWT assertion. ${RS256}`, "/jwks");
  },
);

function isRsa(key: PythonValue): boolean {
  return key instanceof Map && (key as PythonDict).get("kty") === "RSA";
}

/** What stops or narrows a sign-in with a document that FastMCP has loaded. */
export const FLOW: readonly Constraint[] = [
  redirectUriParameter,
  scope,
  codeGrant,
  refreshGrant,
  keysPresent,
  keysNotEmpty,
  assertionAlgorithm,
  assertionKeyType,
];
