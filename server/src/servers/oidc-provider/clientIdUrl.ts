import { onUrl } from "../behaviours/constraintKinds.js";
import { hasBlockedPort, parseUrl } from "../behaviours/whatwgUrl.js";
import type { Constraint } from "../profile.js";
import { isSpecialUseAddress } from "./specialUseAddress.js";

/** What a person reads at the authorization endpoint when `client_id` is no client identifier URL for oidc-provider. */
const NOT_A_CLIENT = "client is invalid (client not found)";
/** What a person reads when the document could not be fetched. */
export const FETCH_FAILED = "client_id metadata document fetch failed";

const PREFIX = /^https:\/\//i;
const FORBIDDEN_CHARACTER = /[\0-\x20\\\x7f]/;
const END_OF_AUTHORITY = /[/?#]/;

/** The text after `https://`, up to the first slash, question mark or hash, and what follows. */
function split(url: string): { authority: string; rest: string } | undefined {
  if (!PREFIX.test(url)) return undefined;
  const afterScheme = url.slice("https://".length);
  const end = afterScheme.search(END_OF_AUTHORITY);
  return end < 0
    ? { authority: afterScheme, rest: "" }
    : { authority: afterScheme.slice(0, end), rest: afterScheme.slice(end) };
}

/**
 * Which URLs oidc-provider takes for client identifier URLs, and from which it fetches.
 *
 * Source: npm:oidc-provider@9.13.3 lib/helpers/client_id_metadata_document.js `isValidClientIdUrl`,
 * lib/helpers/fetch_request.js.
 */
export const CLIENT_ID_URL: readonly Constraint[] = [
  onUrl({ id: "url-https", rule: "client-id/https" }, (url, report) => {
    if (!PREFIX.test(url)) report(`${NOT_A_CLIENT}: the client identifier URL does not start with https://`);
  }),
  onUrl({ id: "url-characters", rule: "client-id/illegal-character" }, (url, report) => {
    const found = FORBIDDEN_CHARACTER.exec(url)?.[0];
    if (found === undefined) return;
    const rule = found === "\\" ? "client-id/backslash" : undefined;
    report(
      `${NOT_A_CLIENT}: the client identifier URL holds a space, a control character or a backslash`,
      rule,
    );
  }),
  onUrl({ id: "url-parses", rule: "client-id/absolute-url" }, (url, report) => {
    if (split(url) && !parseUrl(url)) report(`${NOT_A_CLIENT}: the client identifier URL is not a valid URL`);
  }),
  onUrl({ id: "url-authority", rule: "client-id/absolute-url" }, (url, report) => {
    if (split(url)?.authority === "") report(`${NOT_A_CLIENT}: the client identifier URL names no host`);
  }),
  onUrl({ id: "url-dot-segments", rule: "client-id/dot-segment" }, (url, report) => {
    const path = /^[^?#]*/.exec(split(url)?.rest ?? "")?.[0] ?? "";
    for (const segment of path.split("/")) {
      const decoded = segment.replace(/%2e/gi, ".");
      if (decoded !== "." && decoded !== "..") continue;
      const rule = segment === decoded ? undefined : "client-id/dot-segment-encoded";
      report(`${NOT_A_CLIENT}: the client identifier URL has a dot segment`, rule);
      return;
    }
  }),
  onUrl({ id: "url-fragment", rule: "client-id/fragment" }, (url, report) => {
    if (url.includes("#")) report(`${NOT_A_CLIENT}: the client identifier URL has a fragment`);
  }),
  onUrl({ id: "url-userinfo", rule: "client-id/userinfo" }, (url, report) => {
    if (split(url)?.authority.includes("@"))
      report(`${NOT_A_CLIENT}: the client identifier URL has userinfo`);
  }),
  onUrl({ id: "fetch-port", rule: "client-id/port" }, (url, report) => {
    const parsed = parseUrl(url);
    if (parsed?.protocol === "https:" && hasBlockedPort(parsed)) report(`${FETCH_FAILED} (bad port)`);
  }),
  onUrl({ id: "fetch-address", rule: "client-id/special-use-host" }, (url, report) => {
    const parsed = parseUrl(url);
    if (parsed?.protocol === "https:" && isSpecialUseAddress(parsed.hostname)) {
      report(`${FETCH_FAILED} (hostname resolves to a special-use IP address)`);
    }
  }),
];
