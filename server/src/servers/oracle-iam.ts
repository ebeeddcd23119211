import { onMembers } from "./behaviours/constraintKinds.js";
import { operatorAllowlist } from "./behaviours/operatorAllowlist.js";
import { commonUrlConstraints } from "./behaviours/urlConstraints.js";
import type { Constraint, ServerProfile } from "./profile.js";

const CONSTRAINTS: readonly Constraint[] = [
  ...commonUrlConstraints({
    https: "an OAuth client uses the HTTPS URL of its metadata document as its client_id",
  }),
  operatorAllowlist("the identity domain verifies that the metadata location is trusted"),
  onMembers(
    { id: "flows", rule: "auth-method/private-key-jwt-support", effect: "note" },
    ({ token_endpoint_auth_method: method }, report) => {
      if (method === "private_key_jwt")
        report(
          "clients with private_key_jwt use the client credentials grant; the authorization code flow is for public clients with PKCE",
          "/token_endpoint_auth_method",
        );
    },
  ),
];

/** Oracle's identity domains, from their documentation, in a domain that trusts the document's location. */
export const oracleIam: ServerProfile = {
  id: "oracle-iam",
  name: "Oracle IAM identity domains",
  version: "docs of 2026-09-23",
  kind: "authorization-server",
  confidence: "docs",
  audience: ["mcp"],
  reach: {
    kind: "hosted",
    generallyAvailable: true,
    source: "https://docs.oracle.com/iaas/releasenotes/identity/client-id-metadata-documents.htm",
    date: "2026-09-23",
  },
  evidence: [
    {
      what: "Oracle Cloud Infrastructure Documentation, Client ID Metadata Documents",
      url: "https://docs.oracle.com/iaas/Content/Identity/applications/client-id-metadata-documents.htm",
    },
    {
      what: "Oracle Cloud release note of 2026-09-23, Client ID Metadata Document Support for OAuth Clients",
      url: "https://docs.oracle.com/iaas/releasenotes/identity/client-id-metadata-documents.htm",
    },
  ],
  notExecuted: "closed",
  readCompletely: [],
  constraints: CONSTRAINTS,
  redirects: undefined,
  cache: undefined,
  consent: undefined,
};
