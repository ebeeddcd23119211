import { onMembers } from "../behaviours/constraintKinds.js";
import { isObject } from "../behaviours/jsonBody.js";
import { parseUrl } from "../behaviours/whatwgUrl.js";
import type { Constraint } from "../profile.js";
import { isPublicRoutableHost } from "./hosts.js";
import { faultyKeys } from "./jwks.js";
import { authenticationMethod, receivedType } from "./members.js";

/**
 * Client authentication and keys. Origins that the operator trusts for `jwks_uri` are not known here.
 *
 * Source: npm:@better-auth/cimd@1.7.0-rc.4 dist/index.mjs `validateCimdMetadata`;
 * npm:@better-auth/oauth-provider@1.7.5 src/types/zod.ts `clientJwksSchema`, src/register.ts `checkOAuthClient`.
 */
export const KEYS: readonly Constraint[] = [
  onMembers(
    { id: "authentication-method", rule: "auth-method/shared-secret", bom: "strip" },
    (members, report) => {
      const method = authenticationMethod(members);
      if (!method || method === "none" || method === "private_key_jwt") return;
      const pointer = "/token_endpoint_auth_method";
      if (/^client_secret_(?:post|basic|jwt)$/.test(method)) {
        report(
          `symmetric auth method "${method}" is prohibited for Client ID Metadata Document clients`,
          pointer,
        );
        return;
      }
      const mtls = method === "tls_client_auth" || method === "self_signed_tls_client_auth";
      report(
        'token_endpoint_auth_method must be "none" or "private_key_jwt" for Client ID Metadata Document clients',
        pointer,
        mtls ? "auth-method/mtls-support" : "auth-method/unknown",
      );
    },
  ),
  onMembers(
    { id: "private-key-jwt-keys", rule: "auth-method/private-key-jwt-no-keys", bom: "strip" },
    (members, report) => {
      if (authenticationMethod(members) !== "private_key_jwt") return;
      if (members["jwks"] !== undefined || members["jwks_uri"]) return;
      report(
        "private_key_jwt requires either jwks or jwks_uri in the metadata document",
        "/token_endpoint_auth_method",
      );
    },
  ),
  onMembers({ id: "jwks-shape", rule: "jwks/shape", bom: "strip" }, ({ jwks }, report) => {
    if (!isObject(jwks)) return;
    const keys = jwks["keys"];
    if (!Array.isArray(keys)) {
      const pointer = keys === undefined ? "/jwks" : "/jwks/keys";
      report(`jwks.keys: Invalid input: expected array, received ${receivedType(keys)}`, pointer);
      return;
    }
    if (keys.length === 0) {
      report("jwks.keys: Too small: expected array to have >=1 items", "/jwks/keys", "jwks/empty");
    }
    for (const [index, key] of keys.entries()) {
      if (isObject(key)) continue;
      const message = `jwks.keys.${index}: Invalid input: expected record, received ${receivedType(key)}`;
      report(message, `/jwks/keys/${index}`);
    }
  }),
  onMembers({ id: "jwks-keys", rule: "jwks/kty", bom: "strip" }, ({ jwks }, report) => {
    if (!isObject(jwks) || !Array.isArray(jwks["keys"])) return;
    for (const { index, rule } of faultyKeys(jwks["keys"])) {
      report("jwks must contain only structurally valid public keys", `/jwks/keys/${index}`, rule);
    }
  }),
  onMembers({ id: "jwks-both", rule: "jwks/both", bom: "strip" }, (members, report) => {
    if (members["jwks"] && members["jwks_uri"]) {
      report("jwks and jwks_uri are mutually exclusive", "/jwks");
    }
  }),
  onMembers({ id: "jwks-uri", rule: "jwks-uri/https", bom: "strip" }, (members, report, document) => {
    const uri = members["jwks_uri"];
    if (typeof uri !== "string" || uri === "") return;
    const fault = jwksUriFault(uri, document.url);
    if (fault) report(fault.message, "/jwks_uri", fault.rule);
  }),
];

function jwksUriFault(
  uri: string,
  documentUrl: string | undefined,
): { rule?: string; message: string } | undefined {
  const url = parseUrl(uri);
  if (!url) return { rule: "uri/absolute", message: "jwks_uri must be a valid URL" };
  if (url.username !== "" || url.password !== "") {
    return { rule: "jwks-uri/userinfo", message: "jwks_uri must not contain credentials" };
  }
  if (uri.includes("#"))
    return { rule: "jwks-uri/fragment", message: "jwks_uri must not contain a fragment" };
  if (url.protocol !== "https:") return { message: "jwks_uri must use HTTPS" };
  if (!isPublicRoutableHost(url.hostname)) {
    return {
      rule: "jwks-uri/special-use",
      message: "jwks_uri must not point to a private or reserved address",
    };
  }
  if (documentUrl !== undefined && parseUrl(documentUrl)?.origin !== url.origin) {
    return {
      rule: "jwks-uri/same-origin",
      message: "jwks_uri must belong to a trusted origin or the Client ID Metadata Document origin",
    };
  }
  return undefined;
}
