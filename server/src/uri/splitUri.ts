/**
 * The parts of a URI reference as they stand in the text (RFC 3986 appendix B), never normalised: a rule
 * about spelling has to see what the author wrote. `undefined` means absent, `""` present but empty.
 */
export interface UriParts {
  readonly scheme: string | undefined;
  /** Everything between `//` and the path. */
  readonly authority: string | undefined;
  readonly userinfo: string | undefined;
  /** The host, with brackets for an IPv6 literal; `undefined` without an authority. */
  readonly host: string | undefined;
  /** The digits (or whatever stands there) after the host's colon. */
  readonly port: string | undefined;
  readonly path: string;
  readonly query: string | undefined;
  readonly fragment: string | undefined;
}

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*$/;

/**
 * Splits a URI reference without changing a character.
 *
 * @param raw the text; may be anything
 * @returns its parts; never throws. A prefix that is not a legal scheme belongs to the path.
 * @see RFC 3986 §3 and appendix B
 */
export function splitUri(raw: string): UriParts {
  let rest = raw;
  let fragment: string | undefined;
  const hash = rest.indexOf("#");
  if (hash >= 0) {
    fragment = rest.slice(hash + 1);
    rest = rest.slice(0, hash);
  }
  let query: string | undefined;
  const question = rest.indexOf("?");
  if (question >= 0) {
    query = rest.slice(question + 1);
    rest = rest.slice(0, question);
  }
  let scheme: string | undefined;
  const colon = rest.indexOf(":");
  if (colon > 0 && SCHEME.test(rest.slice(0, colon))) {
    scheme = rest.slice(0, colon);
    rest = rest.slice(colon + 1);
  }
  if (!rest.startsWith("//")) {
    return {
      scheme,
      authority: undefined,
      userinfo: undefined,
      host: undefined,
      port: undefined,
      path: rest,
      query,
      fragment,
    };
  }
  const slash = rest.indexOf("/", 2);
  const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
  const path = slash < 0 ? "" : rest.slice(slash);
  const at = authority.lastIndexOf("@");
  const userinfo = at < 0 ? undefined : authority.slice(0, at);
  const hostPort = authority.slice(at + 1);
  const bracket = hostPort.startsWith("[") ? hostPort.indexOf("]") : -1;
  const portColon = hostPort.indexOf(":", bracket + 1);
  const host = portColon < 0 ? hostPort : hostPort.slice(0, portColon);
  const port = portColon < 0 ? undefined : hostPort.slice(portColon + 1);
  return { scheme, authority, userinfo, host, port, path, query, fragment };
}
