import { onMembers } from "../behaviours/constraintKinds.js";
import { rootObject, sizeLimit, validJson } from "../behaviours/documentConstraints.js";
import { unusualRedirects } from "../behaviours/redirectItems.js";
import { jsonType } from "../behaviours/zodShape.js";
import type { Constraint } from "../profile.js";
import { grantTypes, MEMBER_TYPES } from "./members.js";
import { storedUri, unregistrableUri, unsafeUri } from "./redirectUris.js";
import { RESERVED_NAMES } from "./reservedNames.js";

const MAX_BYTES = 5 * 1024;
/** `DEFAULT_GRANT_TYPES` of the provider. */
const GRANT_TYPES: ReadonlySet<string> = new Set([
  "authorization_code",
  "client_credentials",
  "refresh_token",
]);
/** `DEFAULT_OAUTH_SCOPES`; an operator's own scopes are not known here. */
const SCOPES: ReadonlySet<string> = new Set(["openid", "profile", "email", "offline_access"]);

/**
 * The document without its keys and links.
 *
 * Source: npm:@better-auth/cimd@1.7.0-rc.4 dist/index.mjs `fetchClientMetadataDocument`, `validateCimdMetadata`;
 * npm:@better-auth/oauth-provider@1.7.5 src/register.ts `checkOAuthClient`.
 */
export const DOCUMENT: readonly Constraint[] = [
  sizeLimit(MAX_BYTES, () => "Metadata document exceeds 5KB size limit"),
  validJson("stripped", () => "Metadata document is not valid JSON"),
  rootObject("stripped", (value) =>
    Array.isArray(value)
      ? `metadata document: Invalid input: expected object, received ${jsonType(value)}`
      : "metadata document is not a JSON object",
  ),
  RESERVED_NAMES,
  ...MEMBER_TYPES,
  onMembers("stripped", { id: "client-id-missing", rule: "client-id/missing" }, (members, report) => {
    if (members["client_id"] === undefined) {
      report("client_id: Invalid input: expected string, received undefined");
    }
  }),
  onMembers("stripped", { id: "client-id-blank", rule: "document/empty-string" }, (members, report) => {
    if (isBlank(members["client_id"])) report("client_id: client_id cannot be empty", "/client_id");
  }),
  onMembers(
    "stripped",
    { id: "client-id-equals-url", rule: "client-id/url-mismatch" },
    ({ client_id: clientId }, report, { url }) => {
      if (typeof clientId !== "string" || url === undefined || clientId === url) return;
      report(`client_id "${clientId}" does not match the metadata document URL`, "/client_id");
    },
  ),
  onMembers("stripped", { id: "client-name-blank", rule: "client-name/empty" }, (members, report) => {
    if (isBlank(members["client_name"])) report("client_name: client_name cannot be empty", "/client_name");
  }),
  onMembers(
    "stripped",
    { id: "backchannel-logout", rule: "logout/backchannel-betterauth" },
    (members, report) => {
      for (const name of ["backchannel_logout_uri", "backchannel_logout_session_required"]) {
        if (members[name] !== undefined) report(`metadata document MUST NOT contain "${name}"`, `/${name}`);
      }
      const uri = members["backchannel_logout_uri"];
      const unsafe = typeof uri === "string" ? unsafeUri(uri) : undefined;
      if (unsafe) report(`backchannel_logout_uri: ${unsafe.message}`, "/backchannel_logout_uri");
    },
  ),
  onMembers(
    "stripped",
    { id: "redirect-uris-safe", rule: "redirect-uris/absolute" },
    ({ redirect_uris: uris }, report) => {
      for (const { index, text } of unusualRedirects(uris)) {
        const fault = unsafeUri(text);
        if (fault) report(`redirect_uris.${index}: ${fault.message}`, `/redirect_uris/${index}`, fault.rule);
      }
    },
  ),
  onMembers(
    "stripped",
    { id: "redirect-uris-registrable", rule: "redirect-uris/absolute" },
    ({ redirect_uris: uris, application_type: applicationType }, report) => {
      for (const { index, text } of unusualRedirects(uris)) {
        if (unsafeUri(text)) continue;
        const fault = unregistrableUri(storedUri(text), applicationType);
        if (fault) report(fault.message, `/redirect_uris/${index}`, fault.rule);
      }
    },
  ),
  onMembers("stripped", { id: "redirect-uris-missing", rule: "redirect-uris/missing" }, (members, report) => {
    if (members["redirect_uris"] !== undefined || !grantTypes(members).includes("authorization_code")) return;
    report("Redirect URIs are required for authorization_code and implicit grant types");
  }),
  onMembers("stripped", { id: "grant-types-supported", rule: "grant-types/unknown" }, (members, report) => {
    const grants = grantTypes(members);
    if (grants.some((grant) => GRANT_TYPES.has(grant))) return;
    report(`no mutually supported grant_type among ${grants.join(", ")}`, "/grant_types");
  }),
  onMembers(
    "stripped",
    { id: "response-types-code", rule: "response-types/empty-with-code" },
    (members, report) => {
      const responses = members["response_types"];
      if (!Array.isArray(responses) || responses.includes("code")) return;
      if (!grantTypes(members).includes("authorization_code")) return;
      report(
        "When 'authorization_code' grant type is used, 'code' response type must be included",
        "/response_types",
      );
    },
  ),
  onMembers("stripped", { id: "grant-types-code", rule: "grant-types/code-mismatch" }, (members, report) => {
    const responses = members["response_types"];
    if (!Array.isArray(responses) || !responses.includes("code")) return;
    if (grantTypes(members).includes("authorization_code")) return;
    report(
      "When 'code' response type is used, 'authorization_code' grant type must be included",
      "/grant_types",
    );
  }),
  onMembers("stripped", { id: "subject-type", rule: "oidc/subject-type" }, (members, report) => {
    if (members["subject_type"] === "pairwise") {
      report("pairwise subject_type requires server pairwiseSecret configuration", "/subject_type");
    }
  }),
  onMembers("stripped", { id: "scope", rule: "scope/present" }, ({ scope }, report) => {
    if (typeof scope !== "string") return;
    const unknown = scope.split(" ").find((token) => token !== "" && !SCOPES.has(token));
    if (unknown !== undefined) report(`cannot request scope ${unknown}`, "/scope");
  }),
];

/** What `metadataProfile: "mcp-2026-07-28"` asks for on top. */
export const MCP_DOCUMENT: readonly Constraint[] = [
  onMembers("stripped", { id: "mcp-client-name", rule: "client-name/missing" }, (members, report) => {
    if (members["client_name"] === undefined) report("client_name must be a non-empty string");
  }),
  onMembers("stripped", { id: "mcp-redirect-uris", rule: "redirect-uris/missing" }, (members, report) => {
    if (members["redirect_uris"] !== undefined) return;
    report("redirect_uris must be a non-empty array of absolute HTTP(S) or private-use URIs");
  }),
];

function isBlank(value: unknown): boolean {
  return typeof value === "string" && value.trim() === "";
}
