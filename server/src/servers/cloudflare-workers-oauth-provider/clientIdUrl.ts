import { onUrl } from "../behaviours/constraintKinds.js";
import { parseUrl } from "../behaviours/whatwgUrl.js";
import type { Constraint } from "../profile.js";

/** What `parseAuthRequest` says when it looks for the client in its own storage instead. */
const NO_CLIENT = "Invalid client_id";

const WHITESPACE_CONTROL_OR_BACKSLASH = /[\0-\x20\x7f-\x9f\\]/;

/** The path as it is spelled, `""` when the authority is followed by nothing or by something else. */
function rawPath(url: string): string {
  const schemeEnd = url.indexOf("://");
  if (schemeEnd < 0) return "";
  const afterScheme = url.slice(schemeEnd + 3);
  const start = afterScheme.search(/[/?#]/);
  return start < 0 || afterScheme[start] !== "/" ? "" : (/^[^?#]*/.exec(afterScheme.slice(start))?.[0] ?? "");
}

/** A segment after percent-decoding; undefined where its escapes are no UTF-8. */
function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/**
 * Which URLs the library takes for client identifier URLs.
 *
 * Source: npm:@cloudflare/workers-oauth-provider@1.2.3 dist/oauth-provider.js `isClientIdMetadataDocumentUrl` and
 * `validateClientIdentifierUrl` (src/oauth-client-metadata.ts).
 */
export const CLIENT_ID_URL: readonly Constraint[] = [
  onUrl({ id: "url-recognised", rule: "client-id/https" }, (url, report) => {
    const parsed = parseUrl(url);
    if (!parsed) {
      report(`${NO_CLIENT}: the client identifier URL is not a valid URL`, "client-id/absolute-url");
    } else if (parsed.protocol !== "https:") {
      report(`${NO_CLIENT}: the client identifier URL does not use https`);
    } else if (rawPath(url) === "") {
      report(`${NO_CLIENT}: the client identifier URL has no path`, "client-id/path-required");
    }
  }),
  onUrl({ id: "url-characters", rule: "client-id/illegal-character" }, (url, report) => {
    if (url === url.trim() && !WHITESPACE_CONTROL_OR_BACKSLASH.test(url)) return;
    const rule = url.includes("\\") ? "client-id/backslash" : undefined;
    report("Client Identifier URL contains invalid whitespace or characters", rule);
  }),
  onUrl({ id: "url-prefix", rule: "client-id/absolute-url" }, (url, report) => {
    // Reached by `https:/host/path?https://…`, whose query makes it look as if it had an authority.
    if (/^https:\/\//i.test(url) || rawPath(url) === "" || parseUrl(url)?.protocol !== "https:") return;
    report("Client Identifier URL must use an absolute HTTPS URL");
  }),
  onUrl({ id: "url-userinfo", rule: "client-id/userinfo" }, (url, report) => {
    const parsed = parseUrl(url);
    if (parsed?.username || parsed?.password) report("Client Identifier URL must not contain userinfo");
  }),
  onUrl({ id: "url-fragment", rule: "client-id/fragment" }, (url, report) => {
    if (parseUrl(url)?.hash) report("Client Identifier URL must not contain a fragment");
  }),
  onUrl({ id: "url-percent-encoding", rule: "client-id/percent-encoding-invalid" }, (url, report) => {
    if (
      rawPath(url)
        .split("/")
        .some((segment) => decoded(segment) === undefined)
    ) {
      report("Client Identifier URL contains invalid percent encoding");
    }
  }),
  onUrl({ id: "url-dot-segments", rule: "client-id/dot-segment" }, (url, report) => {
    for (const segment of rawPath(url).split("/")) {
      const plain = decoded(segment);
      if (plain !== "." && plain !== "..") continue;
      const rule = segment === plain ? undefined : "client-id/dot-segment-encoded";
      report("Client Identifier URL must not contain dot path segments", rule);
      return;
    }
  }),
];
