import { operatorAllowlist } from "./behaviours/operatorAllowlist.js";
import { commonUrlConstraints } from "./behaviours/urlConstraints.js";
import type { ServerProfile } from "./profile.js";

/** Microsoft Entra ID's public preview, from its documentation. */
export const entra: ServerProfile = {
  id: "entra",
  name: "Microsoft Entra ID",
  version: "docs of the public preview (2026)",
  kind: "authorization-server",
  confidence: "docs",
  audience: ["mcp"],
  reach: {
    kind: "hosted",
    generallyAvailable: false,
    source: "https://learn.microsoft.com/en-us/entra/agent-id/client-id-metadata-documents",
    date: "2026-12-01",
  },
  evidence: [
    {
      what: "Microsoft Learn, Client ID Metadata Documents in Microsoft Entra ID (preview)",
      url: "https://learn.microsoft.com/en-us/entra/agent-id/client-id-metadata-documents",
    },
    {
      what: "Microsoft Learn, Configure a client to use a Client ID Metadata Document (preview)",
      url: "https://learn.microsoft.com/en-us/entra/agent-id/configure-client-id-metadata-document",
    },
  ],
  notExecuted: "closed",
  readCompletely: [],
  constraints: [
    ...commonUrlConstraints({ https: "an OAuth client identifies itself by using an HTTPS URL" }),
    operatorAllowlist(
      "a tenant administrator adds the CIMD client and grants permissions where user consent isn't available",
    ),
  ],
  redirects: undefined,
  cache: undefined,
  consent: undefined,
};
