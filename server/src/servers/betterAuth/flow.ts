import { onMembers } from "../engines/constraintKinds.js";
import type { Constraint } from "../profile.js";
import { grantTypes } from "./members.js";

/**
 * What a loaded document lets Better Auth do at the authorization endpoint. At the token endpoint the grant
 * authorization_code brings refresh tokens with it (`clientAllowsGrant`), and the document's scope is only checked, not
 * kept: every client may ask for every scope of the server.
 *
 * Source: npm:@better-auth/oauth-provider@1.7.5 src/authorize.ts `authorizeEndpoint`, src/utils/index.ts
 * `clientAllowsGrant`, src/register.ts `persistOAuthClientRegistration`.
 */
export const FLOW: readonly Constraint[] = [
  onMembers(
    "stripped",
    { id: "authorization-code-grant", rule: "grant-types/code-mismatch", stage: "authorize" },
    (members, report) => {
      if (grantTypes(members).includes("authorization_code")) return;
      report("client is not authorized to use the authorization_code grant", "/grant_types");
    },
  ),
];
