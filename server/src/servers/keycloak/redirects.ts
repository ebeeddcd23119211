import { say } from "../../localisation/say.js";
import { type JavaUri, javaUri } from "../behaviours/javaUri.js";
import type { EntryOutcome, RedirectMatching } from "../profile.js";

export const NOT_LISTED =
  "Invalid Client Metadata: redirect_uri parameter does not exactly match the one of redirect_uris property in client metadata.";
const NO_URI = "Invalid Authorization Request: it does not include redirect_uri parameter";

/** `FORBIDDEN_OIDC_PARAMS`: a redirect URI that has one of these already is nobody's. */
const RESPONSE_PARAMETERS: ReadonlySet<string> = new Set([
  "code",
  "id_token",
  "access_token",
  "token_type",
  "expires_in",
  "state",
  "iss",
  "error",
  "error_description",
  "session_state",
  "response",
  "kc_action",
  "kc_action_status",
]);

const LOOPBACK_HOSTS: ReadonlySet<unknown> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** `RedirectUtils.UNSAFE_PATH_PATTERN`. */
const UNSAFE_PATH = /(?:\/|%2f|%5c|\\)(?:%2e|%252e|\.){2}(?:\/|%2f|%5c|\\|;|%3b|%09|%0[ad]|%00|$)/i;

function hasResponseParameter(parameters: string | undefined): boolean {
  return (parameters ?? "").split("&").some((parameter) => {
    const [name = ""] = parameter.split("=", 1);
    return RESPONSE_PARAMETERS.has(decode(name).toLowerCase());
  });
}

function decode(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch (error) {
    // Broken UTF-8 is none of the names.
    if (error instanceof URIError) return spaced;
    throw error;
  }
}

/** What a request's redirect URI is refused for, whatever the document lists. */
function requestFault(uri: JavaUri | undefined): string | undefined {
  if (!uri) return NO_URI;
  return hasResponseParameter(uri.query) || hasResponseParameter(uri.fragment) ? NOT_LISTED : undefined;
}

/** Whether an entry lets a request through: as it stands, or as a prefix where it ends in `*`. */
function admits(entry: string, redirectUri: string, uri: JavaUri): boolean {
  const hasUserInfoOrOddAuthority =
    uri.userInfo !== undefined || (uri.authority !== undefined && uri.host === undefined);
  const takesPrefixes = !hasUserInfoOrOddAuthority && !UNSAFE_PATH.test(uri.path ?? "");
  if (!takesPrefixes || !isPrefix(entry)) return entry === redirectUri;
  const query = redirectUri.indexOf("?");
  const end = query < 0 ? redirectUri.indexOf("#") : query;
  const requested = end < 0 ? redirectUri : redirectUri.slice(0, end);
  const prefix = entry.slice(0, -1);
  return requested.startsWith(prefix) || requested === prefix.replace(/\/$/, "");
}

function isPrefix(entry: string): boolean {
  return entry.endsWith("*") && !/[?#]/.test(entry);
}

/** An http address of the machine itself, as it would be without its port. */
function withoutPort({ userInfo, host, path, query, fragment }: JavaUri): string {
  return (
    `http://${userInfo === undefined ? "" : `${userInfo}@`}${host}${path}` +
    (query ? `?${query}` : "") +
    (fragment === undefined ? "" : `#${fragment}`)
  );
}

function isLoopback({ scheme, host }: JavaUri): boolean {
  return scheme === "http" && LOOPBACK_HOSTS.has(host);
}

function matches(redirectUri: string, entry: string): boolean {
  const uri = javaUri(redirectUri);
  // An entry that begins with a slash is read as a path on the client's own host or Keycloak's.
  if (!uri || entry.startsWith("/")) return false;
  return admits(entry, redirectUri, uri) || (isLoopback(uri) && admits(entry, withoutPort(uri), uri));
}

/** Whether a request for an entry as it is written gets through. */
export function canBeRequested(entry: string): boolean {
  return requestFault(javaUri(entry)) === undefined && matches(entry, entry);
}

/** The same before 26.7.0, which was the first to look at parameters. */
export function canBeRequestedOf26_6(entry: string): boolean {
  return matches(entry, entry);
}

function entryOutcome(entry: string): EntryOutcome {
  const uri = javaUri(entry);
  if (!uri || !isLoopback(uri) || isPrefix(entry) || uri.port === undefined) return { outcome: "works" };
  return {
    outcome: "limited",
    rule: "redirect-uris/fixed-loopback-port",
    message: say`${NOT_LISTED}: this server accepts this port only.`,
  };
}

/**
 * `RedirectUtils.verifyRedirectUri`, for a document whose entries all have a host.
 *
 * @see maven:org.keycloak:keycloak-services RedirectUtils
 */
export const keycloakRedirects: RedirectMatching = {
  matches,
  prepare(redirectUri) {
    const fault = requestFault(javaUri(redirectUri));
    return fault === undefined ? redirectUri : { refused: fault };
  },
  refusal: () => NOT_LISTED,
  entryOutcome(entry) {
    if (canBeRequested(entry)) return entryOutcome(entry);
    return {
      outcome: "never",
      rule: "redirect-uris/reserved-params",
      message: say`${NOT_LISTED}: an address that has a parameter of the response already, such as code or state, is not taken.`,
    };
  },
};

/** {@link keycloakRedirects} before 26.7.0. */
export const redirectsOf26_6: RedirectMatching = {
  matches,
  prepare: (redirectUri) => (javaUri(redirectUri) ? redirectUri : { refused: NO_URI }),
  refusal: () => NOT_LISTED,
  entryOutcome,
};
