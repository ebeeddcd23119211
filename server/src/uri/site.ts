import { isPublicSuffix } from "./publicSuffix.js";

const ADDRESS = /^\[|^[\d.]+$/;

/**
 * The registrable domain of a host, by the Public Suffix List: `login.example.co.uk` → `example.co.uk`.
 * Two hosts with the same one are run by the same people.
 *
 * @param host lower case
 * @returns the host itself for IP addresses and names that have none
 */
export function siteOf(host: string): string {
  if (ADDRESS.test(host)) return host;
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
  return host === site || host.endsWith(`.${site}`);
}
