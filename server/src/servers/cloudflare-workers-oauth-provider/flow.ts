import { onMembers } from "../behaviours/constraintKinds.js";
import type { Constraint } from "../profile.js";
import { responseTypes } from "./members.js";

/**
 * What a loaded document lets the library do at the authorization endpoint. At the token endpoint the grant
 * authorization_code brings refresh tokens with it.
 *
 * Source: npm:@cloudflare/workers-oauth-provider@1.2.3 dist/oauth-provider.js `validateAuthorizationResponseType`,
 * `handleTokenRequest`.
 */
export const FLOW: readonly Constraint[] = [
  onMembers(
    {
      id: "code-response",
      rule: "response-types/empty-with-code",
      stage: "authorize",
      bom: "strip",
    },
    (members, report) => {
      const responses = responseTypes(members);
      if (!responses || responses.includes("code")) return;
      report("The client is not registered for response_type code", "/response_types");
    },
  ),
];
