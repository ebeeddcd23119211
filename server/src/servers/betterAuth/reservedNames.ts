import { jsonPointer } from "../../document/jsonPointer.js";
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
export const reservedNames: Constraint = {
  id: "reserved-names",
  stage: "document",
  effect: "blocks",
  rule: "unknown-field/camel-case",
  check({ object }, report) {
    for (const { key } of object?.members ?? []) {
      const rule = RESERVED.get(key.value);
      if (rule !== undefined) {
        report({
          message: `metadata document MUST NOT contain "${key.value}"`,
          pointer: jsonPointer(key.value),
          rule,
        });
      }
    }
  },
};
