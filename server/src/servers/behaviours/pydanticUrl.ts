import { table } from "../../table.js";
import { domainToAscii } from "./domainToAscii.js";
import { memoizeText } from "./memoizeText.js";

/**
 * URLs as pydantic 2.13 reads them (`AnyUrl`, `AnyHttpUrl`): the Rust crate `url` 2.5.8, a WHATWG URL parser with
 * deviations of its own. It keeps `^` in paths, does not pop a path segment that looks like a drive letter (`/C:/..`),
 * and is lenient about what follows the port of an unknown scheme.
 *
 * @see https://github.com/pydantic/pydantic/blob/main/pydantic-core/src/validators/url.rs
 * @see https://github.com/servo/rust-url/blob/v2.5.8/url/src/parser.rs
 */

/** A normalised URL, or why there is none, in pydantic's words. */
export type PydanticUrl =
  | { readonly href: string; readonly scheme: string; readonly host: string }
  | { readonly error: string };

const INVALID = "Input should be a valid URL, ";
const EMPTY_HOST = "empty host";
const RELATIVE = "relative URL without a base";

const LEADING = /^[\0-\x20]+/;
const TRAILING = /(?<![\0-\x20])[\0-\x20]+$/;
const TABS_AND_LINE_BREAKS = /[\t\n\r]/g;
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/;
const DEFAULT_PORTS = table<string>({
  http: "80",
  https: "443",
  ws: "80",
  wss: "443",
  ftp: "21",
});

/** Percent-encode sets; each also holds the C0 controls, DEL and everything that is not ASCII. */
const CONTROLS = "";
const FRAGMENT = ' "<>`';
const PATH = `${FRAGMENT}#?{}`;
const USERINFO = `${PATH}/:;=@[\\]^|`;
const QUERY = ' "#<>';
const SPECIAL_QUERY = `${QUERY}'`;

/** Raised inside the parser; its text follows `Input should be a valid URL, `. */
class ParseError extends Error {}

/**
 * Pydantic's `AnyUrl(text)`.
 *
 * @param text any text; a lone surrogate is refused, as pydantic refuses a string that is not UTF-8
 * @returns the URL as `str()` shows it, or pydantic's error text
 */
export const parseAnyUrl = memoizeText((text: string): PydanticUrl => {
  if (!text.isWellFormed()) {
    return { error: "Input should be a valid string, unable to parse raw data as a unicode string" };
  }
  if (text === "") return { error: `${INVALID}input is empty` };
  try {
    return parse(text.replace(LEADING, "").replace(TRAILING, "").replace(TABS_AND_LINE_BREAKS, ""));
  } catch (error) {
    if (error instanceof ParseError) return { error: INVALID + error.message };
    throw error;
  }
});

/** Pydantic's `AnyHttpUrl(text)`: `AnyUrl` with the scheme http or https. */
export function parseAnyHttpUrl(text: string): PydanticUrl {
  const url = parseAnyUrl(text);
  if ("error" in url || url.scheme === "http" || url.scheme === "https") return url;
  return { error: "URL scheme should be 'http' or 'https'" };
}

function parse(text: string): PydanticUrl {
  const [prefix, written] = SCHEME.exec(text) ?? [];
  if (prefix === undefined || written === undefined) throw new ParseError(RELATIVE);
  const scheme = written.toLowerCase();
  const rest = text.slice(prefix.length);
  if (scheme === "file") return parseFile(text);
  const special = DEFAULT_PORTS.has(scheme);
  if (special) return withAuthority(scheme, rest.replace(/^[/\\]*/, ""), special);
  if (rest.startsWith("//")) return withAuthority(scheme, rest.slice(2), special);
  return withoutAuthority(scheme, rest);
}

/** A `file` URL never gets past FastMCP, so only whether it parses counts; the platform's parser says so. */
function parseFile(text: string): PydanticUrl {
  const url = URL.parse(text);
  if (!url) throw new ParseError("invalid international domain name");
  return { href: url.href, scheme: "file", host: url.host };
}

function withoutAuthority(scheme: string, rest: string): PydanticUrl {
  const [path, tail] = splitAt(rest, /[?#]/);
  if (!path.startsWith("/")) {
    return { href: `${scheme}:${encode(path, CONTROLS)}${queryAndFragment(tail, false)}`, scheme, host: "" };
  }
  const normalized = normalizePath("/", path.slice(1), false);
  // A path that starts with `//` would read as an authority.
  const guard = normalized.startsWith("//") ? "/." : "";
  return { href: `${scheme}:${guard}${normalized}${queryAndFragment(tail, false)}`, scheme, host: "" };
}

function withAuthority(scheme: string, rest: string, special: boolean): PydanticUrl {
  const [authority] = splitAt(rest, special ? /[/\\?#]/ : /[/?#]/);
  const at = authority.lastIndexOf("@");
  const userinfo = encodeUserinfo(authority.slice(0, Math.max(0, at)));
  const afterUserinfo = rest.slice(at + 1);
  if (at === 0 && (special ? /^[/\\?#]/ : /^[/?#]/).test(afterUserinfo)) throw new ParseError(EMPTY_HOST);
  const hostEnd = endOfHost(afterUserinfo, special);
  const host = special
    ? domainOrAddress(afterUserinfo.slice(0, hostEnd))
    : opaqueHost(afterUserinfo.slice(0, hostEnd));
  let tail = afterUserinfo.slice(hostEnd);
  if (host === "" && (special || userinfo !== "" || tail.startsWith(":"))) throw new ParseError(EMPTY_HOST);
  let port = "";
  if (tail.startsWith(":")) [port, tail] = readPort(tail.slice(1), DEFAULT_PORTS.get(scheme));
  const [path, end] = splitAt(tail, /[?#]/);
  const before = `${scheme}://${userinfo}${host}${port}`;
  return { href: before + pathAfterAuthority(path, special) + queryAndFragment(end, special), scheme, host };
}

function pathAfterAuthority(path: string, special: boolean): string {
  if (special) return normalizePath("/", path.replace(/^[/\\]/, ""), true);
  if (path === "") return "";
  return normalizePath("/", path.startsWith("/") ? path.slice(1) : path, false);
}

/** Splits before the first character that the expression finds. */
function splitAt(text: string, delimiter: RegExp): [before: string, rest: string] {
  const at = text.search(delimiter);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at)];
}

/** @returns the encoded userinfo with its `@`, or `""` when it says nothing */
function encodeUserinfo(text: string): string {
  const colon = text.indexOf(":");
  const username = encode(colon < 0 ? text : text.slice(0, colon), USERINFO);
  const password = colon < 0 ? "" : encode(text.slice(colon + 1), USERINFO);
  if (username === "" && password === "") return "";
  return `${username}${password === "" ? "" : `:${password}`}@`;
}

function endOfHost(text: string, special: boolean): number {
  let bracketed = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (character === "[") bracketed = true;
    else if (character === "]") bracketed = false;
    else if (character === ":" && !bracketed) return at;
    else if ("/?#".includes(character) || (special && character === "\\")) return at;
  }
  return text.length;
}

const IPV6 = /^\[[0-9A-Fa-f:.]*\]$/;
const LAST_LABEL_NUMERIC = /(?:^|\.)(?:[0-9]+|0[xX][0-9A-Fa-f]*)\.?$/;

/** The host of a special scheme: percent-decoded, prepared by UTS 46, IP addresses in their usual form. */
function domainOrAddress(text: string): string {
  if (text === "") throw new ParseError(EMPTY_HOST);
  if (text.startsWith("[")) return ipv6Address(text);
  const host = domainToAscii(text);
  if (host !== undefined) return host;
  const address = LAST_LABEL_NUMERIC.test(text) && domainToAscii(`${text}.a`) !== undefined;
  throw new ParseError(address ? "invalid IPv4 address" : "invalid international domain name");
}

function ipv6Address(text: string): string {
  const url = IPV6.test(text) ? URL.parse(`https://${text}/`) : null;
  if (!url) throw new ParseError("invalid IPv6 address");
  return url.hostname;
}

/** What a host of an unknown scheme must not hold. */
const FORBIDDEN_IN_OPAQUE_HOST = /[\0\t\n\r #/:<>?@[\\\]^|]/;

function opaqueHost(text: string): string {
  if (text.startsWith("[")) return ipv6Address(text);
  if (FORBIDDEN_IN_OPAQUE_HOST.test(text)) throw new ParseError("invalid domain character");
  return encode(text, CONTROLS);
}

const PORT = /^([0-9]*)(?=[/\\?#]|$)/;

/** @returns the port with its colon, `""` for the scheme's own, and what follows */
function readPort(text: string, defaultPort: string | undefined): [port: string, rest: string] {
  const digits = PORT.exec(text)?.[1];
  if (digits === undefined || Number(digits) > 65535) throw new ParseError("invalid port number");
  const rest = text.slice(digits.length);
  const port = `${Number(digits)}`;
  return [digits === "" || port === defaultPort ? "" : `:${port}`, rest];
}

const DOUBLE_DOT = /^(?:\.|%2e){2}$/i;
const SINGLE_DOT = /^(?:\.|%2e)$/i;
/** `/C:/` or `/C|`: the crate spares these from `..` in every scheme. */
const DRIVE_LETTER = /^\/[A-Za-z][:|](?:[/\\?#]|$)/;

/**
 * Percent-encodes a path and resolves its dot segments.
 *
 * @param start what the path starts with
 * @param rest what follows it in the text
 */
function normalizePath(start: string, rest: string, special: boolean): string {
  let path = start;
  const segments = rest.split(special ? /[/\\]/ : "/");
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    if (DOUBLE_DOT.test(segment)) {
      const parent = path.slice(0, -1);
      const slash = parent.lastIndexOf("/");
      if (path.endsWith("/") && slash >= 0 && !DRIVE_LETTER.test(path.slice(slash))) path = parent;
      path = path.slice(0, path.lastIndexOf("/") + 1);
    } else if (!SINGLE_DOT.test(segment)) {
      path += encode(segment, PATH) + (last ? "" : "/");
    }
  }
  return path;
}

function queryAndFragment(text: string, special: boolean): string {
  const [query, fragment] = splitAt(text, /#/);
  return (
    (query === "" ? "" : `?${encode(query.slice(1), special ? SPECIAL_QUERY : QUERY)}`) +
    (fragment === "" ? "" : `#${encode(fragment.slice(1), FRAGMENT)}`)
  );
}

const utf8 = new TextEncoder();

/** What no percent-encode set holds. */
const NEVER_ENCODED = /^[A-Za-z0-9._~*+-]*$/;

function encode(text: string, set: string): string {
  if (NEVER_ENCODED.test(text)) return text;
  let out = "";
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (code > 0x1f && code < 0x7f && !set.includes(character)) out += character;
    else
      for (const byte of utf8.encode(character))
        out += `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return out;
}
