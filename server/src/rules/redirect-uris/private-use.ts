import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { say } from "../../localisation/say.js";
import { atproto, rfc } from "../../specifications/sources.js";
import { isWithinSite, siteOf } from "../../uri/site.js";
import { splitUri } from "../../uri/splitUri.js";
import { joinUri } from "../../uri/uriParts.js";
import { defineRule } from "../rule.js";
import { isApplicationScheme } from "./applicationScheme.js";
import { redirectRule } from "./redirectRule.js";

/** `com.acme.app` is the domain `app.acme.com` turned around (RFC 8252 §7.1). */
function domainOf(scheme: string): string {
  return scheme.split(".").reverse().join(".");
}

/** The sites that a document shows to be its own: of its `client_id` and of its home page. */
function ownSites(document: ClientMetadataDocument): string[] {
  return [document.url, document.string("client_uri")?.value]
    .map((url) => (url === undefined ? "" : (splitUri(url).host?.toLowerCase() ?? "")))
    .filter((host) => host !== "")
    .map(siteOf);
}

export const privateUseReverseDomain = redirectRule({
  id: "redirect-uris/private-use-reverse-domain",
  severity: "warning",
  title: "A private-use scheme is a domain of yours, reversed",
  why: "Nobody hands out short schemes, so any program can register yours and receive the authorization codes. Servers should refuse schemes without a dot (RFC 8252 §8.4).",
  sources: [rfc(8252, "7.1"), rfc(8252, "8.4"), atproto],
  bad: [
    '"redirect_uris": ["«myapp»:/callback"], "application_type": "native"',
    '"redirect_uris": ["«cursor»://acme.dev/callback"], "application_type": "native"',
  ],
  good: ['"redirect_uris": ["dev.acme.app:/callback"], "application_type": "native"'],
  test(uri) {
    if (!isApplicationScheme(uri) || uri.scheme.includes(".")) return undefined;
    return {
      end: uri.scheme.length,
      message: say`A private-use scheme must be a domain of yours, reversed (RFC 8252 §7.1), or any program can claim it, and some servers refuse it. Use one like com.example.app.`,
    };
  },
});

export const privateUseNotOwned = redirectRule({
  id: "redirect-uris/private-use-not-owned",
  severity: "hint",
  title: "The domain in the scheme is the client's own",
  why: "The scheme shows whose application it is. One that does not belong to the domain of client_id is not distinguishable from somebody else's.",
  sources: [rfc(8252, "7.1"), atproto],
  portability: {
    message: "Some servers require the scheme to be the reversed host of `client_id`. Use that scheme.",
  },
  bad: ['"redirect_uris": ["«com.other.app»:/callback"], "application_type": "native"'],
  good: [
    '"redirect_uris": ["dev.acme.app:/callback"], "application_type": "native"',
    '"redirect_uris": ["com.acme.ios:/callback"], "application_type": "native", "client_uri": "https://www.acme.com"',
  ],
  test(uri, document) {
    if (!isApplicationScheme(uri) || !uri.scheme.includes(".")) return undefined;
    const sites = ownSites(document);
    const domain = domainOf(uri.scheme);
    if (sites.length === 0 || sites.some((site) => isWithinSite(domain, site))) return undefined;
    return {
      end: uri.scheme.length,
      message: say`The scheme belongs to ${domain.slice(0, 60)}, which neither \`client_id\` nor \`client_uri\` is on. Use a domain that you control (RFC 8252 §7.1), best that of \`client_id\`.`,
    };
  },
});

export const privateUseSlashes = redirectRule({
  id: "redirect-uris/private-use-slashes",
  severity: "warning",
  title: "One slash follows a private-use scheme",
  why: "What follows two slashes is a host, and an application's scheme has none (RFC 8252 §7.1); servers compare exactly, so the two forms are two redirects.",
  sources: [rfc(8252, "7.1"), atproto],
  bad: ['"redirect_uris": ["dev.acme.app:«//»callback"], "application_type": "native"'],
  good: ['"redirect_uris": ["dev.acme.app:/callback"], "application_type": "native"'],
  test(uri) {
    // A short scheme has the bigger mistake.
    if (!isApplicationScheme(uri) || !uri.scheme.includes(".") || uri.parts.authority === undefined)
      return undefined;
    const start = uri.scheme.length + 1;
    return {
      start,
      end: start + 2,
      message: say`A private-use scheme has no host, so a single slash follows it (RFC 8252 §7.1), and some servers refuse two. Change it here and in the application.`,
    };
  },
  fix({ parts }) {
    const path = `/${parts.authority ?? ""}${parts.path}`.replace(/^\/{2,}/, "/");
    return [
      {
        title: say`Use one slash`,
        uri: joinUri({
          ...parts,
          authority: undefined,
          userinfo: undefined,
          host: undefined,
          port: undefined,
          path,
        }),
      },
    ];
  },
});

export const privateUseCase = redirectRule({
  id: "redirect-uris/private-use-case",
  severity: "warning",
  title: "A private-use scheme is in lower case",
  why: "Operating systems and browsers write schemes in lower case, and servers compare the text.",
  sources: [rfc(3986, "3.1"), rfc(3986, "6.2.2.1")],
  bad: ['"redirect_uris": ["«Dev.Acme.App»:/callback"], "application_type": "native"'],
  good: ['"redirect_uris": ["dev.acme.app:/Callback"], "application_type": "native"'],
  test(uri) {
    const scheme = uri.parts.scheme ?? "";
    // A scheme without a dot has to be replaced anyway.
    if (!isApplicationScheme(uri) || scheme === uri.scheme || !scheme.includes(".")) return undefined;
    return {
      end: scheme.length,
      message: say`Schemes are written in lower case (RFC 3986 §3.1): browsers lower them, and servers compare the text. Use lower case here and in the application.`,
    };
  },
  fix: ({ parts, scheme }) => [
    { title: say`Use lower case`, uri: joinUri({ ...parts, scheme }), preferred: true },
  ],
});

export const privateUseMixed = defineRule({
  id: "redirect-uris/private-use-mixed",
  severity: "information",
  title: "The server accepts private-use URI schemes",
  why: "The MCP specification knows localhost and https redirects only, and some servers have private-use schemes switched off.",
  sources: [rfc(8252, "7.1")],
  portability: {
    message:
      "Some servers accept no private-use URI scheme. Use an http loopback or https redirect URI for their users.",
  },
  bad: ['"redirect_uris": [«"dev.acme.app:/callback"»], "application_type": "native"'],
  good: ['"redirect_uris": ["http://127.0.0.1/callback"], "application_type": "native"'],
});

export const privateUseFastmcp = defineRule({
  id: "redirect-uris/private-use-fastmcp",
  severity: "information",
  title: "Redirect URIs have a host",
  why: "RFC 8252 §7.1 writes a private-use scheme with one slash and no host; FastMCP before 4.1.7 refuses a document with such an entry.",
  sources: [rfc(8252, "7.1")],
  portability: {
    message:
      "This is how RFC 8252 §7.1 writes a private-use URI scheme, and some servers refuse the whole document for it. Use an http loopback redirect URI for their users.",
  },
  bad: ['"redirect_uris": [«"dev.acme.app:/callback"»], "application_type": "native"'],
  good: ['"redirect_uris": ["http://127.0.0.1/callback"], "application_type": "native"'],
});
