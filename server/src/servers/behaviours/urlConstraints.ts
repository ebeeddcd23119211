import { splitUri, type UriParts } from "../../uri/splitUri.js";
import type { Constraint } from "../profile.js";
import { onUrl } from "./constraintKinds.js";
import { memoizeText } from "./memoizeText.js";
import { hasBlockedPort, parseUrl } from "./whatwgUrl.js";

const partsOf = memoizeText(splitUri);

/**
 * One constraint on the client identifier URL, as it is written.
 *
 * @param broken true, or the rule where it differs, when the URL does not meet it
 */
export function urlConstraint(
  id: string,
  rule: string,
  message: string,
  broken: (parts: UriParts, url: string) => boolean | string | undefined,
): Constraint {
  return onUrl({ id, rule }, (url, report) => {
    const found = broken(partsOf(url), url);
    if (found) report(message, found === true ? undefined : found);
  });
}

/** The URL is https where a WHATWG parser reads it, as every server written in JavaScript does. */
export function whatwgHttps(message: string): Constraint {
  return urlConstraint("url-https", "client-id/https", message, (_parts, url) => {
    const parsed = parseUrl(url);
    return parsed ? parsed.protocol !== "https:" : "client-id/absolute-url";
  });
}

/** Node's `fetch` takes no URL with credentials. */
export function fetchUserinfo(words: string): Constraint {
  return urlConstraint("fetch-userinfo", "client-id/userinfo", words, (_parts, url) => {
    const parsed = parseUrl(url);
    return Boolean(parsed?.username || parsed?.password);
  });
}

/** Node's `fetch` connects to no port that another protocol uses. */
export function fetchPort(words: string): Constraint {
  return urlConstraint("fetch-port", "client-id/port", words, (_parts, url) => {
    const parsed = parseUrl(url);
    return parsed !== undefined && hasBlockedPort(parsed);
  });
}

/** The server's words for each constraint that most servers make; a constraint without words is not made. */
export interface CommonUrlWords {
  readonly https?: string;
  readonly host?: string;
  /** An empty path. */
  readonly path?: string;
  /** An empty path or `/` alone. */
  readonly morePath?: string;
  /** `.` and `..` as they are. */
  readonly dotSegments?: string;
  /** `.` and `..`, with `%2e` too. */
  readonly encodedDotSegments?: string;
  readonly fragment?: string;
  readonly userinfo?: string;
  readonly query?: string;
}

/** The rule about a dot segment in a path, or undefined. */
export function dotSegmentRule(path: string, decode: boolean): string | undefined {
  for (const segment of path.split("/")) {
    const plain = decode ? segment.replace(/%2e/gi, ".") : segment;
    if (plain === "." || plain === "..")
      return plain === segment ? "client-id/dot-segment" : "client-id/dot-segment-encoded";
  }
  return undefined;
}

/**
 * The constraints on client identifier URLs that most servers make, each in the server's own words. An empty query or
 * fragment counts as none, as in every URL parser but Java's.
 */
export function commonUrlConstraints(words: CommonUrlWords): Constraint[] {
  const constraints: Constraint[] = [];
  const add = (
    id: string,
    rule: string,
    message: string | undefined,
    broken: (parts: UriParts) => boolean | string | undefined,
  ): void => {
    if (message !== undefined) constraints.push(urlConstraint(id, rule, message, broken));
  };
  add("url-https", "client-id/https", words.https, ({ scheme }) => scheme?.toLowerCase() !== "https");
  add("url-host", "client-id/absolute-url", words.host, ({ host }) => host === undefined || host === "");
  add("url-path", "client-id/path-required", words.path, ({ path }) => path === "");
  add("url-path", "client-id/path-required", words.morePath, ({ path }) =>
    path === "/" ? "client-id/root-path" : path === "",
  );
  add("url-dot-segments", "client-id/dot-segment", words.dotSegments, ({ path }) =>
    dotSegmentRule(path, false),
  );
  add("url-dot-segments", "client-id/dot-segment", words.encodedDotSegments, ({ path }) =>
    dotSegmentRule(path, true),
  );
  add("url-fragment", "client-id/fragment", words.fragment, ({ fragment }) => Boolean(fragment));
  add("url-userinfo", "client-id/userinfo", words.userinfo, ({ userinfo }) => Boolean(userinfo));
  add("url-query", "client-id/query", words.query, ({ query }) => Boolean(query));
  return constraints;
}

/**
 * {@link commonUrlConstraints} of servers that look at the URL as a WHATWG parser reads it; a URL that it does not take is
 * another constraint's.
 */
export function whatwgUrlConstraints(
  words: Pick<CommonUrlWords, "https" | "morePath" | "fragment" | "userinfo" | "query">,
): Constraint[] {
  const constraints: Constraint[] = [];
  const add = (
    id: string,
    rule: string,
    message: string | undefined,
    broken: (url: URL, parts: UriParts) => boolean | string,
  ): void => {
    if (message === undefined) return;
    constraints.push(
      urlConstraint(id, rule, message, (parts, text) => {
        const url = parseUrl(text);
        return url && broken(url, parts);
      }),
    );
  };
  add("url-https", "client-id/https", words.https, ({ protocol }) => protocol !== "https:");
  add("url-path", "client-id/path-required", words.morePath, ({ pathname }, { path }) => {
    if (pathname !== "/" && pathname !== "") return false;
    return path === "/" ? "client-id/root-path" : true;
  });
  add("url-fragment", "client-id/fragment", words.fragment, ({ hash }) => hash !== "");
  add("url-userinfo", "client-id/userinfo", words.userinfo, (url) => `${url.username}${url.password}` !== "");
  add("url-query", "client-id/query", words.query, ({ search }) => search !== "");
  return constraints;
}
