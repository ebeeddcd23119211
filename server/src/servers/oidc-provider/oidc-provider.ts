import type { ServerProfile } from "../profile.js";
import { CLIENT_ID_URL } from "./clientIdUrl.js";
import { DOCUMENT } from "./document.js";
import { FLOW } from "./flow.js";
import { KEYS } from "./keys.js";
import { REDIRECT_MATCHING, REDIRECT_URIS } from "./redirectUris.js";

/**
 * panva's oidc-provider with `features.clientIdMetadataDocument` switched on (experimental, draft-02) and everything else
 * as it comes: scopes `openid` and `offline_access`, ID Tokens signed with RS256, `fetch` of Node.
 */
export const oidcProvider: ServerProfile = {
  id: "oidc-provider",
  name: "oidc-provider",
  version: "9.13.3",
  kind: "authorization-server-library",
  confidence: "read-source",
  audience: ["mcp"],
  reach: {
    kind: "downloads",
    package: "npm:oidc-provider",
    perMonth: 743_622,
    source: "https://www.npmjs.com/package/oidc-provider",
    date: "2026-12-01",
  },
  evidence: [
    {
      what: "npm:oidc-provider@9.13.3 lib/helpers/client_id_metadata_document.js",
      url: "https://unpkg.com/oidc-provider@9.13.3/lib/helpers/client_id_metadata_document.js",
    },
    {
      what: "npm:oidc-provider@9.13.3 lib/helpers/client_schema.js",
      url: "https://unpkg.com/oidc-provider@9.13.3/lib/helpers/client_schema.js",
    },
    {
      what: "npm:oidc-provider@9.13.3 lib/models/client.js",
      url: "https://unpkg.com/oidc-provider@9.13.3/lib/models/client.js",
    },
    {
      what: "npm:oidc-provider@9.13.3 lib/helpers/fetch_request.js",
      url: "https://unpkg.com/oidc-provider@9.13.3/lib/helpers/fetch_request.js",
    },
  ],
  readCompletely: ["fetch", "document", "authorize", "token"],
  constraints: [...CLIENT_ID_URL, ...DOCUMENT, ...REDIRECT_URIS, ...KEYS, ...FLOW],
  redirects: REDIRECT_MATCHING,
  // `parseCacheDuration`: max-age, else Expires, held between the bounds; every other directive is ignored.
  cache: { minimum: 30, fallback: 30, maximum: 86_400, honours: ["max-age", "Expires"], stale: "refused" },
  consent: {
    shows: [],
    note: "oidc-provider leaves the consent screen to the site that runs it.",
  },
};
