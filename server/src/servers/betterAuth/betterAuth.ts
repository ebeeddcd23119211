import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import type { CachePolicy, ConsentFacts, Constraint, Evidence, ServerProfile } from "../profile.js";
import { fatalSyntaxFault, typeName } from "../shape.js";
import { clientIdUrlConstraints } from "./clientIdUrl.js";
import { uriConstraints } from "./informationalUris.js";
import { keyConstraints } from "./keys.js";
import { memberTypes } from "./members.js";
import { redirectMatching, storedUri, unregistrableUri, unsafeUri } from "./redirectUris.js";
import { reservedNames } from "./reservedNames.js";

const VERSION = "@better-auth/cimd 1.7.0-rc.4, @better-auth/oauth-provider 1.7.5";
const MAX_BYTES = 5 * 1024;
/** `DEFAULT_GRANT_TYPES` of the provider. */
const GRANT_TYPES: ReadonlySet<string> = new Set([
  "authorization_code",
  "client_credentials",
  "refresh_token",
]);
/** `DEFAULT_OAUTH_SCOPES`; an operator's own scopes are not known here. */
const SCOPES: ReadonlySet<string> = new Set(["openid", "profile", "email", "offline_access"]);

/** The grant types a document ends up with: trimmed, and authorization_code where it names none. */
function grantTypes(document: ClientMetadataDocument): readonly string[] {
  return document.has("grant_types")
    ? document.strings("grant_types").map(({ node }) => node.value.trim())
    : ["authorization_code"];
}

const documentConstraints: readonly Constraint[] = [
  {
    id: "size",
    stage: "fetch",
    effect: "blocks",
    rule: "document/size",
    check({ byteLength }, report) {
      if (byteLength > MAX_BYTES) report({ message: "Metadata document exceeds 5KB size limit" });
    },
  },
  {
    id: "json",
    stage: "document",
    effect: "blocks",
    rule: "document/json-syntax",
    check({ faults }, report) {
      const fault = fatalSyntaxFault(faults);
      if (fault) report({ message: "Metadata document is not valid JSON", rule: `document/${fault.kind}` });
    },
  },
  {
    id: "object",
    stage: "document",
    effect: "blocks",
    rule: "document/not-object",
    check({ root }, report) {
      if (!root || root.type === "object") return;
      report({
        message:
          root.type === "array"
            ? `metadata document: Invalid input: expected object, received ${typeName(root)}`
            : "metadata document is not a JSON object",
      });
    },
  },
  reservedNames,
  ...memberTypes,
  {
    id: "client-id-missing",
    stage: "document",
    effect: "blocks",
    rule: "client-id/missing",
    check(document, report) {
      if (!document.complete || !document.object || document.has("client_id")) return;
      report({ message: "client_id: Invalid input: expected string, received undefined" });
    },
  },
  {
    id: "client-id-blank",
    stage: "document",
    effect: "blocks",
    rule: "document/empty-string",
    check(document, report) {
      if (document.string("client_id")?.value.trim() === "") {
        report({ message: "client_id: client_id cannot be empty", pointer: "/client_id" });
      }
    },
  },
  {
    id: "client-id-equals-url",
    stage: "document",
    effect: "blocks",
    rule: "client-id/url-mismatch",
    check(document, report) {
      const clientId = document.string("client_id")?.value;
      if (clientId === undefined || document.url === undefined || clientId === document.url) return;
      report({
        message: `client_id "${clientId}" does not match the metadata document URL`,
        pointer: "/client_id",
      });
    },
  },
  {
    id: "client-name-blank",
    stage: "document",
    effect: "blocks",
    rule: "client-name/empty",
    check(document, report) {
      if (document.string("client_name")?.value.trim() === "") {
        report({ message: "client_name: client_name cannot be empty", pointer: "/client_name" });
      }
    },
  },
  {
    id: "backchannel-logout",
    stage: "document",
    effect: "blocks",
    rule: "logout/backchannel-betterauth",
    check(document, report) {
      for (const name of ["backchannel_logout_uri", "backchannel_logout_session_required"]) {
        if (document.has(name)) {
          report({ message: `metadata document MUST NOT contain "${name}"`, pointer: jsonPointer(name) });
        }
      }
      const uri = document.string("backchannel_logout_uri")?.value;
      const unsafe = uri === undefined ? undefined : unsafeUri(uri);
      if (unsafe) {
        report({ message: `backchannel_logout_uri: ${unsafe.message}`, pointer: "/backchannel_logout_uri" });
      }
    },
  },
  {
    id: "authentication-method",
    stage: "document",
    effect: "blocks",
    rule: "auth-method/shared-secret",
    check(document, report) {
      const method = document.string("token_endpoint_auth_method")?.value.trim();
      if (method === undefined || method === "" || method === "none" || method === "private_key_jwt") return;
      const pointer = "/token_endpoint_auth_method";
      if (/^client_secret_(?:post|basic|jwt)$/.test(method)) {
        const message = `symmetric auth method "${method}" is prohibited for Client ID Metadata Document clients`;
        report({ message, pointer });
        return;
      }
      report({
        message:
          'token_endpoint_auth_method must be "none" or "private_key_jwt" for Client ID Metadata Document clients',
        pointer,
        rule: /^(?:self_signed_)?tls_client_auth$/.test(method)
          ? "auth-method/mtls-support"
          : "auth-method/unknown",
      });
    },
  },
  {
    id: "private-key-jwt-keys",
    stage: "document",
    effect: "blocks",
    rule: "auth-method/private-key-jwt-no-keys",
    check(document, report) {
      if (document.string("token_endpoint_auth_method")?.value.trim() !== "private_key_jwt") return;
      if (!document.complete || document.has("jwks") || document.string("jwks_uri")?.value) return;
      report({
        message: "private_key_jwt requires either jwks or jwks_uri in the metadata document",
        pointer: "/token_endpoint_auth_method",
      });
    },
  },
  ...keyConstraints,
  ...uriConstraints,
  {
    id: "redirect-uris",
    stage: "document",
    effect: "blocks",
    rule: "redirect-uris/absolute",
    check(document, report) {
      const applicationType = document.string("application_type")?.value;
      for (const { index, node } of document.redirects) {
        const unsafe = unsafeUri(node.value);
        const fault = unsafe ?? unregistrableUri(storedUri(node.value), applicationType);
        if (!fault) continue;
        report({
          message: unsafe ? `redirect_uris.${index}: ${fault.message}` : fault.message,
          pointer: jsonPointer("redirect_uris", index),
          rule: fault.rule,
        });
      }
    },
  },
  {
    id: "redirect-uris-missing",
    stage: "document",
    effect: "blocks",
    rule: "redirect-uris/missing",
    check(document, report) {
      if (!document.complete || !document.object || document.has("redirect_uris")) return;
      if (!grantTypes(document).includes("authorization_code")) return;
      report({ message: "Redirect URIs are required for authorization_code and implicit grant types" });
    },
  },
  {
    id: "grant-types-supported",
    stage: "document",
    effect: "blocks",
    rule: "grant-types/unknown",
    check(document, report) {
      const grants = grantTypes(document);
      if (grants.some((grant) => GRANT_TYPES.has(grant))) return;
      report({
        message: `no mutually supported grant_type among ${grants.join(", ")}`,
        pointer: "/grant_types",
      });
    },
  },
  {
    id: "response-types-code",
    stage: "document",
    effect: "blocks",
    rule: "response-types/empty-with-code",
    check(document, report) {
      const listed = document.array("response_types");
      if (!listed || !grantTypes(document).includes("authorization_code")) return;
      if (document.strings("response_types").some(({ node }) => node.value === "code")) return;
      report({
        message: "When 'authorization_code' grant type is used, 'code' response type must be included",
        pointer: "/response_types",
      });
    },
  },
  {
    id: "grant-types-code",
    stage: "document",
    effect: "blocks",
    rule: "grant-types/code-mismatch",
    check(document, report) {
      if (grantTypes(document).includes("authorization_code")) return;
      if (!document.strings("response_types").some(({ node }) => node.value === "code")) return;
      report({
        message: "When 'code' response type is used, 'authorization_code' grant type must be included",
        pointer: "/grant_types",
      });
    },
  },
  {
    id: "subject-type",
    stage: "document",
    effect: "blocks",
    rule: "oidc/subject-type",
    check(document, report) {
      if (document.string("subject_type")?.value !== "pairwise") return;
      report({
        message: "pairwise subject_type requires server pairwiseSecret configuration",
        pointer: "/subject_type",
      });
    },
  },
  {
    id: "scope",
    stage: "document",
    effect: "blocks",
    rule: "scope/present",
    check(document, report) {
      const unknown = document
        .string("scope")
        ?.value.split(" ")
        .find((scope) => scope !== "" && !SCOPES.has(scope));
      if (unknown !== undefined) report({ message: `cannot request scope ${unknown}`, pointer: "/scope" });
    },
  },
  {
    id: "authorization-code-grant",
    stage: "authorize",
    effect: "blocks",
    rule: "grant-types/code-mismatch",
    check(document, report) {
      if (grantTypes(document).includes("authorization_code")) return;
      for (const { index } of document.redirects) {
        report({
          message: "client is not authorized to use the authorization_code grant",
          pointer: jsonPointer("redirect_uris", index),
        });
      }
    },
  },
];

/** What `metadataProfile: "mcp-2026-07-28"` asks for on top. */
const mcpConstraints: readonly Constraint[] = [
  {
    id: "mcp-client-name",
    stage: "document",
    effect: "blocks",
    rule: "client-name/missing",
    check(document, report) {
      if (!document.complete || !document.object || document.has("client_name")) return;
      report({ message: "client_name must be a non-empty string" });
    },
  },
  {
    id: "mcp-redirect-uris",
    stage: "document",
    effect: "blocks",
    rule: "redirect-uris/missing",
    check(document, report) {
      if (!document.complete || !document.object || document.has("redirect_uris")) return;
      report({ message: "redirect_uris must be a non-empty array of absolute HTTP(S) or private-use URIs" });
    },
  },
];

const evidence: readonly [Evidence, ...Evidence[]] = [
  {
    what: "npm:@better-auth/cimd@1.7.0-rc.4 dist/index.mjs: URL, fetch, document and cache",
    url: "https://www.npmjs.com/package/@better-auth/cimd/v/1.7.0-rc.4",
  },
  {
    what: "npm:@better-auth/oauth-provider@1.7.5 dist/authorize-*.mjs (src/register.ts, src/authorize.ts, src/client-jwks.ts), dist/introspect-*.mjs (src/types/zod.ts): schema, registration, redirect matching",
    url: "https://www.npmjs.com/package/@better-auth/oauth-provider/v/1.7.5",
  },
  {
    what: "npm:@better-auth/core@1.7.5 dist/utils/host.mjs, redirect-uri.mjs: addresses and schemes",
    url: "https://www.npmjs.com/package/@better-auth/core/v/1.7.5",
  },
];

/** A failed refetch ends the sign-in; nothing older is served (`createCimdResolver`). */
const cache: CachePolicy = {
  fallback: 3600,
  maximum: 3600,
  honours: [
    "s-maxage",
    "max-age",
    "no-cache",
    "no-store",
    "private",
    "Vary: *",
    "Expires",
    "Age",
    "Date",
    "ETag",
    "Last-Modified",
  ],
  stale: "refused",
};

const consent: ConsentFacts = {
  shows: [],
  note: "The page is the integrator's own; Better Auth hands it the client's record and never fetches logo_uri.",
};

/** Better Auth with the CIMD plugin, no `metadataProfile`. */
export const betterAuth: ServerProfile = {
  id: "better-auth",
  name: "Better Auth",
  version: VERSION,
  kind: "authorization-server-library",
  confidence: "read-source",
  evidence,
  readCompletely: ["fetch", "document", "authorize"],
  constraints: [...clientIdUrlConstraints, ...documentConstraints],
  redirects: redirectMatching,
  cache,
  consent,
};

/** Better Auth with `metadataProfile: "mcp-2026-07-28"`. */
export const betterAuthMcp: ServerProfile = {
  ...betterAuth,
  id: "better-auth-mcp",
  name: "Better Auth (MCP profile)",
  constraints: [...betterAuth.constraints, ...mcpConstraints],
};
