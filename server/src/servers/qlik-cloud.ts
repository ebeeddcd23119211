import { onMembers } from "./behaviours/constraintKinds.js";
import { operatorAllowlist } from "./behaviours/operatorAllowlist.js";
import { commonUrlConstraints } from "./behaviours/urlConstraints.js";
import type { Constraint, ServerProfile } from "./profile.js";

const CONSTRAINTS: readonly Constraint[] = [
  ...commonUrlConstraints({ https: "an OAuth client uses an HTTPS URL as its client_id" }),
  operatorAllowlist(
    "a tenant administrator must approve the client through the OAuth consent form before it can be used on the tenant",
  ),
  onMembers(
    { id: "client-credentials", rule: "grant-types/extra", stage: "token", effect: "limits" },
    ({ grant_types: grants }, report) => {
      const index = Array.isArray(grants) ? grants.indexOf("client_credentials") : -1;
      if (index >= 0)
        report("CIMD doesn't support the client_credentials grant type", `/grant_types/${index}`);
    },
  ),
];

/** Qlik Cloud, from its documentation, in a tenant whose administrator has approved the client. */
export const qlikCloud: ServerProfile = {
  id: "qlik-cloud",
  name: "Qlik Cloud",
  version: "docs of 2026-09-29",
  kind: "authorization-server",
  confidence: "docs",
  audience: ["mcp"],
  reach: {
    kind: "hosted",
    generallyAvailable: true,
    source: "https://qlik.dev/authenticate/oauth/oauth-client-id-metadata-documents/",
    date: "2026-09-29",
  },
  evidence: [
    {
      what: "qlik.dev, OAuth Client ID Metadata Documents (CIMD)",
      url: "https://qlik.dev/authenticate/oauth/oauth-client-id-metadata-documents/",
    },
  ],
  notExecuted: "closed",
  readCompletely: [],
  constraints: CONSTRAINTS,
  redirects: undefined,
  cache: undefined,
  consent: undefined,
};
