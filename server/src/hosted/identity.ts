import { clip } from "../document/valueText.js";
import { say } from "../localisation/say.js";
import { splitUri } from "../uri/splitUri.js";

/**
 * Names the ways in which two URLs that should be the same string differ, in the order a reader would notice them.
 *
 * The comparison is simple string comparison (RFC 3986 §6.2.1), as OAuth Client ID Metadata Document -03 §4 requires.
 *
 * @returns `[]` when they are equal
 */
export function describeDifference(documentValue: string, url: string): readonly string[] {
  if (documentValue === url) return [];
  const mine = splitUri(documentValue);
  const theirs = splitUri(url);
  const found: string[] = [];
  if (mine.scheme !== theirs.scheme) {
    found.push(say`scheme ${shown(mine.scheme)} instead of ${shown(theirs.scheme)}`);
  }
  if (mine.userinfo !== theirs.userinfo) found.push(say`user information before the host`);
  found.push(...hostDifference(mine.host ?? "", theirs.host ?? ""));
  if (mine.port !== theirs.port) {
    found.push(
      say`port ${clip(mine.port ?? say`left out`)} instead of ${clip(theirs.port ?? say`left out`)}`,
    );
  }
  found.push(...pathDifference(mine.path, theirs.path));
  if (mine.query !== theirs.query) {
    if (mine.query === undefined) found.push(say`no query`);
    else found.push(theirs.query === undefined ? say`a query` : say`another query`);
  }
  if (mine.fragment !== theirs.fragment) {
    if (mine.fragment === undefined) found.push(say`no fragment`);
    else found.push(theirs.fragment === undefined ? say`a fragment` : say`another fragment`);
  }
  return found.length > 0 ? found : [say`spelling`];
}

function hostDifference(mine: string, theirs: string): readonly string[] {
  if (mine === theirs) return [];
  if (mine.toLowerCase() === theirs.toLowerCase()) return [say`upper and lower case in the host`];
  if (mine.replace(/\.$/, "") === theirs.replace(/\.$/, "")) return [say`a dot at the end of the host`];
  const bare = (host: string) => host.toLowerCase().replace(/^www\./, "");
  if (bare(mine) === bare(theirs)) {
    return [
      mine.toLowerCase().startsWith("www.")
        ? say`www. in front of the host`
        : say`no www. in front of the host`,
    ];
  }
  return [say`host ${shown(mine)} instead of ${shown(theirs)}`];
}

function pathDifference(mine: string, theirs: string): readonly string[] {
  if (mine === theirs) return [];
  if (mine === theirs + "/") return [say`a slash at the end`];
  if (mine + "/" === theirs) return [say`no slash at the end`];
  if (mine.toLowerCase() === theirs.toLowerCase()) {
    return [
      decoded(mine) === decoded(theirs)
        ? say`upper and lower case in a percent-encoding`
        : say`upper and lower case in the path`,
    ];
  }
  if (decoded(mine) === decoded(theirs)) return [say`percent-encoding in the path`];
  return [say`path ${shown(mine)} instead of ${shown(theirs)}`];
}

function shown(part: string | undefined): string {
  return clip(part || say`(none)`);
}

/** Percent-decoding that leaves what is not valid UTF-8 as it is. */
function decoded(path: string): string {
  return path.replace(/(%[0-9a-f]{2})+/gi, (run) => {
    const bytes = Uint8Array.from(run.slice(1).split("%"), (hex) => Number.parseInt(hex, 16));
    const text = new TextDecoder().decode(bytes);
    return text.includes("\ufffd") ? run.toUpperCase() : text;
  });
}
