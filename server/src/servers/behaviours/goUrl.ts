import { memoize } from "./memoize.js";

/** The parts of a URL that Go's `url.Parse` takes. */
export interface GoUrl {
  /** Lower case; `""` when there is none. */
  readonly scheme: string;
  readonly hasUserinfo: boolean;
  /** Host and port as written, brackets kept. */
  readonly host: string;
  /** The host without port and brackets. */
  readonly hostname: string;
  readonly port: string;
  /** As written, escapes kept. */
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

const PLAIN = /^(https?):\/\/([A-Za-z0-9.-]+)(?::(\d*))?(\/[\w.~/-]*)?$/;
const CONTROL_CHARACTER = /[\0-\x1f\x7f]/;
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/;
const BAD_ESCAPE = /%(?![0-9A-Fa-f]{2})/;
const HOST = /^(?:[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]|[^\0-\x7f]|%[89A-Fa-f][0-9A-Fa-f])*$/;
const USERINFO = /^(?:[A-Za-z0-9\-._:~!$&'()*+,;=%@])*$/;

/**
 * Parses a URL as Go's standard library does. Zone identifiers of IPv6 addresses are not read.
 *
 * Source: `golang/go` src/net/url/url.go (1.25) `parse`, `getScheme`, `parseAuthority`, `parseHost`, `shouldEscape`.
 *
 * @returns the library's own words after `parse "…": ` when it fails
 */
export const parseGoUrl = memoize((text: string): GoUrl | { readonly error: string } => {
  const plain = PLAIN.exec(text);
  if (plain) {
    const [, scheme = "", hostname = "", port, path = ""] = plain;
    const host = port === undefined ? hostname : `${hostname}:${port}`;
    return { scheme, hasUserinfo: false, host, hostname, port: port ?? "", path, query: "", fragment: "" };
  }
  const [beforeFragment, fragment] = cut(text, "#");
  if (CONTROL_CHARACTER.test(beforeFragment)) return { error: "net/url: invalid control character in URL" };
  if (beforeFragment.startsWith(":")) return { error: "missing protocol scheme" };
  const written = SCHEME.exec(beforeFragment)?.[1];
  const scheme = written?.toLowerCase() ?? "";
  const [rest, query] = cut(
    written === undefined ? beforeFragment : beforeFragment.slice(written.length + 1),
    "?",
  );
  const base = { scheme, hasUserinfo: false, host: "", hostname: "", port: "", path: "", query, fragment };
  if (BAD_ESCAPE.test(fragment)) return { error: "invalid URL escape" };
  if (!rest.startsWith("/")) {
    if (scheme !== "") return base;
    if (rest.split("/", 1)[0]?.includes(":"))
      return { error: "first path segment in URL cannot contain colon" };
  }
  let authority = "";
  let path = rest;
  if (rest.startsWith("//") && (scheme !== "" || !rest.startsWith("///"))) {
    const slash = rest.indexOf("/", 2);
    authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
    path = slash < 0 ? "" : rest.slice(slash);
  }
  const at = authority.lastIndexOf("@");
  const host = authority.slice(at + 1);
  const fault = hostFault(host);
  if (fault !== undefined) return { error: fault };
  const userinfo = at < 0 ? "" : authority.slice(0, at);
  if (!USERINFO.test(userinfo)) return { error: "net/url: invalid userinfo" };
  if (BAD_ESCAPE.test(userinfo) || BAD_ESCAPE.test(path)) return { error: "invalid URL escape" };
  const port = /:(\d*)$/.exec(host);
  const hostname = (port ? host.slice(0, port.index) : host).replace(/^\[(.*)\]$/, "$1");
  return { ...base, hasUserinfo: at >= 0, host, hostname, port: port?.[1] ?? "", path };
});

/** What `parseHost` says of a host and port; undefined when it takes them. */
function hostFault(host: string): string | undefined {
  let port = "";
  if (host.startsWith("[")) {
    const end = host.lastIndexOf("]");
    if (end < 0) return "missing ']' in host";
    port = host.slice(end + 1);
  } else if (host.includes(":")) {
    port = host.slice(host.lastIndexOf(":"));
  }
  if (port !== "" && !/^:\d*$/.test(port)) return `invalid port "${port}" after host`;
  return HOST.test(host) ? undefined : "invalid character in host name";
}

function cut(text: string, separator: string): [before: string, after: string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
