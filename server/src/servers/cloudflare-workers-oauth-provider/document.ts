import { jsonPointer } from "../../document/jsonPointer.js";
import { type ConstraintMeta, onMembers, type Report } from "../behaviours/constraintKinds.js";
import { jsonObject, noClientSecret, sizeLimit } from "../behaviours/documentConstraints.js";
import { type Members, namesIn } from "../behaviours/jsonBody.js";
import { typeRule, urlRule } from "../behaviours/memberRules.js";
import { parseUrl } from "../behaviours/whatwgUrl.js";
import type { Constraint } from "../profile.js";

/** `CIMD_MAX_SIZE_BYTES`. */
const MAX_BYTES = 5120;

const STRINGS = ["token_endpoint_auth_method", "token_endpoint_auth_signing_alg", "client_id", "client_name"];
const STRING_ARRAYS = [
  "token_endpoint_auth_methods_supported",
  "token_endpoint_auth_signing_alg_values_supported",
  "redirect_uris",
  "contacts",
  "grant_types",
  "response_types",
];
const URIS = ["client_uri", "logo_uri", "policy_uri", "tos_uri", "jwks_uri"];
/** Members whose language-tagged variants are kept. */
const TRANSLATED_URIS: ReadonlySet<string> = new Set(["client_uri", "logo_uri", "tos_uri", "policy_uri"]);

function members(meta: ConstraintMeta, check: (found: Members, report: Report) => void): Constraint {
  return onMembers({ ...meta, bom: "strip" }, check);
}

/** `token_endpoint_auth_method` and its list of alternatives, and the same for the signing algorithm. */
function memberOfChoices(name: string, choicesName: string, meta: ConstraintMeta): Constraint {
  return members(meta, (found, report) => {
    const value = found[name];
    const choices = found[choicesName];
    if (typeof value !== "string" || !Array.isArray(choices) || choices.includes(value)) return;
    report(`${name} must be included in ${choicesName}`, jsonPointer(name));
  });
}

function checkString(name: string, value: unknown, report: Report): void {
  if (value === undefined || typeof value === "string") return;
  report(`Invalid ${name}: expected string, got ${typeof value}`, jsonPointer(name), typeRule(name, value));
}

function checkUri(name: string, value: unknown, report: Report): void {
  if (typeof value !== "string") {
    checkString(name, value, report);
    return;
  }
  const protocol = parseUrl(value)?.protocol;
  if (protocol === "http:" || protocol === "https:") return;
  report(`Invalid ${name}: must be an absolute http: or https: URL`, jsonPointer(name), urlRule(name, value));
}

/**
 * What the library requires of a document's text and members, in the order in which it looks, except for redirect URIs
 * and client authentication. Scopes are not read.
 *
 * Source: npm:@cloudflare/workers-oauth-provider@1.2.3 dist/oauth-provider.js `readJsonWithSizeLimit`,
 * `parseOAuthClientMetadata`, `resolveClientIdMetadataDocument` (src/oauth-client-metadata.ts).
 */
export const DOCUMENT: readonly Constraint[] = [
  sizeLimit(MAX_BYTES, (bytes) => `Client metadata exceeds size limit: ${bytes} bytes (max ${MAX_BYTES})`),
  ...jsonObject("Client metadata response is not valid JSON", "Client metadata must be a JSON object", {
    bom: "strip",
  }),
  members({ id: "strings", rule: "document/wrong-type" }, (found, report) => {
    for (const name of STRINGS) checkString(name, found[name], report);
  }),
  members({ id: "string-arrays", rule: "document/wrong-type" }, (found, report) => {
    for (const name of STRING_ARRAYS) {
      const value = found[name];
      if (value === undefined) continue;
      if (!Array.isArray(value)) {
        report(
          `Invalid ${name}: expected array, got ${typeof value}`,
          jsonPointer(name),
          typeRule(name, value),
        );
        continue;
      }
      value.forEach((item: unknown, index) => {
        if (typeof item === "string") return;
        report(
          `Invalid ${name}: array must contain only strings`,
          jsonPointer(name, index),
          typeRule(name, item),
        );
      });
    }
  }),
  members({ id: "uris", rule: "uri/absolute" }, (found, report) => {
    for (const name of URIS) checkUri(name, found[name], report);
  }),
  members({ id: "translations", rule: "i18n/only-human" }, (found, report) => {
    for (const name of namesIn(found)) {
      const hash = name.indexOf("#");
      if (hash <= 0 || hash === name.length - 1) continue;
      const base = name.slice(0, hash);
      if (TRANSLATED_URIS.has(base)) checkUri(name, found[name], report);
      // The library looks the name up in an object literal, so names that every object has (`toString#en`) count too.
      else if (base === "client_name" || base in Object.prototype) checkString(name, found[name], report);
    }
  }),
  memberOfChoices("token_endpoint_auth_method", "token_endpoint_auth_methods_supported", {
    id: "auth-method-in-choices",
    rule: "auth-method/not-in-array",
  }),
  memberOfChoices("token_endpoint_auth_signing_alg", "token_endpoint_auth_signing_alg_values_supported", {
    id: "signing-algorithm-in-choices",
    rule: "oidc/singular-plural",
  }),
  onMembers(
    { id: "client-id-equal", rule: "client-id/url-mismatch", bom: "strip" },
    (found, report, document) => {
      const id = found["client_id"];
      if (id !== undefined && typeof id !== "string") return;
      if (id !== undefined && id === document.url) return;
      const where = document.url === undefined ? "" : ` "${document.url}"`;
      const message = `client_id "${id}" does not match metadata URL${where}`;
      if (id === undefined) report(message, undefined, "client-id/missing");
      else report(message, "/client_id");
    },
  ),
  members({ id: "client-name", rule: "client-name/empty" }, ({ client_name: name }, report) => {
    const message = "client_name is required and must not be empty";
    if (name === undefined) report(message, undefined, "client-name/missing");
    else if (typeof name === "string" && name.trim() === "") report(message, "/client_name");
  }),
  noClientSecret("CIMD documents must not contain client secrets", { bom: "strip" }),
];
