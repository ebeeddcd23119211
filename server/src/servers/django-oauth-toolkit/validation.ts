import { parseIpAddress } from "../behaviours/pythonIpAddress.js";
import { repr, words } from "../behaviours/pythonText.js";
import { hostname, isValueError, urlsplit } from "../behaviours/pythonUrlparse.js";
import { refusedKindRule } from "../behaviours/redirectKinds.js";

/** `MAX_URL_LENGTH` of Django, in characters. */
const MAX_LENGTH = 2048;
/** RFC 1034 §3.1. */
const MAX_HOST_LENGTH = 253;
/** Django parses no IPv6 address longer than this. */
const MAX_IPV6_LENGTH = 39;

/** What is wrong with one redirect URI: the cause in the server's words, and the rule. */
interface Fault {
  readonly cause: string;
  readonly rule: string;
}

/**
 * The redirect URIs that are stored of one entry: all entries are joined with spaces and split at white space again, so an
 * entry may become several, or none.
 */
export function storedUris(entry: string): readonly string[] {
  return words(entry);
}

/**
 * `AllowedURIValidator` with the default schemes, which are http and https.
 *
 * @returns what the log says of a redirect URI, or undefined when it is stored
 */
export function refusalOf(uri: string): { readonly message: string; readonly rule: string } | undefined {
  const fault = faultOf(uri);
  if (!fault) return undefined;
  const validation = fault.cause === "invalid_scheme" ? "Validation" : "validation";
  return {
    message: `invalid client metadata: redirect uri URI ${validation} error. ${fault.cause}: ${uri}`,
    rule: fault.rule,
  };
}

function faultOf(uri: string): Fault | undefined {
  const parsed = urlsplit(uri);
  if (isValueError(parsed)) return { cause: parsed.valueError, rule: "redirect-uris/absolute" };
  const { scheme, netloc, path, query } = parsed;
  if (scheme !== "http" && scheme !== "https") return { cause: "invalid_scheme", rule: refusedKindRule(uri) };
  if (uri.includes("#")) return { cause: "fragment not allowed", rule: "redirect-uris/fragment" };
  if (netloc === "") return { cause: "missing host", rule: "redirect-uris/absolute" };
  const whole = `${scheme}://${netloc}${path}${query === "" ? "" : `?${query}`}`;
  const valid = [...whole].length <= MAX_LENGTH && startsWithHost(netloc) && hasValidHost(netloc);
  return valid ? undefined : { cause: "['Enter a valid URL.']", rule: hostRule(netloc) };
}

function hostRule(netloc: string): string {
  return netloc.startsWith("*") ? "redirect-uris/wildcard-host" : "redirect-uris/absolute";
}

/** One label of a host: letters, digits and, inside, hyphens. Letters are those of the Basic Multilingual Plane. */
const LETTER = "[a-z0-9\\u00a1-\\uffff]";
const LABEL = `[a-z0-9\\u00a1-\\uffff-]`;
const BEGINNINGS = [
  // A label of ASCII alone is enough, and nothing has to follow: the expression is not anchored at its end.
  "[a-z0-9\\p{Nd}\\u017f\\u212a]",
  "\\[[0-9a-f:.]+\\]",
  // Other letters need a top-level domain.
  `${LETTER}(?:${LABEL}{0,61}${LETTER})?(?:\\.(?!-)${LABEL}{1,63}(?<!-))*\\.(?!-)(?:[a-z\\u00a1-\\uffff-]{2,63}|xn--[a-z0-9]{1,59})(?<!-)`,
];
const HOST_BEGINNING = new RegExp(`^(?:${BEGINNINGS.join("|")})`, "iu");

/** `URIValidator.regex`, which looks at no more than the beginning of what follows `//`. */
function startsWithHost(netloc: string): boolean {
  return HOST_BEGINNING.test(netloc.slice(0, MAX_LENGTH));
}

function hasValidHost(netloc: string): boolean {
  const literal = /^\[(.+)\](?::[0-9]{1,5})?$/.exec(netloc)?.[1];
  if (literal !== undefined && (literal.length > MAX_IPV6_LENGTH || parseIpAddress(literal)?.version !== 6))
    return false;
  const host = hostname(netloc);
  return host !== undefined && [...host].length <= MAX_HOST_LENGTH;
}

/** Why a text cannot be stored, in Python's words. */
export function encodingError(text: string): string | undefined {
  const half = /\p{Cs}/u.exec(text)?.[0];
  return half === undefined
    ? undefined
    : `UnicodeEncodeError: 'utf-8' codec can't encode character ${repr(half)}: surrogates not allowed`;
}
