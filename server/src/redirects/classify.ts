import { splitUri, type UriParts } from "../uri/splitUri.js";
import { type RedirectPattern, readPattern } from "./pattern.js";

/**
 * What a redirect URI is, in the words of RFC 8252 §7:
 * - `loopback`: http to the machine itself (§7.3)
 * - `claimed-https`: https to any other host (§7.2)
 * - `loopback-https`: https to the machine itself
 * - `http`: http to a host that is not loopback
 * - `private-use`: a scheme of the application's own (§7.1)
 * - `unsafe`: a scheme that runs or reads something instead of calling back (`javascript`, `data`, …)
 * - `urn`: a `urn:` name, such as the withdrawn out-of-band one
 * - `relative`: no scheme
 */
export type RedirectKind =
  | "loopback"
  | "claimed-https"
  | "loopback-https"
  | "http"
  | "private-use"
  | "unsafe"
  | "urn"
  | "relative";

export interface RedirectUri {
  /** Exactly as written. */
  readonly raw: string;
  readonly parts: UriParts;
  /** The host as written, brackets included; `undefined` without an authority. */
  readonly host: string | undefined;
  /** Lower-case scheme, `""` when there is none. */
  readonly scheme: string;
  readonly kind: RedirectKind;
  /** Set when the entry holds a `*`. */
  readonly pattern: RedirectPattern | undefined;
}

/** Schemes that no server should ever redirect to (CIMD draft-03 §9.6; lists of FastMCP, oidc-provider, Cloudflare). */
export const UNSAFE_SCHEMES: ReadonlySet<string> = new Set([
  "javascript",
  "data",
  "file",
  "vbscript",
  "blob",
  "about",
  "mailto",
  "view-source",
]);

/**
 * Says what kind of redirect URI a text is. Nothing is normalised.
 *
 * @param raw one entry of `redirect_uris`, or what a client sends
 */
export function classifyRedirectUri(raw: string): RedirectUri {
  const parts = splitUri(raw);
  const scheme = parts.scheme?.toLowerCase() ?? "";
  return {
    raw,
    parts,
    host: parts.host,
    scheme,
    kind: kindOf(scheme, parts),
    pattern: raw.includes("*") ? readPattern(parts, scheme) : undefined,
  };
}

function kindOf(scheme: string, parts: UriParts): RedirectKind {
  switch (scheme) {
    case "":
      return "relative";
    case "http":
      return isLoopbackHost(parts.host ?? "") ? "loopback" : "http";
    case "https":
      return isLoopbackHost(parts.host ?? "") ? "loopback-https" : "claimed-https";
    case "urn":
      return "urn";
    default:
      return UNSAFE_SCHEMES.has(scheme) ? "unsafe" : "private-use";
  }
}

const IPV4_LOOPBACK = /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;
const IPV6_LOOPBACK = /^\[(?:0{0,4}:){2,7}0{0,3}1\]$/;

/**
 * Whether a host names the machine itself: 127.0.0.0/8, `[::1]` in any spelling, `localhost` and names under it
 * (RFC 8252 §7.3, RFC 6761 §6.3). One trailing dot is tolerated.
 *
 * @param host as written, IPv6 in brackets
 */
export function isLoopbackHost(host: string): boolean {
  let name = host.toLowerCase();
  if (name.endsWith(".")) name = name.slice(0, -1);
  return (
    name === "localhost" ||
    name === "127.0.0.1" ||
    name === "[::1]" ||
    name.endsWith(".localhost") ||
    IPV4_LOOPBACK.test(name) ||
    IPV6_LOOPBACK.test(name)
  );
}
