// Longer than other files: the checks stand in the order in which Keycloak makes them, and read like its source.

import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import { SHARED_SECRET_METHODS } from "../../metadata/authMethods.js";
import { type ConstraintMeta, constraint, onUrl, type Report } from "../behaviours/constraintKinds.js";
import { sizeLimit } from "../behaviours/documentConstraints.js";
import { wildcardRule } from "../behaviours/entryOutcomes.js";
import { javaTrim } from "../behaviours/javaText.js";
import { type JavaUri, javaUri } from "../behaviours/javaUri.js";
import { type JavaUrl, javaUrl } from "../behaviours/javaUrl.js";
import { operatorAllowlist } from "../behaviours/operatorAllowlist.js";
import type { Constraint } from "../profile.js";
import { type ClientRepresentation, readClient } from "./clientRepresentation.js";
import { hasUnreadableCertificate, signingKey } from "./publicKeys.js";
import { canBeRequested, NOT_LISTED } from "./redirects.js";

const FETCH_FAILED = "Client Metadata fetch failed";
const UNRESOLVED = "Invalid Client ID / Metadata: host unresolved.";
const MALFORMED = "Invalid Client Metadata: malformed URL.";
/** What the client is told of everything that goes wrong once the document is read; the log says more. */
const INVALID = "invalid request";

/** `UNSAFE_PATH_PATTERN`: a dot segment between slashes or backslashes, each of them possibly percent-encoded. */
const UNSAFE_PATH = /(?:\/|%2f|%5c|\\)(?:%2e|\.){1,2}(?:\/|%2f|%5c|\\|$)/i;

/** A constraint on the client identifier URL, as Java reads it. */
function onJavaUrl(
  id: string,
  rule: string,
  message: string,
  broken: (uri: JavaUri) => boolean | string,
): Constraint {
  return onUrl({ id, rule }, (url, report) => {
    const uri = javaUri(url);
    const found = uri && broken(uri);
    if (found) report(message, found === true ? undefined : found);
  });
}

/** A constraint on what Keycloak reads. Silent where it cannot read the document: another constraint says so. */
function onClient(
  meta: ConstraintMeta,
  check: (client: ClientRepresentation, report: Report, document: ClientMetadataDocument) => void,
): Constraint {
  return constraint(meta, (document, report) => {
    const { client } = readClient(document);
    if (client) check(client, report, document);
  });
}

/** The strings of a list with their pointers. */
function stringsOf(client: ClientRepresentation, member: string): { text: string; pointer: string }[] {
  return (client.strings(member) ?? []).flatMap((text, index) =>
    text === null ? [] : [{ text, pointer: jsonPointer(member, index) }],
  );
}

/** The items of a list that Keycloak keeps as one text with `##` between them, and cuts with the white space around. */
function keptAsOneText(client: ClientRepresentation, member: string): string[] {
  const text = (client.strings(member) ?? []).map(String).join("##");
  if (javaTrim(text) === "") return [];
  const parts = text.split("##");
  if (parts.length === 1) return parts;
  const items = parts.map((part, index) => {
    const front = index === 0 ? part : part.replace(/^[ \t\n\v\f\r]+/, "");
    return index === parts.length - 1 ? front : withoutSpaceBehind(front);
  });
  while (items.at(-1) === "") items.pop();
  return items;
}

function withoutSpaceBehind(text: string): string {
  let end = text.length;
  while (end > 0 && " \t\n\v\f\r".includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** The rule about a redirect URI in which Java finds no host. */
function noHostRule(text: string, { scheme, authority }: JavaUri): string {
  const wildcard = wildcardRule(text);
  if (wildcard !== undefined) return wildcard;
  if (scheme === undefined) return "redirect-uris/absolute";
  if (authority === undefined) return "redirect-uris/private-use-fastmcp";
  const colon = authority.lastIndexOf(":");
  const hasOddPort = colon >= 0 && !/^\d*$/.test(authority.slice(colon + 1));
  return hasOddPort ? "redirect-uris/port-invalid" : "redirect-uris/absolute";
}

const LINKS = ["logo_uri", "client_uri", "tos_uri", "policy_uri", "jwks_uri"];
/** Those that have to be URLs of a kind that Java can open; `/` at the beginning counts as relative where it says so. */
const OPENED: readonly (readonly [member: string, words: string, relative: boolean])[] = [
  ["client_uri", "Base URL is not a valid URL", true],
  ["tos_uri", "Terms of service URL is not a valid URL", false],
  ["policy_uri", "Policy URL is not a valid URL", false],
  ["jwks_uri", "JWKS URL is not a valid URL", true],
  ["backchannel_logout_uri", "Backchannel logout URL is not a valid URL", true],
  ["frontchannel_logout_uri", "Front-channel logout URL is not a valid URL", true],
];

function isOpened(member: string, text: string, relative: boolean): boolean {
  // The address of a logout may have placeholders in braces.
  const url = member === "backchannel_logout_uri" ? text.replace(/\{([^{}]*)\}/g, "%7B$1%7D") : text;
  if (!javaUri(url)) return false;
  return (relative && text.startsWith("/")) || javaUrl(url) !== undefined;
}

function isScript(uri: JavaUri): boolean {
  return /^(?:data|javascript)$/i.test(uri.scheme ?? "");
}

/** Grants that the conversion to Keycloak's own client, or what it sets up for them, refuses for public clients. */
const CONFIDENTIAL_GRANTS: ReadonlyMap<string | null, string> = new Map([
  ["urn:ietf:params:oauth:grant-type:token-exchange", "Token Exchange cannot be enabled in a public client"],
  [
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
    "JWT authorization grant cannot be enabled in a public client",
  ],
  [
    "urn:ietf:params:oauth:grant-type:uma-ticket",
    "Only confidential clients are allowed to set authorization settings",
  ],
]);
const METHODS: ReadonlySet<string> = new Set(["none", "private_key_jwt", "tls_client_auth"]);
const RESPONSE_TYPES: ReadonlySet<string> = new Set(["code", "token", "id_token", "none"]);
const CIBA_ALGORITHMS: ReadonlySet<string> = new Set(
  "none RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA".split(" "),
);

/** Names are taken to be public ones. */
const LOCAL_HOST =
  /^(?:localhost|127\.[\d.]+|10\.[\d.]+|192\.168\.[\d.]+|172\.(?:1[6-9]|2\d|3[01])\.[\d.]+|169\.254\.[\d.]+|\[::1\]|\[f[cd][^\]]*\]|\[fe[89ab][^\]]*\])$/i;

function isNotificationEndpoint(url: JavaUrl | undefined): boolean {
  return url?.protocol === "https" || (url?.protocol === "http" && LOCAL_HOST.test(url.host));
}

/** `String.isBlank` of Java: white space with no break in it counts as text, and so does U+FEFF. */
function isBlank(text: string): boolean {
  return /^[^\S\u00a0\u2007\u202f\ufeff]*$/.test(text) || javaTrim(text) === "";
}

function isPublic(client: ClientRepresentation): boolean {
  return (client.string("token_endpoint_auth_method") ?? "none") === "none";
}

function isResponseType(text: string | null): boolean {
  const types = javaTrim(text ?? "").split(" ");
  return types.every((type) => RESPONSE_TYPES.has(type)) && !(types.length > 1 && types.includes("none"));
}

/** Whether `response_types`, or the grants where there are none, allow a code. */
function allowsCode(client: ClientRepresentation): boolean {
  const types = client.strings("response_types") ?? [];
  const grants = client.strings("grant_types") ?? [];
  if (types.length > 0) return types.some((type) => /(?:^|[\0- ])(?:code|none)(?:[\0- ]|$)/.test(type ?? ""));
  return grants.length === 0 || grants.includes("authorization_code");
}

/** One entry at least gets through as a request's redirect URI: the document is read in the course of such a request. */
export function redirectUsable(canBeRequested: (entry: string) => boolean): Constraint {
  return onClient({ id: "redirect-usable", rule: "redirect-uris/reserved-params" }, (client, report) => {
    const uris = stringsOf(client, "redirect_uris").filter(({ text }) => javaUri(text)?.host !== undefined);
    if (uris.some(({ text }) => canBeRequested(text))) return;
    for (const { pointer } of uris) report(NOT_LISTED, pointer);
  });
}

/** What Keycloak 26.7 asks of a document, in the order of its checks. */
export const CONSTRAINTS: readonly Constraint[] = [
  onUrl({ id: "url-malformed", rule: "client-id/illegal-character" }, (url, report) => {
    if (!javaUri(url)) report("Invalid Client ID: malformed URL.");
  }),
  onJavaUrl("url-https", "client-id/https", "Invalid Client ID: invalid scheme.", ({ scheme }) => {
    if (scheme === "https") return false;
    return scheme?.toLowerCase() === "https" ? "client-id/scheme-case" : true;
  }),
  onJavaUrl("url-path", "client-id/path-required", "Invalid Client ID: empty path.", ({ path }) => !path),
  onJavaUrl(
    "url-dot-segments",
    "client-id/dot-segment",
    "Invalid Client ID: path traverse segment included.",
    ({ path = "" }) => {
      const found = UNSAFE_PATH.exec(path)?.[0];
      return found?.includes("%") ? "client-id/dot-segment-encoded" : found !== undefined;
    },
  ),
  onJavaUrl(
    "url-fragment",
    "client-id/fragment",
    "Invalid Client ID: fragment included.",
    ({ fragment }) => fragment !== undefined,
  ),
  onJavaUrl(
    "url-userinfo",
    "client-id/userinfo",
    "Invalid Client ID: userinfo included.",
    ({ userInfo }) => userInfo !== undefined,
  ),
  onJavaUrl(
    "url-query",
    "client-id/query",
    "Invalid Client ID: query included.",
    ({ query }) => query !== undefined,
  ),
  onJavaUrl("url-host", "client-id/host-name", UNRESOLVED, ({ host }) => host === undefined),
  sizeLimit(5000, () => FETCH_FAILED),
  constraint({ id: "json", rule: "document/json-syntax" }, (document, report) => {
    const { syntax } = readClient(document);
    if (syntax !== undefined) report(FETCH_FAILED, undefined, syntax);
  }),
  constraint({ id: "object", rule: "document/not-object" }, (document, report) => {
    if (readClient(document).notObject) report(FETCH_FAILED);
  }),
  constraint({ id: "unknown-members", rule: "unknown-field/refused" }, (document, report) => {
    for (const { pointer } of readClient(document).unknownMembers) report(FETCH_FAILED, pointer);
  }),
  constraint({ id: "types", rule: "document/wrong-type" }, (document, report) => {
    for (const { pointer, rule } of readClient(document).wrongTypes) report(FETCH_FAILED, pointer, rule);
  }),
  onClient({ id: "client-id-equal", rule: "client-id/url-mismatch" }, (client, report, { url }) => {
    const id = client.string("client_id");
    if (id === undefined) report("Invalid Client Metadata: no client_id.", undefined, "client-id/missing");
    else if (id !== url)
      report(
        "Invalid Client Metadata: client_id property does not exactly match client_id parameter.",
        "/client_id",
      );
  }),
  onClient({ id: "auth-method", rule: "auth-method/unknown" }, (client, report) => {
    const method = client.string("token_endpoint_auth_method") ?? "none";
    if (METHODS.has(method)) return;
    if (SHARED_SECRET_METHODS.has(method))
      report(
        "Invalid Client Metadata: token_endpoint_auth_method property in client metadata is not-allowed authentication method..",
        "/token_endpoint_auth_method",
        "auth-method/shared-secret",
      );
    else
      report(
        `${INVALID} (Not found clientAuthenticator for requested token_endpoint_auth_method)`,
        "/token_endpoint_auth_method",
        method === "self_signed_tls_client_auth" ? "auth-method/mtls-support" : undefined,
      );
  }),
  onClient({ id: "client-secret", rule: "secret/client-secret" }, (client, report) => {
    const message =
      "Invalid Client Metadata: client_secret or client_secret_expires_at property in client metadata is must not included.";
    if (client.has("client_secret")) report(message, "/client_secret");
    if (client.has("client_secret_expires_at"))
      report(message, "/client_secret_expires_at", "secret/client-secret-expires-at");
  }),
  onClient({ id: "redirect-uris", rule: "redirect-uris/missing" }, (client, report) => {
    const uris = client.strings("redirect_uris");
    const nothing = uris?.indexOf(null) ?? -1;
    if (uris === undefined) report(NOT_LISTED);
    else if (uris.length === 0) report(NOT_LISTED, "/redirect_uris", "redirect-uris/empty");
    else if (nothing >= 0)
      report("java.lang.NullPointerException", jsonPointer("redirect_uris", nothing), "redirect-uris/type");
  }),
  onClient({ id: "redirect-hosts", rule: "redirect-uris/absolute" }, (client, report) => {
    for (const { text, pointer } of stringsOf(client, "redirect_uris")) {
      const uri = javaUri(text);
      if (!uri) report(MALFORMED, pointer, "redirect-uris/illegal-character");
      else if (uri.host === undefined) report(UNRESOLVED, pointer, noHostRule(text, uri));
    }
  }),
  redirectUsable(canBeRequested),
  onClient({ id: "redirect-fragment", rule: "redirect-uris/fragment" }, (client, report) => {
    // What begins with a slash is made a path, in which a # is encoded.
    for (const { text, pointer } of stringsOf(client, "redirect_uris"))
      if (!text.startsWith("/") && javaUri(text)?.fragment !== undefined)
        report(`${INVALID} (A redirect URI must not contain an URL fragment)`, pointer);
  }),
  onClient({ id: "redirect-scheme", rule: "redirect-uris/unsafe-scheme" }, (client, report) => {
    for (const { text, pointer } of stringsOf(client, "redirect_uris")) {
      const uri = javaUri(text);
      if (uri && isScript(uri)) report(`${INVALID} (A redirect URI uses an illegal scheme)`, pointer);
    }
  }),
  onClient({ id: "link-hosts", rule: "uri/absolute" }, (client, report) => {
    for (const name of LINKS) {
      const text = client.string(name);
      if (text === undefined) continue;
      const uri = javaUri(text);
      if (!uri) report(MALFORMED, jsonPointer(name), "uri/illegal-character");
      else if (uri.host === undefined) report(UNRESOLVED, jsonPointer(name));
    }
  }),
  onClient({ id: "links-opened", rule: "uri/absolute" }, (client, report) => {
    for (const [name, words, relative] of OPENED) {
      const text = client.string(name) ?? "";
      if (javaTrim(text) !== "" && !isOpened(name, text, relative))
        report(
          `${INVALID} (${words})`,
          jsonPointer(name),
          name.endsWith("logout_uri") ? "logout/uris" : undefined,
        );
    }
  }),
  onClient({ id: "logo-scheme", rule: "uri/unsafe-scheme" }, (client, report) => {
    if (/^javascript$/i.test(javaUri(client.string("logo_uri") ?? "")?.scheme ?? ""))
      report(`${INVALID} (Logo URL uses an illegal scheme)`, "/logo_uri");
  }),
  onClient({ id: "logout-redirects", rule: "logout/uris" }, (client, report) => {
    for (const text of keptAsOneText(client, "post_logout_redirect_uris")) {
      if (/^(?:[-+*])?$/.test(text)) continue;
      const uri = javaUri(text);
      const words = !uri
        ? "A post-logout redirect URI is not a valid URI"
        : isScript(uri)
          ? "A post-logout redirect URI uses an illegal scheme"
          : uri.fragment !== undefined && "A post-logout redirect URI must not contain an URL fragment";
      if (words) report(`${INVALID} (${words})`, "/post_logout_redirect_uris");
    }
  }),
  onClient({ id: "request-uris", rule: "oidc/request-uris" }, (client, report) => {
    for (const text of keptAsOneText(client, "request_uris")) {
      const uri = javaUri(text);
      if (!uri) report(`${INVALID} (Valid request URIs has an invalid value)`, "/request_uris");
      else if (isScript(uri))
        report(`${INVALID} (Valid request URIs has a value with illegal scheme)`, "/request_uris");
    }
  }),
  onClient({ id: "jwks-both", rule: "jwks/both" }, (client, report) => {
    if (client.keys !== undefined && client.has("jwks_uri"))
      report(`${INVALID} (Illegal to use both jwks_uri and jwks)`, "/jwks");
  }),
  onClient({ id: "jwks-keys", rule: "jwks/shape" }, (client, report) => {
    if (client.keys === undefined) return;
    const { index, fault } = signingKey(client.keys);
    if (fault !== undefined)
      report(INVALID, index === undefined ? "/jwks" : jsonPointer("jwks", "keys", index), fault);
    else if (client.keys?.some((key) => key !== null && hasUnreadableCertificate(key)))
      report(`${INVALID} (Illegal jwks format)`, "/jwks");
  }),
  onClient({ id: "keys-present", rule: "auth-method/private-key-jwt-no-keys" }, (client, report) => {
    if (client.string("token_endpoint_auth_method") !== "private_key_jwt" || client.has("jwks_uri")) return;
    const { keys } = client;
    if (keys && signingKey(keys).index !== undefined) return;
    const message = `${INVALID} (Didn't find key of supported keyType for use sig)`;
    if (keys === undefined) report(message, "/token_endpoint_auth_method");
    else report(message, "/jwks", keys?.length ? "jwks/use" : "jwks/empty");
  }),
  onClient({ id: "response-types", rule: "response-types/unknown" }, (client, report) => {
    for (const [index, type] of (client.strings("response_types") ?? []).entries())
      if (!isResponseType(type))
        report(`${INVALID} (Unsupported response_type)`, jsonPointer("response_types", index));
  }),
  onClient({ id: "public-client-grants", rule: "grant-types/extra" }, (client, report) => {
    if (!isPublic(client)) return;
    for (const [index, grant] of (client.strings("grant_types") ?? []).entries()) {
      const words = CONFIDENTIAL_GRANTS.get(grant);
      if (words !== undefined) report(`${INVALID} (${words})`, jsonPointer("grant_types", index));
    }
  }),
  onClient({ id: "subject-type", rule: "oidc/subject-type" }, (client, report) => {
    const type = client.string("subject_type");
    if (type !== undefined && !/^(?:PUBLIC|PAIRWISE)$/.test(type.toUpperCase()))
      report(`${INVALID} (No enum constant org.keycloak.protocol.oidc.utils.SubjectType)`, "/subject_type");
  }),
  onClient({ id: "pairwise-hosts", rule: "oidc/sector-identifier" }, (client, report) => {
    if (client.string("subject_type")?.toUpperCase() !== "PAIRWISE" || client.string("sector_identifier_uri"))
      return;
    const hosts = new Set(stringsOf(client, "redirect_uris").map(({ text }) => javaUri(text)?.host));
    if (hosts.size > 1)
      report(
        `${INVALID} (Without a configured Sector Identifier URI, client redirect URIs must not contain multiple host components.)`,
        "/subject_type",
      );
  }),
  onClient({ id: "sector-identifier", rule: "oidc/sector-identifier" }, (client, report) => {
    const text = client.string("sector_identifier_uri");
    const uri = text ? javaUri(text) : undefined;
    if (text && (uri?.scheme === undefined || uri.host === undefined))
      report(`${INVALID} (Invalid Sector Identifier URI.)`, "/sector_identifier_uri");
  }),
  onClient({ id: "acr-values", rule: "oidc/default-acr-values" }, (client, report) => {
    if (keptAsOneText(client, "default_acr_values").some((value) => !/^[01]$/.test(value)))
      report(
        `${INVALID} (Default ACR values need to contain values specified in the ACR-To-Loa mapping or number levels from set realm browser flow)`,
        "/default_acr_values",
      );
  }),
  onClient({ id: "ciba", rule: "ciba/mode" }, (client, report) => {
    const written = client.string("backchannel_token_delivery_mode") ?? "";
    const mode = isBlank(written) ? "poll" : written;
    const endpoint = javaTrim(client.string("backchannel_client_notification_endpoint") ?? "");
    const algorithm = javaTrim(client.string("backchannel_authentication_request_signing_alg") ?? "");
    if (!/^(?:poll|ping)$/.test(mode))
      report(
        `${INVALID} (Unsupported requested CIBA Backchannel Token Delivery Mode)`,
        "/backchannel_token_delivery_mode",
      );
    if (mode === "ping" && endpoint === "")
      report(
        `${INVALID} (CIBA Backchannel Client Notification Endpoint must be set for the CIBA ping mode)`,
        "/backchannel_token_delivery_mode",
        "ciba/endpoint",
      );
    const url = endpoint === "" ? undefined : javaUrl(endpoint);
    if (endpoint !== "" && !isNotificationEndpoint(url))
      report(
        `${INVALID} (The url [backchannel_client_notification_endpoint] ${url ? "requires secure connections" : "is malformed"})`,
        "/backchannel_client_notification_endpoint",
        "ciba/endpoint",
      );
    if (algorithm !== "" && !CIBA_ALGORITHMS.has(algorithm))
      report(
        `${INVALID} (Unsupported requested CIBA Backchannel Authentication Request Signing Algorithm)`,
        "/backchannel_authentication_request_signing_alg",
      );
  }),
  operatorAllowlist(
    "Invalid Client ID: domain not allowed, unless the hosts of client_id and of every URI in the document, localhost and 127.0.0.1 too, are among the Trusted domains",
  ),
  onClient({ id: "standard-flow", rule: "response-types/unknown", stage: "authorize" }, (client, report) => {
    if (allowsCode(client)) return;
    const message =
      "Client is not allowed to initiate browser login with given response_type. Standard flow is disabled for the client.";
    if ((client.strings("response_types") ?? []).length > 0)
      report(message, "/response_types", "response-types/token");
    else report(message, "/grant_types", "grant-types/refresh-only");
  }),
  onClient(
    { id: "no-refresh", rule: "grant-types/no-refresh", stage: "token", effect: "limits" },
    (client, report) => {
      const grants = client.strings("grant_types");
      if (grants && !grants.includes("refresh_token"))
        report("no refresh token is issued to a client whose grant_types lack refresh_token", "/grant_types");
    },
  ),
];
