import { isPublicSuffix } from "../uri/publicSuffix.js";
import { splitUri } from "../uri/splitUri.js";
import { toUnicodeHost } from "./punycode.js";

/**
 * The host of a URL as a server would show it: lower-case, in ASCII (punycode), IPv6 in brackets, no port.
 *
 * @param url as written in the document
 * @returns undefined when the text is no URL with a host
 */
export function shownHost(url: string): string | undefined {
  if (!URL.canParse(url)) return splitUri(url).host?.toLowerCase() || undefined;
  return new URL(url).hostname || undefined;
}

/** The Unicode form of a host, where it differs from the ASCII one. */
export function unicodeForm(host: string): string | undefined {
  const unicode = toUnicodeHost(host);
  return unicode === host ? undefined : unicode;
}

const ADDRESS = /^\[|^[\d.]+$/;

/**
 * The registrable domain of a host, by the Public Suffix List: `login.example.co.uk` → `example.co.uk`.
 * Two hosts with the same one are run by the same people.
 *
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
