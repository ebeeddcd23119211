import type { Constraint } from "../profile.js";
import type { ConstraintMeta } from "./constraintKinds.js";
import { methodRule, type RedirectFault } from "./documentConstraints.js";
import { goTarget, isBlocked } from "./goAddress.js";
import type { GoStruct } from "./goJson.js";
import { type GoUrl, parseGoUrl } from "./goUrl.js";
import type { Block } from "./ipAddress.js";
import { urlConstraint } from "./urlConstraints.js";

/** Go dials no port beyond. */
export const MAX_PORT = 65_535;

/** A server's words about each thing the client identifier URL must be; without words, it need not be so. */
export interface GoUrlWords {
  readonly malformed?: string;
  readonly https?: string;
  readonly host?: string;
  /** An empty path or `/` alone. */
  readonly morePath?: string;
  /** `.` and `..` between the slashes of the decoded path, so `%2e` and `%2f` count too. */
  readonly dotSegments?: string;
  readonly fragment?: string;
  readonly userinfo?: string;
  readonly query?: string;
}

/** Constraints on the client identifier URL in a server that reads it with Go's `url.Parse`. */
export function goUrlConstraints(words: GoUrlWords): Constraint[] {
  const constraints: Constraint[] = [];
  const add = (
    id: string,
    rule: string,
    message: string | undefined,
    broken: (url: GoUrl, text: string) => boolean | string | undefined,
  ): void => {
    if (message === undefined) return;
    constraints.push(
      urlConstraint(id, rule, message, (_parts, text) => {
        const url = parseGoUrl(text);
        return "error" in url ? false : broken(url, text);
      }),
    );
  };
  if (words.malformed !== undefined)
    constraints.push(
      urlConstraint(
        "url-parses",
        "client-id/illegal-character",
        words.malformed,
        (_parts, text) => "error" in parseGoUrl(text),
      ),
    );
  add("url-https", "client-id/https", words.https, ({ scheme }) => scheme !== "https");
  add("url-host", "client-id/absolute-url", words.host, ({ host }) => host === "");
  add("url-path", "client-id/path-required", words.morePath, ({ path }) =>
    path === "/" ? "client-id/root-path" : path === "",
  );
  add("url-dot-segments", "client-id/dot-segment", words.dotSegments, ({ path, escapedPath }) => {
    const isDots = (segment: string): boolean => segment === "." || segment === "..";
    if (!path.split("/").some(isDots)) return false;
    return escapedPath.split("/").some(isDots) ? "client-id/dot-segment" : "client-id/dot-segment-encoded";
  });
  add("url-fragment", "client-id/fragment", words.fragment, ({ fragment }) => fragment !== "");
  add("url-userinfo", "client-id/userinfo", words.userinfo, ({ hasUserinfo }) => hasUserinfo);
  add("url-query", "client-id/query", words.query, ({ query }) => query !== "");
  return constraints;
}

/**
 * No document is fetched from an address in one of the blocks, `localhost` among them, or from a name that is none.
 *
 * @param options of {@link goTarget}
 */
export function goFetchAddress(
  message: string,
  blocked: readonly Block[],
  options?: { readonly idna: boolean },
): Constraint {
  return urlConstraint("fetch-address", "client-id/special-use-host", message, (_parts, text) => {
    const url = parseGoUrl(text);
    if ("error" in url || url.host === "") return false;
    if (Number(url.port) > MAX_PORT) return "client-id/port";
    const target = goTarget(url.hostname, options);
    if (typeof target !== "string") return isBlocked(target, blocked);
    return target === "nowhere" && "client-id/host-name";
  });
}

/** `client_id` is the URL; one that is missing counts as empty. */
export function goSameClientId(struct: GoStruct, words: (found: string, url: string) => string): Constraint {
  return struct.on(
    { id: "client-id-equal", rule: "client-id/url-mismatch" },
    (values, report, { url = "" }) => {
      const id = values.text("client_id");
      if (id !== "" && id === url) return;
      const pointer = values.pointer("client_id");
      report(words(id, url), pointer, pointer === undefined ? "client-id/missing" : undefined);
    },
  );
}

/** `redirect_uris` has an entry. */
export function goRedirectList(struct: GoStruct, message: string): Constraint {
  return struct.on({ id: "redirect-uris", rule: "redirect-uris/missing" }, (values, report) => {
    if (values.list("redirect_uris").length > 0) return;
    const pointer = values.pointer("redirect_uris");
    report(message, pointer, pointer === undefined ? undefined : "redirect-uris/empty");
  });
}

/** What is wrong with the client and not with one entry, so that it is told at the first. */
const TOLD_ONCE: ReadonlySet<string> = new Set(["redirect-uris/loopback-refused"]);

/** Looks at every entry of `redirect_uris`; a `null` among them is an empty text. */
export function goEachRedirect(
  struct: GoStruct,
  meta: Omit<ConstraintMeta, "rule">,
  faultOf: (uri: string, clientIdUrl: string) => RedirectFault | undefined,
): Constraint {
  return struct.on({ ...meta, rule: "redirect-uris/absolute" }, (values, report, { url = "" }) => {
    const told = new Set<string>();
    for (const [index, uri] of values.list("redirect_uris").entries()) {
      const fault = faultOf(uri, url);
      if (!fault || told.has(fault.rule)) continue;
      if (TOLD_ONCE.has(fault.rule)) told.add(fault.rule);
      report(fault.message, values.pointer("redirect_uris", index), fault.rule);
    }
  });
}

/** A list that is there and not empty holds a value. */
export function goListHolds(
  struct: GoStruct,
  meta: ConstraintMeta,
  member: string,
  value: string,
  message: string,
): Constraint {
  return struct.on(meta, (values, report) => {
    const list = values.list(member);
    if (list.length > 0 && !list.includes(value)) report(message, values.pointer(member));
  });
}

/** `token_endpoint_auth_method` is one of `allowed`; one that is missing counts as empty, and both as taken. */
export function goMethodAmong(
  struct: GoStruct,
  meta: ConstraintMeta,
  allowed: readonly string[],
  words: (method: string) => string,
): Constraint {
  return struct.on(meta, (values, report) => {
    const method = values.text("token_endpoint_auth_method");
    if (method === "" || allowed.includes(method)) return;
    report(words(method), values.pointer("token_endpoint_auth_method"), methodRule(method));
  });
}

/** Grant types beside the authorization code and refresh tokens do no harm and no good. */
export function goOtherGrantsIgnored(struct: GoStruct, message: string): Constraint {
  return struct.on({ id: "other-grants", rule: "grant-types/extra", effect: "note" }, (values, report) => {
    const index = values.list("grant_types").findIndex((grant) => !CODE_AND_REFRESH.has(grant));
    if (index >= 0) report(message, values.pointer("grant_types", index));
  });
}

const CODE_AND_REFRESH: ReadonlySet<string> = new Set(["authorization_code", "refresh_token"]);
