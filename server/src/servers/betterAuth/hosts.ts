/**
 * The addresses Better Auth never fetches and the hosts it takes for the machine itself, in the words of its own
 * classification (npm:@better-auth/core@1.7.5 dist/utils/host.mjs and ip.mjs). Inputs are host names as WHATWG URL
 * serialises them, so an IPv4 address is four decimal numbers and an IPv6 address is lower-case in brackets.
 */
type HostKind = "loopback" | "localhost" | "special-use" | "public";

const CLOUD_METADATA_HOSTS: ReadonlySet<string> = new Set([
  "metadata.google.internal",
  "metadata.goog",
  "metadata",
  "instance-data",
  "instance-data.ec2.internal",
]);

/** First address and prefix length; everything in them is closed to a server's fetch. 127.0.0.0/8 is apart. */
const SPECIAL_USE_IPV4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];

/** Prefixes of the eight four-digit groups, written out. 6to4 (`2002:`) is apart, it depends on what it embeds. */
const SPECIAL_USE_IPV6: readonly RegExp[] = [
  /^f[c-f]/,
  /^fe[89a-f]/,
  /^2001:0db8:/,
  /^2001:0002:0000:/,
  /^0064:ff9b:0000:0000:0000:0000:/,
  /^0064:ff9b:0001:/,
  /^2001:0000:/,
  /^0100:0000:0000:0000:/,
  /^3fff:0/,
  /^5f00:/,
  /^0000:0000:0000:0000:0000:0000:/,
];

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.|$)){4}$/;

/** Whether Better Auth would fetch from this host (`isPublicRoutableHost`); no name is resolved. */
export function isPublicRoutableHost(hostname: string): boolean {
  return hostKind(hostname) === "public";
}

/** Whether a host is the machine itself, `localhost` and names under it included (`isLoopbackHost`). */
export function isLoopbackHost(hostname: string): boolean {
  const kind = hostKind(hostname);
  return kind === "loopback" || kind === "localhost";
}

/** Whether a host is a loopback address, names excluded (`isLoopbackIP`). */
export function isLoopbackAddress(hostname: string): boolean {
  return hostKind(hostname) === "loopback";
}

function hostKind(hostname: string): HostKind {
  const name = hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.+$/, "");
  if (name === "") return "special-use";
  if (IPV4.test(name)) return ipv4Kind(name);
  if (name.includes(":")) return ipv6Kind(expand(name));
  if (name === "localhost" || name.endsWith(".localhost")) return "localhost";
  return CLOUD_METADATA_HOSTS.has(name) ? "special-use" : "public";
}

function ipv4Kind(address: string): HostKind {
  const value = ipv4Value(address);
  if (value >>> 24 === 127) return "loopback";
  const special = SPECIAL_USE_IPV4.some(
    ([first, length]) => value >>> (32 - length) === ipv4Value(first) >>> (32 - length),
  );
  return special ? "special-use" : "public";
}

function ipv4Value(address: string): number {
  return address.split(".").reduce((value, octet) => (value << 8) | Number(octet), 0) >>> 0;
}

function ipv6Kind(groups: readonly string[]): HostKind {
  const full = groups.join(":");
  if (full.startsWith("0000:0000:0000:0000:0000:ffff:")) return ipv4Kind(embeddedIpv4(groups, 6));
  if (full === "0000:0000:0000:0000:0000:0000:0000:0001") return "loopback";
  if (SPECIAL_USE_IPV6.some((prefix) => prefix.test(full))) return "special-use";
  if (full.startsWith("2002:") && ipv4Kind(embeddedIpv4(groups, 1)) !== "public") return "special-use";
  return "public";
}

/** The IPv4 address in two groups of an IPv6 address. */
function embeddedIpv4(groups: readonly string[], start: number): string {
  const value = Number.parseInt(`${groups[start] ?? ""}${groups[start + 1] ?? ""}`, 16);
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255].join(".");
}

/** The eight groups of an IPv6 address with four digits each. */
function expand(address: string): string[] {
  const [left = "", right = ""] = address.split("::");
  const before = left === "" ? [] : left.split(":");
  const after = right === "" ? [] : right.split(":");
  const zeros = new Array<string>(Math.max(0, 8 - before.length - after.length)).fill("0");
  return [...before, ...zeros, ...after].map((group) => group.padStart(4, "0"));
}
