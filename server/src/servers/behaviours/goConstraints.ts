import { jsonPointer } from "../../document/jsonPointer.js";
import { describeValue } from "../../document/valueText.js";
import type { Constraint } from "../profile.js";
import { type ConstraintMeta, onMembers } from "./constraintKinds.js";
import { methodRule } from "./documentConstraints.js";
import { goMember } from "./goJson.js";
import { type GoUrl, parseGoUrl } from "./goUrl.js";
import { addressOf, type Block, isWithin } from "./ipAddress.js";
import { dotSegmentRule, urlConstraint } from "./urlConstraints.js";

/** A server's words for each constraint on the client identifier URL; a constraint without words is not made. */
export interface GoUrlWords {
  readonly malformed?: string;
  readonly https?: string;
  readonly host?: string;
  /** An empty path or `/` alone. */
  readonly morePath?: string;
  /** `.` and `..`; the path is decoded, so `%2e` too. */
  readonly dotSegments?: string;
  readonly fragment?: string;
  readonly userinfo?: string;
  readonly query?: string;
}

/** Constraints on the client identifier URL in a server that reads it with Go's `url.Parse`. */
export function goUrlConstraints(words: GoUrlWords): Constraint[] {
  const { malformed } = words;
  const constraints =
    malformed === undefined
      ? []
      : [
          urlConstraint(
            "url-parses",
            "client-id/illegal-character",
            malformed,
            (_parts, url) => "error" in parseGoUrl(url),
          ),
        ];
  const add = (
    id: string,
    rule: string,
    message: string | undefined,
    broken: (url: GoUrl) => boolean | string | undefined,
  ): void => {
    if (message === undefined) return;
    constraints.push(
      urlConstraint(id, rule, message, (_parts, url) => {
        const parsed = parseGoUrl(url);
        return "error" in parsed ? false : broken(parsed);
      }),
    );
  };
  add("url-https", "client-id/https", words.https, ({ scheme }) => scheme !== "https");
  add("url-host", "client-id/absolute-url", words.host, ({ host }) => host === "");
  add("url-path", "client-id/path-required", words.morePath, ({ path }) =>
    path === "/" ? "client-id/root-path" : path === "",
  );
  add("url-dot-segments", "client-id/dot-segment", words.dotSegments, ({ path }) =>
    dotSegmentRule(path, true),
  );
  add("url-fragment", "client-id/fragment", words.fragment, ({ fragment }) => fragment !== "");
  add("url-userinfo", "client-id/userinfo", words.userinfo, ({ hasUserinfo }) => hasUserinfo);
  add("url-query", "client-id/query", words.query, ({ query }) => query !== "");
  return constraints;
}

/** No document is fetched from an address in one of the blocks. */
export function goFetchAddress(message: string, blocked: readonly Block[]): Constraint {
  return urlConstraint("fetch-address", "client-id/special-use-host", message, (_parts, url) => {
    const parsed = parseGoUrl(url);
    const address = "error" in parsed ? undefined : addressOf(parsed.hostname);
    return address !== undefined && isWithin(address, blocked);
  });
}

/** `client_id`, as Go's encoding/json finds it, is the URL; one that is missing counts as empty. */
export function goSameClientId(words: (found: string, url: string) => string): Constraint {
  return onMembers({ id: "client-id-equal", rule: "client-id/url-mismatch" }, (members, report, document) => {
    const id = goMember(members, "client_id") ?? "";
    const url = document.url ?? "";
    if (typeof id !== "string" || (id !== "" && id === url)) return;
    const known = members["client_id"] !== undefined;
    report(words(id, url), known ? "/client_id" : undefined, id === "" ? "client-id/missing" : undefined);
  });
}

/** `redirect_uris`, as Go's encoding/json finds it, has an entry. */
export function goRedirectList(message: string): Constraint {
  return onMembers({ id: "redirect-uris", rule: "redirect-uris/missing" }, (members, report) => {
    const uris = goMember(members, "redirect_uris");
    const pointer = members["redirect_uris"] === undefined ? undefined : "/redirect_uris";
    if (uris === undefined) report(message);
    else if (Array.isArray(uris) && uris.length === 0) report(message, pointer, "redirect-uris/empty");
  });
}

/** A list that is there and not empty holds a value. */
export function goListHolds(
  id: string,
  rule: string,
  member: string,
  value: string,
  message: string,
): Constraint {
  return onMembers({ id, rule }, (members, report) => {
    const list = goMember(members, member);
    if (Array.isArray(list) && list.length > 0 && !list.includes(value)) report(message, `/${member}`);
  });
}

/** `token_endpoint_auth_method` is one of `allowed`; one that is missing counts as empty, and both as taken. */
export function goMethodAmong(
  meta: ConstraintMeta,
  allowed: readonly string[],
  words: (method: string) => string,
): Constraint {
  return onMembers(meta, (members, report) => {
    const method = goMember(members, "token_endpoint_auth_method") ?? "";
    if (method === "" || allowed.includes(method as string)) return;
    report(
      words(describeValue(method, { quotes: false })),
      "/token_endpoint_auth_method",
      methodRule(method),
    );
  });
}

/** Grant types beside the authorization code and refresh tokens do no harm and no good. */
export function goOtherGrantsIgnored(message: string): Constraint {
  const meta: ConstraintMeta = { id: "other-grants", rule: "grant-types/extra", effect: "note" };
  return onMembers(meta, (members, report) => {
    const grants = goMember(members, "grant_types");
    const index = Array.isArray(grants) ? grants.findIndex((grant) => !CODE_AND_REFRESH.has(grant)) : -1;
    if (index >= 0) report(message, jsonPointer("grant_types", index));
  });
}

const CODE_AND_REFRESH: ReadonlySet<unknown> = new Set(["authorization_code", "refresh_token"]);
