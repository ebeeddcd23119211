import { onMembers } from "../behaviours/constraintKinds.js";
import type { Constraint } from "../profile.js";
import { grantTypes, responseTypes, responseWords } from "./members.js";
import { refreshGrant } from "./schemaConstraints.js";

/**
 * What a loaded document lets oidc-provider do at the authorization and token endpoints.
 *
 * Source: npm:oidc-provider@9.13.3 lib/actions/authorization/response_parameters.js, scopes.js and
 * request_parameters.js, lib/actions/token.js, lib/helpers/defaults.js `issueRefreshToken`.
 */
export const FLOW: readonly Constraint[] = [
  onMembers(
    { id: "code-response", rule: "grant-types/code-mismatch", stage: "authorize" },
    (members, report) => {
      if (responseTypes(members) && !responseWords(members).has("code")) {
        report("requested response_type is not allowed for this client", "/response_types");
      }
    },
  ),
  onMembers(
    { id: "query-response-mode", rule: "response-modes/unknown", stage: "authorize", effect: "limits" },
    (members, report) => {
      const modes = members["response_modes"];
      if (Array.isArray(modes) && modes.length > 0 && !modes.includes("query")) {
        report(
          "requested response_mode is not allowed for this client or request: the default, query, is not listed",
          "/response_modes",
        );
      }
    },
  ),
  onMembers(
    { id: "openid-scope", rule: "scope/openid", stage: "authorize", effect: "limits" },
    (members, report) => {
      const age = members["default_max_age"];
      if (age === 0) {
        report("openid scope must be requested when using the max_age parameter", "/default_max_age");
      } else if (age !== undefined) {
        report("openid scope must be requested for clients with default_max_age", "/default_max_age");
      }
      if (members["require_auth_time"] === true) {
        report("openid scope must be requested for clients with require_auth_time", "/require_auth_time");
      }
    },
  ),
  refreshGrant(grantTypes, "oidc-provider issues no refresh token unless grant_types lists refresh_token"),
  onMembers(
    { id: "offline-access", rule: "scope/present", stage: "token", effect: "limits" },
    (members, report) => {
      const scope = members["scope"];
      if (typeof scope !== "string" || scope.split(" ").includes("offline_access")) return;
      if (!grantTypes(members)?.includes("refresh_token")) return;
      report(
        "requested scope is not allowed: oidc-provider issues refresh tokens for the scope offline_access only, which scope leaves out",
        "/scope",
      );
    },
  ),
];
