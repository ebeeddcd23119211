import { splitUri } from "../../uri/splitUri.js";
import { toUnicodeHost } from "../../uri/unicodeHost.js";

/**
 * The host of a URL as a server would show it: lower-case, in ASCII (punycode), IPv6 in brackets, no port.
 *
 * @param url as written in the document
 * @returns undefined when the text is no URL with a host
 */
export function shownHost(url: string): string | undefined {
  const host = URL.parse(url)?.hostname ?? splitUri(url).host?.toLowerCase();
  return host || undefined;
}

/** The Unicode form of a host, where it differs from the ASCII one. */
export function unicodeForm(host: string): string | undefined {
  const unicode = toUnicodeHost(host);
  return unicode === host ? undefined : unicode;
}
