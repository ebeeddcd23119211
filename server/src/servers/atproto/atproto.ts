import { JSON_CONTENT_TYPE } from "../behaviours/jsonContentType.js";
import type { ServerProfile } from "../profile.js";
import { CLIENT_ID_URL } from "./clientIdUrl.js";
import { DOCUMENT } from "./document.js";
import { FLOW } from "./flow.js";
import { REDIRECT_MATCHING, REDIRECT_URIS } from "./redirectUris.js";

/** The OAuth provider of the AT Protocol with its own safe fetch and no store of other clients. */
export const atproto: ServerProfile = {
  id: "atproto",
  name: "AT Protocol OAuth provider",
  version: "@atproto/oauth-provider 0.22.9, @atproto/oauth-types 0.7.6",
  kind: "authorization-server-library",
  confidence: "read-source",
  audience: ["atproto"],
  reach: {
    kind: "installed",
    reason: "Bluesky signs in with it; its network had more than 41 million accounts at the end of 2025",
    source: "https://heise.de/-11161323",
    date: "2026-01-29",
  },
  evidence: [
    {
      what: "npm:@atproto/oauth-provider@0.22.9 dist/client/client-manager.js, dist/client/client-utils.js, dist/client/client.js, dist/lib/util/redirect-uri.js, dist/request/request-manager.js: document, redirect matching, flow",
      url: "https://www.npmjs.com/package/@atproto/oauth-provider/v/0.22.9",
    },
    {
      what: "npm:@atproto/oauth-types@0.7.6 dist/oauth-client-metadata.js, dist/oauth-client-id-discoverable.js, dist/oauth-redirect-uri.js, dist/uri.js: schema and URL forms",
      url: "https://www.npmjs.com/package/@atproto/oauth-types/v/0.7.6",
    },
    {
      what: "npm:@atproto/oauth-scopes@0.5.12 dist/atproto-oauth-scope.js, dist/scopes/*.js: which scopes are left out of a request",
      url: "https://www.npmjs.com/package/@atproto/oauth-scopes/v/0.5.12",
    },
    {
      what: "npm:@atproto/jwk@0.7.4 dist/jwk.js, dist/jwks.js: which keys are kept",
      url: "https://www.npmjs.com/package/@atproto/jwk/v/0.7.4",
    },
    {
      what: "npm:@atproto-labs/fetch-node@0.4.0 dist/safe.js, dist/unicast.js, npm:@atproto-labs/fetch@0.3.6 dist/fetch-request.js: fetch limits",
      url: "https://www.npmjs.com/package/@atproto-labs/fetch-node/v/0.4.0",
    },
    {
      what: "npm:@atproto/oauth-provider-ui@0.10.4 dist/*.map (src/components/identity/client-name.tsx, client-avatar.tsx, src/components/consent-form.tsx): consent screen",
      url: "https://www.npmjs.com/package/@atproto/oauth-provider-ui/v/0.10.4",
    },
  ],
  readCompletely: ["fetch", "document", "authorize", "token"],
  constraints: [...CLIENT_ID_URL, JSON_CONTENT_TYPE, ...DOCUMENT, ...REDIRECT_URIS, ...FLOW],
  redirects: REDIRECT_MATCHING,
  // `clientMetadataCache`: ten minutes in memory, whatever the response says.
  cache: {
    minimum: 600,
    fallback: 600,
    maximum: 600,
    honours: [],
    stale: "refused",
  },
  consent: {
    shows: ["client-id", "scopes"],
    note: "client_name and logo are for clients the operator trusts; of the others people see the client_id URL, or its host alone when the path is /oauth-client-metadata.json.",
  },
};
