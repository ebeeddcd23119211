import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { isTopLevelDomain } from "../../uri/publicSuffix.js";
import { isWithinSite, siteOf } from "../../uri/site.js";
import { splitUri } from "../../uri/splitUri.js";
import type { Rule } from "../rule.js";
import { cimd, rfc } from "../sources.js";
import { nameRule } from "./nameRule.js";

/** More than any consent screen has room for; client.dev's validator draws the same line. */
const LONGEST = 200;

/** A name with dots whose last label is in lower case: `ASP.NET` is a product, `paypal.com` a host. */
const HOST =
  /(?:[a-z][a-z0-9+.-]*:\/\/)?((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[a-z]{2,})(?![\p{L}\p{N}-])/iu;

/** Top-level domains that are more often the end of a file's name. */
const FILE_ENDINGS: ReadonlySet<string> = new Set(["md", "py", "rs", "zip"]);

/** The hosts a document may rightly name: where it is served from, its home page and its redirects. */
function ownHosts(document: ClientMetadataDocument): string[] {
  const urls = [document.url, document.string("client_uri")?.value].filter((url) => url !== undefined);
  return [...urls.map(splitUri), ...document.redirects.slice(0, 100).map(({ uri }) => uri.parts)]
    .map(({ host }) => host?.toLowerCase() ?? "")
    .filter((host) => host !== "");
}

/** Rules about what the name says. */
export const wordingRules: readonly Rule[] = [
  nameRule({
    id: "client-name/length",
    severity: "information",
    title: "The client's name is short enough to be read",
    why: "Consent screens cut long names, and what is cut nobody has agreed to.",
    sources: [rfc(7591, "2"), cimd("8.5")],
    bad: [`"client_name": «"${"Acme ".repeat(41)}Desktop"»`],
    good: ['"client_name": "Acme Desktop for Teams"'],
    test(name) {
      if (name.length <= LONGEST) return undefined;
      return {
        message: `The name has ${name.length} characters, more than a consent screen has room for. Use the product's name alone.`,
      };
    },
  }),
  nameRule({
    id: "client-name/looks-like-host",
    severity: "warning",
    title: "The client's name does not name somebody else's host",
    why: "Consent screens show the name beside the host of client_id. A name that is another host makes people trust the wrong one.",
    sources: [rfc(7591, "5"), cimd("8.5")],
    bad: ['"client_name": "«paypal.com» Login"', '"client_name": «"https://accounts.google.com"»'],
    good: [
      '"client_name": "acme.dev"',
      '"client_name": "Node.js Inspector v1.2"',
      '"client_name": "ASP.NET Tools"',
    ],
    test(name, document) {
      if (!name.includes(".")) return undefined;
      const found = HOST.exec(name);
      const named = found?.[1] ?? "";
      const suffix = named.slice(named.lastIndexOf(".") + 1);
      if (
        !found ||
        suffix !== suffix.toLowerCase() ||
        FILE_ENDINGS.has(suffix) ||
        !isTopLevelDomain(suffix)
      ) {
        return undefined;
      }
      const site = siteOf(named.toLowerCase());
      if (ownHosts(document).some((host) => isWithinSite(host, site))) return undefined;
      return {
        start: found.index,
        end: found.index + found[0].length,
        message: `The name holds the host ${named.slice(0, 60)}, which is not this client's, and people may take one for the other (RFC 7591 §5). Use the product's name.`,
      };
    },
  }),
];
