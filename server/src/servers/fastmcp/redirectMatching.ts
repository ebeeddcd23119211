import { fnmatch } from "../behaviours/pythonFnmatch.js";
import { isLoopback, parseIpAddress } from "../behaviours/pythonIpAddress.js";
import { partitionLast } from "../behaviours/pythonText.js";
import {
  isValueError,
  type ParseResult,
  unquoteAscii,
  urlparse,
  userinfo,
} from "../behaviours/pythonUrlparse.js";

/**
 * FastMCP's `redirect_validation.py`: how it compares the redirect URI of a request with an entry of the document.
 *
 * @see https://github.com/PrefectHQ/fastmcp/blob/v4.2.3/fastmcp_slim/fastmcp/server/auth/redirect_validation.py
 */

/** Which hosts a line of FastMCP takes for the machine itself. */
export type LoopbackTest = (host: string) => boolean;

/** What differs between releases of FastMCP when redirect URIs are compared. */
export interface MatchRules {
  readonly isLoopbackHost: LoopbackTest;
  /** Whether schemes that run or read something are refused (3.4.3 and later). */
  readonly unsafeRefused: boolean;
  /** Whether dot segments are refused (3.3 and later). */
  readonly dotSegmentsRefused: boolean;
}

/** `UNSAFE_REDIRECT_URI_SCHEMES`. */
const UNSAFE_SCHEMES = new Set(["javascript", "data", "file", "vbscript"]);

/** `_is_unsafe_redirect_uri`: a scheme that runs or reads something, or no URI at all. */
export function isUnsafe(uri: string): boolean {
  const parsed = urlparse(uri);
  return isValueError(parsed) || UNSAFE_SCHEMES.has(parsed.scheme);
}

/**
 * `matches_allowed_pattern`: scheme, host, port and path apart; query, fragment and `;parameters` are not compared.
 *
 * @param uri what the client sends, after FastMCP has normalised it
 * @param pattern an entry of `redirect_uris`
 */
export function matchesPattern(uri: string, pattern: string, rules: MatchRules): boolean {
  const requested = urlparse(uri);
  const allowed = urlparse(pattern);
  if (isValueError(requested) || isValueError(allowed)) return false;
  if (rules.unsafeRefused && UNSAFE_SCHEMES.has(requested.scheme)) return false;
  const { username, password } = userinfo(requested.netloc);
  if (username !== undefined || password !== undefined) return false;
  if (rules.dotSegmentsRefused && hasDotSegments(requested.path)) return false;
  if (requested.scheme !== allowed.scheme) return false;
  const [host, port] = splitHostAndPort(requested);
  const [allowedHost, allowedPort] = splitHostAndPort(allowed);
  if (!matchesHost(host, allowedHost)) return false;
  const anyPort = allowedPort === undefined && rules.isLoopbackHost(allowedHost);
  if (!anyPort && !matchesPort(port, allowedPort, requested.scheme)) return false;
  return matchesPath(requested.path, allowed.path);
}

/** `_parse_host_port`: an IPv6 address without its brackets; undefined for no port. */
export function splitHostAndPort({ netloc }: ParseResult): [host: string, port: string | undefined] {
  const hostinfo = partitionLast(netloc, "@")[2];
  if (hostinfo.startsWith("[")) {
    const end = hostinfo.indexOf("]");
    if (end < 0) return [hostinfo, undefined];
    const rest = hostinfo.slice(end + 1);
    return [hostinfo.slice(1, end), rest.startsWith(":") ? rest.slice(1) : undefined];
  }
  const [host, found, port] = partitionLast(hostinfo, ":");
  return found ? [host, port] : [hostinfo, undefined];
}

/** `_match_host`: equal, or `*.` before a suffix that the host ends with and is longer than. */
function matchesHost(host: string, allowed: string): boolean {
  if (host === "" || allowed === "") return host === allowed;
  const name = host.toLowerCase();
  const pattern = allowed.toLowerCase();
  if (pattern.startsWith("*.")) return name.endsWith(pattern.slice(1)) && name !== pattern.slice(2);
  return name === pattern;
}

/** `_match_port`: `*` alone is any port; a missing one is 443 for https and 80 for every other scheme. */
function matchesPort(port: string | undefined, allowed: string | undefined, scheme: string): boolean {
  if (allowed === "*") return true;
  const standard = scheme === "https" ? "443" : "80";
  return (port || standard) === (allowed || standard);
}

/** `_has_dot_segments`: as written, and after one round of percent-decoding. */
export function hasDotSegments(path: string): boolean {
  return [path, unquoteAscii(path)].some((form) =>
    form.split("/").some((segment) => segment === "." || segment === ".."),
  );
}

/** `_match_path`: no path, or `/`, lets every path through. */
function matchesPath(path: string, allowed: string): boolean {
  return allowed === "" || allowed === "/" || fnmatch(path || "/", allowed);
}

/** `is_loopback_host` of 4.0.0b1 and later: 127.0.0.0/8, ::1, `localhost` and names under it, with a trailing dot or not. */
export function isLoopbackHost(host: string): boolean {
  let name = host.toLowerCase();
  if (name.startsWith("[") && name.endsWith("]")) name = name.slice(1, -1);
  if (name.endsWith(".")) name = name.slice(0, -1);
  const address = parseIpAddress(name);
  if (address) return isLoopback(address);
  return name === "localhost" || name.endsWith(".localhost");
}

/** `_is_loopback_host` of 3.2.0 to 3.4.11: three names and no others. */
export function isLoopbackName(host: string): boolean {
  return ["localhost", "127.0.0.1", "::1"].includes(host.toLowerCase());
}
