import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { clip } from "../document/valueText.js";
import { enumerate } from "../localisation/enumerate.js";
import { say } from "../localisation/say.js";
import { classifyRedirectUri, type RedirectKind } from "../redirects/classify.js";
import { nearestEntry, type RedirectPart } from "../redirects/nearest.js";
import { match, type RedirectMatch } from "../servers/evaluate.js";
import { serverById } from "../servers/servers.js";
import { splitUri } from "../uri/splitUri.js";
import { joinUri } from "../uri/uriParts.js";
import type { MatchGroup } from "./matchGroups.js";

/** Where a server stands in the list of answers. */
export function groupOfMatch({ outcome, listedExactly }: RedirectMatch): MatchGroup {
  return listedExactly ? "listed-exactly" : outcome;
}

/** Why servers refuse the redirect URI of a request, as far as the document tells, and what to do. */
export interface RedirectAdvice {
  /** The entry that is most like it. */
  readonly entry: string;
  readonly differs: readonly RedirectPart[];
  readonly sentences: readonly string[];
}

/** Of more servers than this, a sentence names the first ones and counts the others. */
const MOST_NAMES = 6;

/**
 * Names the entry nearest to a refused redirect URI, the parts that differ, and what to write.
 *
 * @param matches what the servers said of it
 * @returns undefined where none refuses it, or where the document lists it and no entry explains the refusal
 */
export function adviceOnRedirect(
  document: ClientMetadataDocument,
  redirectUri: string,
  matches: readonly RedirectMatch[],
): RedirectAdvice | undefined {
  const refusing = matches.filter(({ outcome }) => outcome === "refused");
  const nearest = nearestEntry(
    redirectUri,
    document.redirects.map(({ node }) => node.value),
  );
  if (refusing.length === 0 || !nearest || nearest.differs.length === 0) return undefined;
  const { entry, differs } = nearest;
  const [sent, listed] = [splitUri(redirectUri), splitUri(entry)];
  const sentences = [
    say`The nearest entry is ${clip(entry)}.`,
    ...differs.map((part) => difference(part, sent[part], listed[part])),
  ];
  if (!callsBack(redirectUri)) {
    sentences.push(say`Let the client send ${clip(entry)}.`);
    return { entry, differs, sentences };
  }
  const withPort = joinUri({ ...listed, port: sent.port });
  const freePort =
    differs.includes("port") && differs.length > 1
      ? refusing.filter(({ server }) => allows(server, document, withPort)).map(({ server }) => server)
      : [];
  if (freePort.length > 0)
    sentences.push(
      freePort.length === refusing.length
        ? say`The port alone would be allowed.`
        : say`The port alone would be allowed by ${namesOf(freePort)}.`,
    );
  const wanted = freePort.length > 0 ? joinUri({ ...sent, port: listed.port }) : redirectUri;
  sentences.push(
    differs.length === 1 && differs[0] === "port"
      ? say`Add ${clip(wanted)} to redirect_uris.`
      : say`Add ${clip(wanted)} to redirect_uris, or let the client send ${clip(freePort.length > 0 ? withPort : entry)}.`,
  );
  return { entry, differs, sentences };
}

/** Only an address that calls the client back is worth a place in the document, or a pattern of such. */
function callsBack(redirectUri: string): boolean {
  const { kind, parts, pattern } = classifyRedirectUri(redirectUri);
  const isAddress = URL.canParse(redirectUri) || pattern?.form === "well-formed";
  return isAddress && !NO_CALLBACK.has(kind) && parts.fragment === undefined;
}

const NO_CALLBACK: ReadonlySet<RedirectKind> = new Set(["relative", "unsafe", "urn", "http"]);

function allows(id: string, document: ClientMetadataDocument, redirectUri: string): boolean {
  const server = serverById(id);
  return server !== undefined && match(server, document, redirectUri).outcome === "allowed";
}

function namesOf(ids: readonly string[]): string {
  return enumerate(
    ids.map((id) => serverById(id)?.name ?? id),
    MOST_NAMES,
  );
}

const NAMES: Readonly<Record<RedirectPart, () => string>> = {
  scheme: () => say`The scheme`,
  userinfo: () => say`The user name`,
  host: () => say`The host`,
  port: () => say`The port`,
  path: () => say`The path`,
  query: () => say`The query`,
  fragment: () => say`The fragment`,
};

function difference(part: RedirectPart, sent: string | undefined, listed: string | undefined): string {
  const name = NAMES[part]();
  if (!sent) return say`${name} differs: none is sent, and ${clip(listed ?? "", 80)} is listed.`;
  if (!listed) return say`${name} differs: ${clip(sent, 80)} is sent, and none is listed.`;
  return say`${name} differs: ${clip(sent, 80)} is sent, and ${clip(listed, 80)} is listed.`;
}
