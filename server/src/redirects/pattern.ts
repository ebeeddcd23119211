import { say } from "../localisation/say.js";
import { isPublicSuffix } from "../uri/publicSuffix.js";
import type { UriParts } from "../uri/splitUri.js";

/** Where a `*` stands in a well-formed redirect pattern. */
export type WildcardPlace = "port" | "host" | "path";

/**
 * A redirect URI with `*`. No specification has them (RFC 9700 §4.1.3 asks for exact matching); FastMCP and Logto
 * read them. What those two agree on, and what no known server reads as a wildcard, is the grammar here:
 * the port is `*` alone; the host starts with `*.` before a name; a path holds `*` anywhere.
 */
export type RedirectPattern =
  | { readonly form: "well-formed"; readonly places: readonly WildcardPlace[] }
  | { readonly form: "malformed"; readonly reason: string }
  | { readonly form: "too-broad"; readonly suffix: string; readonly places: readonly WildcardPlace[] };

const IP_TAIL = /^(?:\d+\.)*\d+$/;

/**
 * Reads the wildcards of a redirect URI.
 *
 * @param parts the entry's parts; the entry holds at least one `*`
 * @param scheme its lower-case scheme, `""` when it has none
 */
export function readPattern(parts: UriParts, scheme: string): RedirectPattern {
  if (scheme === "") return malformed(say`a \`*\` cannot be in the scheme, or replace it`);
  if (parts.userinfo?.includes("*")) return malformed(say`a \`*\` cannot be in the userinfo`);
  if (parts.query?.includes("*")) return malformed(say`no server reads a \`*\` in the query as a wildcard`);
  if (parts.fragment?.includes("*"))
    return malformed(say`no server reads a \`*\` in the fragment as a wildcard`);
  const places: WildcardPlace[] = [];
  if (parts.port?.includes("*")) {
    if (parts.port !== "*") return malformed(say`a \`*\` must be the whole port`);
    places.push("port");
  }
  let suffix: string | undefined;
  const host = parts.host ?? "";
  if (host.includes("*")) {
    suffix = host.slice(2).toLowerCase().replace(/\.$/, "");
    if (!host.startsWith("*.") || suffix === "" || suffix.includes("*")) {
      return malformed(say`in a host, \`*\` can only be the whole first label, as in \`*.example.com\``);
    }
    if (IP_TAIL.test(suffix) || suffix.startsWith("["))
      return malformed(say`an IP address has no subdomains`);
    places.push("host");
  }
  if (parts.path.includes("*")) {
    if (parts.host === undefined && parts.path === "*")
      return malformed(say`a \`*\` cannot be the whole address`);
    places.push("path");
  }
  if (suffix !== undefined && suffix !== "localhost" && isPublicSuffix(suffix)) {
    return { form: "too-broad", suffix, places };
  }
  return { form: "well-formed", places };
}

function malformed(reason: string): RedirectPattern {
  return { form: "malformed", reason };
}
