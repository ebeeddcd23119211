import type { ServerProfile } from "../profile.js";
import { CONSTRAINTS, redirectUsable } from "./constraints.js";
import { canBeRequestedOf26_6, keycloakRedirects, redirectsOf26_6 } from "./redirects.js";

/**
 * Keycloak's executor for client ID metadata documents with its defaults, in a realm as it is new whose Trusted domains
 * hold the hosts in the document: with an empty list, the default, it refuses every document. What a
 * `sector_identifier_uri` answers is taken to be right.
 */
export const keycloak: ServerProfile = {
  id: "keycloak",
  name: "Keycloak",
  version: "26.7.3 (feature cimd)",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  reach: {
    kind: "installed",
    reason: "keycloak-js, which signs in to nothing but Keycloak, has 3,021,543 downloads a month",
    source: "https://www.npmjs.com/package/keycloak-js",
    date: "2026-12-01",
  },
  evidence: [
    {
      what: "maven:org.keycloak:keycloak-services@26.7.3 protocol/oauth2/cimd/clientpolicy/executor/AbstractClientIdMetadataDocumentExecutor.java, protocol/oauth2/cimd/provider/AbstractPersistentClientIdMetadataDocumentProvider.java",
      url: "https://github.com/keycloak/keycloak/blob/26.7.3/services/src/main/java/org/keycloak/protocol/oauth2/cimd/clientpolicy/executor/AbstractClientIdMetadataDocumentExecutor.java",
    },
    {
      what: "maven:org.keycloak:keycloak-core@26.7.3 representations/oidc/OIDCClientRepresentation.java (the members it knows), util/JsonSerialization.java",
      url: "https://github.com/keycloak/keycloak/blob/26.7.3/core/src/main/java/org/keycloak/representations/oidc/OIDCClientRepresentation.java",
    },
    {
      what: "maven:org.keycloak:keycloak-services@26.7.3 services/clientregistration/oidc/DescriptionConverter.java, validation/DefaultClientValidationProvider.java, protocol/oidc/utils/RedirectUtils.java",
      url: "https://github.com/keycloak/keycloak/blob/26.7.3/services/src/main/java/org/keycloak/services/clientregistration/oidc/DescriptionConverter.java",
    },
    {
      what: "keycloak/keycloak#51236 (a document with a member that Keycloak does not know)",
      url: "https://github.com/keycloak/keycloak/issues/51236",
    },
  ],
  readCompletely: ["fetch", "document"],
  constraints: CONSTRAINTS,
  redirects: keycloakRedirects,
  cache: {
    minimum: 300,
    fallback: 300,
    maximum: 259_200,
    honours: ["s-maxage", "max-age", "no-cache", "no-store"],
    stale: "refused",
  },
  consent: {
    shows: ["client-id-host"],
    note: "Consent is required, and the host of client_id is shown as one of the things agreed to.",
  },
  changes: [
    {
      before: "26.7.0",
      constraints: CONSTRAINTS.map((one) =>
        one.id === "redirect-usable" ? redirectUsable(canBeRequestedOf26_6) : one,
      ),
      redirects: redirectsOf26_6,
      source: {
        what: "maven:org.keycloak:keycloak-services@26.6.4 protocol/oidc/utils/RedirectUtils.java (no look at parameters of the response)",
        url: "https://github.com/keycloak/keycloak/blob/26.6.4/services/src/main/java/org/keycloak/protocol/oidc/utils/RedirectUtils.java",
      },
    },
  ],
};
