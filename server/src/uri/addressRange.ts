import ipaddr from "ipaddr.js";

/**
 * Whether an address is in none of the special-purpose registries (RFC 6890); an IPv6 address that embeds an IPv4 address
 * counts as that one.
 *
 * @param literal IPv4 with four decimal numbers, or IPv6 without brackets
 * @returns undefined for anything else
 */
export function isGlobalUnicast(literal: string): boolean | undefined {
  return ipaddr.isValid(literal) ? ipaddr.process(literal).range() === "unicast" : undefined;
}
