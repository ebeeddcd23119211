import { onMembers } from "../behaviours/constraintKinds.js";
import { unparsableRule } from "../behaviours/redirectKinds.js";
import { whatwgUrlConstraints } from "../behaviours/urlConstraints.js";
import { parseUrl } from "../behaviours/whatwgUrl.js";
import { CLIENT_ID_URL } from "../oidc-provider/clientIdUrl.js";
import { DOCUMENT } from "../oidc-provider/document.js";
import { KEYS } from "../oidc-provider/keys.js";
import { disjunction } from "../oidc-provider/members.js";
import { FORBIDDEN_PROTOCOLS } from "../oidc-provider/redirectUris.js";
import {
  EMAIL_TYPOGRAPHIC,
  emailContacts,
  listsNotEmpty,
  memberTypes,
  redirectShapes,
  reportMissingRedirects,
  type UriFault,
} from "../oidc-provider/schemaConstraints.js";
import type { Constraint } from "../profile.js";

const NOT_A_CLIENT = "client is invalid (client not found)";
/** `supportedSigningAlgs`. */
const ALGORITHMS = ["RS256", "PS256", "ES256", "ES384", "ES512"];

/** Upstream's constraints that the fork, or what Logto configures, takes away or changes. */
const REPLACED: ReadonlySet<string> = new Set([
  // 9.11.3 looks at the parsed URL, where an empty fragment or userinfo is none.
  "url-fragment",
  "url-userinfo",
  // scope, grant_types and response_types are replaced before the client is checked.
  "redirect-uris-present",
  "ciba",
  "arrays",
  "array-items",
  "strings",
  "booleans",
  "grant-types",
  "response-types",
  "scope",
  "redirect-uris-not-empty",
  "response-modes-not-empty",
  "id-token-algorithm",
  "symmetric-algorithm",
  // 9.11.3 spells it with a typographic apostrophe.
  "contacts",
]);

const STRINGS = [
  "application_type",
  "backchannel_logout_uri",
  "client_name",
  "client_uri",
  "id_token_signed_response_alg",
  "initiate_login_uri",
  "jwks_uri",
  "logo_uri",
  "policy_uri",
  "sector_identifier_uri",
  "subject_type",
  "token_endpoint_auth_method",
  "tos_uri",
];
const ARRAYS = [
  "contacts",
  "default_acr_values",
  "post_logout_redirect_uris",
  "redirect_uris",
  "response_modes",
];
const BOOLEANS = [
  "backchannel_logout_session_required",
  "require_auth_time",
  "require_pushed_authorization_requests",
];

function redirectFault(uri: string): UriFault | undefined {
  const url = parseUrl(uri);
  if (!url) return { words: "must only contain valid uris", rule: unparsableRule(uri) };
  if (url.hash !== "") return { words: "must not contain fragments", rule: "redirect-uris/fragment" };
  if (!FORBIDDEN_PROTOCOLS.has(url.protocol)) return undefined;
  const words = `must not use the ${url.protocol.slice(0, -1)} URI scheme`;
  return { words, rule: "redirect-uris/unsafe-scheme" };
}

/**
 * What Logto's provider asks of a document: its fork of oidc-provider 9.11.3 with `transformClientMetadata`, as Logto
 * configures it.
 *
 * Source: `logto-io/node-oidc-provider` PATCHES.md, lib/helpers/client_id_metadata_document.js @513c523c0e68;
 * npm:oidc-provider@9.11.3 lib/helpers/client_schema.js; `logto-io/logto` packages/core/src/oidc/init.ts @1fbc55441fd2.
 */
export const DOCUMENT_OF_PROVIDER: readonly Constraint[] = [
  ...whatwgUrlConstraints({ fragment: NOT_A_CLIENT, userinfo: NOT_A_CLIENT }),
  ...[...CLIENT_ID_URL, ...DOCUMENT, ...KEYS].filter(({ id }) => !REPLACED.has(id)),
  onMembers({ id: "redirect-uris-present", rule: "redirect-uris/missing" }, reportMissingRedirects),
  ...listsNotEmpty(() => true),
  ...memberTypes({ booleans: BOOLEANS, arrays: ARRAYS, strings: STRINGS }),
  onMembers(
    { id: "id-token-algorithm-known", rule: "oidc/id-token-alg" },
    ({ id_token_signed_response_alg: algorithm }, report) => {
      if (typeof algorithm !== "string" || algorithm === "" || ALGORITHMS.includes(algorithm)) return;
      report(
        `id_token_signed_response_alg must be ${disjunction(ALGORITHMS)}`,
        "/id_token_signed_response_alg",
      );
    },
  ),
  emailContacts(EMAIL_TYPOGRAPHIC),
  ...redirectShapes(redirectFault),
];
