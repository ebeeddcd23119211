import { memoizeText } from "./memoizeText.js";

/** The parts of a URI as `java.net.URI` hands them over, undecoded; undefined where Java says null. */
export interface JavaUri {
  readonly scheme: string | undefined;
  readonly authority: string | undefined;
  readonly userInfo: string | undefined;
  /** Undefined where the authority is not a host with a port, which Java then calls registry-based. */
  readonly host: string | undefined;
  readonly port: number | undefined;
  /** Undefined in `mailto:a@b` and the like. */
  readonly path: string | undefined;
  readonly query: string | undefined;
  readonly fragment: string | undefined;
}

const UNRESERVED = "A-Za-z0-9_.!~*'()\\-";
/** Characters beyond ASCII that are neither spaces nor controls. */
const OTHER =
  "\\u00a1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027\\u202a-\\u202e\\u2030-\\u205e\\u2060-\\u2fff\\u3001-\\uffff";
const of = (characters: string): string => `(?:[${UNRESERVED}${OTHER}${characters}]|%[0-9A-Fa-f]{2})*`;

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/;
const OPAQUE = new RegExp(`^${of("/;?:@&=+$,[\\]")}$`);
const PATH = new RegExp(`^${of(":@&=+$,;/")}$`);
const REGISTRY = new RegExp(`^${of("$,;:@&=+")}`);
const SERVER = new RegExp(`^[${UNRESERVED}${OTHER}%;:@&=+$,[\\]]*$`);
const USER_INFO = new RegExp(`^${of(";:&=+$,")}$`);
const LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
const NAME = new RegExp(`^(?:(?:${LABEL}\\.)+[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?|${LABEL})\\.?$`);
const BYTE = "0*(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
const IPV4 = new RegExp(`^(?:${BYTE}\\.){3}${BYTE}$`);
const HOST_AND_PORT = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/;
const LARGEST_PORT = 2 ** 31 - 1;

/**
 * Reads a URI as the constructor of `java.net.URI` does.
 *
 * @returns undefined where it throws a URISyntaxException
 * @see Java SE 21 API, class java.net.URI, "URI syntax and components", with its deviations from RFC 2396
 */
export const javaUri = memoizeText(read);

function read(text: string): JavaUri | undefined {
  const scheme = SCHEME.exec(text)?.[1];
  const rest = scheme === undefined ? text : text.slice(scheme.length + 1);
  const [beforeFragment, fragment] = cut(rest, "#");
  const [hierarchy, query] = cut(beforeFragment, "?");
  const authority = /^\/\/([^/]*)/.exec(hierarchy)?.[1];
  const path = authority === undefined ? hierarchy : hierarchy.slice(authority.length + 2);
  if (fragment !== undefined && !OPAQUE.test(fragment)) return undefined;
  if (scheme === undefined) {
    // A colon in the first segment can only be the end of a scheme.
    if (authority === undefined && /^[^/]*:/.test(path)) return undefined;
  } else if (!rest.startsWith("/")) {
    if (beforeFragment === "" || !OPAQUE.test(beforeFragment)) return undefined;
    return { scheme, ...NO_AUTHORITY, path: undefined, query: undefined, fragment };
  }
  if (!PATH.test(path) || (query !== undefined && !OPAQUE.test(query))) return undefined;
  if (authority === "" && path === "" && query === undefined && fragment === undefined) return undefined;
  const read = authority ? readAuthority(authority) : NO_AUTHORITY;
  return read && { scheme, ...read, path, query, fragment };
}

/** What stands before the first of a character, and behind it. */
function cut(text: string, character: string): [before: string, behind: string | undefined] {
  const at = text.indexOf(character);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

const NO_AUTHORITY = { authority: undefined, userInfo: undefined, host: undefined, port: undefined };

function readAuthority(
  authority: string,
): Pick<JavaUri, "authority" | "userInfo" | "host" | "port"> | undefined {
  const registry = REGISTRY.exec(authority)?.[0] ?? "";
  if (authority[registry.length] === "%") return undefined;
  if (SERVER.test(authority)) {
    const server = readServer(authority);
    if (server) return { authority, ...server };
  }
  return registry === authority ? { ...NO_AUTHORITY, authority } : undefined;
}

function readServer(authority: string): Pick<JavaUri, "userInfo" | "host" | "port"> | undefined {
  const at = authority.indexOf("@");
  const userInfo = at < 0 ? undefined : authority.slice(0, at);
  if (userInfo !== undefined && !USER_INFO.test(userInfo)) return undefined;
  const [, host, digits] = HOST_AND_PORT.exec(authority.slice(at + 1)) ?? [];
  if (host === undefined || !(NAME.test(host) || IPV4.test(host) || isIpv6Literal(host))) return undefined;
  const port = digits ? Number(digits) : undefined;
  return port !== undefined && port > LARGEST_PORT ? undefined : { userInfo, host, port };
}

function isIpv6Literal(host: string): boolean {
  const [, address, scope] = /^\[([^%]*)(?:%(.*))?\]$/.exec(host) ?? [];
  if (address === undefined || (scope !== undefined && !/^[A-Za-z0-9_.]+$/.test(scope))) return false;
  const sides = address.split("::");
  if (sides.length > 2) return false;
  let bytes = 0;
  for (const [index, side] of sides.entries()) {
    if (side === "") {
      if (sides.length === 1) return false;
      continue;
    }
    const groups = side.split(":");
    for (const [place, group] of groups.entries()) {
      const isLast = index === sides.length - 1 && place === groups.length - 1;
      // An address of IPv4 stands at the end, and never alone.
      if (isLast && (sides.length > 1 || place > 0) && IPV4.test(group)) bytes += 4;
      else if (/^[0-9A-Fa-f]{1,4}$/.test(group)) bytes += 2;
      else return false;
    }
  }
  return sides.length > 1 ? bytes < 16 : bytes === 16;
}
