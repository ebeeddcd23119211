import { cannotVerify } from "../behaviours/assertionKeys.js";
import { onMembers } from "../behaviours/constraintKinds.js";
import { isObject } from "../behaviours/jsonBody.js";
import type { Constraint } from "../profile.js";
import { authenticationMethod, grantTypes } from "./members.js";

/**
 * What a loaded document lets Better Auth do at the authorization and token endpoints. At the token endpoint the grant
 * authorization_code brings refresh tokens with it (`clientAllowsGrant`), and the document's scope is only checked, not
 * kept: every client may ask for every scope of the server.
 *
 * Source: npm:@better-auth/oauth-provider@1.7.5 src/authorize.ts `authorizeEndpoint`, src/utils/index.ts
 * `clientAllowsGrant`, src/register.ts `persistOAuthClientRegistration`, src/utils/client-assertion.ts
 * `verifyClientAssertion`.
 */
export const FLOW: readonly Constraint[] = [
  onMembers(
    { id: "authorization-code-grant", rule: "grant-types/code-mismatch", stage: "authorize", bom: "strip" },
    (members, report) => {
      if (grantTypes(members).includes("authorization_code")) return;
      report("client is not authorized to use the authorization_code grant", "/grant_types");
    },
  ),
  onMembers({ id: "assertion-keys", rule: "jwks/use", stage: "token", bom: "strip" }, (members, report) => {
    const keys = isObject(members["jwks"]) ? members["jwks"]["keys"] : undefined;
    if (authenticationMethod(members) !== "private_key_jwt" || !Array.isArray(keys)) return;
    const faults = keys.map((key) => (isObject(key) ? cannotVerify(key) : undefined));
    if (faults.includes(undefined)) return;
    report("client assertion signature verification failed", "/jwks/keys", faults[0]);
  }),
];
