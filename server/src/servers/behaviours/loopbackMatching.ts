import { parseUrl } from "./whatwgUrl.js";

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** Whether http to a host, as `URL.hostname` gives it, stays on the machine itself. */
export function isLoopbackHostname(hostname: string): boolean {
  return LOOPBACK_HOSTS.has(hostname);
}

/** Whole strings, or two http loopback URLs that differ in nothing but the port (RFC 8252 §7.3), read as WHATWG URLs. */
export function matchesAnyLoopbackPort(redirectUri: string, entry: string): boolean {
  if (redirectUri === entry) return true;
  const requested = parseUrl(redirectUri);
  if (requested?.protocol !== "http:" || !isLoopbackHostname(requested.hostname)) return false;
  const registered = parseUrl(entry);
  return (
    registered?.protocol === "http:" &&
    requested.hostname === registered.hostname &&
    requested.pathname === registered.pathname &&
    requested.search === registered.search &&
    requested.hash === registered.hash &&
    requested.username === registered.username &&
    requested.password === registered.password
  );
}

/** Whether two loopback URLs of one scheme have the same host, path and query, read as WHATWG URLs. */
export function sameLoopbackPage(redirectUri: string, entry: string): boolean {
  const requested = parseUrl(redirectUri);
  const registered = parseUrl(entry);
  if (!requested || !registered || !isLoopbackHostname(requested.hostname)) return false;
  return (
    requested.protocol === registered.protocol &&
    requested.hostname === registered.hostname &&
    requested.pathname === registered.pathname &&
    requested.search === registered.search
  );
}
