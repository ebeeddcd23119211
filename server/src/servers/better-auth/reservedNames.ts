import { jsonPointer } from "../../document/jsonPointer.js";
import { onMembers } from "../behaviours/constraintKinds.js";
import { namesIn } from "../behaviours/jsonBody.js";
import type { Constraint } from "../profile.js";

/**
 * Member names that only the server may write, with the rules they belong to
 * (npm:@better-auth/oauth-provider@1.7.5 src/client-metadata.ts, `CIMD_FORBIDDEN_SERVER_FIELD_NAMES`).
 */
const RESERVED: ReadonlyMap<string, string> = new Map([
  ["client_secret", "secret/client-secret"],
  ["client_secret_expires_at", "secret/client-secret-expires-at"],
  ["client_id_issued_at", "secret/response-only"],
  ["scopes", "scope/array-member"],
  ...[
    "disabled",
    "skip_consent",
    "enable_end_session",
    "require_pkce",
    "reference_id",
    "user_id",
    "resources",
  ].map((name) => [name, "unknown-field/info"] as const),
  ...[
    "clientSecret",
    "clientDiscoveryId",
    "skipConsent",
    "enableEndSession",
    "requirePKCE",
    "referenceId",
    "userId",
    "clientId",
    "applicationType",
    "tokenEndpointAuthMethod",
    "redirectUris",
    "postLogoutRedirectUris",
    "grantTypes",
    "responseTypes",
    "expiresAt",
    "createdAt",
    "updatedAt",
    "softwareId",
    "softwareVersion",
    "softwareStatement",
    "backchannelLogoutUri",
    "backchannelLogoutSessionRequired",
    "jwksUri",
    "dpopBoundAccessTokens",
    "subjectType",
  ].map((name) => [name, "unknown-field/camel-case"] as const),
]);

/** Refuses documents with a member that only the server may write. */
export const RESERVED_NAMES: Constraint = onMembers(
  { id: "reserved-names", rule: "unknown-field/camel-case", bom: "strip" },
  (members, report) => {
    for (const name of namesIn(members)) {
      const rule = RESERVED.get(name);
      if (rule !== undefined) report(`metadata document MUST NOT contain "${name}"`, jsonPointer(name), rule);
    }
  },
);
