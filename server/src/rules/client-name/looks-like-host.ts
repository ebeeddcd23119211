import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { isTopLevelDomain } from "../../uri/publicSuffix.js";
import { isWithinSite, siteOf } from "../../uri/site.js";
import { splitUri } from "../../uri/splitUri.js";
import { nameRule } from "./nameRule.js";

/** Runs of what host names are made of; what a run means is looked at label by label. */
const RUN = /[\p{L}\p{N}][\p{L}\p{N}.-]*/gu;

/** Top-level domains that are more often the end of a file's name. */
const FILE_ENDINGS: ReadonlySet<string> = new Set(["md", "py", "rs", "zip"]);

/** The hosts a document may rightly name: where it is served from, its home page and its redirects. */
function ownHosts(document: ClientMetadataDocument): string[] {
  const urls = [document.url, document.string("client_uri")?.value].filter((url) => url !== undefined);
  return [...urls.map(splitUri), ...document.redirects.slice(0, 100).map(({ uri }) => uri.parts)]
    .map(({ host }) => host?.toLowerCase() ?? "")
    .filter((host) => host !== "");
}

export const looksLikeHost = nameRule({
  id: "client-name/looks-like-host",
  severity: "warning",
  title: "The client's name does not name somebody else's host",
  why: "Consent screens show the name beside the host of client_id. A name that is another host makes people trust the wrong one.",
  sources: [rfc(7591, "5"), cimd("9.5")],
  bad: ['"client_name": "«paypal.com» Login"', '"client_name": "https://«accounts.google.com»"'],
  good: [
    '"client_name": "acme.dev"',
    '"client_name": "Node.js Inspector v1.2"',
    '"client_name": "9:16.lol"',
    '"client_name": "ASP.NET Tools"',
  ],
  test(name, document) {
    if (!name.includes(".")) return undefined;
    const own = ownHosts(document);
    if (own.length === 0) return undefined;
    for (const { 0: run, index } of name.matchAll(RUN)) {
      const host = hostIn(run);
      // `9:16.lol` is no host, `https://16.lol` is.
      if (host === undefined || /[@:]$/.test(name.slice(0, index))) continue;
      const site = siteOf(host.toLowerCase());
      if (own.some((known) => isWithinSite(known, site))) continue;
      return {
        start: index,
        end: index + host.length,
        message: say`The name holds the host ${host.slice(0, 60)}, which is not this client's, and people may confuse the two (RFC 7591 §5). Use the product's name.`,
      };
    }
    return undefined;
  },
});

/** The host a run is, without dots and hyphens at its end: its last label is a top-level domain in lower case. */
function hostIn(run: string): string | undefined {
  const host = run.slice(0, lastLetter(run) + 1);
  const suffix = host.slice(host.lastIndexOf(".") + 1);
  if (suffix === host || host.includes("..") || !/^[a-z]{2,}$/.test(suffix)) return undefined;
  return FILE_ENDINGS.has(suffix) || !isTopLevelDomain(suffix) ? undefined : host;
}

function lastLetter(run: string): number {
  let at = run.length - 1;
  while (at >= 0 && (run[at] === "." || run[at] === "-")) at--;
  return at;
}
