import { addressOf, blocks, isWithin } from "../behaviours/ipAddress.js";
import { parseUrl } from "../behaviours/whatwgUrl.js";
import { isLocalHostname } from "./uris.js";

const FORBIDDEN_DOMAINS = ["example.com", "example.org", "example.net", "googleusercontent.com"] as const;

/** Every range that npm:ipaddr.js@2.5.0 names, those inside another left out; the rest is unicast. */
const NOT_UNICAST = blocks(
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.31.196.0/24",
  "192.52.193.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "192.175.48.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "::/128",
  "::1/128",
  "::ffff:0:0/96",
  "::ffff:0:0:0/96",
  "64:ff9b::/96",
  "64:ff9b:1::/48",
  "100::/64",
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "2620:4f:8000::/48",
  "3fff::/20",
  "5f00::/16",
  "fc00::/7",
  "fe80::/10",
  "fec0::/10",
  "ff00::/8",
);

export interface FetchFault {
  /** What the log says; to the client atproto says so much only of the first four. */
  readonly message: string;
  readonly kind: "credentials" | "scheme" | "port" | "name" | "address";
}

/**
 * Why atproto's safe fetch would not open a connection, as far as the URL tells; names are not resolved.
 *
 * @param uri an absolute URL as written
 *
 * Source: npm:@atproto-labs/fetch-node@0.4.0 dist/safe.js `safeFetchWrap` with its defaults, dist/unicast.js;
 * npm:@atproto-labs/fetch@0.3.6 dist/fetch-request.js; https://fetch.spec.whatwg.org/#dom-request for credentials.
 */
export function fetchFault(uri: string): FetchFault | undefined {
  const url = parseUrl(uri);
  if (!url) return undefined;
  if (url.username !== "" || url.password !== "") {
    const message = `Request cannot be constructed from a URL that includes credentials: ${uri}`;
    return { message, kind: "credentials" };
  }
  if (url.protocol !== "https:") return { message: `Forbidden protocol "${url.protocol}"`, kind: "scheme" };
  if (url.port !== "") return { message: "Custom https: ports not allowed", kind: "port" };
  const { hostname } = url;
  if (FORBIDDEN_DOMAINS.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`))) {
    return { message: "Forbidden hostname", kind: "name" };
  }
  const address = addressOf(hostname);
  if (address) {
    return isWithin(address, NOT_UNICAST)
      ? { message: "Hostname is a non-unicast address", kind: "address" }
      : undefined;
  }
  return isLocalHostname(hostname)
    ? { message: "Hostname is not a public domain", kind: "address" }
    : undefined;
}
