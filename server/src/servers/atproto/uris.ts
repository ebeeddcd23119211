import { parseUrl } from "../behaviours/whatwgUrl.js";

/**
 * The URI schemas of npm:@atproto/oauth-types@0.7.6 dist/uri.js, util.js and oauth-redirect-uri.js. Each function gives
 * what the schema says is wrong, in its own words, or nothing.
 */

export const INVALID_URL = "Invalid URL";

/** `https:` with a DNS name of two labels or more, or an address; nothing on the machine itself. */
export function httpsUriFault(uri: string): string | undefined {
  const url = parseUrl(uri);
  if (!url) return INVALID_URL;
  if (!uri.startsWith("https://")) return 'URL must use the "https:" protocol';
  if (isLoopbackHost(url.hostname)) return "https: URL must not use a loopback host";
  if (isIpAddress(url.hostname)) return undefined;
  if (!url.hostname.includes(".")) return "Domain name must contain at least two segments";
  return url.hostname.endsWith(".local") ? 'Domain name must not end with ".local"' : undefined;
}

/** `http:` to the machine itself. */
export function loopbackUriFault(uri: string): string | undefined {
  const url = parseUrl(uri);
  if (!url) return INVALID_URL;
  if (!uri.startsWith("http://")) return 'URL must use the "http:" protocol';
  return isLoopbackHost(url.hostname)
    ? undefined
    : 'URL must use "localhost", "127.0.0.1" or "[::1]" as hostname';
}

/** Pages and key sets: https, or http to the machine itself. */
export function webUriFault(uri: string): string | undefined {
  if (uri.startsWith("http://")) return loopbackUriFault(uri);
  return uri.startsWith("https://") ? httpsUriFault(uri) : 'URL must use the "http:" or "https:" protocol';
}

/** A redirect URI, before the document's other members are looked at. */
export function redirectUriFault(uri: string): string | undefined {
  if (uri.startsWith("https:")) return httpsUriFault(uri);
  if (uri.startsWith("http:")) return loopbackUriFault(uri) ?? localhostFault(uri);
  if (/^[^.:]+(?:\.[^.:]+)+:/.test(uri)) return privateUseUriFault(uri);
  return 'URL must use the "https:" or "http:" protocol, or a private-use URI scheme (RFC 8252)';
}

function localhostFault(uri: string): string | undefined {
  return uri.startsWith("http://localhost")
    ? 'Use of "localhost" hostname is not allowed (RFC 8252), use a loopback IP such as "127.0.0.1" instead'
    : undefined;
}

function privateUseUriFault(uri: string): string | undefined {
  const url = parseUrl(uri);
  if (!url) return INVALID_URL;
  if (isLocalHostname(reverseDomain(url.protocol.slice(0, -1)))) {
    return "Private-use URI Scheme redirect URI must not be a local hostname";
  }
  const { protocol, username, password, hostname, port } = url;
  return url.href.startsWith(`${protocol}//`) || username || password || hostname || port
    ? "Private-Use URI Scheme must be in the form <scheme>:/{path} (notice the single slash!) as per RFC 8252"
    : undefined;
}

/** The three spellings of the machine itself that atproto knows. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
}

export function isIpAddress(hostname: string): boolean {
  return /^\d+\.\d+\.\d+\.\d+$/.test(hostname) || (hostname.startsWith("[") && hostname.endsWith("]"));
}

const LOCAL_DOMAINS: ReadonlySet<string> = new Set(["test", "local", "localhost", "invalid", "example"]);

/** A single label, or a name under a domain that nobody can own (RFC 6761). */
export function isLocalHostname(hostname: string): boolean {
  const labels = hostname.split(".");
  return labels.length < 2 || LOCAL_DOMAINS.has(labels.at(-1)?.toLowerCase() ?? "");
}

/** `app.example.com` as `com.example.app`. */
export function reverseDomain(domain: string): string {
  return domain.split(".").reverse().join(".");
}
