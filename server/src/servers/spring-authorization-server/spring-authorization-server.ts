import { jsonPointer } from "../../document/jsonPointer.js";
import { describeValue } from "../../document/valueText.js";
import { type ConstraintMeta, constraint, onMembers, onUrl } from "../behaviours/constraintKinds.js";
import {
  eachRedirect,
  methodRule,
  type RedirectFault,
  rootObject,
  sameClientId,
  validJson,
} from "../behaviours/documentConstraints.js";
import { literalWildcard, wildcardRule } from "../behaviours/entryOutcomes.js";
import { javaUri } from "../behaviours/javaUri.js";
import { javaUrl } from "../behaviours/javaUrl.js";
import { isObject, type Members } from "../behaviours/jsonBody.js";
import { refusedKindRule } from "../behaviours/redirectKinds.js";
import type { Constraint, RedirectMatching, ServerProfile } from "../profile.js";
import { isLoopbackAddress, uriComponents } from "./uriComponents.js";

const METHODS = ["none", "private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth"];
const INVALID = "Invalid client metadata";
/** Where Spring reads the document; the words of what went wrong follow. */
const READING = "An error occurred reading the OAuth 2.0 Client Registration:";
const NOT_REGISTERED = "[invalid_request] OAuth 2.0 Parameter: redirect_uri";
const BOM = { bom: "strip" } as const;

/** Jackson 3 goes no deeper, and reads no longer number. */
const DEEPEST = 500;
const LONGEST_NUMBER = 1000;

/** `Object.toString` of what Jackson makes of a value. */
function javaText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(javaText).join(", ")}]`;
  if (typeof value === "string") return value;
  if (!isObject(value)) return describeValue(value);
  return `{${Object.entries(value)
    .map(([name, one]) => `${name}=${javaText(one)}`)
    .join(", ")}}`;
}

/** A claim as a list: what is no list becomes the one item of one, and null is left out. */
function listOf(members: Members, name: string): { text: string; pointer: string }[] | undefined {
  const value = members[name] ?? undefined;
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) return [{ text: javaText(value), pointer: jsonPointer(name) }];
  return value.flatMap((item: unknown, index) =>
    item === null ? [] : [{ text: javaText(item), pointer: jsonPointer(name, index) }],
  );
}

function textOf(members: Members, name: string): string | undefined {
  const value = members[name] ?? undefined;
  return value === undefined ? undefined : javaText(value);
}

/** `StringUtils.hasText`. */
function hasText(text: string | undefined): boolean {
  return text !== undefined && /[^\s\u00a0\u2007\u202f\ufeff\x1c-\x1f]|[\u00a0\u2007\u202f\ufeff]/.test(text);
}

/** Whether `java.time.Instant` can be made of a claim. */
function isInstant(value: unknown): boolean {
  if (typeof value === "number") return Math.abs(value) < 31_556_889_864_403_200;
  const text = javaText(value);
  return (
    /^[+-]?\d{1,16}$/.test(text) ||
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:[.,]\d{0,9})?)?(?:Z|[+-]\d\d:\d\d)$/i.test(text)
  );
}

/** A list claim that is there has an item. */
function notEmpty(meta: ConstraintMeta, name: string): Constraint {
  return onMembers({ ...meta, ...BOM }, (members, report) => {
    if (listOf(members, name)?.length === 0) report(`${READING} ${name} cannot be empty`, jsonPointer(name));
  });
}

/** Whether the client may ask for a code. */
function allowsCode(members: Members): boolean {
  const grants = listOf(members, "grant_types") ?? [];
  const types = listOf(members, "response_types") ?? [];
  const isAmong = (list: readonly { text: string }[], wanted: string) =>
    list.some(({ text }) => text === wanted);
  return grants.length === 0 || isAmong(grants, "authorization_code") || isAmong(types, "code");
}

function syntaxFault(text: string): string | undefined {
  const uri = javaUri(text);
  if (!uri) return wildcardRule(text) ?? "redirect-uris/illegal-character";
  return uri.fragment === undefined ? undefined : "redirect-uris/fragment";
}

function httpsFault(text: string): RedirectFault | undefined {
  const uri = javaUri(text);
  if (!uri) return undefined;
  if (hasDots(uri.path))
    return {
      message: `${INVALID}: URL ${text} must not contain path-traversal segments`,
      rule: "redirect-uris/dot-segment",
    };
  if (uri.scheme?.toLowerCase() === "https") return undefined;
  return {
    message: `${INVALID}: URL ${text} must have HTTPS scheme, unless the validator is set to allow loopback`,
    rule: refusedKindRule(text),
  };
}

/** Two dots anywhere in a path, or their code decoded once more. */
function hasDots(path: string | undefined): boolean {
  return /(?:\.|%2e){2}|%252[eE]%252[eE]/i.test(path ?? "");
}

const CONSTRAINTS: readonly Constraint[] = [
  onUrl({ id: "url-text", rule: "client-id/absolute-url" }, (url, report) => {
    if (!hasText(url)) report("clientId cannot be empty");
  }),
  onUrl({ id: "url-https", rule: "client-id/https" }, (url, report) => {
    const uri = javaUri(url);
    if (!uri) report("Client id is not a valid HTTP(s) URI, skipping", "client-id/illegal-character");
    else if (uri.scheme?.toLowerCase() !== "https") report("URL must have HTTPS scheme");
  }),
  onUrl({ id: "url-scheme-case", rule: "client-id/scheme-case" }, (url, report) => {
    if (/^https:/i.test(url) && !/^http/.test(url)) report("Client id is not a valid HTTP(s) URI, skipping");
  }),
  onUrl({ id: "url-dot-segments", rule: "client-id/dot-segment" }, (url, report) => {
    if (hasDots(javaUri(url)?.path)) report("URL must not contain path-traversal segments");
  }),
  onUrl({ id: "url-path", rule: "client-id/path-required" }, (url, report) => {
    const uri = javaUri(url);
    if (uri && !hasText(decoded(uri.path))) report("Client Identifier must have a path component");
  }),
  onUrl({ id: "url-fragment", rule: "client-id/fragment" }, (url, report) => {
    if (hasText(decoded(javaUri(url)?.fragment)))
      report("Client Identifier must not have a fragment component");
  }),
  onUrl({ id: "url-userinfo", rule: "client-id/userinfo" }, (url, report) => {
    if (hasText(decoded(javaUri(url)?.userInfo)))
      report("Client Identifier must not contain a username or password");
  }),
  validJson((error) => `${READING} JSON parse error: ${error}`, BOM),
  constraint({ id: "json-limits", rule: "document/too-deep" }, ({ text }, report) => {
    const limit = jacksonLimit(text);
    if (limit === "depth")
      report(`${READING} JSON parse error: Document nesting depth exceeds the maximum allowed (${DEEPEST})`);
    else if (limit === "number")
      report(
        `${READING} JSON parse error: Number value length exceeds the maximum allowed (${LONGEST_NUMBER})`,
        undefined,
        "document/invalid-number",
      );
  }),
  rootObject(() => `${READING} JSON parse error: Cannot deserialize value`, BOM),
  sameClientId(() => `${INVALID}: client_id from metadata does not match clientId from request`, BOM),
  onMembers({ id: "client-id-beside", rule: "client-id/missing", ...BOM }, (members, report) => {
    const others = members["client_id_issued_at"] ?? members["client_secret"] ?? undefined;
    if (others !== undefined && (members["client_id"] ?? undefined) === undefined)
      report(`${READING} client_id cannot be null`);
  }),
  onMembers({ id: "issued-at", rule: "secret/response-only", ...BOM }, (members, report) => {
    const at = members["client_id_issued_at"] ?? undefined;
    if (at !== undefined && !isInstant(at))
      report(`${READING} client_id_issued_at must be of type Instant`, "/client_id_issued_at");
  }),
  onMembers({ id: "client-secret", rule: "secret/client-secret", ...BOM }, (members, report) => {
    if (hasText(textOf(members, "client_secret"))) report(INVALID, "/client_secret");
  }),
  onMembers(
    { id: "secret-expires-at", rule: "secret/client-secret-expires-at", ...BOM },
    (members, report) => {
      // 0, which means never, is taken away before anyone looks.
      const at = members["client_secret_expires_at"] ?? undefined;
      if (at === undefined || at === 0) return;
      if ((members["client_secret"] ?? undefined) === undefined)
        report(`${READING} client_secret cannot be null`, "/client_secret_expires_at");
      else if (!isInstant(at))
        report(`${READING} client_secret_expires_at must be of type Instant`, "/client_secret_expires_at");
    },
  ),
  redirectListOf(),
  notEmpty({ id: "redirects-empty", rule: "redirect-uris/empty" }, "redirect_uris"),
  onMembers({ id: "redirects-for-code", rule: "redirect-uris/missing", ...BOM }, (members, report) => {
    if (listOf(members, "redirect_uris") === undefined && allowsCode(members))
      report("redirectUris cannot be empty");
  }),
  onMembers({ id: "redirect-syntax", rule: "redirect-uris/illegal-character", ...BOM }, (members, report) => {
    for (const { text, pointer } of listOf(members, "redirect_uris") ?? []) {
      const rule = syntaxFault(text);
      if (rule !== undefined)
        report(`redirect_uri "${text}" is not a valid redirect URI or contains fragment`, pointer, rule);
    }
  }),
  eachRedirect("redirect-https", httpsFault, BOM),
  onMembers({ id: "auth-method", rule: "auth-method/unknown", ...BOM }, (members, report) => {
    const method = textOf(members, "token_endpoint_auth_method");
    if (method === undefined || !hasText(method) || METHODS.includes(method)) return;
    report(INVALID, "/token_endpoint_auth_method", methodRule(members["token_endpoint_auth_method"]));
  }),
  notEmpty({ id: "grants-empty", rule: "grant-types/type" }, "grant_types"),
  onMembers({ id: "grants-text", rule: "grant-types/type", ...BOM }, (members, report) => {
    for (const { text, pointer } of listOf(members, "grant_types") ?? [])
      if (!hasText(text)) report("value cannot be empty", pointer);
  }),
  notEmpty({ id: "response-types-empty", rule: "response-types/empty-with-code" }, "response_types"),
  onMembers({ id: "scope", rule: "scope/syntax", ...BOM }, (members, report) => {
    const scope = textOf(members, "scope");
    const wrong = scope?.split(" ").find((one) => !/^[!#-[\]-~]*$/.test(one));
    if (wrong !== undefined) report(`scope "${wrong}" contains invalid characters`, "/scope");
  }),
  onMembers({ id: "jwks-uri", rule: "jwks-uri/https", ...BOM }, (members, report) => {
    const text = textOf(members, "jwks_uri");
    if (text !== undefined && !(javaUri(text)?.scheme && javaUrl(text)))
      report(`${READING} jwksUri must be a valid URL`, "/jwks_uri");
  }),
  onMembers(
    { id: "code-grant", rule: "grant-types/code-mismatch", stage: "authorize", ...BOM },
    (members, report) => {
      if (!allowsCode(members))
        report("[unauthorized_client] OAuth 2.0 Parameter: client_id", "/grant_types");
    },
  ),
  onMembers(
    { id: "public-method", rule: "auth-method/missing", stage: "token", ...BOM },
    (members, report) => {
      const method = textOf(members, "token_endpoint_auth_method");
      if (method === "none") return;
      const message =
        "[invalid_client]: the client that Spring makes of the document authenticates with a client secret, which nobody gets to know, unless the method is none";
      if (hasText(method)) report(message, "/token_endpoint_auth_method", methodRule(method));
      else report(message, method === undefined ? undefined : "/token_endpoint_auth_method");
    },
  ),
];

/** `redirect_uris` holds something. */
function redirectListOf(): Constraint {
  return onMembers({ id: "redirect-uris", rule: "redirect-uris/missing", ...BOM }, (members, report) => {
    if (!listOf(members, "redirect_uris")?.length) report(INVALID);
  });
}

function decoded(text: string | undefined): string | undefined {
  return text?.replace(/%(20|09|0[a-d])/gi, " ");
}

/** Which of Jackson's limits a text is over. */
function jacksonLimit(text: string): "depth" | "number" | undefined {
  let depth = 0;
  let digits = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (inString) {
      if (character === "\\") at++;
      else if (character === '"') inString = false;
      continue;
    }
    digits = /[\d.eE+-]/.test(character) ? digits + 1 : 0;
    if (digits > LONGEST_NUMBER) return "number";
    if (character === '"') inString = true;
    else if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth--;
    if (depth > DEEPEST) return "depth";
  }
  return undefined;
}

function matches(redirectUri: string, entry: string): boolean {
  const requested = uriComponents(redirectUri);
  if (!requested || requested.fragment !== undefined) return false;
  if (!isLoopbackAddress(requested.host)) return redirectUri === entry;
  // The entry gets the port as a number, so that one with zeros in front fits nothing.
  const port = requested.port === undefined ? undefined : `${Number(requested.port)}`;
  return uriComponents(entry)?.withPort(port) === requested.withPort(requested.port);
}

const REDIRECTS: RedirectMatching = {
  matches,
  refusal: () => NOT_REGISTERED,
  entryOutcome: (entry) =>
    literalWildcard(entry, NOT_REGISTERED) ?? {
      outcome: matches(entry, entry) || isLoopbackAddress(uriComponents(entry)?.host) ? "works" : "never",
    },
};

/**
 * Spring's authorization server with the client ID metadata documents of Spring AI's MCP Security, its validators as they
 * are by default. Spring Security itself is executed; the classes of MCP Security are read.
 */
export const springAuthorizationServer: ServerProfile = {
  id: "spring-authorization-server",
  name: "Spring (Spring AI MCP security)",
  version: "mcp-security main, 2026-09; Spring Security 7.1.2",
  kind: "authorization-server-library",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "spring-ai-community/mcp-security …/client/metadata/DefaultClientMetadataValidator.java, ClientIdUrlValidator.java @f9ce1853d88b, and DefaultUrlValidator.java @91957a484f3a",
      url: "https://github.com/spring-ai-community/mcp-security/blob/f9ce1853d88b14cf5493328ee419009a3f7fa690/mcp-authorization-server/src/main/java/org/springframework/security/config/annotation/web/configurers/oauth2/server/authorization/client/metadata/DefaultClientMetadataValidator.java",
    },
    {
      what: "spring-ai-community/mcp-security …/client/metadata/ClientIdMetadataDocumentRegisteredClientRepository.java @65510e54fb72, DefaultClientIdMetadataDocumentResolver.java @51cb679d520f (cache)",
      url: "https://github.com/spring-ai-community/mcp-security/blob/65510e54fb7255f7a5872b93da9e4d02734380a7/mcp-authorization-server/src/main/java/org/springframework/security/config/annotation/web/configurers/oauth2/server/authorization/client/metadata/ClientIdMetadataDocumentRegisteredClientRepository.java",
    },
    {
      what: "maven:org.springframework.security:spring-security-oauth2-authorization-server@7.1.2 OAuth2ClientRegistrationHttpMessageConverter, OAuth2ClientRegistrationRegisteredClientConverter, RegisteredClient, OAuth2AuthorizationCodeRequestAuthenticationValidator",
      url: "https://github.com/spring-projects/spring-security/blob/7.1.2/oauth2/oauth2-authorization-server/src/main/java/org/springframework/security/oauth2/server/authorization/converter/OAuth2ClientRegistrationRegisteredClientConverter.java",
    },
  ],
  readCompletely: ["fetch", "document"],
  constraints: CONSTRAINTS,
  redirects: REDIRECTS,
  cache: { fallback: 300, maximum: 86_400, honours: ["max-age", "no-store"], stale: "refused" },
  consent: undefined,
};
