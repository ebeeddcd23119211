import { jsonPointer } from "../../document/jsonPointer.js";
import { onMembers } from "../behaviours/constraintKinds.js";
import { unparsableRule } from "../behaviours/redirectKinds.js";
import { whatwgUrlConstraints } from "../behaviours/urlConstraints.js";
import { parseUrl } from "../behaviours/whatwgUrl.js";
import { CLIENT_ID_URL } from "../oidc-provider/clientIdUrl.js";
import { DOCUMENT } from "../oidc-provider/document.js";
import { KEYS } from "../oidc-provider/keys.js";
import { disjunction } from "../oidc-provider/members.js";
import { memberTypes } from "../oidc-provider/memberTypes.js";
import type { Constraint } from "../profile.js";

const NOT_A_CLIENT = "client is invalid (client not found)";
/** `supportedSigningAlgs`. */
const ALGORITHMS = ["RS256", "PS256", "ES256", "ES384", "ES512"];
const UNSAFE_PROTOCOLS: ReadonlySet<string> = new Set([
  "javascript:",
  "vbscript:",
  "data:",
  "blob:",
  "file:",
  "about:",
]);

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
const EMAIL = /^[a-zA-Z0-9.!#$%&’*+/=?^_`{|}~-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*$/;

function redirectConstraint(id: string, name: string, ownRule?: string): Constraint {
  return onMembers({ id, rule: ownRule ?? "redirect-uris/absolute" }, (members, report) => {
    const uris = members[name];
    if (!Array.isArray(uris)) return;
    for (const [index, uri] of uris.entries()) {
      if (typeof uri !== "string" || uri === "") continue;
      const fault = redirectFault(uri);
      if (fault) report(`${name} ${fault.words}`, jsonPointer(name, index), ownRule ?? fault.rule);
    }
  });
}

function redirectFault(uri: string): { words: string; rule: string } | undefined {
  const url = parseUrl(uri);
  if (!url) return { words: "must only contain valid uris", rule: unparsableRule(uri) };
  if (url.hash !== "") return { words: "must not contain fragments", rule: "redirect-uris/fragment" };
  if (!UNSAFE_PROTOCOLS.has(url.protocol)) return undefined;
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
  onMembers(
    { id: "redirect-uris-present", rule: "redirect-uris/missing" },
    ({ redirect_uris: uris }, report) => {
      if (uris) return;
      const message = "redirect_uris is mandatory property";
      if (uris === undefined) report(message);
      else report(message, "/redirect_uris", "redirect-uris/type");
    },
  ),
  onMembers(
    { id: "redirect-uris-not-empty", rule: "redirect-uris/empty" },
    ({ redirect_uris: uris }, report) => {
      if (Array.isArray(uris) && uris.length === 0)
        report("redirect_uris must contain members", "/redirect_uris");
    },
  ),
  onMembers({ id: "response-modes-not-empty", rule: "response-modes/unknown" }, (members, report) => {
    const modes = members["response_modes"];
    if (Array.isArray(modes) && modes.length === 0)
      report("response_modes must contain members", "/response_modes");
  }),
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
  onMembers({ id: "contacts", rule: "contacts/email" }, ({ contacts }, report) => {
    if (!Array.isArray(contacts)) return;
    for (const [index, contact] of contacts.entries()) {
      if (typeof contact === "string" && contact !== "" && !EMAIL.test(contact))
        report("contacts can only contain email addresses", jsonPointer("contacts", index));
    }
  }),
  redirectConstraint("redirect-shape", "redirect_uris"),
  redirectConstraint("post-logout-redirect-uris", "post_logout_redirect_uris", "logout/uris"),
];
