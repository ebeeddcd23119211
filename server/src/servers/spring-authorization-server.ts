import { describeValue } from "../document/valueText.js";
import { onMembers } from "./behaviours/constraintKinds.js";
import { eachRedirect, methodAmong, redirectList, sameClientId } from "./behaviours/documentConstraints.js";
import { refusedKindRule } from "./behaviours/redirectKinds.js";
import { commonUrlConstraints } from "./behaviours/urlConstraints.js";
import type { Constraint, ServerProfile } from "./profile.js";

const METHODS = ["none", "private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth", ""];
const INVALID = "Invalid client metadata";

const CONSTRAINTS: readonly Constraint[] = [
  ...commonUrlConstraints({
    https: "URL must have HTTPS scheme",
    path: "Client Identifier must have a path component",
    fragment: "Client Identifier must not have a fragment component",
    userinfo: "Client Identifier must not contain a username or password",
  }),
  sameClientId(() => `${INVALID}: client_id from metadata does not match clientId from request`),
  onMembers({ id: "client-secret", rule: "secret/client-secret" }, (members, report) => {
    if (describeValue(members["client_secret"] ?? "", { quotes: false }).trim() !== "")
      report(INVALID, "/client_secret");
    if ((members["client_secret_expires_at"] ?? undefined) !== undefined)
      report(INVALID, "/client_secret_expires_at", "secret/client-secret-expires-at");
  }),
  redirectList(INVALID),
  eachRedirect("redirect-https", (uri) =>
    /^https:/i.test(uri)
      ? undefined
      : {
          message: `${INVALID}: URL ${uri} must have HTTPS scheme, unless the validator is set to allow loopback`,
          rule: refusedKindRule(uri),
        },
  ),
  methodAmong(METHODS, () => INVALID),
];

/**
 * Spring's authorization server with the CIMD classes of Spring AI's MCP security, with its validators as they are by
 * default. How Spring turns a document into its own client, and compares redirect URIs, was not read.
 */
export const springAuthorizationServer: ServerProfile = {
  id: "spring-authorization-server",
  name: "Spring (Spring AI MCP security)",
  version: "mcp-security main, 2026-09",
  kind: "authorization-server-library",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "spring-ai-community/mcp-security …/client/metadata/DefaultClientMetadataValidator.java, ClientIdUrlValidator.java @f9ce1853d88b, and the default of DefaultUrlValidator",
      url: "https://github.com/spring-ai-community/mcp-security/blob/f9ce1853d88b14cf5493328ee419009a3f7fa690/mcp-authorization-server/src/main/java/org/springframework/security/config/annotation/web/configurers/oauth2/server/authorization/client/metadata/DefaultClientMetadataValidator.java",
    },
    {
      what: "spring-ai-community/mcp-security …/client/metadata/DefaultClientIdMetadataDocumentResolver.java @f9ce1853d88b (cache)",
      url: "https://github.com/spring-ai-community/mcp-security/blob/f9ce1853d88b14cf5493328ee419009a3f7fa690/mcp-authorization-server/src/main/java/org/springframework/security/config/annotation/web/configurers/oauth2/server/authorization/client/metadata/DefaultClientIdMetadataDocumentResolver.java",
    },
  ],
  readCompletely: [],
  constraints: CONSTRAINTS,
  redirects: undefined,
  cache: { fallback: 300, maximum: 86_400, honours: ["max-age", "no-store"], stale: "refused" },
  consent: undefined,
};
