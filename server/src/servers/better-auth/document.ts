import { onMembers } from "../behaviours/constraintKinds.js";
import { rootObject, sizeLimit, validJson } from "../behaviours/documentConstraints.js";
import { jsonType, stringsIn } from "../behaviours/zodShape.js";
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
  validJson(() => "Metadata document is not valid JSON", { bom: "strip" }),
  rootObject(
    (value) =>
      Array.isArray(value)
        ? `metadata document: Invalid input: expected object, received ${jsonType(value)}`
        : "metadata document is not a JSON object",
    { bom: "strip" },
  ),
  RESERVED_NAMES,
  ...MEMBER_TYPES,
  onMembers({ id: "client-id-missing", rule: "client-id/missing", bom: "strip" }, (members, report) => {
    if (members["client_id"] === undefined) {
      report("client_id: Invalid input: expected string, received undefined");
    }
  }),
  onMembers({ id: "client-id-blank", rule: "document/empty-string", bom: "strip" }, (members, report) => {
    if (isBlank(members["client_id"])) report("client_id: client_id cannot be empty", "/client_id");
  }),
  onMembers(
    { id: "client-id-equals-url", rule: "client-id/url-mismatch", bom: "strip" },
    ({ client_id: clientId }, report, { url }) => {
      if (typeof clientId !== "string" || url === undefined || clientId === url) return;
      report(`client_id "${clientId}" does not match the metadata document URL`, "/client_id");
    },
  ),
  onMembers({ id: "client-name-blank", rule: "client-name/empty", bom: "strip" }, (members, report) => {
    if (isBlank(members["client_name"])) report("client_name: client_name cannot be empty", "/client_name");
  }),
  onMembers(
    { id: "backchannel-logout", rule: "logout/backchannel-betterauth", bom: "strip" },
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
    { id: "redirect-uris-safe", rule: "redirect-uris/absolute", bom: "strip" },
    ({ redirect_uris: uris }, report) => {
      for (const { index, text } of stringsIn(uris)) {
        const fault = unsafeUri(text);
        if (fault) report(`redirect_uris.${index}: ${fault.message}`, `/redirect_uris/${index}`, fault.rule);
      }
    },
  ),
  onMembers(
    { id: "redirect-uris-registrable", rule: "redirect-uris/absolute", bom: "strip" },
    ({ redirect_uris: uris, application_type: applicationType }, report) => {
      for (const { index, text } of stringsIn(uris)) {
        if (unsafeUri(text)) continue;
        const fault = unregistrableUri(storedUri(text), applicationType);
        if (fault) report(fault.message, `/redirect_uris/${index}`, fault.rule);
      }
    },
  ),
  onMembers(
    { id: "redirect-uris-missing", rule: "redirect-uris/missing", bom: "strip" },
    (members, report) => {
      if (members["redirect_uris"] !== undefined || !grantTypes(members).includes("authorization_code"))
        return;
      report("Redirect URIs are required for authorization_code and implicit grant types");
    },
  ),
  onMembers({ id: "grant-types-supported", rule: "grant-types/unknown", bom: "strip" }, (members, report) => {
    const grants = grantTypes(members);
    if (grants.some((grant) => GRANT_TYPES.has(grant))) return;
    report(`no mutually supported grant_type among ${grants.join(", ")}`, "/grant_types");
  }),
  onMembers(
    { id: "response-types-code", rule: "response-types/empty-with-code", bom: "strip" },
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
  onMembers(
    { id: "grant-types-code", rule: "grant-types/code-mismatch", bom: "strip" },
    (members, report) => {
      const responses = members["response_types"];
      if (!Array.isArray(responses) || !responses.includes("code")) return;
      if (grantTypes(members).includes("authorization_code")) return;
      report(
        "When 'code' response type is used, 'authorization_code' grant type must be included",
        "/grant_types",
      );
    },
  ),
  onMembers({ id: "subject-type", rule: "oidc/subject-type", bom: "strip" }, (members, report) => {
    if (members["subject_type"] === "pairwise") {
      report("pairwise subject_type requires server pairwiseSecret configuration", "/subject_type");
    }
  }),
  onMembers({ id: "scope", rule: "scope/present", bom: "strip" }, ({ scope }, report) => {
    if (typeof scope !== "string") return;
    const unknown = scope.split(" ").find((token) => token !== "" && !SCOPES.has(token));
    if (unknown !== undefined) report(`cannot request scope ${unknown}`, "/scope");
  }),
];

/** What `metadataProfile: "mcp-2026-07-28"` asks for on top. */
export const MCP_DOCUMENT: readonly Constraint[] = [
  onMembers({ id: "mcp-client-name", rule: "client-name/missing", bom: "strip" }, (members, report) => {
    if (members["client_name"] === undefined) report("client_name must be a non-empty string");
  }),
  onMembers({ id: "mcp-redirect-uris", rule: "redirect-uris/missing", bom: "strip" }, (members, report) => {
    if (members["redirect_uris"] !== undefined) return;
    report("redirect_uris must be a non-empty array of absolute HTTP(S) or private-use URIs");
  }),
];

function isBlank(value: unknown): boolean {
  return typeof value === "string" && value.trim() === "";
}
