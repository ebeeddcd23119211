import { splitUri } from "../uri/splitUri.js";

/**
 * Names the ways in which two URLs that should be the same string differ, in the order a reader would notice them.
 *
 * The comparison is simple string comparison (RFC 3986 §6.2.1), as OAuth Client ID Metadata Document -02 §4 demands.
 *
 * @returns `[]` when they are equal
 */
export function describeDifference(documentValue: string, url: string): readonly string[] {
  if (documentValue === url) return [];
  const mine = splitUri(documentValue);
  const theirs = splitUri(url);
  const found: string[] = [];
  if (mine.scheme !== theirs.scheme) {
    found.push(`scheme ${mine.scheme ?? "(none)"} instead of ${theirs.scheme ?? "(none)"}`);
  }
  if (mine.userinfo !== theirs.userinfo) found.push("user information before the host");
  found.push(...hostDifference(mine.host ?? "", theirs.host ?? ""));
  if (mine.port !== theirs.port) {
    found.push(`port ${mine.port ?? "left out"} instead of ${theirs.port ?? "left out"}`);
  }
  found.push(...pathDifference(mine.path, theirs.path));
  if (mine.query !== theirs.query) found.push(presence("query", mine.query, theirs.query));
  if (mine.fragment !== theirs.fragment) found.push(presence("fragment", mine.fragment, theirs.fragment));
  return found.length > 0 ? found : ["spelling"];
}

function hostDifference(mine: string, theirs: string): readonly string[] {
  if (mine === theirs) return [];
  if (mine.toLowerCase() === theirs.toLowerCase()) return ["upper and lower case in the host"];
  if (mine.replace(/\.$/, "") === theirs.replace(/\.$/, "")) return ["a dot at the end of the host"];
  const bare = (host: string) => host.toLowerCase().replace(/^www\./, "");
  if (bare(mine) === bare(theirs)) {
    return [
      mine.toLowerCase().startsWith("www.") ? "www. in front of the host" : "no www. in front of the host",
    ];
  }
  return [`host ${mine || "(none)"} instead of ${theirs || "(none)"}`];
}

function pathDifference(mine: string, theirs: string): readonly string[] {
  if (mine === theirs) return [];
  if (mine === theirs + "/") return ["a slash at the end"];
  if (mine + "/" === theirs) return ["no slash at the end"];
  if (mine.toLowerCase() === theirs.toLowerCase()) {
    return [
      decoded(mine) === decoded(theirs)
        ? "upper and lower case in a percent-encoding"
        : "upper and lower case in the path",
    ];
  }
  if (decoded(mine) === decoded(theirs)) return ["percent-encoding in the path"];
  return [`path ${mine || "(none)"} instead of ${theirs || "(none)"}`];
}

function presence(what: string, mine: string | undefined, theirs: string | undefined): string {
  if (mine === undefined) return `no ${what}`;
  return theirs === undefined ? `a ${what}` : `another ${what}`;
}

/** Percent-decoding that leaves what is not valid UTF-8 as it is. */
function decoded(path: string): string {
  return path.replace(/(%[0-9a-f]{2})+/gi, (run) => {
    const bytes = Uint8Array.from(run.slice(1).split("%"), (hex) => Number.parseInt(hex, 16));
    const text = new TextDecoder().decode(bytes);
    return text.includes("\ufffd") ? run.toUpperCase() : text;
  });
}
