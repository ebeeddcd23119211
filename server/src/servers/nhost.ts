import { jsonPointer } from "../document/jsonPointer.js";
import { onMembers } from "./behaviours/constraintKinds.js";
import { jsonObject, noClientSecret, sizeLimit } from "./behaviours/documentConstraints.js";
import { wildcardRule } from "./behaviours/entryOutcomes.js";
import {
  goFetchAddress,
  goRedirectList,
  goSameClientId,
  goUrlConstraints,
} from "./behaviours/goConstraints.js";
import { goFieldTypes } from "./behaviours/goJson.js";
import { parseGoUrl } from "./behaviours/goUrl.js";
import { blocks } from "./behaviours/ipAddress.js";
import { refusedKindRule } from "./behaviours/redirectKinds.js";
import type { Constraint, ServerProfile } from "./profile.js";

const MAX_BYTES = 5 * 1024;
const INTERNAL = blocks(
  ...["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "224.0.0.0/24"],
  ...["::1/128", "fc00::/7", "fe80::/10", "ff02::/16"],
);

/** Scheme and host with port, as `validateRedirectURIOrigins` compares them. */
function origin(text: string): string | undefined {
  const url = parseGoUrl(text);
  return "error" in url ? undefined : `${url.scheme}://${url.host}`;
}

const CONSTRAINTS: readonly Constraint[] = [
  ...goUrlConstraints({
    malformed: "Invalid client_id URL",
    https: "Client ID metadata document URL must use HTTPS",
    host: "Failed to fetch client metadata document",
    morePath: "Client ID metadata document URL must have a path",
    fragment: "Client ID metadata document URL must not have a fragment",
    userinfo: "Client ID metadata document URL must not have credentials",
    dotSegments: "Client ID metadata document URL must not contain dot segments",
  }),
  goFetchAddress("Client ID metadata document URL must not point to a private address", INTERNAL),
  sizeLimit(MAX_BYTES, () => "Client metadata document exceeds maximum size"),
  ...jsonObject("Invalid client metadata document JSON", "Invalid client metadata document JSON"),
  goFieldTypes(
    {
      client_id: "string",
      redirect_uris: "[]string",
      scope: "string",
      grant_types: "[]string",
      response_types: "[]string",
      token_endpoint_auth_method: "string",
    },
    (detail) => `Invalid client metadata document JSON: ${detail}`,
  ),
  goSameClientId(() => "Client ID in metadata does not match the URL"),
  noClientSecret("Client metadata document must not contain client_secret fields"),
  goRedirectList("Client metadata document must contain at least one redirect_uri"),
  onMembers({ id: "same-origin", rule: "redirect-uris/cross-site" }, (members, report, document) => {
    const uris = members["redirect_uris"];
    const home = origin(document.url ?? "");
    if (!Array.isArray(uris) || document.url === undefined) return;
    for (const [index, uri] of uris.entries()) {
      if (typeof uri !== "string" || origin(uri) === home) continue;
      report(
        "redirect_uri must be on the same origin as the client_id",
        jsonPointer("redirect_uris", index),
        wildcardRule(uri) ?? (/^https:/i.test(uri) ? undefined : refusedKindRule(uri)),
      );
    }
  }),
];

/** Nhost Auth with CIMD switched on. Which scopes it takes, and how it compares redirect URIs, were not read. */
export const nhost: ServerProfile = {
  id: "nhost",
  name: "Nhost Auth",
  version: "main, 2026",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  reach: {
    kind: "hosted",
    generallyAvailable: true,
    source: "https://docs.nhost.io/products/auth/oauth2-provider/cimd-clients",
    date: "2026-12-01",
  },
  evidence: [
    {
      what: "nhost/nhost services/auth/go/oauth2/cimd.go @5fd9266c4ab1",
      url: "https://github.com/nhost/nhost/blob/5fd9266c4ab1980c420195d0aeabfca0804b9646/services/auth/go/oauth2/cimd.go",
    },
    {
      what: "Nhost documentation, CIMD Clients",
      url: "https://docs.nhost.io/products/auth/oauth2-provider/cimd-clients",
    },
  ],
  readCompletely: ["fetch"],
  constraints: CONSTRAINTS,
  redirects: undefined,
  cache: { minimum: 3600, fallback: 3600, maximum: 3600, honours: [], stale: "refused" },
  consent: undefined,
};
