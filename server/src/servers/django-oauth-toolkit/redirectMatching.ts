import { say } from "../../localisation/say.js";
import { literalWildcard } from "../behaviours/entryOutcomes.js";
import { hostname, isValueError, type ParseResult, port, urlsplit } from "../behaviours/pythonUrlparse.js";
import type { EntryOutcome, RedirectMatching } from "../profile.js";
import { storedUris } from "./validation.js";

const REFUSAL = "Mismatching redirect URI.";
const NO_URI = "Invalid redirect URI.";
const ANY_PORT_HOSTS: ReadonlySet<string | undefined> = new Set(["127.0.0.1", "::1"]);

const ESCAPED = "%[0-9A-Fa-f]{2}";
const UNRESERVED = "A-Za-z0-9._~!$&'()*+,;=\\-";
const IN_PATH = `(?:[${UNRESERVED}:@/]|${ESCAPED})`;
const HOST = `(?:\\[(?:[A-Fa-f0-9:]+[:$][A-Fa-f0-9]{1,4}|v[0-9A-Fa-f]+\\.[${UNRESERVED}:]+)\\]|(?:[${UNRESERVED}]|${ESCAPED})*)`;
/** Of userinfo, one character is taken, and of an IPv6 address none that ends with a colon or an IPv4 address. */
const AUTHORITY = `(?:(?:[${UNRESERVED}:]|${ESCAPED})@)?${HOST}(?::[0-9]*)?`;
const ABSOLUTE_URI = new RegExp(
  `^[A-Za-z][A-Za-z0-9+.-]*:(?://${AUTHORITY}(?:/${IN_PATH}*)?|/(?!/)${IN_PATH}*|(?!/)${IN_PATH}+|)(?:\\?(?:${IN_PATH}|\\?)*)?\\n?$`,
);

/** `is_absolute_uri` of oauthlib, which a request's redirect URI has to pass: RFC 3986, in ASCII, without a fragment. */
export function isAbsoluteUri(uri: string): boolean {
  return ABSOLUTE_URI.test(uri);
}

/** Whether the port of an entry is not looked at. */
export function takesAnyPort({ scheme, netloc }: ParseResult): boolean {
  return scheme === "http" && ANY_PORT_HOSTS.has(hostname(netloc));
}

/** The `ValueError` that ends every request for the host of a stored entry, or undefined. */
export function portError(uri: string): { readonly host: string; readonly message: string } | undefined {
  const parsed = urlsplit(uri);
  if (isValueError(parsed) || cannotMatch(uri, parsed) || takesAnyPort(parsed)) return undefined;
  const number = port(parsed.netloc);
  return typeof number === "object" ? { host: hostKey(parsed), message: number.valueError } : undefined;
}

/** What two redirect URIs share when their ports are compared. */
export function hostOf(uri: string): string | undefined {
  const parsed = urlsplit(uri);
  return isValueError(parsed) ? undefined : hostKey(parsed);
}

function hostKey({ scheme, netloc }: ParseResult): string {
  return `${scheme}://${hostname(netloc) ?? ""}`;
}

function cannotMatch(uri: string, { netloc }: ParseResult): boolean {
  return uri.includes("#") || netloc.includes("@");
}

/** `check_redirect_to_uri_allowed` with one stored entry. */
function matchesStored(redirectUri: string, stored: string): boolean {
  const requested = urlsplit(redirectUri);
  const registered = urlsplit(stored);
  if (isValueError(requested) || isValueError(registered)) return false;
  if (cannotMatch(redirectUri, requested) || cannotMatch(stored, registered)) return false;
  if (hostKey(requested) !== hostKey(registered)) return false;
  if (!takesAnyPort(registered)) {
    const [theirs, ours] = [port(requested.netloc), port(registered.netloc)];
    if (theirs !== ours || typeof ours === "object") return false;
  }
  return (
    registered.path === requested.path &&
    registered.query === requested.query &&
    stored.includes("?") === redirectUri.includes("?")
  );
}

/** What a client may send in place of an entry whose port is not looked at. */
export function withoutPort(uri: string): string {
  return uri.replace(/^([^/]*\/\/(?:\[[^\]]*\]|[^/?:]*))(?::[^/?]*)?/, "$1");
}

function entryOutcome(entry: string): EntryOutcome {
  const [uri, ...others] = storedUris(entry);
  // White space has a rule of its own, and what is stored instead nobody meant.
  if (uri === undefined || others.length > 0) {
    return {
      outcome: "never",
      rule: uri === undefined ? "redirect-uris/type" : "redirect-uris/whitespace",
      message: say`${REFUSAL}: entries are split at white space, so this one is never compared as a whole.`,
    };
  }
  const parsed = urlsplit(uri);
  if (isValueError(parsed)) return { outcome: "never", message: parsed.valueError };
  if (parsed.netloc.includes("@")) {
    return {
      outcome: "never",
      rule: "redirect-uris/userinfo",
      message: say`${REFUSAL}: a redirect URI with credentials never matches.`,
    };
  }
  const anyPort = takesAnyPort(parsed);
  const wildcard = literalWildcard(uri, REFUSAL);
  if (wildcard && !(anyPort && wildcard.rule === "redirect-uris/wildcard-port")) return wildcard;
  const request = anyPort ? withoutPort(uri) : uri;
  if (!isAbsoluteUri(request) || !matchesStored(request, uri)) {
    return {
      outcome: "never",
      rule: portError(uri) ? "redirect-uris/port-invalid" : "redirect-uris/never-matches",
      message: portError(uri)?.message ?? NO_URI,
    };
  }
  if (parsed.scheme !== "http" || hostname(parsed.netloc) !== "localhost") return { outcome: "works" };
  return port(parsed.netloc) === undefined
    ? {
        outcome: "limited",
        rule: "redirect-uris/loopback-exact",
        message: say`${REFUSAL}: localhost must have no port, unless the server allows it (ALLOW_LOCALHOST_LOOPBACK); 127.0.0.1 may have one.`,
      }
    : {
        outcome: "limited",
        rule: "redirect-uris/fixed-loopback-port",
        message: say`${REFUSAL}: localhost may have this port only, unless the server allows others (ALLOW_LOCALHOST_LOOPBACK); 127.0.0.1 may have any.`,
      };
}

/**
 * How django-oauth-toolkit compares with its default settings: part by part, exactly, with any port for http on 127.0.0.1
 * and [::1]; `localhost` is held to its port unless ALLOW_LOCALHOST_LOOPBACK is on.
 *
 * @see https://github.com/django-oauth/django-oauth-toolkit/blob/3.4.1/oauth2_provider/models.py
 */
export const REDIRECT_MATCHING: RedirectMatching = {
  matches: (redirectUri, entry) => storedUris(entry).some((uri) => matchesStored(redirectUri, uri)),
  prepare: (redirectUri) => (isAbsoluteUri(redirectUri) ? redirectUri : { refused: NO_URI }),
  refusal: () => REFUSAL,
  entryOutcome,
};
