import {
  clientName,
  noClientSecret,
  noSharedSecretMethod,
  redirectList,
  sameClientId,
} from "./behaviours/documentConstraints.js";
import { comparedAsStrings } from "./behaviours/entryOutcomes.js";
import { commonUrlConstraints } from "./behaviours/urlConstraints.js";
import type { Constraint, ServerProfile } from "./profile.js";

const PUBLIC =
  "the client must be public: metadata with a client secret or a secret-based token endpoint authentication method is rejected";

const CONSTRAINTS: readonly Constraint[] = [
  ...commonUrlConstraints({
    https: "the client_id must be an HTTPS URL with a path",
    path: "the client_id must be an HTTPS URL with a path",
  }),
  sameClientId(() => "the document's client_id must exactly match the URL Clerk fetched"),
  clientName("client_name must be present", true),
  redirectList("at least one redirect_uris entry must be present"),
  noClientSecret(PUBLIC),
  noSharedSecretMethod(() => PUBLIC),
];

/** Clerk's beta, from its documentation, in an instance that lets the client in. */
export const clerk: ServerProfile = {
  id: "clerk",
  name: "Clerk",
  version: "docs of 2026-09 (beta)",
  kind: "authorization-server",
  confidence: "docs",
  audience: ["mcp"],
  reach: {
    kind: "hosted",
    generallyAvailable: false,
    source: "https://clerk.com/docs/guides/configure/auth-strategies/oauth/client-id-metadata-documents",
    date: "2026-12-01",
  },
  evidence: [
    {
      what: "clerk/clerk-docs docs/guides/configure/auth-strategies/oauth/client-id-metadata-documents.mdx @013e7fe12c47",
      url: "https://github.com/clerk/clerk-docs/blob/013e7fe12c4770dac45df51c28bb6eb7014279fc/docs/guides/configure/auth-strategies/oauth/client-id-metadata-documents.mdx",
    },
  ],
  notExecuted: "closed",
  readCompletely: [],
  constraints: CONSTRAINTS,
  redirects: comparedAsStrings("the requested redirect_uri must exactly match an entry in redirect_uris"),
  cache: undefined,
  consent: { shows: ["client-name", "logo"], note: "The consent screen is always shown." },
};
