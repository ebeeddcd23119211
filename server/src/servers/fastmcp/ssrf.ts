import {
  type IpAddress,
  ipv6Within,
  isGlobal,
  isMulticast,
  mappedIpv4,
} from "../behaviours/pythonIpAddress.js";
import { resolveHost } from "../behaviours/pythonResolve.js";
import { hostname, isValueError, port, urlparse } from "../behaviours/pythonUrlparse.js";

/**
 * FastMCP's `ssrf.py`: what it requires of a URL before it fetches it. Names are taken to resolve to public addresses,
 * except those that never do.
 *
 * @see https://github.com/PrefectHQ/fastmcp/blob/v4.2.3/fastmcp_slim/fastmcp/server/auth/ssrf.py
 */

/** Which requirement a URL misses, and FastMCP's words for it. */
export interface UrlRefusal {
  readonly requirement:
    | "parses"
    | "https"
    | "authority"
    | "path"
    | "root-path"
    | "port"
    | "host-name"
    | "public-address";
  readonly message: string;
}

/**
 * `validate_url`: https, an authority, a path where one is required, a port, an address that is not special-use.
 *
 * @returns the first requirement that is not met, or undefined
 */
export function validateUrl(url: string, { requirePath = false } = {}): UrlRefusal | undefined {
  const parsed = urlparse(url);
  if (isValueError(parsed)) return { requirement: "parses", message: `Invalid URL: ${parsed.valueError}` };
  if (parsed.scheme !== "https") {
    return { requirement: "https", message: `URL must use HTTPS, got: ${parsed.scheme}` };
  }
  if (parsed.netloc === "") return { requirement: "authority", message: "URL must have a host" };
  if (requirePath && (parsed.path === "" || parsed.path === "/")) {
    return {
      requirement: parsed.path === "" ? "path" : "root-path",
      message: "URL must have a non-root path",
    };
  }
  const number = port(parsed.netloc);
  if (typeof number === "object") return { requirement: "port", message: number.valueError };
  return validateHost(hostname(parsed.netloc) ?? parsed.netloc);
}

function validateHost(host: string): UrlRefusal | undefined {
  const resolved = resolveHost(host);
  if ("address" in resolved) return isAllowed(resolved.address) ? undefined : blocked(resolved.text);
  return "error" in resolved ? { requirement: "host-name", message: resolved.error } : undefined;
}

function blocked(address: string): UrlRefusal {
  return {
    requirement: "public-address",
    message: `URL resolves to blocked IP address(es): ['${address}']. Private, loopback, link-local, and reserved IPs are not allowed.`,
  };
}

/** `is_ip_allowed`: globally routable unicast, and no blocked IPv4 address inside an IPv6 one. */
export function isAllowed(address: IpAddress): boolean {
  if (address.version === 6 && embeddedIpv4(address).some((value) => !isAllowed({ version: 4, value })))
    return false;
  return isGlobal(address) && !isMulticast(address);
}

const LOW_32_BITS = 0xffffffffn;

/** `_embedded_ipv4_addresses`: those of the IPv6 transition mechanisms. */
function embeddedIpv4(address: IpAddress): bigint[] {
  const { value } = address;
  const low = value & LOW_32_BITS;
  const found: bigint[] = [];
  const mapped = mappedIpv4(address);
  if (mapped !== undefined) found.push(mapped);
  if (ipv6Within(value, "2002::/16")) found.push((value >> 80n) & LOW_32_BITS);
  // Teredo: the relay server's address, and the client's with every bit turned over.
  if (ipv6Within(value, "2001::/32")) found.push((value >> 64n) & LOW_32_BITS, low ^ LOW_32_BITS);
  if (ipv6Within(value, "0:0:0:0:ffff:0:0:0/96") || ipv6Within(value, "64:ff9b::/96")) found.push(low);
  if (ipv6Within(value, "64:ff9b:1::/48")) {
    for (const bytes of NAT64_OFFSETS)
      found.push(bytes.reduce((ipv4, at) => (ipv4 << 8n) | byteAt(value, at), 0n));
  }
  if (value >> 32n === 0n && value > 1n) found.push(low);
  if (ISATAP_INTERFACES.has((value >> 32n) & LOW_32_BITS)) found.push(low);
  return found;
}

/** Where the bytes of the IPv4 address stand in a local NAT64 address (RFC 6052 §2.2). */
const NAT64_OFFSETS: readonly (readonly number[])[] = [
  [6, 7, 9, 10],
  [7, 9, 10, 11],
  [9, 10, 11, 12],
  [12, 13, 14, 15],
];
const ISATAP_INTERFACES: ReadonlySet<bigint> = new Set([0x00005efen, 0x02005efen]);

function byteAt(value: bigint, offset: number): bigint {
  return (value >> BigInt(8 * (15 - offset))) & 0xffn;
}
