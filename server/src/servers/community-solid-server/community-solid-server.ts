import { say } from "../../localisation/say.js";
import { onMembers } from "../behaviours/constraintKinds.js";
import { rootObject, sameClientId, validJson } from "../behaviours/documentConstraints.js";
import { urlConstraint } from "../behaviours/urlConstraints.js";
import { parseUrl } from "../behaviours/whatwgUrl.js";
import { refreshGrant } from "../oidc-provider/schemaConstraints.js";
import type { Constraint, ServerProfile } from "../profile.js";
import { CLIENT_SCHEMA, grantTypes } from "./clientSchema.js";
import { REDIRECT_MATCHING, REDIRECT_URIS } from "./redirectUris.js";

const SOLID_CONTEXT = "https://www.w3.org/ns/solid/oidc-context.jsonld";
const NOT_SOLID = `Missing context ${SOLID_CONTEXT}`;
const NOT_JSON = "Cannot convert from application/json to internal/quads";

const LOADING: readonly Constraint[] = [
  urlConstraint(
    "url-scheme",
    "client-id/https",
    "SSL is required for client_id authentication unless working locally.",
    ({ scheme }, url) => {
      if (/^https:\/\/|^http:\/\/localhost(?::\d+)?(?:\/|$)/.test(url)) return false;
      return scheme?.toLowerCase() === "https" ? "client-id/scheme-case" : true;
    },
  ),
  urlConstraint(
    "url-parses",
    "client-id/absolute-url",
    "Only absolute URLs are supported",
    (_parts, url) => !parseUrl(url),
  ),
  validJson(() => NOT_JSON),
  rootObject(() => NOT_JSON),
  onMembers({ id: "context", rule: "solid/context" }, ({ "@context": context }, report) => {
    const contexts: readonly unknown[] = Array.isArray(context) ? context : [context];
    if (contexts.includes(SOLID_CONTEXT)) return;
    report(
      `${NOT_SOLID}: without it the document is read as RDF, which gives client_id and redirect_uris at best`,
      context === undefined ? undefined : "/@context",
    );
  }),
  sameClientId(() => "The client registration `client_id` field must match the client ID"),
];

/** What a loaded document lets the server do. */
const FLOW: readonly Constraint[] = [
  onMembers(
    { id: "scope-webid", rule: "solid/webid", stage: "authorize", effect: "limits" },
    ({ scope }, report) => {
      if (typeof scope !== "string" || scope === "") return;
      const listed = scope.split(" ");
      if (listed.includes("openid") && listed.includes("webid")) return;
      report(
        say`Only scopes of the document can be asked for, and without openid and webid the client learns no WebID.`,
        "/scope",
      );
    },
  ),
  refreshGrant(grantTypes, "no refresh token is issued unless grant_types lists refresh_token"),
];

/**
 * The identity provider of Community Solid Server: oidc-provider 8 behind an adapter that fetches client identifier
 * documents of Solid-OIDC. It checks no addresses, reads a body of any size and keeps no copy.
 */
export const communitySolidServer: ServerProfile = {
  id: "community-solid-server",
  name: "Community Solid Server",
  version: "7.2.0",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["solid"],
  reach: {
    kind: "downloads",
    package: "npm:@solid/community-server",
    perMonth: 4_289,
    source: "https://www.npmjs.com/package/@solid/community-server",
    date: "2026-12-01",
  },
  evidence: [
    {
      what: "npm:@solid/community-server@7.2.0 dist/identity/storage/ClientIdAdapterFactory.js, dist/identity/configuration/IdentityProviderFactory.js",
      url: "https://www.npmjs.com/package/@solid/community-server/v/7.2.0",
    },
    {
      what: "npm:oidc-provider@8.8.1 lib/helpers/client_schema.js, lib/models/client.js, lib/actions/authorization/check_scope.js",
      url: "https://www.npmjs.com/package/oidc-provider/v/8.8.1",
    },
  ],
  readCompletely: ["fetch", "document"],
  constraints: [...LOADING, ...CLIENT_SCHEMA, ...REDIRECT_URIS, ...FLOW],
  redirects: REDIRECT_MATCHING,
  cache: { maximum: 0, honours: [], stale: "refused" },
  consent: {
    shows: ["client-name", "client-id", "logo"],
    note: "A person also picks the WebID that the client gets to know.",
  },
};
