import { memoizeText } from "./memoizeText.js";
import { parseIpAddress } from "./pythonIpAddress.js";
import { partition, partitionLast } from "./pythonText.js";

/** What Python's `urllib.parse.urlparse` makes of a text. Absent parts are `""`. */
export interface ParseResult {
  /** Lower case. */
  readonly scheme: string;
  readonly netloc: string;
  /** Without the `;parameters` of its last segment, where the scheme has those. */
  readonly path: string;
  readonly params: string;
  readonly query: string;
  readonly fragment: string;
}

/** Python's `ValueError`, with its message. */
export interface PythonValueError {
  readonly valueError: string;
}

/** `urllib.parse.uses_params`: schemes whose last path segment may carry `;parameters`. */
const USES_PARAMS = new Set(
  " ftp hdl prospero http imap https shttp rtsp rtsps rtspu sip sips mms sftp tel".split(" "),
);

const LEADING_CONTROLS_AND_SPACES = /^[\0-\x20]+/;
const TABS_AND_LINE_BREAKS = /[\t\r\n]/g;
const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*$/;
const NON_ASCII = /[^\0-\x7f]/;
const NFKC_DELIMITERS = /[/?#@:]/;
const IP_FUTURE = /^v[a-fA-F0-9]+\.[^\n]+$/;

/**
 * Python's `urllib.parse.urlparse(text)`.
 *
 * @returns the parts, or what Python's `ValueError` says
 * @see https://docs.python.org/3.11/library/urllib.parse.html#urllib.parse.urlparse
 */
export const urlparse = memoizeText((text: string): ParseResult | PythonValueError => {
  const split = urlsplit(text);
  if (isValueError(split) || !USES_PARAMS.has(split.scheme)) return split;
  const [path, params] = splitParams(split.path);
  return { ...split, path, params };
});

/** Python's `urllib.parse.urlsplit(text)`: `;parameters` stay in the path. */
export function urlsplit(text: string): ParseResult | PythonValueError {
  let rest = text.replace(LEADING_CONTROLS_AND_SPACES, "").replace(TABS_AND_LINE_BREAKS, "");
  let scheme = "";
  const colon = rest.indexOf(":");
  if (colon > 0 && SCHEME.test(rest.slice(0, colon))) {
    scheme = rest.slice(0, colon).toLowerCase();
    rest = rest.slice(colon + 1);
  }
  let netloc = "";
  if (rest.startsWith("//")) {
    const end = rest.slice(2).search(/[/?#]/);
    netloc = end < 0 ? rest.slice(2) : rest.slice(2, end + 2);
    rest = end < 0 ? "" : rest.slice(end + 2);
    const invalid = invalidBrackets(netloc);
    if (invalid !== undefined) return { valueError: invalid };
  }
  const [beforeFragment, , fragment] = partition(rest, "#");
  const [path, , query] = partition(beforeFragment, "?");
  if (changesUnderNfkc(netloc)) {
    return { valueError: `netloc '${netloc}' contains invalid characters under NFKC normalization` };
  }
  return { scheme, netloc, path, params: "", query, fragment };
}

export function isValueError(result: ParseResult | PythonValueError): result is PythonValueError {
  return "valueError" in result;
}

function invalidBrackets(netloc: string): string | undefined {
  const opened = netloc.includes("[");
  if (opened !== netloc.includes("]")) return "Invalid IPv6 URL";
  if (!opened) return undefined;
  const bracketed = partition(partition(netloc, "[")[2], "]")[0];
  if (bracketed.startsWith("v")) {
    return IP_FUTURE.test(bracketed) ? undefined : "IPvFuture address is invalid";
  }
  const address = parseIpAddress(bracketed);
  if (!address) return `'${bracketed}' does not appear to be an IPv4 or IPv6 address`;
  return address.version === 4 ? "An IPv4 address cannot be in brackets" : undefined;
}

/** `_checknetloc`: some characters turn into delimiters when a host is prepared for DNS. */
function changesUnderNfkc(netloc: string): boolean {
  if (!NON_ASCII.test(netloc)) return false;
  const plain = netloc.replace(/[@:#?]/g, "");
  const normalized = plain.normalize("NFKC");
  return plain !== normalized && NFKC_DELIMITERS.test(normalized);
}

function splitParams(path: string): [path: string, params: string] {
  const semicolon = path.indexOf(";", Math.max(0, path.lastIndexOf("/")));
  return semicolon < 0 ? [path, ""] : [path.slice(0, semicolon), path.slice(semicolon + 1)];
}

/** The `username` and `password` properties of Python's result; undefined for `None`. */
export function userinfo(netloc: string): { username: string | undefined; password: string | undefined } {
  const [info, has] = partitionLast(netloc, "@");
  if (!has) return { username: undefined, password: undefined };
  const [username, hasPassword, password] = partition(info, ":");
  return { username, password: hasPassword ? password : undefined };
}

/** Whether there is a user name or a password that Python takes for true: not `https://@host`. */
export function hasUserinfo(netloc: string): boolean {
  const { username, password } = userinfo(netloc);
  return Boolean(username || password);
}

function hostAndPort(netloc: string): [host: string, port: string] {
  const hostinfo = partitionLast(netloc, "@")[2];
  const [, bracketed, inside] = partition(hostinfo, "[");
  if (!bracketed) {
    const [host, , port] = partition(hostinfo, ":");
    return [host, port];
  }
  const [host, , after] = partition(inside, "]");
  return [host, partition(after, ":")[2]];
}

/** The `hostname` property: lower case except for an IPv6 scope; undefined for `None`. */
export function hostname(netloc: string): string | undefined {
  const [host] = hostAndPort(netloc);
  if (host === "") return undefined;
  const [name, scoped, scope] = partition(host, "%");
  return name.toLowerCase() + (scoped ? `%${scope}` : "");
}

/** The `port` property: undefined for `None`, else the number, or what Python's `ValueError` says. */
export function port(netloc: string): number | undefined | PythonValueError {
  const [, digits] = hostAndPort(netloc);
  if (digits === "") return undefined;
  if (!/^[0-9]+$/.test(digits))
    return { valueError: `Port could not be cast to integer value as '${digits}'` };
  return Number(digits) <= 65535 ? Number(digits) : { valueError: "Port out of range 0-65535" };
}

const ESCAPES = /%([0-9A-Fa-f]{2})/g;

/**
 * Python's `urllib.parse.unquote`, once, where only ASCII counts: a byte above 0x7F becomes U+FFFD, whatever character
 * it is part of. UTF-8 never hides an ASCII character in a longer one, and Python's decoder never swallows one.
 */
export function unquoteAscii(text: string): string {
  return text.replace(ESCAPES, (_, hex: string) => {
    const byte = Number.parseInt(hex, 16);
    return byte < 0x80 ? String.fromCharCode(byte) : "\ufffd";
  });
}

const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });

/** Python's `urllib.parse.unquote(text)`. */
function unquote(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) =>
    DECODER.decode(Uint8Array.from(run.slice(1).split("%"), (hex) => Number.parseInt(hex, 16))),
  );
}

/** Python's `urllib.parse.parse_qsl(query)`: parameters with a value. */
export function parseQsl(query: string): readonly (readonly [name: string, value: string])[] {
  return query.split("&").flatMap((pair) => {
    const [name, , value] = partition(pair, "=");
    return value === "" ? [] : [[unquote(name.replaceAll("+", " ")), unquote(value.replaceAll("+", " "))]];
  });
}
