import { partition } from "./pythonText.js";

/**
 * An IP address as Python's `ipaddress.ip_address` reads it: strict dotted decimal without leading zeros, or IPv6 with
 * an optional `%scope`.
 */
export interface IpAddress {
  readonly version: 4 | 6;
  readonly value: bigint;
}

const DOTTED_DECIMAL = /^(?:(?:0|[1-9][0-9]{0,2})(?:\.|$)){4}$/;
const HEXTET = /^[0-9A-Fa-f]{1,4}$/;

/**
 * Python's `ipaddress.ip_address(text)`.
 *
 * @returns undefined where Python raises `ValueError`
 * @see https://docs.python.org/3.11/library/ipaddress.html#ipaddress.ip_address
 */
export function parseIpAddress(text: string): IpAddress | undefined {
  const version = text.includes(":") ? 6 : 4;
  const value = version === 6 ? parseIpv6(text) : parseIpv4(text);
  return value === undefined ? undefined : { version, value };
}

function parseIpv4(text: string): bigint | undefined {
  if (!DOTTED_DECIMAL.test(text) || text.endsWith(".")) return undefined;
  const octets = text.split(".").map(Number);
  if (octets.some((octet) => octet > 255)) return undefined;
  return octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  const [address, scoped, scope] = partition(text, "%");
  if (text.includes("/") || (scoped && (scope === "" || scope.includes("%")))) return undefined;
  let parts = address.split(":");
  if (parts.length < 3) return undefined;
  const last = parts.at(-1) as string;
  if (last.includes(".")) {
    const ipv4 = parseIpv4(last);
    if (ipv4 === undefined) return undefined;
    parts = [...parts.slice(0, -1), (ipv4 >> 16n).toString(16), (ipv4 & 0xffffn).toString(16)];
  }
  if (parts.length > 9) return undefined;
  const hextets = expand(parts);
  if (!hextets?.every((hextet) => HEXTET.test(hextet))) return undefined;
  return hextets.reduce((value, hextet) => (value << 16n) | BigInt(`0x${hextet}`), 0n);
}

/** Writes out the zeros that one `::` stands for; undefined unless there are eight parts then. */
function expand(parts: readonly string[]): string[] | undefined {
  const skips: number[] = [];
  for (let index = 1; index < parts.length - 1; index++) if (parts[index] === "") skips.push(index);
  const skip = skips[0];
  if (skip === undefined) return parts.length === 8 ? [...parts] : undefined;
  if (skips.length > 1) return undefined;
  // An empty first or last part is only legal as the outer half of a `::` that stands there.
  const high = parts[0] === "" ? parts.slice(1, skip) : parts.slice(0, skip);
  const low = parts.at(-1) === "" ? parts.slice(skip + 1, -1) : parts.slice(skip + 1);
  if ((parts[0] === "" && high.length > 0) || (parts.at(-1) === "" && low.length > 0)) return undefined;
  const missing = 8 - high.length - low.length;
  return missing < 1 ? undefined : [...high, ...Array<string>(missing).fill("0"), ...low];
}

interface Network {
  readonly first: bigint;
  /** Bits that are free. */
  readonly bits: bigint;
}

function network(cidr: string): Network {
  const [address, , prefix] = partition(cidr, "/");
  const parsed = parseIpAddress(address) as IpAddress;
  return { first: parsed.value, bits: BigInt((parsed.version === 4 ? 32 : 128) - Number(prefix)) };
}

function inNetwork(value: bigint, { first, bits }: Network): boolean {
  return value >> bits === first >> bits;
}

/** `_IPv4Constants` of Python 3.11's `Lib/ipaddress.py`: not global, with the shared address space of RFC 6598. */
const IPV4_NOT_GLOBAL = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/29",
  "192.0.0.170/31",
  "192.0.2.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "240.0.0.0/4",
].map(network);

/** `_IPv6Constants` of the same file. */
const IPV6_NOT_GLOBAL = [
  "::1/128",
  "::/128",
  "::ffff:0:0/96",
  "100::/64",
  "2001::/23",
  "2001:db8::/32",
  "fc00::/7",
  "fe80::/10",
].map(network);

const IPV4_LOOPBACK = network("127.0.0.0/8");
const IPV4_MULTICAST = network("224.0.0.0/4");
const IPV6_MULTICAST = network("ff00::/8");
const IPV4_MAPPED = network("::ffff:0:0/96");

/** The IPv4 address in `::ffff:a.b.c.d`. */
export function mappedIpv4({ version, value }: IpAddress): bigint | undefined {
  return version === 6 && inNetwork(value, IPV4_MAPPED) ? value & 0xffffffffn : undefined;
}

/**
 * Python's `address.is_loopback`. Until Python 3.12 an IPv4-mapped address is never loopback; the facts about FastMCP
 * were observed on 3.11.
 */
export function isLoopback({ version, value }: IpAddress): boolean {
  return version === 4 ? inNetwork(value, IPV4_LOOPBACK) : value === 1n;
}

/** Python's `address.is_global`. */
export function isGlobal(address: IpAddress): boolean {
  const mapped = mappedIpv4(address);
  if (mapped !== undefined) return isGlobal({ version: 4, value: mapped });
  return !(address.version === 4 ? IPV4_NOT_GLOBAL : IPV6_NOT_GLOBAL).some((net) =>
    inNetwork(address.value, net),
  );
}

/** Python's `address.is_multicast`. */
export function isMulticast({ version, value }: IpAddress): boolean {
  return inNetwork(value, version === 4 ? IPV4_MULTICAST : IPV6_MULTICAST);
}

/** Whether an IPv4 address lies in a network given as `prefix/length`. */
export function ipv4Within(value: bigint, cidr: string): boolean {
  return inNetwork(value, network(cidr));
}

/** Whether an IPv6 address lies in a network given as `prefix/length`. */
export function ipv6Within(value: bigint, cidr: string): boolean {
  return inNetwork(value, network(cidr));
}
