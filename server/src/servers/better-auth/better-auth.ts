import { JSON_CONTENT_TYPE } from "../behaviours/jsonContentType.js";
import type { CachePolicy, ConsentFacts, Evidence, ServerProfile } from "../profile.js";
import { CLIENT_ID_URL } from "./clientIdUrl.js";
import { DOCUMENT, MCP_DOCUMENT } from "./document.js";
import { FLOW } from "./flow.js";
import { INFORMATIONAL_URIS } from "./informationalUris.js";
import { KEYS } from "./keys.js";
import { REDIRECT_MATCHING } from "./redirectUris.js";

const VERSION = "@better-auth/cimd 1.7.0-rc.4, @better-auth/oauth-provider 1.7.5";

const evidence: readonly [Evidence, ...Evidence[]] = [
  {
    what: "npm:@better-auth/cimd@1.7.0-rc.4 dist/index.mjs: URL, fetch, document and cache",
    url: "https://www.npmjs.com/package/@better-auth/cimd/v/1.7.0-rc.4",
  },
  {
    what: "npm:@better-auth/oauth-provider@1.7.5 dist/authorize-*.mjs (src/register.ts, src/authorize.ts, src/client-jwks.ts), dist/introspect-*.mjs (src/types/zod.ts): schema, registration, redirect matching",
    url: "https://www.npmjs.com/package/@better-auth/oauth-provider/v/1.7.5",
  },
  {
    what: "npm:@better-auth/core@1.7.5 dist/utils/host.mjs, redirect-uri.mjs: addresses and schemes",
    url: "https://www.npmjs.com/package/@better-auth/core/v/1.7.5",
  },
];

/** A failed refetch ends the sign-in; nothing older is served (`createCimdResolver`). */
const cache: CachePolicy = {
  fallback: 3600,
  maximum: 3600,
  honours: [
    "s-maxage",
    "max-age",
    "no-cache",
    "no-store",
    "private",
    "Vary: *",
    "Expires",
    "Age",
    "Date",
    "ETag",
    "Last-Modified",
  ],
  stale: "refused",
};

const consent: ConsentFacts = {
  shows: [],
  note: "The page is the integrator's own; Better Auth hands it the client's record and never fetches logo_uri.",
};

const shared: Omit<ServerProfile, "id" | "reach"> = {
  name: "Better Auth",
  version: VERSION,
  kind: "authorization-server-library",
  confidence: "read-source",
  audience: ["mcp"],
  evidence,
  readCompletely: ["fetch", "document", "authorize", "token"],
  constraints: [...CLIENT_ID_URL, JSON_CONTENT_TYPE, ...DOCUMENT, ...KEYS, ...INFORMATIONAL_URIS, ...FLOW],
  redirects: REDIRECT_MATCHING,
  cache,
  consent,
};

/** Better Auth with the CIMD plugin, no `metadataProfile`. */
export const betterAuth: ServerProfile = {
  ...shared,
  id: "better-auth",
  reach: {
    kind: "downloads",
    package: "npm:@better-auth/oauth-provider",
    perMonth: 273_904,
    source: "https://www.npmjs.com/package/@better-auth/oauth-provider",
    date: "2026-12-01",
  },
};

/** Better Auth with `metadataProfile: "mcp-2026-07-28"`, a setting of the package whose reach stands above. */
export const betterAuthMcp: ServerProfile = {
  ...shared,
  id: "better-auth-mcp",
  name: "Better Auth (MCP profile)",
  constraints: [
    // The profile looks for redirect URIs before the plugin does.
    ...shared.constraints.filter(({ id }) => id !== "redirect-uris-missing"),
    ...MCP_DOCUMENT,
  ],
};
