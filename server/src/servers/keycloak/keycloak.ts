import { jsonPointer } from "../../document/jsonPointer.js";
import { onMembers } from "../behaviours/constraintKinds.js";
import {
  eachRedirect,
  noSharedSecretMethod,
  type RedirectFault,
  sizeLimit,
} from "../behaviours/documentConstraints.js";
import { wildcardRule } from "../behaviours/entryOutcomes.js";
import { operatorAllowlist } from "../behaviours/operatorAllowlist.js";
import { urlConstraint } from "../behaviours/urlConstraints.js";
import type { Constraint, ServerProfile } from "../profile.js";
import { isPlainAddress, javaUri } from "./javaUri.js";

/** `UNSAFE_PATH_PATTERN`: a dot segment between slashes or backslashes, each of them possibly percent-encoded. */
const UNSAFE_PATH = /(?:\/|%2f|%5c|\\)(?:%2e|\.){1,2}(?:\/|%2f|%5c|\\|$)/i;
const LINKS = ["logo_uri", "client_uri", "tos_uri", "policy_uri", "jwks_uri"];
/** Grants that the conversion to Keycloak's own client refuses for public clients. */
const CONFIDENTIAL_GRANTS: ReadonlySet<unknown> = new Set([
  "urn:ietf:params:oauth:grant-type:token-exchange",
  "urn:ietf:params:oauth:grant-type:jwt-bearer",
]);
const UNRESOLVED = "Invalid Client ID / Metadata: host unresolved.";
const MALFORMED = "Invalid Client Metadata: malformed URL.";

function redirectFault(uri: string): RedirectFault | undefined {
  if (isPlainAddress(uri)) return undefined;
  const parsed = javaUri(uri);
  if (parsed.malformed) return { message: MALFORMED, rule: "redirect-uris/illegal-character" };
  if (parsed.host !== undefined) return undefined;
  const { scheme, authority, port } = parsed.parts;
  const wildcard = wildcardRule(uri);
  if (wildcard !== undefined) return { message: UNRESOLVED, rule: wildcard };
  if (scheme === undefined) return { message: UNRESOLVED, rule: "redirect-uris/absolute" };
  if (authority === undefined) return { message: UNRESOLVED, rule: "redirect-uris/private-use-fastmcp" };
  const rule =
    port !== undefined && !/^\d*$/.test(port) ? "redirect-uris/port-invalid" : "redirect-uris/absolute";
  return { message: UNRESOLVED, rule };
}

const CONSTRAINTS: readonly Constraint[] = [
  urlConstraint(
    "url-malformed",
    "client-id/illegal-character",
    "Invalid Client ID: malformed URL.",
    (_parts, url) => javaUri(url).malformed,
  ),
  urlConstraint("url-https", "client-id/https", "Invalid Client ID: invalid scheme.", ({ scheme }) => {
    if (scheme === "https") return false;
    return scheme?.toLowerCase() === "https" ? "client-id/scheme-case" : true;
  }),
  urlConstraint(
    "url-path",
    "client-id/path-required",
    "Invalid Client ID: empty path.",
    ({ path }) => path === "",
  ),
  urlConstraint(
    "url-dot-segments",
    "client-id/dot-segment",
    "Invalid Client ID: path traverse segment included.",
    ({ path }) => {
      const found = UNSAFE_PATH.exec(path)?.[0];
      return found?.includes("%") ? "client-id/dot-segment-encoded" : found !== undefined;
    },
  ),
  urlConstraint(
    "url-fragment",
    "client-id/fragment",
    "Invalid Client ID: fragment included.",
    ({ fragment }) => fragment !== undefined,
  ),
  urlConstraint(
    "url-userinfo",
    "client-id/userinfo",
    "Invalid Client ID: userinfo included.",
    ({ userinfo }) => userinfo !== undefined,
  ),
  urlConstraint(
    "url-query",
    "client-id/query",
    "Invalid Client ID: query included.",
    ({ query }) => query !== undefined,
  ),
  urlConstraint("url-host", "client-id/raw-host", UNRESOLVED, (_parts, url) => {
    const uri = javaUri(url);
    return !uri.malformed && uri.host === undefined;
  }),
  sizeLimit(5000, () => "Client Metadata fetch failed"),
  onMembers(
    { id: "client-id-equal", rule: "client-id/url-mismatch" },
    ({ client_id: id }, report, document) => {
      if (id === undefined || id === null)
        report("Invalid Client Metadata: no client_id.", undefined, "client-id/missing");
      else if (typeof id === "string" && id !== document.url)
        report(
          "Invalid Client Metadata: client_id property does not exactly match client_id parameter.",
          "/client_id",
        );
    },
  ),
  noSharedSecretMethod(
    () =>
      "Invalid Client Metadata: token_endpoint_auth_method property in client metadata is not-allowed authentication method..",
  ),
  onMembers({ id: "client-secret", rule: "secret/client-secret" }, (members, report) => {
    const message =
      "Invalid Client Metadata: client_secret or client_secret_expires_at property in client metadata is must not included.";
    // `null` is read as absent, unlike in most servers.
    if ((members["client_secret"] ?? undefined) !== undefined) report(message, "/client_secret");
    if ((members["client_secret_expires_at"] ?? undefined) !== undefined)
      report(message, "/client_secret_expires_at", "secret/client-secret-expires-at");
  }),
  onMembers({ id: "redirect-uris", rule: "redirect-uris/missing" }, (members, report) => {
    const uris = members["redirect_uris"] ?? undefined;
    const message =
      "Invalid Client Metadata: redirect_uri parameter does not exactly match the one of redirect_uris property in client metadata.";
    if (uris === undefined) report(message);
    else if (Array.isArray(uris) && uris.length === 0)
      report(message, "/redirect_uris", "redirect-uris/empty");
  }),
  eachRedirect("redirect-hosts", redirectFault),
  onMembers({ id: "link-hosts", rule: "uri/absolute" }, (members, report) => {
    const check = (value: unknown, pointer: string): void => {
      const uri = typeof value === "string" ? javaUri(value) : undefined;
      if (uri?.malformed) report(MALFORMED, pointer, "uri/illegal-character");
      else if (uri && uri.host === undefined) report(UNRESOLVED, pointer);
    };
    for (const name of LINKS) check(members[name], jsonPointer(name));
    const logout = members["post_logout_redirect_uris"];
    if (!Array.isArray(logout)) return;
    for (const [index, uri] of logout.entries()) check(uri, jsonPointer("post_logout_redirect_uris", index));
  }),
  operatorAllowlist(
    "Invalid Client ID: domain not allowed, unless the hosts of client_id and of every URI in the document, localhost and 127.0.0.1 too, are among the Trusted domains",
  ),
  onMembers({ id: "public-client-grants", rule: "grant-types/extra" }, (members, report) => {
    const grants = members["grant_types"];
    if (!Array.isArray(grants) || (members["token_endpoint_auth_method"] ?? "none") !== "none") return;
    const index = grants.findIndex((grant) => CONFIDENTIAL_GRANTS.has(grant));
    if (index >= 0)
      report(
        'a public client may not have this grant, unless the executor is set to "accept public client with confidential-only grant"',
        jsonPointer("grant_types", index),
      );
  }),
];

/**
 * Keycloak's executor for client ID metadata documents with its defaults, in a realm whose Trusted domains hold the
 * hosts in the document: with an empty list, the default, it refuses every document. What the conversion to Keycloak's
 * own client requires was not read, apart from the grants.
 *
 * Source: the files of the evidence, and for the grants their constant BUILT_IN_CONFIDENTIAL_ONLY_GRANT_TYPES.
 */
export const keycloak: ServerProfile = {
  id: "keycloak",
  name: "Keycloak",
  version: "main, mid 2026 (feature cimd of 26.6)",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  reach: {
    kind: "installed",
    reason: "keycloak-js, which signs in to nothing but Keycloak, has 3,021,543 downloads a month",
    source: "https://www.npmjs.com/package/keycloak-js",
    date: "2026-12-01",
  },
  evidence: [
    {
      what: "keycloak/keycloak services/…/cimd/clientpolicy/executor/AbstractClientIdMetadataDocumentExecutor.java @0c5f679ddedb",
      url: "https://github.com/keycloak/keycloak/blob/0c5f679ddedba7d2f9270a202f41b19699b7b7d4/services/src/main/java/org/keycloak/protocol/oauth2/cimd/clientpolicy/executor/AbstractClientIdMetadataDocumentExecutor.java",
    },
    {
      what: "keycloak/keycloak services/…/cimd/clientpolicy/executor/ClientIdMetadataDocumentExecutor.java @0e951c5d17d8",
      url: "https://github.com/keycloak/keycloak/blob/0e951c5d17d8d373df6388365040976dead75c2c/services/src/main/java/org/keycloak/protocol/oauth2/cimd/clientpolicy/executor/ClientIdMetadataDocumentExecutor.java",
    },
    {
      what: "keycloak/keycloak services/…/ClientIdMetadataDocumentExecutorFactoryProviderConfig.java @3c63e5f8a26c (limits)",
      url: "https://github.com/keycloak/keycloak/blob/3c63e5f8a26c/services/src/main/java/org/keycloak/protocol/oauth2/cimd/clientpolicy/executor/ClientIdMetadataDocumentExecutorFactoryProviderConfig.java",
    },
  ],
  readCompletely: [],
  constraints: CONSTRAINTS,
  redirects: undefined,
  cache: {
    minimum: 300,
    fallback: 300,
    maximum: 259_200,
    honours: ["s-maxage", "max-age", "no-cache", "no-store"],
    stale: "refused",
  },
  consent: {
    shows: ["client-id-host"],
    note: "Consent is required, and the host of client_id is shown as one of the things agreed to.",
  },
};
