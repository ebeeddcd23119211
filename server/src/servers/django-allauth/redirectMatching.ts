import { say } from "../../localisation/say.js";
import { literalWildcard } from "../behaviours/entryOutcomes.js";
import { strip } from "../behaviours/pythonText.js";
import {
  hostname,
  isValueError,
  type ParseResult,
  parseQsl,
  port,
  urlparse,
} from "../behaviours/pythonUrlparse.js";
import { isAbsoluteUri, takesAnyPort, withoutPort } from "../django-oauth-toolkit/redirectMatching.js";
import type { EntryOutcome, RedirectMatching } from "../profile.js";

const REFUSAL = "Mismatching redirect URI.";
const NO_URI = "Invalid redirect URI.";

/** The redirect URIs that are stored of one entry: all entries are joined with line feeds and split there again. */
export function storedUris(entry: string): readonly string[] {
  return entry
    .split("\n")
    .map(strip)
    .filter((uri) => uri !== "");
}

/** What ends every request that is compared with a stored entry of this text, or only one for the same page. */
export function valueErrorOf(
  uri: string,
): { readonly message: string; readonly page: string | undefined } | undefined {
  const parsed = urlparse(uri);
  if (isValueError(parsed)) return { message: parsed.valueError, page: undefined };
  if (takesAnyPort(parsed)) return undefined;
  const number = port(parsed.netloc);
  return typeof number === "object" ? { message: number.valueError, page: pageOf(parsed) } : undefined;
}

/** What is compared of a stored entry before its port; undefined where Python does not parse it. */
export function pageOfUri(uri: string): string | undefined {
  const parsed = urlparse(uri);
  return isValueError(parsed) ? undefined : pageOf(parsed);
}

function pageOf({ scheme, netloc, path }: ParseResult): string {
  return JSON.stringify([scheme, hostname(netloc), path]);
}

/** `is_parsed_redirect_uri_allowed`, without wildcards. Userinfo, `;parameters` and fragment are not compared. */
function matchesStored(redirectUri: string, stored: string): boolean {
  const requested = urlparse(redirectUri);
  const registered = urlparse(stored);
  if (isValueError(requested) || isValueError(registered)) return false;
  if (pageOf(requested) !== pageOf(registered)) return false;
  if (!takesAnyPort(registered)) {
    const [theirs, ours] = [port(requested.netloc), port(registered.netloc)];
    if (theirs !== ours || typeof ours === "object") return false;
  }
  const parameters = new Set(parseQsl(requested.query).map((pair) => JSON.stringify(pair)));
  return parseQsl(registered.query).every((pair) => parameters.has(JSON.stringify(pair)));
}

function entryOutcome(entry: string): EntryOutcome {
  const [uri, ...others] = storedUris(entry);
  if (uri === undefined || others.length > 0) {
    return {
      outcome: "never",
      rule: uri === undefined ? "redirect-uris/type" : "redirect-uris/whitespace",
      message: say`${REFUSAL}: entries are split at line breaks, so this one is never compared as a whole.`,
    };
  }
  const parsed = urlparse(uri);
  if (isValueError(parsed)) return { outcome: "never", message: parsed.valueError };
  const anyPort = takesAnyPort(parsed);
  const wildcard = literalWildcard(uri, REFUSAL);
  if (wildcard && !(anyPort && wildcard.rule === "redirect-uris/wildcard-port")) return wildcard;
  const [withoutFragment = ""] = uri.split("#", 1);
  const request = anyPort ? withoutPort(withoutFragment) : withoutFragment;
  if (!isAbsoluteUri(request) || !matchesStored(request, uri)) {
    const error = valueErrorOf(uri);
    return {
      outcome: "never",
      rule: error ? "redirect-uris/port-invalid" : "redirect-uris/never-matches",
      message: error?.message ?? NO_URI,
    };
  }
  if (parsed.scheme !== "http" || hostname(parsed.netloc) !== "localhost") return { outcome: "works" };
  return port(parsed.netloc) === undefined
    ? {
        outcome: "limited",
        rule: "redirect-uris/loopback-exact",
        message: say`${REFUSAL}: localhost must have no port; 127.0.0.1 may have any.`,
      }
    : {
        outcome: "limited",
        rule: "redirect-uris/fixed-loopback-port",
        message: say`${REFUSAL}: localhost may have this port only; 127.0.0.1 may have any.`,
      };
}

/**
 * How django-allauth compares: scheme, host and path as they are, the port except for http on 127.0.0.1 and [::1], and of
 * the query what the entry names; a request may add to it.
 *
 * @see https://github.com/pennersr/django-allauth/blob/65.22.1/allauth/idp/oidc/internal/clientkit.py
 */
export const REDIRECT_MATCHING: RedirectMatching = {
  matches: (redirectUri, entry) => storedUris(entry).some((uri) => matchesStored(redirectUri, uri)),
  prepare(redirectUri) {
    if (!isAbsoluteUri(redirectUri)) return { refused: NO_URI };
    const parsed = urlparse(redirectUri);
    return isValueError(parsed) ? { refused: `ValueError: ${parsed.valueError}` } : redirectUri;
  },
  refusal: () => REFUSAL,
  entryOutcome,
};
