/**
 * The addresses to which oidc-provider opens no connection: after connecting, it compares the socket's remote address
 * with these networks and cuts it (lib/helpers/fetch_request.js). Multicast and 64:ff9b:1::/48's siblings are as listed
 * there, not as IANA lists them.
 */
const IPV4_NETWORKS: readonly (readonly [first: string, prefix: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["240.0.0.0", 4],
];

/** Leading hex digits of the 32 that make an IPv6 address. */
const IPV6_PREFIXES: readonly string[] = [
  "0064ff9b0000000000000000",
  "0064ff9b0001",
  "0100000000000000",
  "0100000000000001",
  "200100",
  "200101",
  "20010db8",
  "2002",
  "2620004f8000",
  "3fff0",
  "5f00",
  "fc",
  "fd",
  "fe8",
  "fe9",
  "fea",
  "feb",
];

/**
 * Whether a host is an address that oidc-provider does not fetch from. Names are never: what they resolve to is not in
 * the text.
 *
 * @param hostname a `URL`'s hostname, so IPv4 is dotted decimal and IPv6 is compressed, in brackets
 */
export function isSpecialUseAddress(hostname: string): boolean {
  if (hostname.startsWith("[")) return isSpecialUseIpv6(hexDigits(hostname.slice(1, -1)));
  return /^\d+\.\d+\.\d+\.\d+$/.test(hostname) && isSpecialUseIpv4(ipv4Number(hostname));
}

function ipv4Number(dotted: string): number {
  return dotted.split(".").reduce((value, octet) => value * 256 + Number(octet), 0);
}

function isSpecialUseIpv4(address: number): boolean {
  return IPV4_NETWORKS.some(([first, prefix]) => {
    const size = 2 ** (32 - prefix);
    const start = ipv4Number(first);
    return address >= start && address < start + size;
  });
}

/** All 32 hex digits of an IPv6 address in the URL Standard's compressed form. */
function hexDigits(address: string): string {
  const [head = "", tail] = address.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array<string>(8 - before.length - after.length).fill("0");
  return [...before, ...zeros, ...after].map((group) => group.padStart(4, "0")).join("");
}

const UNSPECIFIED_OR_LOOPBACK = /^0{31}[01]$/;
const IPV4_MAPPED = /^0{20}f{4}/;

function isSpecialUseIpv6(digits: string): boolean {
  if (UNSPECIFIED_OR_LOOPBACK.test(digits)) return true;
  // A socket names an IPv4-mapped remote address in its dotted form, which oidc-provider reads as IPv4.
  if (IPV4_MAPPED.test(digits)) return isSpecialUseIpv4(Number.parseInt(digits.slice(24), 16));
  return IPV6_PREFIXES.some((prefix) => digits.startsWith(prefix));
}
