import ipaddr from "ipaddr.js";
import { hostKind } from "../uri/host.js";

/** An IP address and whether authorization servers may connect to it. */
export interface Address {
  /** In canonical form, without brackets. */
  readonly address: string;
  readonly family: 4 | 6;
  /** Globally routable unicast: the only kind a server may fetch from. */
  readonly isPublic: boolean;
  /** What it is, for people: `a loopback address`, `a NAT64 address`. */
  readonly kind: string;
}

const LOOPBACK = "a loopback address";
const RESERVED = "a reserved address";
const UNALLOCATED = "an unallocated address";
const ISATAP = "an ISATAP address";
const CLOUD_PLATFORM = "a cloud platform's address";
const PUBLIC = "a public address";

/** The ranges of the IANA special-purpose registries (RFC 6890) as `ipaddr.js` names them. */
const RANGES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    loopback: LOOPBACK,
    private: "a private address",
    linkLocal: "a link-local address",
    uniqueLocal: "a unique local address",
    carrierGradeNat: "a carrier-grade NAT address",
    unspecified: "an unspecified address",
    multicast: "a multicast address",
    broadcast: "the broadcast address",
    rfc6052: "a NAT64 address",
    rfc6145: "an IPv4-translated address",
    "6to4": "a 6to4 address",
    teredo: "a Teredo address",
    deprecatedSiteLocal: "a site-local address",
    benchmarking: "a benchmarking address",
    discard: "a discard-only address",
    reserved: RESERVED,
  }),
);

/** Everything {@link Address.kind} can be. */
export const ADDRESS_KINDS: readonly string[] = [
  ...RANGES.values(),
  UNALLOCATED,
  ISATAP,
  CLOUD_PLATFORM,
  PUBLIC,
];

/**
 * Services of a cloud that every machine in it reaches, on addresses that look public. The metadata services of the others
 * are in special-use ranges.
 *
 * @see https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
const CLOUD_PLATFORM_ADDRESSES: ReadonlySet<string> = new Set(["168.63.129.16"]);

const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Classifies an IP address.
 *
 * IPv6 forms that carry an IPv4 address (mapped, NAT64, 6to4, Teredo, IPv4-translated, IPv4-compatible, ISATAP) are never
 * public, because a gateway would turn them into that address.
 *
 * @param text one address in any spelling `ipaddr.js` reads (`0x7f.1`, `2130706433`, `::ffff:127.0.0.1`), no brackets
 * @returns undefined when it is not an IP address
 * @see RFC 6890 and the IANA special-purpose address registries; OAuth Client ID Metadata Document -03 §9.6
 */
export function classifyAddress(text: string): Address | undefined {
  if (!ipaddr.isValid(text)) return undefined;
  const parsed = ipaddr.process(text);
  const range = parsed.range();
  const base = {
    address: parsed.toString(),
    family: parsed instanceof ipaddr.IPv4 ? (4 as const) : (6 as const),
  };
  if (range !== "unicast") {
    return {
      ...base,
      isPublic: false,
      kind: RANGES.get(range) ?? RESERVED,
    };
  }
  if (parsed instanceof ipaddr.IPv6) {
    if (!parsed.match(GLOBAL_UNICAST)) return { ...base, isPublic: false, kind: UNALLOCATED };
    if (isIsatap(parsed)) return { ...base, isPublic: false, kind: ISATAP };
  }
  if (CLOUD_PLATFORM_ADDRESSES.has(base.address)) return { ...base, isPublic: false, kind: CLOUD_PLATFORM };
  return { ...base, isPublic: true, kind: PUBLIC };
}

/** RFC 5214 §6.1: an interface identifier of `0000:5efe` or `0200:5efe` and an IPv4 address. */
function isIsatap(address: ipaddr.IPv6): boolean {
  const [, , , , high, low] = address.parts;
  return (high === 0 || high === 0x200) && low === 0x5efe;
}

/**
 * The host of a URL: an address, a name for the machine that asks (RFC 6761), a name that public DNS never resolves, or a
 * name to look up.
 */
export type Host =
  | { readonly kind: "address"; readonly address: Address }
  | { readonly kind: "special-use-name"; readonly name: string }
  | { readonly kind: "non-public-name"; readonly name: string }
  | { readonly kind: "name"; readonly name: string };

/**
 * Says what the host of a URL is, after the normalisation every URL library does (WHATWG URL §3.5: `0x7f.1`,
 * `2130706433`, `127.1`, full-width digits and percent-encoding all become `127.0.0.1`).
 *
 * @param hostname of a `URL` object; brackets around IPv6 are fine
 */
export function classifyHost(hostname: string): Host {
  const bare = hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
  const name = bare.replace(/\.$/, "").toLowerCase();
  const address = classifyAddress(name);
  if (address) return { kind: "address", address };
  switch (hostKind(name)) {
    case "localhost":
      return { kind: "special-use-name", name };
    case "non-public-name":
      return { kind: "non-public-name", name };
    default:
      return { kind: "name", name };
  }
}

/** Whether a host is this machine by its text alone: what a name resolves to is not asked. */
export function isLoopback(host: Host): boolean {
  return host.kind === "special-use-name" || (host.kind === "address" && host.address.kind === LOOPBACK);
}
