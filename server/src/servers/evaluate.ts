import type { ClientMetadataDocument, RedirectEntry } from "../document/clientMetadataDocument.js";
import { jsonPointer } from "../document/jsonPointer.js";
import { finish } from "../document/steps.js";
import { say } from "../localisation/say.js";
import type { MemberReads } from "./memberReads.js";
import type {
  Constraint,
  EntryOutcome,
  MatchContext,
  Reason,
  ServerProfile,
  SignIn,
  SignInOutcome,
  Verdict,
} from "./profile.js";

/**
 * Says what one authorization server does with a document.
 *
 * A known refusing fact gives `refuses`; `accepts` needs the fetch and document stages read completely and no
 * refusing fact; everything else is `unknown`. Only what text and URL tell is counted: names are assumed to resolve
 * to public addresses, and headers to be the ones the server wants.
 */
export function evaluate(document: ClientMetadataDocument, server: ServerProfile): Verdict {
  return finish(evaluateInSteps(document, server));
}

/** {@link evaluate} with a pause after each of the server's demands, and at its end. */
export function* evaluateInSteps(
  document: ClientMetadataDocument,
  server: ServerProfile,
): Generator<void, Verdict, void> {
  const verdict = conclude(document, server, yield* reasonsInSteps(document, server));
  yield;
  return verdict;
}

/**
 * {@link evaluate}, once it is known what the server minds.
 *
 * @param reasons of all constraints; those of entries that never or only partly work are added
 */
export function conclude(
  document: ClientMetadataDocument,
  server: ServerProfile,
  reasons: Reason[],
): Verdict {
  const refused = reasons.some(isRefusal);
  const complete = server.readCompletely.includes("document") && server.readCompletely.includes("fetch");
  const verdict = refused ? "refuses" : complete ? "accepts" : "unknown";
  const signIn = refused ? signInListsOf(document).all("never") : signIns(document, server, reasons);
  return { server: server.id, version: server.version, verdict, reasons, signIn };
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

function* reasonsInSteps(
  document: ClientMetadataDocument,
  server: ServerProfile,
): Generator<void, Reason[], void> {
  const reasons: Reason[] = [];
  for (const constraint of server.constraints) {
    addReasons(reasons, document, constraint);
    yield;
  }
  return reasons;
}

/** @param reads takes notes of what the constraint reads */
export function addReasons(
  reasons: Reason[],
  document: ClientMetadataDocument,
  { stage, effect, rule: ownRule, check }: Constraint,
  reads?: MemberReads,
): void {
  check(
    document,
    ({ message, pointer, rule = ownRule }) => {
      reasons.push({ stage, effect, rule, message, ...(pointer === undefined ? {} : { pointer }) });
    },
    reads,
  );
}

/** The redirect entries of a document as verdicts speak of them. */
class SignInLists {
  /** Where in `redirects` those stand that are not ordinary. */
  readonly unusual: readonly number[];
  readonly #redirects: readonly RedirectEntry[];
  readonly #lists: Partial<Record<SignInOutcome, readonly SignIn[]>> = {};

  constructor({ redirects }: ClientMetadataDocument) {
    this.#redirects = redirects;
    this.unusual = [...redirects.keys()].filter((at) => !redirects[at]?.uri.ordinary);
  }

  /** All entries with one outcome; made once, when it is needed, for the verdicts of all servers. */
  all(outcome: SignInOutcome): readonly SignIn[] {
    this.#lists[outcome] ??= this.#redirects.map(({ node }) => ({ entry: node.value, outcome }));
    return this.#lists[outcome];
  }
}

const signInLists = new WeakMap<ClientMetadataDocument, SignInLists>();

function signInListsOf(document: ClientMetadataDocument): SignInLists {
  let lists = signInLists.get(document);
  if (!lists) {
    lists = new SignInLists(document);
    signInLists.set(document, lists);
  }
  return lists;
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
  const lists = signInListsOf(document);
  const signInAt = (at: number, known: EntryOutcome | undefined): SignIn => {
    const { pointer } = document.redirects[at] as RedirectEntry;
    if (known?.message !== undefined) {
      reasons.push({
        stage: "authorize",
        effect: EFFECTS[known.outcome],
        rule: known.rule ?? "redirect-uris/never-matches",
        message: known.message,
        pointer,
      });
    }
    const outcome = noSignIn || blocked.has(pointer) ? "never" : (known?.outcome ?? "unknown");
    return lists.all(outcome)[at] as SignIn;
  };
  const known = ({ node }: RedirectEntry): EntryOutcome | undefined =>
    matching?.entryOutcome?.(node.value, context);
  const ordinary: EntryOutcome | undefined = matching?.ordinary && { outcome: matching.ordinary };
  if (!ordinary || blocked.size > 0) {
    return document.redirects.map((entry, at) =>
      signInAt(at, ordinary && entry.uri.ordinary ? ordinary : known(entry)),
    );
  }
  // Of long lists, most entries are ordinary.
  const signIn = [...lists.all(noSignIn ? "never" : ordinary.outcome)];
  for (const at of lists.unusual) signIn[at] = signInAt(at, known(document.redirects[at] as RedirectEntry));
  return signIn;
}

const EFFECTS = {
  never: "blocks",
  limited: "limits",
  works: "note",
  unknown: "note",
} as const satisfies Record<SignInOutcome, Reason["effect"]>;

/** What of a document decides how its redirect URIs are compared. */
export function matchContext(document: ClientMetadataDocument): MatchContext {
  return { applicationType: document.string("application_type")?.value };
}

export interface RedirectMatch {
  readonly server: string;
  readonly outcome: "allowed" | "refused" | "document-refused" | "unknown";
  /** The entry that lets the redirect URI through. */
  readonly matchedBy?: string;
  readonly reason?: string;
}

/**
 * Says whether a server would send a user back to a redirect URI: the whole decision, with what the server does to the
 * request's redirect URI before it compares.
 *
 * @param redirectUri what the client sends in the authorization request
 */
export function match(
  server: ServerProfile,
  document: ClientMetadataDocument,
  redirectUri: string,
): RedirectMatch {
  const verdict = evaluate(document, server);
  const refusal = verdict.reasons.find(isRefusal);
  if (refusal) return { server: server.id, outcome: "document-refused", reason: refusal.message };
  const matching = server.redirects;
  if (!matching)
    return {
      server: server.id,
      outcome: "unknown",
      reason: say`How this server compares redirect URIs is not known.`,
    };
  const end = verdict.reasons.find(endsEverySignIn);
  if (end) return { server: server.id, outcome: "refused", reason: end.message };
  const context = matchContext(document);
  const prepared = matching.prepare ? matching.prepare(redirectUri, context) : redirectUri;
  if (typeof prepared !== "string")
    return { server: server.id, outcome: "refused", reason: prepared.refused };
  let unknown = verdict.verdict === "unknown";
  // What the entry itself is good for does not count: a request may name even a `*` letter by letter.
  const blocked = blockedEntries(finish(reasonsInSteps(document, server)));
  let block: Reason | undefined;
  for (const { index, node } of document.redirects) {
    const matched = matching.matches(prepared, node.value, context);
    if (matched === true) {
      const found = blocked.get(jsonPointer("redirect_uris", index));
      if (found) {
        block ??= found;
        continue;
      }
      return verdict.verdict === "accepts"
        ? { server: server.id, outcome: "allowed", matchedBy: node.value }
        : {
            server: server.id,
            outcome: "unknown",
            matchedBy: node.value,
            reason: say`The entry matches, but whether this server loads the document is not known.`,
          };
    }
    if (matched === undefined) unknown = true;
  }
  return unknown
    ? { server: server.id, outcome: "unknown", reason: say`Not everything this server does is known.` }
    : {
        server: server.id,
        outcome: "refused",
        reason: block?.message ?? matching.refusal?.(prepared) ?? say`No entry matches.`,
      };
}
