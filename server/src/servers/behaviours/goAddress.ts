import { domainToAscii } from "./domainToAscii.js";
import { type Address, addressOf, type Block, isWithin } from "./ipAddress.js";

/** An IP address as Go's `netip.ParseAddr` reads it. */
export interface GoAddress {
  /** Two groups for IPv4, also where it is written as a mapped IPv6 address; else eight. */
  readonly groups: Address;
  /** Whether it names a zone: `fe80::1%eth0`. */
  readonly zoned: boolean;
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const GROUP = /^[0-9a-f]{1,4}$/i;

/**
 * Reads an IP address as Go does: no leading zeros in IPv4, and at least one group for a `::` to stand for.
 *
 * @param text without brackets
 * @returns undefined for anything else
 */
export function parseGoAddress(text: string): GoAddress | undefined {
  if (IPV4.test(text)) return { groups: addressOf(text) as Address, zoned: false };
  const [written = "", zone] = cutZone(text);
  if (zone === "" || !written.includes(":")) return undefined;
  const groups = ipv6Groups(written);
  if (!groups) return undefined;
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  return { groups: isMapped && zone === undefined ? groups.slice(6) : groups, zoned: zone !== undefined };
}

function cutZone(text: string): [address: string, zone: string | undefined] {
  const at = text.indexOf("%");
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function ipv6Groups(text: string): Address | undefined {
  const last = text.slice(text.lastIndexOf(":") + 1);
  let hex = text;
  if (IPV4.test(last)) {
    const [high = 0, low = 0] = addressOf(last) as Address;
    hex = `${text.slice(0, -last.length)}${high.toString(16)}:${low.toString(16)}`;
  }
  const sides = hex.split("::").map((side) => (side === "" ? [] : side.split(":")));
  const parts = sides.flat();
  if (!parts.every((part) => GROUP.test(part))) return undefined;
  if (sides.length === 2 ? parts.length > 7 : sides.length > 2 || parts.length !== 8) return undefined;
  return addressOf(hex);
}

/** Where a server that is written in Go gets for a host. */
export type GoTarget = "nowhere" | "name" | GoAddress;

/**
 * What Go resolves a host to: an IP address as written, `localhost`, as the hosts files of all systems have it, or a name
 * that DNS may know.
 *
 * Source: `golang/go` src/net/http/transport.go `canonicalAddr`, src/net/dnsclient.go (1.27.3) `isDomainName`.
 *
 * @param hostname of a parsed URL
 * @param options.idna false where the server looks the name up itself, which knows ASCII only
 */
export function goTarget(hostname: string, { idna = true } = {}): GoTarget {
  const address = parseGoAddress(hostname);
  if (address) return address;
  if (hostname.toLowerCase() === "localhost") return { groups: [0x7f00, 1], zoned: false };
  const isAscii = /^[\0-\x7f]*$/.test(hostname);
  const ascii = isAscii || !idna ? hostname : domainToAscii(fromUtf8(hostname));
  return ascii !== undefined && isDomainName(ascii) ? "name" : "nowhere";
}

function fromUtf8(bytes: string): string {
  return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
}

const LABEL = /^(?!-)[A-Za-z0-9_-]{1,63}(?<!-)$/;

function isDomainName(name: string): boolean {
  if (name.length > 254 || (name.length === 254 && !name.endsWith(".")) || !/[A-Za-z_-]/.test(name))
    return false;
  return name
    .replace(/\.$/, "")
    .split(".")
    .every((label) => LABEL.test(label));
}

/** Whether an address lies in one of the blocks. */
export function isBlocked({ groups }: GoAddress, blocked: readonly Block[]): boolean {
  return isWithin(groups, blocked);
}
