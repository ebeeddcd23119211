import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { say } from "../../localisation/say.js";
import type { RedirectUri } from "../../redirects/classify.js";
import { cimd, mcp, rfc, uts39 } from "../../specifications/sources.js";
import { findHomograph, isInternationalised } from "../../uri/homograph.js";
import { hostKind } from "../../uri/host.js";
import { isWithinSite, siteOf } from "../../uri/site.js";
import { hostRange, offsetOf } from "../../uri/uriParts.js";
import { holdsPlaceholder } from "../document/text.js";
import type { Rule } from "../rule.js";
import { isAbsolute, redirectRule } from "./redirectRule.js";

/** Parameters of the authorization response (RFC 6749 §4.1.2, RFC 9207 §2, OpenID Connect Session Management §3). */
const RESPONSE_PARAMETERS: ReadonlySet<string> = new Set([
  "code",
  "state",
  "iss",
  "error",
  "error_description",
  "error_uri",
  "session_state",
  "response",
]);

/** Where browsers send the redirects of extensions: the path belongs to the browser. */
const EXTENSION_HOST = /\.(?:chromiumapp\.org|extensions\.allizom\.org)$/;

/** The parameters of a query with their places in it. */
function* parametersOf(
  query: string,
): Generator<{ name: string; value: string; start: number; end: number }> {
  let start = 0;
  for (const part of query.split("&")) {
    const equals = part.indexOf("=");
    yield {
      name: equals < 0 ? part : part.slice(0, equals),
      value: equals < 0 ? "" : part.slice(equals + 1),
      start,
      end: start + part.length,
    };
    start += part.length + 1;
  }
}

function isWeb({ kind, pattern }: RedirectUri): boolean {
  return (kind === "claimed-https" || kind === "loopback") && pattern === undefined;
}

const sites = new WeakMap<ClientMetadataDocument, string>();

/** The registrable domain of `client_id`, `""` when it has none; looked up once per document. */
function clientSite(document: ClientMetadataDocument): string {
  let site = sites.get(document);
  if (site === undefined) {
    const host = document.clientId?.host?.toLowerCase() ?? "";
    site = hostKind(host) !== "name" || holdsPlaceholder(host) ? "" : siteOf(host);
    sites.set(document, site);
  }
  return site;
}

/** The host of an https redirect that is not on the site of `client_id`, whose own rules speak for its hosts. */
function foreignHost(
  { kind, host: written, pattern }: RedirectUri,
  document: ClientMetadataDocument,
): string | undefined {
  if (kind !== "claimed-https" || pattern || !written || written === document.clientId?.host)
    return undefined;
  const host = written.toLowerCase();
  const site = clientSite(document);
  return (site !== "" && isWithinSite(host, site)) || holdsPlaceholder(host) ? undefined : host;
}

const rootPathOpen = redirectRule({
  id: "redirect-uris/root-path-open",
  severity: "hint",
  title: "Redirect URIs have a path of their own",
  why: "A server that matches the root with any path would send the code to every page of the host; and with no path at all, URL libraries add a slash that exact matching does not forgive.",
  sources: [rfc(8252, "8.4"), rfc(9700, "2.1")],
  portability: {
    message:
      "On some servers, an entry without a path matches every path of its host. Use a path of your own.",
  },
  bad: ['"redirect_uris": ["https://app.acme.dev«/»"]', '"redirect_uris": [«"https://app.acme.dev"»]'],
  good: [
    '"redirect_uris": ["https://app.acme.dev/callback"]',
    '"redirect_uris": ["https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/"]',
  ],
  test(uri) {
    const { path, host = "" } = uri.parts;
    if ((path !== "" && path !== "/") || !isWeb(uri) || host === "" || EXTENSION_HOST.test(host))
      return undefined;
    const start = offsetOf("path", uri.parts);
    return path === ""
      ? {
          severity: "information",
          message: say`Without a path, clients that use a URL library send another text than this one (RFC 3986 §6.2.3), and servers compare exactly. Add the path of your callback.`,
        }
      : {
          start,
          end: start + 1,
          message: say`The whole host is the redirect. A path that is only for the callback cannot be confused with another page (RFC 8252 §8.4). Use one if you can.`,
        };
  },
});

const idn = redirectRule({
  id: "redirect-uris/idn",
  severity: "information",
  title: "Redirects lead to hosts that people can read",
  why: "Consent screens must show where the user is sent (MCP); an internationalised host may be shown as xn--….",
  sources: [mcp("security-considerations"), rfc(5890, "4.4")],
  bad: ['"redirect_uris": ["https://«xn--bcher-kva.acme.dev»/callback"]'],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
  test(uri) {
    const host = uri.parts.host ?? "";
    if (!isInternationalised(host) || findHomograph(host)) return undefined;
    return {
      ...hostRange(uri.parts),
      message: say`Consent screens show this host, some as xn--… and some decoded (MCP), and people check it. An ASCII name is easier to recognise.`,
    };
  },
});

const homograph = redirectRule({
  id: "redirect-uris/homograph",
  severity: "warning",
  title: "The host of a redirect cannot be mistaken for another one",
  why: "The host of the redirect is what the consent screen must show. Letters that look like others make people agree to the wrong one.",
  sources: [uts39("4"), uts39("5.2"), mcp("security-considerations")],
  bad: ['"redirect_uris": ["https://«xn--pple-43d.acme.dev»/callback"]'],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
  test(uri) {
    const found = findHomograph(uri.parts.host ?? "");
    if (!found) return undefined;
    return {
      ...hostRange(uri.parts),
      message:
        found.looksLike === undefined
          ? say`\`${found.label}\` mixes letters of several scripts, and the consent screen shows this host (UTS 39). Use an ASCII name.`
          : say`\`${found.label}\` looks like ${found.looksLike}, and the consent screen shows this host (UTS 39). Use an ASCII name.`,
    };
  },
});

const query = redirectRule({
  id: "redirect-uris/query",
  severity: "hint",
  title: "Redirect URIs have no query",
  why: "A query is allowed and kept, but servers differ in how they compare it.",
  sources: [rfc(6749, "3.1.2")],
  portability: {
    message:
      "Servers differ in how they compare the query of a redirect URI. Leave it out and carry the data in `state`.",
  },
  bad: ['"redirect_uris": ["https://app.acme.dev/callback«?tenant=a»"]'],
  good: ['"redirect_uris": ["https://app.acme.dev/callback/a"]'],
  test(uri) {
    const { parts, pattern, kind } = uri;
    if (parts.query === undefined || pattern?.form === "malformed" || kind === "unsafe") return undefined;
    if (!isAbsolute(uri)) return undefined;
    // A problem inside the query is the better message.
    if (findReserved(parts.query) || findAddress(parts.query)) return undefined;
    const start = offsetOf("query", parts) - 1;
    return {
      start: parts.authority === undefined ? 0 : start,
      ...(parts.authority === undefined ? {} : { end: start + 1 + parts.query.length }),
      message: say`The query is allowed (RFC 6749 §3.1.2), and servers differ in how they compare it. Put what it says into the path or into \`state\` if you can.`,
    };
  },
});

function findReserved(text: string) {
  for (const parameter of parametersOf(text)) if (RESPONSE_PARAMETERS.has(parameter.name)) return parameter;
  return undefined;
}

function findAddress(text: string) {
  if (!/%3a|:|%2f%2f|\/\//i.test(text)) return undefined;
  for (const parameter of parametersOf(text)) {
    if (/^(?:https?(?::|%3a)|(?:\/|%2f){2})/i.test(parameter.value)) return parameter;
  }
  return undefined;
}

const reservedParams = redirectRule({
  id: "redirect-uris/reserved-params",
  severity: "warning",
  title: "A redirect URI's query has no parameter of the response",
  why: "The server adds code, state and the like to the address; a parameter must not be there twice, or clients read the wrong one or refuse both.",
  sources: [rfc(6749, "3.1"), rfc(6749, "4.1.2"), rfc(9207, "2")],
  bad: ['"redirect_uris": ["https://app.acme.dev/callback?«state=login»"]'],
  good: ['"redirect_uris": ["https://app.acme.dev/callback/login"]'],
  test({ parts }) {
    const found = parts.query === undefined ? undefined : findReserved(parts.query);
    if (!found || parts.authority === undefined) return undefined;
    const start = offsetOf("query", parts);
    return {
      start: start + found.start,
      end: start + found.end,
      message: say`The server adds \`${found.name}\` to the address itself, and it must not be there twice (RFC 6749 §3.1). Give the parameter another name.`,
    };
  },
});

const openRedirector = redirectRule({
  id: "redirect-uris/open-redirector",
  severity: "warning",
  title: "A redirect does not send people on to another address",
  why: "A callback that forwards to an address in its query can be used to carry the authorization code away.",
  sources: [rfc(9700, "4.11.1"), rfc(9700, "2.1")],
  bad: ['"redirect_uris": ["https://app.acme.dev/callback?«next=https://app.acme.dev/home»"]'],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
  test({ parts }) {
    const found = parts.query === undefined ? undefined : findAddress(parts.query);
    if (!found || parts.authority === undefined || RESPONSE_PARAMETERS.has(found.name)) return undefined;
    const start = offsetOf("query", parts);
    return {
      start: start + found.start,
      end: start + found.end,
      message: say`An address in the query looks like a callback that forwards, and clients must not be open redirectors (RFC 9700 §4.11.1). Keep the target in your session.`,
    };
  },
});

const crossSite = redirectRule({
  id: "redirect-uris/cross-site",
  severity: "hint",
  title: "Redirects lead to the site of client_id",
  why: "The document is on one site and the code goes to another. That is allowed, and servers may ask for more trust.",
  sources: [cimd("8.1")],
  portability: {
    message: "Some servers require redirect URIs on the site of `client_id`. Use an address there.",
  },
  bad: ['"redirect_uris": ["https://«login.other.dev»/callback"]'],
  good: [
    '"redirect_uris": ["https://login.acme.dev/callback"]',
    '"redirect_uris": ["https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/"]',
  ],
  test(uri, document) {
    const host = foreignHost(uri, document);
    if (host === undefined || hostKind(host) !== "name" || EXTENSION_HOST.test(host)) return undefined;
    const site = clientSite(document);
    if (site === "" || isWithinSite(site, host)) return undefined;
    return {
      ...hostRange(uri.parts),
      message: say`Codes go to another site than ${site.slice(0, 60)}, where the document is, and servers may restrict that (CIMD draft-02 §8.1). Serve both from one site if you can.`,
    };
  },
});

const specialUse = redirectRule({
  id: "redirect-uris/special-use-https",
  severity: "information",
  title: "https redirects lead to public hosts",
  why: "A private address or an internal name is another machine on another network, and there the code goes to whoever answers.",
  sources: [rfc(6761, "6"), rfc(6890, "2.2.2")],
  bad: [
    '"redirect_uris": ["https://«10.1.2.3»/callback"]',
    '"redirect_uris": ["https://«sso.acme.internal»/callback"]',
  ],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
  test(uri, document) {
    const host = foreignHost(uri, document);
    // Documentation names have `document/placeholder`.
    if (host === undefined || /(?:^|\.)example\.?$/.test(host)) return undefined;
    const kind = hostKind(host);
    if (kind !== "special-use-address" && kind !== "non-public-name") return undefined;
    return {
      ...hostRange(uri.parts),
      message: say`This host exists on some networks only, and on another one the code goes to whoever answers there (RFC 6761, RFC 6890). Use a public name.`,
    };
  },
});

/** Rules about where a redirect leads, and what it carries. */
export const destinationRules: readonly Rule[] = [
  rootPathOpen,
  idn,
  homograph,
  query,
  reservedParams,
  openRedirector,
  crossSite,
  specialUse,
];
