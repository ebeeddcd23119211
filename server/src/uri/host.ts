import { isGlobalUnicast } from "./addressRange.js";

/** What can be said of a host by its text alone. */
export type HostKind =
  /** A DNS name that can exist on the public internet. */
  | "name"
  /** `localhost` and names below it (RFC 6761 §6.3). */
  | "localhost"
  /** A name that public DNS never resolves: one label, or under a reserved suffix (RFC 6761, RFC 6762, RFC 8375). */
  | "non-public-name"
  /** A globally routable unicast address. */
  | "public-address"
  /** An address of RFC 6890's special-purpose registries: loopback, private, link-local and so on. */
  | "special-use-address";

const RESERVED_SUFFIX = /\.(?:local|internal|test|invalid|home\.arpa|onion|lan|intranet|corp|home)$/;

/**
 * Says what kind of host a text names. Numeric spellings count as the address they mean (`0x7f.1`, `2130706433`, `127.1`),
 * as the URL Standard's host parser reads them; IPv6 addresses that embed an IPv4 address are special-use.
 *
 * @param host as it stands in a URI: IPv6 in brackets, any case, perhaps with a trailing dot
 * @returns undefined when the text is no host at all
 */
export function hostKind(host: string): HostKind | undefined {
  const name = canonicalHost(host);
  if (name === undefined) return undefined;
  // No top-level domain ends in a digit; asking the address parser about names is what takes long.
  if (name.startsWith("[") || /\d$/.test(name)) {
    // The user's own machine is the usual case, and needs no look at the registries.
    if (name.startsWith("127.") || name === "[::1]") return "special-use-address";
    const isGlobal = isGlobalUnicast(name.startsWith("[") ? name.slice(1, -1) : name);
    if (isGlobal !== undefined) return isGlobal ? "public-address" : "special-use-address";
  }
  if (name === "localhost" || name.endsWith(".localhost")) return "localhost";
  if (!name.includes(".") || RESERVED_SUFFIX.test(name)) return "non-public-name";
  return "name";
}

/**
 * Lower case, punycode, decimal addresses, no trailing dot; undefined when the URL Standard refuses the host, and for
 * nothing but dots, or several at the end, which no resolver knows (RFC 1034 §3.1).
 */
export function canonicalHost(host: string): string | undefined {
  // The common case needs no URL parser.
  if (/^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*\.[a-z]+$/.test(host)) return host;
  const parsed = URL.parse(`https://${host}/`);
  if (parsed?.pathname !== "/" || parsed.port !== "" || parsed.username !== "") return undefined;
  const name = parsed.hostname.replace(/\.$/, "");
  return name === "" || name.endsWith(".") ? undefined : name;
}

/** True for IPv4 in any numeric spelling and for bracketed IPv6. */
export function isAddress(host: string): boolean {
  const kind = hostKind(host);
  return kind === "public-address" || kind === "special-use-address";
}

/** Hosts that serve every file as text/plain, whatever is in it. */
const PLAIN_TEXT: ReadonlySet<string> = new Set(["raw.githubusercontent.com", "gist.githubusercontent.com"]);

/** Whether everything on a host is served as text/plain. */
export function servesPlainText(host: string): boolean {
  return PLAIN_TEXT.has(host.toLowerCase());
}
