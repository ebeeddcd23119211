import { type ClientMetadataDocument, MAX_ENTRIES } from "../document/clientMetadataDocument.js";
import { jsonPointer } from "../document/jsonPointer.js";
import { say } from "../localisation/say.js";
import type {
  Constraint,
  EntryOutcome,
  MatchContext,
  OlderRelease,
  Reason,
  ServerProfile,
  SignIn,
  SignInOutcome,
  Verdict,
} from "./profile.js";

/** At most so many reasons, and so many redirect entries, are listed in a verdict. */
export const MAX_LISTED = 100;
/** A reason's message is cut after so many UTF-16 units: it may quote a value of any length. */
const MAX_MESSAGE = 600;

/** A profile that threw. */
export interface ServerFailure {
  readonly server: string;
  readonly error: unknown;
}

/** Called when a profile throws; the others are still asked. */
export type OnServerFailure = (failure: ServerFailure) => void;

/**
 * Says what one authorization server does with a document. Never throws: a profile that does is `unknown`.
 *
 * A known refusing fact gives `refuses`; `accepts` needs the fetch and document stages read completely and no
 * refusing fact; everything else is `unknown`. Only what text and URL tell is counted: names are assumed to resolve
 * to public addresses, and headers to be the ones the server wants.
 */
export function evaluate(
  document: ClientMetadataDocument,
  server: ServerProfile,
  onFailure?: OnServerFailure,
): Verdict {
  try {
    return judge(document, server);
  } catch (error) {
    onFailure?.({ server: server.id, error });
    return notJudged(document, server);
  }
}

function judge(document: ClientMetadataDocument, server: ServerProfile): Verdict {
  const { reasons, more } = reasonsOf(document, server);
  const verdict = outcomeOf(document, server, reasons);
  const signIn =
    verdict === "refuses"
      ? document.redirects.map(({ node }): SignIn => ({ entry: node.value, outcome: "never" }))
      : signIns(document, server, reasons);
  const omitted = more > 0 ? { omitted: { reasons: more, signIn: 0 } } : {};
  return { server: server.id, version: server.version, verdict, reasons, signIn, ...omitted };
}

function outcomeOf(
  document: ClientMetadataDocument,
  { readCompletely }: ServerProfile,
  reasons: readonly Reason[],
): Verdict["verdict"] {
  if (reasons.some(isRefusal)) return "refuses";
  if (document.partlyRead) return "unknown";
  return readCompletely.includes("document") && readCompletely.includes("fetch") ? "accepts" : "unknown";
}

/**
 * The verdict as it is handed out: with no more than {@link MAX_LISTED} reasons and entries, and the number of the others.
 * Where reasons are left out, what refuses the document comes first.
 */
export function listed(verdict: Verdict, { redirectCount }: ClientMetadataDocument): Verdict {
  const { reasons, signIn } = verdict;
  if (reasons.length <= MAX_LISTED && redirectCount <= MAX_LISTED) return verdict;
  const sorted = [...reasons.filter(isRefusal), ...reasons.filter((reason) => !isRefusal(reason))];
  return {
    ...verdict,
    reasons: reasons.length <= MAX_LISTED ? reasons : sorted.slice(0, MAX_LISTED),
    signIn: signIn.slice(0, MAX_LISTED),
    omitted: {
      reasons: Math.max(0, reasons.length - MAX_LISTED) + (verdict.omitted?.reasons ?? 0),
      signIn: Math.max(0, redirectCount - MAX_LISTED),
    },
  };
}

function notJudged(document: ClientMetadataDocument, { id, version }: ServerProfile): Verdict {
  return {
    server: id,
    version,
    verdict: "unknown",
    reasons: [
      {
        stage: "document",
        effect: "note",
        rule: "document/not-judged",
        message: say`This server's profile could not judge the document. That is our fault: please report it.`,
      },
    ],
    signIn: document.redirects.map(({ node }) => ({ entry: node.value, outcome: "unknown" })),
  };
}

/** Whether a reason means that the server does not load the document at all. */
export function isRefusal(reason: Reason): boolean {
  return reason.effect === "blocks" && (reason.stage === "fetch" || reason.stage === "document");
}

/** Whether a reason means that no sign-in gets through, whatever the redirect URI. */
function endsEverySignIn({ stage, effect, pointer }: Reason): boolean {
  return stage === "authorize" && effect === "blocks" && !pointer?.startsWith("/redirect_uris/");
}

/** Reasons for which single entries are never used, whatever their text, by the entry's pointer. */
function blockedEntries(reasons: readonly Reason[]): ReadonlyMap<string | undefined, Reason> {
  const blocking = reasons.filter(({ stage, effect }) => stage === "authorize" && effect === "blocks");
  return new Map(blocking.map((reason) => [reason.pointer, reason]));
}

/** Whether a constraint is the largest body that a server reads. */
function isSizeLimit({ stage, rule }: Constraint): boolean {
  return stage === "fetch" && rule === "document/size";
}

interface Reported {
  /** At most {@link MAX_ENTRIES} of each constraint. */
  readonly reasons: Reason[];
  /** How many more there were. */
  readonly more: number;
}

/** What the constraints of a server report. */
function reasonsOf(document: ClientMetadataDocument, { constraints }: ServerProfile): Reported {
  const reasons: Reason[] = [];
  let more = 0;
  const asked = document.tooLarge ? constraints.filter(isSizeLimit) : constraints;
  for (const { stage, effect, rule: ownRule, check } of asked) {
    let left = MAX_ENTRIES;
    check(document, (message, pointer, rule = ownRule) => {
      if (--left < 0) {
        more++;
        return;
      }
      reasons.push({
        stage,
        effect,
        rule,
        message: shortened(message),
        ...(pointer === undefined ? {} : { pointer }),
      });
    });
  }
  return { reasons, more };
}

function shortened(message: string): string {
  return message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE).toWellFormed()}…` : message;
}

/** Adds the reasons of entries that never or only partly work to `reasons`. */
function signIns(
  document: ClientMetadataDocument,
  { redirects: matching }: ServerProfile,
  reasons: Reason[],
): readonly SignIn[] {
  const context = matchContext(document);
  const noSignIn = reasons.some(endsEverySignIn);
  const blocked = blockedEntries(reasons);
  return document.redirects.map(({ node, pointer }): SignIn => {
    const known: EntryOutcome | undefined = matching?.entryOutcome?.(node.value, context);
    if (known?.message !== undefined) {
      reasons.push({
        stage: "authorize",
        effect: EFFECTS[known.outcome],
        rule: known.rule ?? "redirect-uris/never-matches",
        message: shortened(known.message),
        pointer,
      });
    }
    const outcome = noSignIn || blocked.has(pointer) ? "never" : (known?.outcome ?? "unknown");
    return { entry: node.value, outcome };
  });
}

const EFFECTS = {
  never: "blocks",
  limited: "limits",
  works: "note",
  unknown: "note",
} as const satisfies Record<SignInOutcome, Reason["effect"]>;

/** What of a document decides how its redirect URIs are compared. */
function matchContext(document: ClientMetadataDocument): MatchContext {
  return { applicationType: document.string("application_type")?.value, url: document.url };
}

export interface RedirectMatch {
  readonly server: string;
  readonly outcome: "allowed" | "refused" | "document-refused" | "unknown";
  /** The entry that lets the redirect URI through. */
  readonly matchedBy?: string;
  /** Set where not everything is known, but the document lists the redirect URI character by character. */
  readonly listedExactly?: true;
  readonly reason?: string;
}

/**
 * Says whether a server would send a user back to a redirect URI: the whole decision, with what the server does to the
 * request's redirect URI before it compares. Never throws: where a profile does, the outcome is `unknown`.
 *
 * @param redirectUri what the client sends in the authorization request
 */
export function match(
  server: ServerProfile,
  document: ClientMetadataDocument,
  redirectUri: string,
  onFailure?: OnServerFailure,
): RedirectMatch {
  try {
    return { server: server.id, ...decide(server, document, redirectUri) };
  } catch (error) {
    onFailure?.({ server: server.id, error });
    return {
      server: server.id,
      outcome: "unknown",
      reason: say`This server's profile could not judge the request. That is our fault: please report it.`,
    };
  }
}

/**
 * Asks a server's raw matcher about one entry. Never throws.
 *
 * @returns undefined where it is not known
 */
export function matchEntry(
  { id, redirects }: ServerProfile,
  redirectUri: string,
  entry: string,
  context: MatchContext,
  onFailure?: OnServerFailure,
): boolean | undefined {
  try {
    return redirects?.matches(redirectUri, entry, context);
  } catch (error) {
    onFailure?.({ server: id, error });
    return undefined;
  }
}

function decide(
  server: ServerProfile,
  document: ClientMetadataDocument,
  redirectUri: string,
): Omit<RedirectMatch, "server"> {
  const { reasons } = reasonsOf(document, server);
  const verdict = outcomeOf(document, server, reasons);
  const refusal = reasons.find(isRefusal);
  if (refusal) return { outcome: "document-refused", reason: refusal.message };
  if (document.tooLarge)
    return {
      outcome: "unknown",
      reason: say`The document is too large for its redirect URIs to be looked at.`,
    };
  const matching = server.redirects;
  const isListed = document.redirects.some(({ node }) => node.value === redirectUri);
  if (!matching)
    return isListed
      ? LISTED_EXACTLY()
      : { outcome: "unknown", reason: say`How this server compares redirect URIs is not known.` };
  const end = reasons.find(endsEverySignIn);
  if (end) return { outcome: "refused", reason: end.message };
  const context = matchContext(document);
  const prepared = matching.prepare ? matching.prepare(redirectUri, context) : redirectUri;
  if (typeof prepared !== "string") return { outcome: "refused", reason: shortened(prepared.refused) };
  let unknown = verdict === "unknown";
  // What the entry itself is good for does not count: a request may name even a `*` letter by letter.
  const blocked = blockedEntries(reasons);
  let block: Reason | undefined;
  const own = matching.entries?.(document).map((value, index) => ({ index, value }));
  const entries = own ?? document.redirects.map(({ index, node }) => ({ index, value: node.value }));
  for (const { index, value } of entries) {
    const matched = matching.matches(prepared, value, context);
    if (matched === undefined) unknown = true;
    if (matched !== true) continue;
    const found = blocked.get(jsonPointer("redirect_uris", index));
    if (found) {
      block ??= found;
      continue;
    }
    if (verdict === "accepts") return { outcome: "allowed", matchedBy: value };
    return isListed
      ? { ...LISTED_EXACTLY(), matchedBy: value }
      : {
          outcome: "unknown",
          matchedBy: value,
          reason: say`The entry matches, but whether this server loads the document is not known.`,
        };
  }
  if (verdict === "accepts" && matching.unlisted?.(prepared, context)) return { outcome: "allowed" };
  if (document.partlyRead)
    return { outcome: "unknown", reason: say`Not everything in the document was looked at.` };
  if (unknown)
    return isListed
      ? LISTED_EXACTLY()
      : { outcome: "unknown", reason: say`Not everything this server does is known.` };
  return {
    outcome: "refused",
    reason: shortened(block?.message ?? matching.refusal?.(prepared) ?? say`No entry matches.`),
  };
}

/** What is said of a redirect URI that the document lists character by character, where not everything is known. */
const LISTED_EXACTLY = () =>
  ({
    outcome: "unknown",
    listedExactly: true,
    reason: say`Listed exactly; nothing known refuses it.`,
  }) as const;

/** What older releases make of a document. */
export interface OlderVerdict {
  /** The first version that does as the profile says. */
  readonly before: string;
  readonly verdict: Verdict;
}

/**
 * @param verdict what the server makes of the document now
 * @returns the verdicts of older releases that take or refuse the document, or one of its redirect entries, otherwise
 */
export function olderVerdicts(
  document: ClientMetadataDocument,
  server: ServerProfile,
  { verdict: now, signIn }: Verdict,
  onFailure?: OnServerFailure,
): OlderVerdict[] {
  return (server.changes ?? [])
    .map((change) => ({
      before: change.before,
      verdict: evaluate(document, olderProfile(server, change), onFailure),
    }))
    .filter(
      ({ verdict }) =>
        verdict.verdict !== now || verdict.signIn.some(({ outcome }, at) => outcome !== signIn[at]?.outcome),
    );
}

/** @returns the profile as it was before one of its changes */
export function olderProfile(server: ServerProfile, { constraints, redirects }: OlderRelease): ServerProfile {
  return { ...server, constraints, redirects: redirects ?? server.redirects };
}
