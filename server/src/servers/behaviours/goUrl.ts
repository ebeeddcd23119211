import { parseGoAddress } from "./goAddress.js";
import { memoizeText } from "./memoizeText.js";

/** The parts of a URL that Go's `url.Parse` takes. What it decodes stands here byte by byte, one character each. */
export interface GoUrl {
  /** Lower case; `""` when there is none. */
  readonly scheme: string;
  readonly hasUserinfo: boolean;
  /** Host and port, brackets kept. */
  readonly host: string;
  /** The host without port and brackets. */
  readonly hostname: string;
  readonly port: string;
  /** Decoded; `""` as well where the scheme is followed by anything but a slash. */
  readonly path: string;
  /** As `URL.EscapedPath` writes it. */
  readonly escapedPath: string;
  /** As written, without the question mark. */
  readonly query: string;
  /** A question mark with nothing behind it. */
  readonly forceQuery: boolean;
  /** As written, without the hash. */
  readonly fragment: string;
}

const PLAIN = /^(https?):\/\/([A-Za-z0-9.-]+)(?::(\d*))?(\/[\w.~/-]*)?$/;
const CONTROL_CHARACTER = /[\0-\x1f\x7f]/;
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/;
const BAD_ESCAPE = /%(?![0-9A-Fa-f]{2})/;
/** In a host, only bytes above ASCII may be escaped. */
const HOST = /^(?:[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]|[^\0-\x7f]|%(?:[89A-Fa-f][0-9A-Fa-f]|25))*$/;
const ZONE = /^(?:[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]|[^\0-\x7f]|%[0-9A-Fa-f]{2})*$/;
const USERINFO = /^(?:[A-Za-z0-9\-._:~!$&'()*+,;=%@])*$/;
const WEB_SCHEME = /^https?$/;

/**
 * Parses a URL as Go's standard library does.
 *
 * Source: `golang/go` src/net/url/url.go (1.27.3) `parse`, `getScheme`, `parseAuthority`, `parseHost`, `validEncoded`.
 *
 * @returns the library's own words after `parse "…": ` when it fails
 */
export const parseGoUrl = memoizeText((text: string): GoUrl | { readonly error: string } => {
  const plain = PLAIN.exec(text);
  if (plain) {
    const [, scheme = "", hostname = "", port, path = ""] = plain;
    const host = port === undefined ? hostname : `${hostname}:${port}`;
    return {
      ...{ scheme, hasUserinfo: false, host, hostname, port: port ?? "", path, escapedPath: path },
      ...{ query: "", forceQuery: false, fragment: "" },
    };
  }
  const [beforeFragment, fragment] = cut(text, "#");
  if (CONTROL_CHARACTER.test(beforeFragment)) return { error: "net/url: invalid control character in URL" };
  if (BAD_ESCAPE.test(fragment)) return { error: "invalid URL escape" };
  if (beforeFragment.startsWith(":")) return { error: "missing protocol scheme" };
  const written = SCHEME.exec(beforeFragment)?.[1];
  const scheme = written?.toLowerCase() ?? "";
  const behindScheme = written === undefined ? beforeFragment : beforeFragment.slice(written.length + 1);
  const [rest, query] = cut(behindScheme, "?");
  const forceQuery = query === "" && rest !== behindScheme;
  const noHost = { scheme, hasUserinfo: false, host: "", hostname: "", port: "" };
  const tail = { query, forceQuery, fragment };
  if (!rest.startsWith("/")) {
    if (scheme !== "") return { ...noHost, path: "", escapedPath: "", ...tail };
    if (rest.split("/", 1)[0]?.includes(":"))
      return { error: "first path segment in URL cannot contain colon" };
  }
  let authority: string | undefined;
  let path = rest;
  if (rest.startsWith("//") && (scheme !== "" || !rest.startsWith("///"))) {
    const slash = rest.indexOf("/", 2);
    authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
    path = slash < 0 ? "" : rest.slice(slash);
  }
  const at = authority?.lastIndexOf("@") ?? -1;
  const host = hostOf(authority?.slice(at + 1) ?? "", scheme);
  if (typeof host !== "string") return host;
  const userinfo = authority?.slice(0, Math.max(0, at)) ?? "";
  if (!USERINFO.test(userinfo)) return { error: "net/url: invalid userinfo" };
  if (BAD_ESCAPE.test(userinfo) || BAD_ESCAPE.test(path)) return { error: "invalid URL escape" };
  const port = /:(\d*)$/.exec(host);
  const hostname = (port ? host.slice(0, port.index) : host).replace(/^\[(.*)\]$/, "$1");
  return {
    ...{ scheme, hasUserinfo: at >= 0, host, hostname, port: port?.[1] ?? "" },
    ...{ path: decoded(path), escapedPath: escapedPath(path) },
    ...tail,
  };
});

/** `parseHost` */
function hostOf(text: string, scheme: string): string | { readonly error: string } {
  const bracket = text.lastIndexOf("[");
  if (bracket > 0) return { error: "invalid IP-literal" };
  if (bracket === 0) return bracketedHost(text);
  const colon = WEB_SCHEME.test(scheme) ? text.indexOf(":") : text.lastIndexOf(":");
  const fault = colon < 0 ? undefined : portFault(text.slice(colon));
  if (fault) return fault;
  return HOST.test(text) ? decoded(text) : { error: "invalid character in host name" };
}

function bracketedHost(text: string): string | { readonly error: string } {
  const end = text.lastIndexOf("]");
  if (end < 0) return { error: "missing ']' in host" };
  const port = text.slice(end + 1);
  const fault = portFault(port);
  if (fault) return fault;
  const inner = text.slice(1, end);
  const zone = inner.indexOf("%25");
  const address = zone < 0 ? inner : inner.slice(0, zone);
  if (!HOST.test(address) || (zone >= 0 && !ZONE.test(inner.slice(zone))))
    return { error: "invalid character in host name" };
  const host = decoded(inner);
  const parsed = parseGoAddress(host);
  if (!parsed || !host.includes(":")) return { error: "invalid IP-literal" };
  return `[${host}]${port}`;
}

function portFault(text: string): { readonly error: string } | undefined {
  return /^(?::\d*)?$/.test(text) ? undefined : { error: `invalid port "${text}" after host` };
}

/** The bytes of a text with its escapes decoded. */
function decoded(text: string): string {
  return utf8(text).replace(/%([0-9A-Fa-f]{2})/g, (_escape, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

const NON_ASCII = /[^\0-\x7f]/;

function utf8(text: string): string {
  if (!NON_ASCII.test(text)) return text;
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}

/** What `validEncoded` takes of a path as it is written. */
const ENCODED_PATH = /^[A-Za-z0-9\-_.~!$&'()*+,;=:@[\]%/]*$/;

function escapedPath(path: string): string {
  if (ENCODED_PATH.test(path)) return path;
  return decoded(path).replace(/[^A-Za-z0-9\-_.~$&+,/:;=@]/g, escaped);
}

function cut(text: string, separator: string): [before: string, after: string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** What `URL.String` makes of a URL without userinfo and fragment. */
export function goUrlText({ scheme, host, escapedPath: path, query, forceQuery }: GoUrl): string {
  const authority = host.replace(/[^\0-\x7f]|%|[ \\^`{|}]/g, escaped);
  return `${scheme}://${authority}${path}${query !== "" || forceQuery ? `?${query}` : ""}`;
}

function escaped(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}
