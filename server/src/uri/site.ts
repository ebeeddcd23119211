import { isPublicSuffix } from "./publicSuffix.js";

const ADDRESS = /^\[|^[\d.]+$/;

/** A name is not longer than this, with the dot that may end it (RFC 1035 §2.3.4, less the length octets). */
const LONGEST_NAME = 254;

/**
 * The registrable domain of a host, by the Public Suffix List: `login.example.co.uk` → `example.co.uk`.
 * Two hosts with the same one are run by the same people.
 *
 * @param host lower case
 * @returns the host itself for IP addresses, and for names that have none or are too long for one
 */
export function siteOf(host: string): string {
  if (host.length > LONGEST_NAME || ADDRESS.test(host)) return host;
  const labels = host.replace(/\.$/, "").split(".");
  for (let at = 1; at < labels.length; at++) {
    if (isPublicSuffix(labels.slice(at).join("."))) return labels.slice(at - 1).join(".");
  }
  return host;
}

/**
 * Whether a host is a site or lies below it.
 *
 * @param host lower case
 * @param site what `siteOf` gave for another host
 */
export function isWithinSite(host: string, site: string): boolean {
  const name = host.replace(/\.$/, "");
  return host === site || name === site || name.endsWith(`.${site}`);
}
