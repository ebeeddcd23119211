import type { ServerProfile } from "../profile.js";
import { CLIENT_AUTHENTICATION } from "./clientAuthentication.js";
import { CLIENT_ID_URL } from "./clientIdUrl.js";
import { DOCUMENT } from "./document.js";
import { FLOW } from "./flow.js";
import { REDIRECT_MATCHING, REDIRECT_URIS } from "./redirectUris.js";

/**
 * Cloudflare's workers-oauth-provider with `clientIdMetadataDocumentEnabled` and the compatibility flag
 * `global_fetch_strictly_public`, and everything else as it comes. What the Workers platform's `fetch` refuses is not in
 * the package and not here.
 */
export const cloudflareWorkersOauthProvider: ServerProfile = {
  id: "cloudflare-workers-oauth-provider",
  name: "Cloudflare workers-oauth-provider",
  version: "1.2.3",
  kind: "authorization-server-library",
  confidence: "read-source",
  audience: ["mcp"],
  reach: {
    kind: "downloads",
    package: "npm:@cloudflare/workers-oauth-provider",
    perMonth: 1_261_052,
    source: "https://www.npmjs.com/package/@cloudflare/workers-oauth-provider",
    date: "2026-12-01",
  },
  evidence: [
    {
      what: "npm:@cloudflare/workers-oauth-provider@1.2.3 dist/oauth-provider.js (src/oauth-client-metadata.ts)",
      url: "https://unpkg.com/@cloudflare/workers-oauth-provider@1.2.3/dist/oauth-provider.js",
    },
    {
      what: "npm:@cloudflare/workers-oauth-provider@1.2.3 docs/consent-page.md",
      url: "https://unpkg.com/@cloudflare/workers-oauth-provider@1.2.3/docs/consent-page.md",
    },
  ],
  readCompletely: ["fetch", "document", "authorize", "token"],
  constraints: [...CLIENT_ID_URL, ...DOCUMENT, ...REDIRECT_URIS, ...CLIENT_AUTHENTICATION, ...FLOW],
  redirects: REDIRECT_MATCHING,
  // `cacheTtlSeconds`: nothing is stored without s-maxage or max-age; a copy past its lifetime is fetched again.
  cache: {
    fallback: 0,
    maximum: 604_800,
    honours: ["s-maxage", "max-age", "no-cache", "no-store", "private"],
    stale: "refused",
  },
  consent: {
    shows: [
      "client-name",
      "client-id",
      "client-id-host",
      "redirect-uri",
      "redirect-host",
      "scopes",
      "logo",
      "client-uri",
      "localhost-warning",
    ],
    note: "describeConsent() hands these facts to the page, which the site that runs the Worker writes itself.",
  },
};
