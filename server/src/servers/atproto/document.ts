import { onMembers } from "../behaviours/constraintKinds.js";
import { rootObject, sizeLimit, validJson } from "../behaviours/documentConstraints.js";
import { isObject, type Members } from "../behaviours/jsonBody.js";
import { urlRule } from "../behaviours/memberRules.js";
import { parseUrl } from "../behaviours/whatwgUrl.js";
import { jsonType, stringsIn } from "../behaviours/zodShape.js";
import type { Constraint } from "../profile.js";
import { type FetchFault, fetchFault } from "./fetchPolicy.js";
import { isKept } from "./keys.js";
import {
  AUTHENTICATION_METHODS,
  duplicate,
  GRANT_TYPES,
  grantTypes,
  MEMBER_TYPES,
  validationText,
} from "./members.js";
import { INVALID_URL, isLocalHostname, webUriFault } from "./uris.js";

const MAX_BYTES = 512 * 1024;
/** `OAUTH_SCOPE_REGEXP`: RFC 6749 §3.3. */
export const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/;
/** npm:zod@3.25.76 v3/types.js `emailRegex`. */
const EMAIL = /^(?!\.)(?!.*\.\.)([A-Z0-9_'+\-.]*)[A-Z0-9_+-]@([A-Z0-9][A-Z0-9-]*\.)+[A-Z]{2,}$/i;

const WEB_URIS = ["jwks_uri", "client_uri", "policy_uri", "tos_uri", "logo_uri"] as const;

/** What the schema asks of the document (npm:@atproto/oauth-types@0.7.6 dist/oauth-client-metadata.js). */
const SCHEMA: readonly Constraint[] = [
  rootObject((value) => validationText(`Expected object, received ${jsonType(value)}`), {
    bom: "strip-twice",
  }),
  ...MEMBER_TYPES,
  onMembers(
    { id: "redirect-uris-missing", rule: "redirect-uris/missing", bom: "strip-twice" },
    (members, report) => {
      if (members["redirect_uris"] === undefined) report(validationText("Required", ["redirect_uris"]));
    },
  ),
  onMembers({ id: "scope-syntax", rule: "scope/syntax", bom: "strip-twice" }, ({ scope }, report) => {
    if (typeof scope !== "string" || SCOPE.test(scope)) return;
    report(
      validationText("Invalid OAuth scope", ["scope"]),
      "/scope",
      scope === "" ? "scope/empty" : undefined,
    );
  }),
  ...WEB_URIS.map((name) =>
    onMembers({ id: name.replace("_", "-"), rule: "uri/absolute", bom: "strip-twice" }, (members, report) => {
      const uri = members[name];
      const fault = typeof uri === "string" ? webUriFault(uri) : undefined;
      if (fault !== undefined)
        report(validationText(fault, [name]), `/${name}`, webUriRule(name, uri, fault));
    }),
  ),
  onMembers({ id: "contacts-email", rule: "contacts/email", bom: "strip-twice" }, ({ contacts }, report) => {
    for (const { index, text } of stringsIn(contacts)) {
      if (EMAIL.test(text)) continue;
      report(validationText("Invalid email", ["contacts", index]), `/contacts/${index}`);
    }
  }),
  onMembers({ id: "jwks-shape", rule: "jwks/shape", bom: "strip-twice" }, ({ jwks }, report) => {
    if (!isObject(jwks) || Array.isArray(jwks["keys"])) return;
    const keys = jwks["keys"];
    const fault = keys === undefined ? "Required" : `Expected array, received ${jsonType(keys)}`;
    report(validationText(fault, ["jwks", "keys"]), keys === undefined ? "/jwks" : "/jwks/keys");
  }),
];

/** `validateClientMetadata` and `validateDiscoverableClientMetadata`, without what they say of redirect URIs. */
const METADATA: readonly Constraint[] = [
  onMembers({ id: "jwks-both", rule: "jwks/both", bom: "strip-twice" }, (members, report) => {
    if (members["jwks"] && members["jwks_uri"]) report("jwks_uri and jwks are mutually exclusive", "/jwks");
  }),
  onMembers({ id: "openid-members", rule: "unknown-field/info", bom: "strip-twice" }, (members, report) => {
    for (const name of [
      "default_max_age",
      "userinfo_signed_response_alg",
      "id_token_signed_response_alg",
      "userinfo_encrypted_response_alg",
    ]) {
      if (members[name] !== undefined) report(`Unsupported "${name}" parameter`, `/${name}`);
    }
  }),
  onMembers({ id: "client-uri-host", rule: "atproto/client-uri", bom: "strip-twice" }, (members, report) => {
    const uri = webUri(members, "client_uri");
    if (uri && isLocalHostname(uri.hostname)) report("client_uri hostname is invalid", "/client_uri");
  }),
  onMembers(
    { id: "client-uri-origin", rule: "atproto/client-uri", bom: "strip-twice" },
    (members, report, { url }) => {
      const uri = webUri(members, "client_uri");
      const clientId = url === undefined ? undefined : parseUrl(url);
      if (!uri || !clientId) return;
      if (uri.origin !== clientId.origin) {
        report("client_uri must have the same origin as the client_id", "/client_uri");
      } else if (!isSameOrAncestor(uri.pathname, clientId.pathname)) {
        report("client_uri must be a parent URL of the client_id", "/client_uri");
      }
    },
  ),
  onMembers({ id: "scope-missing", rule: "atproto/scope", bom: "strip-twice" }, ({ scope }, report) => {
    if (scope === undefined) report("Missing scope property");
  }),
  onMembers({ id: "scope-atproto", rule: "atproto/scope", bom: "strip-twice" }, ({ scope }, report) => {
    if (typeof scope !== "string") return;
    const scopes = scope.split(" ");
    if (!scopes.includes("atproto")) report('Missing "atproto" scope', "/scope");
  }),
  onMembers({ id: "scope-duplicate", rule: "scope/duplicate", bom: "strip-twice" }, ({ scope }, report) => {
    const twice = typeof scope === "string" ? duplicate(scope.split(" ")) : undefined;
    if (twice) report(`Duplicate scope "${twice}"`, "/scope");
  }),
  onMembers(
    { id: "grant-types-duplicate", rule: "grant-types/duplicate", bom: "strip-twice" },
    (members, report) => {
      const twice = duplicate(grantTypes(members));
      if (twice) report(`Duplicate grant type "${twice}"`, "/grant_types");
    },
  ),
  onMembers(
    { id: "grant-types-supported", rule: "atproto/grant-types", bom: "strip-twice" },
    (members, report) => {
      for (const { index, text } of stringsIn(members["grant_types"])) {
        if (text === "authorization_code" || text === "refresh_token" || !GRANT_TYPES.includes(text))
          continue;
        const verdict = text === "implicit" ? "allowed" : "supported";
        report(`Grant type "${text}" is not ${verdict}`, `/grant_types/${index}`);
      }
    },
  ),
  onMembers(
    { id: "grant-types-code", rule: "atproto/grant-types", bom: "strip-twice" },
    (members, report) => {
      if (!responseTypes(members).includes("code") || grantTypes(members).includes("authorization_code"))
        return;
      report(
        'The "code" response type requires that "grant_types" contains "authorization_code"',
        "/grant_types",
      );
    },
  ),
  onMembers(
    { id: "response-types-code", rule: "atproto/response-types", bom: "strip-twice" },
    (members, report) => {
      if (!responseTypes(members).includes("code")) {
        report('response_types must include "code"', "/response_types");
      }
    },
  ),
  onMembers({ id: "client-id-missing", rule: "client-id/missing", bom: "strip-twice" }, (members, report) => {
    if (members["client_id"] === undefined) report("client_id is required for discoverable clients");
  }),
  onMembers(
    { id: "client-id-equals-url", rule: "client-id/url-mismatch", bom: "strip-twice" },
    ({ client_id: clientId }, report, { url }) => {
      const normal = url === undefined ? undefined : parseUrl(url)?.href;
      if (typeof clientId !== "string" || clientId === "" || normal === undefined) return;
      if (clientId !== normal) report("client_id does not match", "/client_id");
    },
  ),
  onMembers({ id: "subject-type", rule: "atproto/subject-type", bom: "strip-twice" }, (members, report) => {
    if (members["subject_type"] === "pairwise") {
      report('Only "public" subject_type is supported', "/subject_type");
    }
  }),
  onMembers(
    { id: "auth-method", rule: "auth-method/shared-secret", bom: "strip-twice" },
    (members, report) => {
      const written = members["token_endpoint_auth_method"];
      const method = written ?? "client_secret_basic";
      if (method === "none" || method === "private_key_jwt" || !isKnownMethod(method)) return;
      const message = `Unsupported client authentication method "${method}". Make sure "token_endpoint_auth_method" is set to one of: "none", "private_key_jwt"`;
      if (written === undefined) report(message, undefined, "atproto/auth-method-explicit");
      else report(message, "/token_endpoint_auth_method", mtlsRule(method));
    },
  ),
  onMembers(
    { id: "none-signing-alg", rule: "atproto/auth-signing-alg", bom: "strip-twice" },
    (members, report) => {
      if (members["token_endpoint_auth_method"] !== "none" || !members["token_endpoint_auth_signing_alg"])
        return;
      report(
        'token_endpoint_auth_method "none" must not have token_endpoint_auth_signing_alg',
        "/token_endpoint_auth_signing_alg",
      );
    },
  ),
  onMembers({ id: "private-key-jwt-keys", rule: "atproto/keys", bom: "strip-twice" }, (members, report) => {
    if (members["token_endpoint_auth_method"] !== "private_key_jwt") return;
    const jwks = members["jwks"];
    if (!jwks && !members["jwks_uri"]) {
      report("private_key_jwt auth method requires jwks or jwks_uri", "/token_endpoint_auth_method");
    }
    const keys = isObject(jwks) ? jwks["keys"] : undefined;
    if (Array.isArray(keys) && !keys.some(isKept)) {
      report("private_key_jwt auth method requires at least one key in jwks", "/jwks/keys");
    }
  }),
  onMembers(
    { id: "private-key-jwt-alg", rule: "atproto/auth-signing-alg", bom: "strip-twice" },
    (members, report) => {
      if (members["token_endpoint_auth_method"] !== "private_key_jwt") return;
      if (members["token_endpoint_auth_signing_alg"]) return;
      report("Missing token_endpoint_auth_signing_alg client metadata", "/token_endpoint_auth_method");
    },
  ),
  onMembers(
    { id: "encrypted-response", rule: "unknown-field/info", bom: "strip-twice" },
    (members, report) => {
      if (members["authorization_encrypted_response_enc"] === "A128CBC-HS256") {
        report("Encrypted authorization response is not supported", "/authorization_encrypted_response_enc");
      }
    },
  ),
  onMembers({ id: "mtls-bound", rule: "mtls/bound-flag", bom: "strip-twice" }, (members, report) => {
    if (members["tls_client_certificate_bound_access_tokens"] !== true) return;
    report("Mutual-TLS bound access tokens are not supported", "/tls_client_certificate_bound_access_tokens");
  }),
  onMembers({ id: "dpop", rule: "atproto/dpop", bom: "strip-twice" }, (members, report) => {
    const flag = members["dpop_bound_access_tokens"];
    if (flag === true) return;
    report(
      '"dpop_bound_access_tokens" must be true',
      flag === undefined ? undefined : "/dpop_bound_access_tokens",
    );
  }),
  onMembers({ id: "authorization-details", rule: "rar/types", bom: "strip-twice" }, (members, report) => {
    const types = stringsIn(members["authorization_details_types"]).map(({ text }) => text);
    if (types.length === 0) return;
    const twice = duplicate(types);
    const message = twice
      ? `Duplicate authorization_details_type "${twice}"`
      : "authorization_details_types are not supported";
    report(message, "/authorization_details_types");
  }),
  onMembers(
    { id: "native-public", rule: "atproto/native-confidential", bom: "strip-twice" },
    (members, report) => {
      if (members["application_type"] !== "native" || members["token_endpoint_auth_method"] === "none")
        return;
      report('Native clients must authenticate using "none" method', "/application_type");
    },
  ),
];

const JWKS_URI_RULES: Readonly<Record<FetchFault["kind"], string | undefined>> = {
  credentials: "jwks-uri/userinfo",
  scheme: "jwks-uri/https",
  port: undefined,
  name: undefined,
  address: undefined,
};

/** The size limit, the text as JSON, and the key set that is fetched with the document. */
const FETCHED: readonly Constraint[] = [
  sizeLimit(MAX_BYTES, () => "Response too large"),
  validJson(() => "Unable to parse response as JSON", { bom: "strip-twice" }),
  onMembers({ id: "jwks-uri-fetch", rule: "jwks-uri/special-use", bom: "strip-twice" }, (members, report) => {
    const uri = members["jwks_uri"];
    if (typeof uri !== "string" || webUriFault(uri) !== undefined) return;
    const fault = fetchFault(uri);
    if (fault) report(fault.message, "/jwks_uri", JWKS_URI_RULES[fault.kind]);
  }),
];

/**
 * The document without its redirect URIs.
 *
 * Source: npm:@atproto/oauth-provider@0.22.9 dist/client/client-manager.js; npm:@atproto-labs/fetch@0.3.6.
 */
export const DOCUMENT: readonly Constraint[] = [...FETCHED, ...SCHEMA, ...METADATA];

/** A URI member whose form is right. */
function webUri(members: Members, name: string): URL | undefined {
  const uri = members[name];
  return typeof uri === "string" && webUriFault(uri) === undefined ? parseUrl(uri) : undefined;
}

function webUriRule(name: string, uri: unknown, fault: string): string {
  const protocol = parseUrl(uri)?.protocol;
  if (name === "logo_uri" && protocol === "data:") return "logo-uri/data";
  if (fault === INVALID_URL || (protocol !== "http:" && protocol !== "https:")) return urlRule(name, uri);
  const keys = name === "jwks_uri";
  if (protocol === "http:") return keys ? "jwks-uri/https" : "atproto/uris-https";
  return keys ? "jwks-uri/special-use" : "uri/special-use-host";
}

function isSameOrAncestor(ancestor: string, path: string): boolean {
  return path === ancestor || path.startsWith(ancestor.endsWith("/") ? ancestor : `${ancestor}/`);
}

function responseTypes(members: Members): readonly string[] {
  return members["response_types"] === undefined
    ? ["code"]
    : stringsIn(members["response_types"]).map(({ text }) => text);
}

function isKnownMethod(method: unknown): method is string {
  return typeof method === "string" && AUTHENTICATION_METHODS.includes(method);
}

function mtlsRule(method: string): string | undefined {
  return method.endsWith("tls_client_auth") ? "auth-method/mtls-support" : undefined;
}
