import { type Address, addressOf, blocks, isWithin } from "../behaviours/ipAddress.js";

/**
 * The addresses Better Auth never fetches and the hosts it takes for the machine itself, in the words of its own
 * classification (npm:@better-auth/core@1.7.5 dist/utils/host.mjs and ip.mjs). Inputs are `URL.hostname`.
 */
type HostKind = "loopback" | "localhost" | "special-use" | "public";

const CLOUD_METADATA_HOSTS: ReadonlySet<string> = new Set([
  "metadata.google.internal",
  "metadata.goog",
  "metadata",
  "instance-data",
  "instance-data.ec2.internal",
]);

const LOOPBACK = blocks("127.0.0.0/8", "::1/128");

const SPECIAL_USE = blocks(
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "::/96",
  "64:ff9b::/96",
  "64:ff9b:1::/48",
  "100::/64",
  "2001::/32",
  "2001:2::/48",
  "2001:db8::/32",
  "3fff::/20",
  "5f00::/16",
  "fc00::/7",
  "fe80::/10",
  "fec0::/10",
  "ff00::/8",
);

const IPV4_MAPPED = blocks("::ffff:0:0/96");
const SIX_TO_FOUR = blocks("2002::/16");

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
  let end = hostname.length;
  while (hostname[end - 1] === ".") end--;
  const name = hostname.slice(0, end);
  const address = addressOf(name);
  if (address) return addressKind(address);
  if (name === "localhost" || name.endsWith(".localhost")) return "localhost";
  return name === "" || CLOUD_METADATA_HOSTS.has(name) ? "special-use" : "public";
}

/** IPv4-mapped addresses count as what they map to, and so do 6to4 addresses unless that is public. */
function addressKind(address: Address): HostKind {
  if (isWithin(address, IPV4_MAPPED)) return addressKind(address.slice(6));
  if (isWithin(address, LOOPBACK)) return "loopback";
  if (isWithin(address, SPECIAL_USE)) return "special-use";
  if (isWithin(address, SIX_TO_FOUR) && addressKind(address.slice(1, 3)) !== "public") return "special-use";
  return "public";
}
