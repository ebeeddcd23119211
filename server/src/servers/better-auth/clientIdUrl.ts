import { translated } from "../../localisation/say.js";
import { onUrl } from "../behaviours/constraintKinds.js";
import { parseUrl } from "../behaviours/whatwgUrl.js";
import type { Constraint } from "../profile.js";
import { isPublicRoutableHost } from "./hosts.js";

const DOT_SEGMENT = /\/(?:\.|%2e)(?:\.|%2e)?(?:\/|$|#|\?)/i;
const HTTPS_AUTHORITY = /^https:\/\/(?![/?#])/i;
const AUTHORITY_WITHOUT_PATH = /^https:\/\/[^/?#]+(?:[?#]|$)/i;

/** What Better Auth says of a client_id that it does not look up: the plugin passes it on, and nobody knows it. */
export const NOT_A_DOCUMENT_URL =
  "Only an https URL is looked up as a client metadata document; any other client_id is an unknown client.";

/**
 * What the URL must look like before Better Auth fetches it.
 *
 * Source: npm:@better-auth/cimd@1.7.0-rc.4 dist/index.mjs `isCimdClientIdUrlCandidate`, `validateClientIdUrl`.
 */
export const CLIENT_ID_URL: readonly Constraint[] = [
  onUrl({ id: "url-https", rule: "client-id/https" }, (url, report) => {
    if (!httpsUrl(url)) report(translated(NOT_A_DOCUMENT_URL));
  }),
  onUrl({ id: "url-dot-segments", rule: "client-id/dot-segment" }, (url, report) => {
    if (!httpsUrl(url) || !DOT_SEGMENT.test(url)) return;
    const written = /\/\.\.?(?:[/?#]|$)/.test(url);
    report(
      "client_id URL MUST NOT contain dot segments",
      written ? undefined : "client-id/dot-segment-encoded",
    );
  }),
  onUrl({ id: "url-fragment", rule: "client-id/fragment" }, (url, report) => {
    if (httpsUrl(url) && url.includes("#")) report("client_id URL MUST NOT contain a fragment");
  }),
  onUrl({ id: "url-authority", rule: "client-id/absolute-url" }, (url, report) => {
    if (!httpsUrl(url) || (HTTPS_AUTHORITY.test(url) && !url.includes("\\"))) return;
    const rule = url.includes("\\") ? "client-id/backslash" : undefined;
    report("client_id URL MUST use an explicit HTTPS authority form", rule);
  }),
  onUrl({ id: "url-path", rule: "client-id/path-required" }, (url, report) => {
    if (httpsUrl(url) && AUTHORITY_WITHOUT_PATH.test(url)) {
      report("client_id URL MUST contain an explicit path component");
    }
  }),
  onUrl({ id: "url-userinfo", rule: "client-id/userinfo" }, (url, report) => {
    const parsed = httpsUrl(url);
    if (parsed?.username || parsed?.password) report("client_id URL MUST NOT contain credentials");
  }),
  onUrl({ id: "url-address", rule: "client-id/special-use-host" }, (url, report) => {
    const parsed = httpsUrl(url);
    if (parsed && !isPublicRoutableHost(parsed.hostname)) {
      report("client_id URL must not target a private or reserved address");
    }
  }),
];

function httpsUrl(url: string): URL | undefined {
  const parsed = parseUrl(url);
  return parsed?.protocol === "https:" ? parsed : undefined;
}
