import { clip } from "../../document/valueText.js";
import { enumerate } from "../../localisation/enumerate.js";
import { say } from "../../localisation/say.js";
import { matchesAnyLoopbackPort } from "../../servers/behaviours/loopbackMatching.js";
import { evaluate, isRefusal, match, matchEntry } from "../../servers/evaluate.js";
import { serversOfGroup } from "../../servers/groups.js";
import type { Reason, ServerProfile } from "../../servers/profile.js";
import { serverById } from "../../servers/servers.js";
import { concernsRefresh, endsTokenRequests, isReadCompletely } from "../../views/compatibility/evaluated.js";
import { adviceOnRedirect } from "../../views/redirectMatches.js";
import { type Finding, failed, note, passed } from "../findings.js";
import type { RehearsedDocument } from "../rehearsedDocument.js";

/** Whether a server loads a document, or sends a user to a redirect URI. */
export interface Decision {
  readonly refused: boolean;
  readonly findings: readonly Finding[];
  /** What the answer says where it is refused; the server's own words where they are known. */
  readonly words: string;
}

/** Of the reasons and errors for which a document is refused, so many are told. */
const MOST_REASONS = 5;
/** Of servers that refuse a redirect URI, so many are named. */
const MOST_NAMES = 6;

/**
 * Whether the document is loaded: by the chosen server as its profile says, else by the specifications, whose errors refuse it.
 *
 * @param server undefined for the specifications
 */
export function decideDocument(rehearsed: RehearsedDocument, server: ServerProfile | undefined): Decision {
  const { broken, isForAtproto } = rehearsed;
  if (broken !== undefined) return refusal(broken, [failed(say`The document cannot be read: ${broken}`)]);
  if (isForAtproto) {
    const sentence = say`This is an atproto document. Its sign-in takes pushed authorization requests and DPoP, which the rehearsal does not have.`;
    return refusal(sentence, [failed(sentence)]);
  }
  return server ? byProfile(rehearsed, server) : bySpecifications(rehearsed);
}

function refusal(words: string, findings: readonly Finding[]): Decision {
  return { refused: true, words, findings };
}

function byProfile({ document }: RehearsedDocument, server: ServerProfile): Decision {
  const { verdict, reasons } = evaluate(document, server);
  const refusing = reasons.filter(isRefusal);
  if (refusing.length > 0) {
    const findings = refusing
      .slice(0, MOST_REASONS)
      .map(({ message }) => failed(say`${server.name} refuses the document: “${message}”`));
    return refusal(refusing[0]?.message ?? "", findings);
  }
  const finding =
    verdict === "accepts"
      ? passed(say`${server.name} ${server.version} takes the document.`)
      : note(
          say`Whether ${server.name} takes the document is not known completely; nothing known refuses it.`,
        );
  return { refused: false, words: "", findings: [finding] };
}

/** An error at one redirect URI is about that one alone, and is told when it is used. */
function bySpecifications(rehearsed: RehearsedDocument): Decision {
  const errors = rehearsed.errors.filter(({ pointer }) => !/^\/redirect_uris\/\d/.test(pointer));
  if (errors.length === 0)
    return {
      refused: false,
      words: "",
      findings: [passed(say`The specifications say nothing against the document.`)],
    };
  return refusal(
    errors[0]?.message ?? "",
    errors
      .slice(0, MOST_REASONS)
      .map(({ message }) => failed(say`A server refuses the document: ${message}`)),
  );
}

/**
 * Whether the user is sent to the redirect URI of a request: as the chosen server compares, else by the specifications, with
 * any port of a loopback redirect (RFC 8252 §7.3) and wildcards as FastMCP reads them.
 */
export function decideRedirect(
  rehearsed: RehearsedDocument,
  redirectUri: string,
  server: ServerProfile | undefined,
): Decision {
  const { document } = rehearsed;
  if (server) {
    const found = match(server, document, redirectUri);
    const { outcome, matchedBy, reason = "" } = found;
    if (outcome === "refused" || outcome === "document-refused") {
      const advice = adviceOnRedirect(document, redirectUri, [found])?.sentences ?? [];
      return refusal(reason, [
        failed(say`${server.name} refuses the redirect URI ${clip(redirectUri)}: “${reason}”`),
        ...advice.map(note),
      ]);
    }
    if (outcome === "allowed") return allowed(entrySentence(redirectUri, matchedBy, server.name));
  }
  return redirectBySpecifications(rehearsed, redirectUri, server);
}

function allowed(...findings: readonly Finding[]): Decision {
  return { refused: false, words: "", findings };
}

function entrySentence(redirectUri: string, entry: string | undefined, name: string): Finding {
  return passed(
    entry === undefined
      ? say`${name} allows the redirect URI ${clip(redirectUri)}.`
      : say`${name} allows the redirect URI ${clip(redirectUri)}, by the entry ${clip(entry)}.`,
  );
}

function redirectBySpecifications(
  { document, errors }: RehearsedDocument,
  redirectUri: string,
  server: ServerProfile | undefined,
): Decision {
  const fallback = server
    ? [note(say`How ${server.name} compares this redirect URI is not known, so the specifications decide.`)]
    : [];
  const entry =
    document.redirects.find(({ node }) => node.value === redirectUri) ??
    document.redirects.find(({ node }) => matchesAnyLoopbackPort(redirectUri, node.value)) ??
    document.redirects.find(
      ({ node, uri }) => uri.pattern?.form === "well-formed" && fastmcpMatches(redirectUri, node.value),
    );
  if (!entry) {
    const advice = adviceOnRedirect(document, redirectUri, groupMatches(document, redirectUri));
    const sentence = say`No entry of redirect_uris matches the redirect URI ${clip(redirectUri)}.`;
    return refusal(sentence, [failed(sentence), ...(advice?.sentences ?? []).map(note), ...fallback]);
  }
  const error = errors.find(({ pointer }) => pointer === entry.pointer);
  if (error) return refusal(error.message, [failed(error.message), ...fallback]);
  const listed = entry.node.value;
  if (listed === redirectUri)
    return allowed(
      passed(say`The redirect URI ${clip(redirectUri)} is listed letter by letter.`),
      ...fallback,
      ...refusedElsewhere(document, redirectUri, server),
    );
  const how = entry.uri.pattern
    ? say`The redirect URI ${clip(redirectUri)} matches the entry ${clip(listed)} as FastMCP reads a \`*\`; no specification has wildcards.`
    : say`The redirect URI ${clip(redirectUri)} matches the entry ${clip(listed)}: a loopback redirect may have any port (RFC 8252 §7.3).`;
  return allowed(passed(how), ...fallback, ...refusedElsewhere(document, redirectUri, server));
}

function fastmcpMatches(redirectUri: string, entry: string): boolean {
  const fastmcp = serverById("fastmcp");
  return (
    fastmcp !== undefined && matchEntry(fastmcp, redirectUri, entry, { applicationType: undefined }) === true
  );
}

type Matches = ReturnType<typeof groupMatches>;

function groupMatches(document: RehearsedDocument["document"], redirectUri: string) {
  return serversOfGroup("default", document).map((server) => match(server, document, redirectUri));
}

/** Who else would not send a user there, of the servers that many people meet. */
function refusedElsewhere(
  document: RehearsedDocument["document"],
  redirectUri: string,
  chosen: ServerProfile | undefined,
): Finding[] {
  if (chosen) return [];
  const matches: Matches = groupMatches(document, redirectUri);
  const refusing = matches
    .filter(({ outcome }) => outcome === "refused" || outcome === "document-refused")
    .map(({ server }) => serverById(server)?.name ?? server);
  return refusing.length === 0
    ? []
    : [
        note(
          say`This sign-in would not work everywhere: ${enumerate(refusing, MOST_NAMES)} would refuse it. \`cimd match\` and the compatibility view say why.`,
        ),
      ];
}

/** Whether the client gets refresh tokens, and why not. */
export function decideRefresh(
  { document, asksForRefresh }: RehearsedDocument,
  server: ServerProfile | undefined,
): { readonly granted: boolean; readonly finding: Finding } {
  const granted = {
    granted: true,
    finding: note(say`A refresh token comes with the access token.`),
  };
  if (server) {
    const verdict = evaluate(document, server);
    const reason = verdict.reasons.find(concernsRefresh);
    if (reason)
      return {
        granted: false,
        finding: note(say`${server.name} gives this client no refresh token: “${reason.message}”`),
      };
    if (isReadCompletely({ document, server, verdict, older: [] }, "token")) return granted;
  }
  if (asksForRefresh) return granted;
  return {
    granted: false,
    finding: note(
      say`There is no refresh token, since the document's grant_types have no \`refresh_token\`: the user signs in again whenever the access token ends.`,
    ),
  };
}

/** Why the chosen server's token endpoint answers this client with an error, whatever it sends. */
export function tokenRefusal(
  { document }: RehearsedDocument,
  server: ServerProfile | undefined,
): Reason | undefined {
  return server && evaluate(document, server).reasons.find(endsTokenRequests);
}
