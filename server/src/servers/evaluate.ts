import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { jsonPointer } from "../document/jsonPointer.js";
import { say } from "../localisation/say.js";
import type {
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
  const reasons = reasonsOf(document, server);
  const refused = reasons.some(isRefusal);
  const complete = server.readCompletely.includes("document") && server.readCompletely.includes("fetch");
  const verdict = refused ? "refuses" : complete ? "accepts" : "unknown";
  const signIn = refused ? allEntries(document)("never") : signIns(document, server, reasons);
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

function reasonsOf(document: ClientMetadataDocument, server: ServerProfile): Reason[] {
  const reasons: Reason[] = [];
  for (const constraint of server.constraints) {
    constraint.check(document, ({ message, pointer, rule }) => {
      reasons.push({
        stage: constraint.stage,
        effect: constraint.effect,
        rule: rule ?? constraint.rule,
        message,
        ...(pointer === undefined ? {} : { pointer }),
      });
    });
  }
  return reasons;
}

type EntryLists = (outcome: SignInOutcome) => readonly SignIn[];

const entryLists = new WeakMap<ClientMetadataDocument, EntryLists>();

/**
 * All redirect entries with one outcome each. There are as many of these lists as outcomes, made once for each document
 * when they are needed: the answers of all servers are put together from them.
 */
function allEntries(document: ClientMetadataDocument): EntryLists {
  let lists = entryLists.get(document);
  if (!lists) {
    const made: Partial<Record<SignInOutcome, readonly SignIn[]>> = {};
    lists = (outcome) => {
      made[outcome] ??= document.redirects.map(({ node }) => ({ entry: node.value, outcome }));
      return made[outcome];
    };
    entryLists.set(document, lists);
  }
  return lists;
}

/** Adds the reasons of entries that never or only partly work to `reasons`. */
function signIns(document: ClientMetadataDocument, server: ServerProfile, reasons: Reason[]): SignIn[] {
  const context = matchContext(document);
  const noSignIn = reasons.some(endsEverySignIn);
  const blockedByDocument = blockedEntries(reasons);
  const matching = server.redirects;
  const ordinary: EntryOutcome | undefined = matching?.ordinary && { outcome: matching.ordinary };
  const entries = allEntries(document);
  return document.redirects.map((entry, at) => {
    const known =
      ordinary && entry.uri.ordinary ? ordinary : matching?.entryOutcome?.(entry.node.value, context);
    if (known?.message !== undefined) {
      reasons.push({
        stage: "authorize",
        effect: EFFECTS[known.outcome],
        rule: known.rule ?? "redirect-uris/never-matches",
        message: known.message,
        pointer: entry.pointer,
      });
    }
    const blocked = noSignIn || (blockedByDocument.size > 0 && blockedByDocument.has(entry.pointer));
    return entries(blocked ? "never" : (known?.outcome ?? "unknown"))[at] as SignIn;
  });
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
  const blocked = blockedEntries(reasonsOf(document, server));
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
