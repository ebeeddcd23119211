import { jsonPointer } from "../../document/jsonPointer.js";
import { onMembers } from "../behaviours/constraintKinds.js";
import { eachRedirect } from "../behaviours/documentConstraints.js";
import { wildcardRule } from "../behaviours/entryOutcomes.js";
import { urlConstraint } from "../behaviours/urlConstraints.js";
import type { Constraint, ServerProfile } from "../profile.js";
import { DOCUMENT_OF_PROVIDER } from "./document.js";
import { isSupportedPattern, REDIRECT_MATCHING } from "./redirectMatching.js";

const MAX_URL_LENGTH = 2048;
/** `CustomClientMetadataKey` and `appLevelAccessControlMetadataKey`. */
const PRIVATE_MEMBERS = [
  "corsAllowedOrigins",
  "idTokenTtl",
  "refreshTokenTtl",
  "refreshTokenTtlInDays",
  "tenantId",
  "alwaysIssueRefreshToken",
  "rotateRefreshToken",
  "allowTokenExchange",
  "isDeviceFlow",
  "maxAllowedGrants",
  "appLevelAccessControlEnabled",
];

const unsupportedPattern = (uri: string): string =>
  `client_id metadata document contains an unsupported wildcard redirect URI pattern (${uri})`;

const CONSTRAINTS: readonly Constraint[] = [
  ...DOCUMENT_OF_PROVIDER,
  urlConstraint(
    "url-length",
    "client-id/length",
    `client_id must not exceed ${MAX_URL_LENGTH} characters`,
    (_parts, url) => url.length > MAX_URL_LENGTH,
  ),
  onMembers({ id: "private-members", rule: "unknown-field/camel-case" }, (members, report) => {
    const name = PRIVATE_MEMBERS.find((member) => members[member] !== undefined);
    if (name !== undefined)
      report(
        `client_id metadata document must not contain Logto private metadata (${name})`,
        jsonPointer(name),
      );
  }),
  eachRedirect("wildcard-pattern", (uri) =>
    uri.includes("*") && !isSupportedPattern(uri)
      ? { message: unsupportedPattern(uri), rule: wildcardRule(uri) ?? "redirect-uris/wildcard-malformed" }
      : undefined,
  ),
  onMembers({ id: "logout-pattern", rule: "logout/uris" }, (members, report) => {
    const uris = members["post_logout_redirect_uris"];
    if (!Array.isArray(uris)) return;
    for (const [index, uri] of uris.entries()) {
      if (typeof uri === "string" && uri.includes("*") && !isSupportedPattern(uri))
        report(unsupportedPattern(uri), jsonPointer("post_logout_redirect_uris", index));
    }
  }),
  onMembers(
    { id: "id-token-algorithm", rule: "oidc/id-token-alg", effect: "note" },
    ({ id_token_signed_response_alg: algorithm }, report) => {
      if (typeof algorithm === "string")
        report(
          `id_token_signed_response_alg ${algorithm} must be what the tenant's signing key can sign`,
          "/id_token_signed_response_alg",
        );
    },
  ),
];

/**
 * Logto with its tenant switch for dynamic applications on. Its provider is a fork of oidc-provider; scope, grant_types and
 * response_types of a document are replaced by the tenant's own before the provider looks.
 */
export const logto: ServerProfile = {
  id: "logto",
  name: "Logto",
  version: "core 1.42.0 (2026-08-21)",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  reach: {
    kind: "hosted",
    generallyAvailable: true,
    source: "https://docs.logto.io/integrate-logto/third-party-applications/dynamic-apps",
    date: "2026-12-01",
  },
  evidence: [
    {
      what: "logto-io/logto packages/core/src/oidc/cimd/index.ts, cimd/redirect-uri.ts, redirect-uri/utils.ts @1fbc55441fd2",
      url: "https://github.com/logto-io/logto/blob/1fbc55441fd28d9e3e7d69c1522e7654dccfe99c/packages/core/src/oidc/cimd/index.ts",
    },
    {
      what: "logto-io/node-oidc-provider PATCHES.md, lib/helpers/client_id_metadata_document.js @513c523c0e68 (on npm:oidc-provider@9.11.3)",
      url: "https://github.com/logto-io/node-oidc-provider/blob/513c523c0e68ee6112da8c871cce86204a136163/PATCHES.md",
    },
    {
      what: "logto-io/logto packages/core/src/oidc/init.ts @1fbc55441fd2",
      url: "https://github.com/logto-io/logto/blob/1fbc55441fd28d9e3e7d69c1522e7654dccfe99c/packages/core/src/oidc/init.ts",
    },
    {
      what: "logto-io/logto packages/core/src/oidc/application-access-control.ts, packages/schemas/src/foundations/jsonb-types/oidc-module.ts @1fbc55441fd2",
      url: "https://github.com/logto-io/logto/blob/1fbc55441fd28d9e3e7d69c1522e7654dccfe99c/packages/core/src/oidc/application-access-control.ts",
    },
  ],
  notExecuted: "no-release",
  readCompletely: ["fetch", "document"],
  constraints: CONSTRAINTS,
  redirects: REDIRECT_MATCHING,
  cache: { minimum: 30, fallback: 30, maximum: 86_400, honours: ["max-age", "Expires"], stale: "refused" },
  consent: {
    shows: ["client-name", "client-id-host", "logo", "scopes"],
    note: "A notice says that name and logo are the client's own words; the host stands in for a missing name.",
  },
};
