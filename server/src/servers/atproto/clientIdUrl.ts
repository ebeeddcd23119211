import { translated } from "../../localisation/say.js";
import { onUrl } from "../behaviours/constraintKinds.js";
import { parseUrl } from "../behaviours/whatwgUrl.js";
import type { Constraint } from "../profile.js";
import { SCOPE } from "./document.js";
import { fetchFault } from "./fetchPolicy.js";
import { httpsUriFault, INVALID_URL, isIpAddress, isLocalHostname, redirectUriFault } from "./uris.js";

/** What is said of the one http client_id that atproto knows: it stands for metadata that nobody has to serve. */
export const VIRTUAL_CLIENT =
  "A client_id that starts with http://localhost stands for a development client with metadata made up from the URL itself; no document is fetched.";

/**
 * Which client_id atproto takes for a document's URL, and from where it fetches.
 *
 * Source: npm:@atproto/oauth-types@0.7.6 dist/oauth-client-id-discoverable.js `oauthClientIdDiscoverableSchema`,
 * oauth-client-id-loopback.js; npm:@atproto/oauth-provider@0.22.9 dist/client/client-manager.js `getClientMetadata`,
 * client-utils.js `parseDiscoverableClientId`.
 */
export const CLIENT_ID_URL: readonly Constraint[] = [
  onUrl({ id: "url-localhost-client", rule: "atproto/localhost-client" }, (url, report) => {
    if (isLoopbackClientId(url)) report(translated(VIRTUAL_CLIENT));
  }),
  onUrl({ id: "url-https", rule: "client-id/https" }, (url, report) => {
    if (isLoopbackClientId(url)) return;
    const fault = httpsUriFault(url);
    if (fault === undefined) return;
    if (fault === INVALID_URL) report(fault, "client-id/absolute-url");
    else report(fault, url.startsWith("https://") ? "atproto/client-id-host" : undefined);
  }),
  onUrl({ id: "url-credentials", rule: "client-id/userinfo" }, (url, report) => {
    const parsed = httpsUrl(url);
    if (parsed?.username || parsed?.password) report("ClientID must not contain credentials");
  }),
  onUrl({ id: "url-fragment", rule: "client-id/fragment" }, (url, report) => {
    if (httpsUrl(url)?.hash) report("ClientID must not contain a fragment");
  }),
  onUrl({ id: "url-path", rule: "atproto/client-id-path" }, (url, report) => {
    const path = httpsUrl(url)?.pathname;
    if (path === "/")
      report('ClientID must contain a path component (e.g. "/client-metadata.json")', "client-id/root-path");
    else if (path?.endsWith("/")) report("ClientID path must not end with a trailing slash");
  }),
  onUrl({ id: "url-address", rule: "atproto/client-id-host" }, (url, report) => {
    const parsed = httpsUrl(url);
    if (parsed && isIpAddress(parsed.hostname)) report("ClientID hostname must not be an IP address");
  }),
  onUrl({ id: "url-canonical", rule: "atproto/client-id-path" }, (url, report) => {
    const parsed = httpsUrl(url);
    if (!parsed) return;
    const written = /^https:\/\/([^/?#]*)([^?#]*)/.exec(url);
    if (written?.[1] === "" && written[2] !== "") report("URL must contain a host", "client-id/absolute-url");
    else if (written?.[2] !== parsed.pathname) {
      report(`ClientID must be in canonical form ("${parsed.href}", got "${url}")`);
    }
  }),
  onUrl({ id: "url-public-domain", rule: "atproto/client-id-host" }, (url, report) => {
    const parsed = httpsUrl(url);
    if (parsed && isLocalHostname(parsed.hostname))
      report("The client_id's TLD must not be a local hostname");
  }),
  onUrl({ id: "fetch-policy", rule: "atproto/client-id-host" }, (url, report) => {
    const parsed = httpsUrl(url);
    if (!parsed || isIpAddress(parsed.hostname) || isLocalHostname(parsed.hostname)) return;
    const fault = fetchFault(url);
    if (fault?.kind === "port") report(fault.message, "atproto/client-id-port");
    else if (fault?.kind === "name")
      report(fault.message, isExample(parsed.hostname) ? "document/placeholder" : undefined);
  }),
];

function httpsUrl(url: string): URL | undefined {
  return url.startsWith("https://") ? parseUrl(url) : undefined;
}

const LOOPBACK_ORIGIN = "http://localhost";

/** `isOAuthClientIdLoopback`: at most a slash behind the origin, and a query of scopes and loopback redirects alone. */
function isLoopbackClientId(url: string): boolean {
  if (!url.startsWith(LOOPBACK_ORIGIN) || url.includes("#", LOOPBACK_ORIGIN.length)) return false;
  const behind = url.slice(LOOPBACK_ORIGIN.length).replace(/^\//, "");
  if (behind !== "" && !behind.startsWith("?")) return false;
  const query = new URLSearchParams(behind.slice(1));
  return (
    query.getAll("scope").length <= 1 &&
    [...query].every(([name, value]) =>
      name === "scope"
        ? SCOPE.test(value)
        : name === "redirect_uri" && value.startsWith("http:") && redirectUriFault(value) === undefined,
    )
  );
}

function isExample(hostname: string): boolean {
  return /(?:^|\.)example\.(?:com|net|org)$/.test(hostname);
}
