import { commonUrlConstraints } from "./behaviours/urlConstraints.js";
import type { ServerProfile } from "./profile.js";

/** WorkOS Connect, from the announcement: all that is known is that it takes https URLs and shows what they lead to. */
export const workos: ServerProfile = {
  id: "workos",
  name: "WorkOS Connect",
  version: "changelog of 2025-11-30",
  kind: "authorization-server",
  confidence: "docs",
  audience: ["mcp"],
  reach: {
    kind: "hosted",
    generallyAvailable: true,
    source: "https://workos.com/docs/authkit/mcp",
    date: "2026-09-06",
  },
  evidence: [
    {
      what: "WorkOS changelog, Client ID Metadata Support for MCP Auth",
      url: "https://workos.com/changelog/client-id-metadata-support-for-mcp-auth",
    },
  ],
  notExecuted: "closed",
  readCompletely: [],
  constraints: commonUrlConstraints({ https: "MCP clients provide a HTTPS URL as a client_id" }),
  redirects: undefined,
  cache: undefined,
  consent: {
    shows: [],
    note: "The consent screen is made from the document; what of it is shown is not known.",
  },
};
