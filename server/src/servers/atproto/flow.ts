import { say } from "../../localisation/say.js";
import { atprotoScopeFault } from "../../metadata/atprotoScopes.js";
import { cannotVerify } from "../behaviours/assertionKeys.js";
import { onMembers } from "../behaviours/constraintKinds.js";
import { isObject } from "../behaviours/jsonBody.js";
import type { Constraint } from "../profile.js";
import { isKept } from "./keys.js";
import { grantTypes } from "./members.js";

/**
 * What a loaded document lets atproto do at the authorization and token endpoints.
 *
 * Source: npm:@atproto/oauth-provider@0.22.9 dist/request/request-manager.js `validate`, dist/token/token-manager.js,
 * dist/oauth-provider.js `token`, dist/client/client.js `authenticate`; npm:@atproto/jwk@0.7.4 dist/jwks.js;
 * npm:@atproto/oauth-scopes@0.5.12 dist/atproto-oauth-scope.js `isAtprotoOauthScope`.
 */
export const FLOW: readonly Constraint[] = [
  onMembers(
    {
      id: "openid-scope",
      rule: "atproto/openid",
      stage: "authorize",
      effect: "limits",
      bom: "strip-twice",
    },
    ({ scope }, report) => {
      if (typeof scope === "string" && scope.split(" ").includes("openid")) {
        report("OpenID Connect is not compatible with atproto", "/scope");
      }
    },
  ),
  onMembers(
    {
      id: "scope-grammar",
      rule: "atproto/scope-grammar",
      stage: "authorize",
      effect: "limits",
      bom: "strip-twice",
    },
    ({ scope }, report) => {
      if (typeof scope !== "string") return;
      const unread = scope
        .split(" ")
        .filter((one) => one !== "" && one !== "openid" && atprotoScopeFault(one) !== undefined);
      const [first] = unread;
      if (first === undefined) return;
      report(
        unread.length === 1
          ? say`atproto leaves out the scope ${first.slice(0, 100)}, which it cannot read.`
          : say`atproto leaves out ${unread.length} scopes that it cannot read, the first of them ${first.slice(0, 100)}.`,
        "/scope",
      );
    },
  ),
  onMembers(
    {
      id: "refresh-grant",
      rule: "grant-types/no-refresh",
      stage: "token",
      effect: "limits",
      bom: "strip-twice",
    },
    (members, report) => {
      if (grantTypes(members).includes("refresh_token")) return;
      report(
        '"refresh_token" grant type is not allowed for this client',
        members["grant_types"] === undefined ? undefined : "/grant_types",
      );
    },
  ),
  onMembers(
    {
      id: "jwks-ignored-keys",
      rule: "jwks/kty",
      stage: "token",
      effect: "limits",
      bom: "strip-twice",
    },
    ({ jwks }, report) => {
      const keys = isObject(jwks) ? jwks["keys"] : undefined;
      if (!Array.isArray(keys)) return;
      for (const [index, key] of keys.entries()) {
        if (isKept(key)) continue;
        const kid = isObject(key) && key["kid"] === undefined;
        report(
          say`atproto silently leaves this key out of the set; it keeps public keys with a kid, a known type and matching members.`,
          `/jwks/keys/${index}`,
          kid ? "jwks/kid-missing" : undefined,
        );
      }
    },
  ),
  onMembers(
    { id: "assertion-keys", rule: "jwks/use", stage: "token", bom: "strip-twice" },
    (members, report) => {
      const keys = isObject(members["jwks"]) ? members["jwks"]["keys"] : undefined;
      if (members["token_endpoint_auth_method"] !== "private_key_jwt" || !Array.isArray(keys)) return;
      const faults = keys.filter((key) => isObject(key) && isKept(key)).map(cannotVerify);
      if (faults.length === 0 || faults.includes(undefined)) return;
      const message = faults.every((fault) => fault === "jwks/rsa-size")
        ? 'Unable to verify "client_assertion" JWT'
        : 'Validation of "client_assertion" failed: no applicable key found in the JSON Web Key Set';
      report(message, "/jwks/keys", faults[0]);
    },
  ),
];
