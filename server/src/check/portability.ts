import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { jsonPointer } from "../document/jsonPointer.js";
import { locate } from "../document/locate.js";
import { enumerate } from "../localisation/enumerate.js";
import { say, translated } from "../localisation/say.js";
import { findingsByRule } from "../rules/engine.js";
import { LimitedFindings } from "../rules/limits.js";
import type { Finding, Severity } from "../rules/problem.js";
import { ruleById, rulesLike } from "../rules/rules.js";
import { isRefusal } from "../servers/evaluate.js";
import type { Reason, Verdict } from "../servers/profile.js";
import { serverById } from "../servers/servers.js";
import type { RuleSetting } from "./severities.js";

type Mode = "all" | "targets";

/** What a server does because of a cause: it does not load the document, it stops a sign-in there, or takes something away. */
type Consequence = "refusing" | "blocking" | "limiting";

/** One server that minds a cause. */
interface Mention {
  readonly server: string;
  /** Where it stands among the servers that were asked. */
  readonly order: number;
  readonly consequence: Consequence;
  /** Its words. */
  readonly message: string;
}

/** One cause at one place, with the servers that mind it. */
interface Cause {
  readonly rule: string;
  readonly pointer: string;
  readonly mentions: Mention[];
}

/** By the ids of their rules, then by their places. */
type Causes = Map<string, Map<string, Cause>>;

/**
 * Adds what authorization servers do with a document to what the rules found.
 *
 * With all known servers the editor stays calm: a cause that makes at least one refuse the document is an information,
 * anything milder a hint. With targets, what blocks on one of them is an error and the other servers are silent. Where a
 * rule already covers the same place and cause, the servers' names are added to it.
 *
 * @returns findings in no order, at most 20 a rule
 */
export function addPortability(
  document: ClientMetadataDocument,
  findings: readonly Finding[],
  verdicts: readonly Verdict[],
  mode: Mode,
  severityOf: (id: string, fallback: Severity) => RuleSetting,
): Finding[] {
  const collected = collectCauses(document, verdicts, mode);
  const causes = joinAlike(collected, findings);
  const replaced = new Set(
    [...causes.values()].flatMap((places) =>
      [...places.values()].flatMap(({ rule, pointer }) =>
        (ruleById(rule)?.replaces ?? []).map((other) => `${other} ${pointer}`),
      ),
    ),
  );
  const result = new LimitedFindings();
  for (const finding of findings) {
    if (replaced.has(`${finding.rule} ${finding.pointer}`)) continue;
    const places = finding.more === undefined ? causes.get(finding.rule) : undefined;
    const cause = places?.get(finding.pointer);
    if (cause) {
      places?.delete(finding.pointer);
      const wanted = severityOf(finding.rule, stronger(finding.severity, severityOfCause(cause, mode)));
      if (wanted !== "off") {
        const message = `${finding.message} ${serverList(mentionsOf(cause))}`;
        result.add(finding.rule, () => ({ ...finding, severity: wanted, message }));
      }
    } else if (mode === "all" || !ruleById(finding.rule)?.portability) {
      if (finding.more === undefined) result.add(finding.rule, () => finding);
      else result.inherit(finding);
    }
  }
  for (const places of causes.values()) {
    for (const cause of places.values()) {
      const severity = severityOf(cause.rule, severityOfCause(cause, mode));
      if (severity !== "off") result.add(cause.rule, () => findingOf(document, cause, severity));
    }
  }
  return result.close();
}

/** What is said of a cause that only servers see. */
function findingOf(document: ClientMetadataDocument, cause: Cause, severity: Severity): Finding {
  const { rule, pointer } = cause;
  const { offset, end } = placeOf(document, cause);
  const mentions = mentionsOf(cause);
  const message = `${sentence(rule, mentions)} ${serverList(mentions)}`;
  return { rule, severity, message, pointer, offset, end };
}

function placeOf(
  document: ClientMetadataDocument,
  { rule, pointer }: Cause,
): { offset: number; end: number } {
  const named = ruleById(rule)?.portability?.atName
    ? document.object?.members.findLast(({ key }) => jsonPointer(key.value) === pointer)
    : undefined;
  return named?.key ?? locate(document, pointer);
}

/** The cause of a rule at a place, made where it is not there yet. */
function causeAt(causes: Causes, rule: string, pointer: string): Cause {
  let places = causes.get(rule);
  if (!places) {
    places = new Map();
    causes.set(rule, places);
  }
  let cause = places.get(pointer);
  if (!cause) {
    cause = { rule, pointer, mentions: [] };
    places.set(pointer, cause);
  }
  return cause;
}

/** Adds a server to a cause; once for each consequence, however many reasons it gives. */
function addMention({ mentions }: Cause, added: Mention): void {
  const { server, consequence } = added;
  if (!mentions.some((known) => known.server === server && known.consequence === consequence))
    mentions.push(added);
}

function collectCauses(document: ClientMetadataDocument, verdicts: readonly Verdict[], mode: Mode): Causes {
  const foreign = new Map<string, boolean>();
  const isForeign = (rule: string): boolean => {
    let known = foreign.get(rule);
    if (known === undefined) {
      known = mode === "all" && ruleById(rule)?.concerns?.(document) === false;
      foreign.set(rule, known);
    }
    return known;
  };
  const causes: Causes = new Map();
  for (const [order, { server, reasons }] of verdicts.entries()) {
    for (const reason of reasons) {
      if (reason.effect === "note" || isForeign(reason.rule)) continue;
      const consequence = consequenceOf(reason);
      const cause = causeAt(causes, reason.rule, reason.pointer ?? "");
      addMention(cause, { server, order, consequence, message: reason.message });
    }
  }
  return causes;
}

/**
 * Gives causes the rule and place of the finding or cause that is about the same: under the same rule at a place above or
 * below, or under a rule that says the same in other words. Servers name a key or a list where a rule names the member or
 * item at fault.
 */
function joinAlike(causes: Causes, findings: readonly Finding[]): Causes {
  const byRule = findingsByRule(findings.filter(({ more }) => more === undefined));
  const joined: Causes = new Map();
  for (const [rule, places] of causes) {
    const own = byRule.get(rule) ?? [];
    const alike = rulesLike(rule);
    if (own.length === 0 && alike.length === 0) {
      joined.set(rule, places);
      continue;
    }
    const others = alike.flatMap((other) => byRule.get(other) ?? []);
    for (const cause of places.values()) {
      const { pointer } = cause;
      const found =
        own.find((finding) => finding.pointer === pointer) ??
        others.find((finding) => finding.pointer === pointer) ??
        own.find((finding) => isWithin(finding.pointer, pointer));
      const other = found ? undefined : alike.find((id) => joined.get(id)?.has(pointer));
      const known = causeAt(joined, found?.rule ?? other ?? rule, found?.pointer ?? pointer);
      for (const one of cause.mentions) addMention(known, one);
    }
  }
  return joined;
}

/** Whether one of two places holds the other; the document as a whole does not count. */
function isWithin(one: string, other: string): boolean {
  const [outer, inner] = one.length < other.length ? [one, other] : [other, one];
  return outer !== "" && inner.startsWith(outer) && inner.charAt(outer.length) === "/";
}

function consequenceOf(reason: Reason): Consequence {
  if (isRefusal(reason)) return "refusing";
  return reason.effect === "blocks" ? "blocking" : "limiting";
}

function severityOfCause({ mentions }: Cause, mode: Mode): Severity {
  const grave = mentions.some(({ consequence }) =>
    mode === "targets" ? consequence !== "limiting" : consequence === "refusing",
  );
  if (!grave) return "hint";
  return mode === "targets" ? "error" : "information";
}

const STRENGTH: Readonly<Record<Severity, number>> = { error: 3, warning: 2, information: 1, hint: 0 };

function stronger(a: Severity, b: Severity): Severity {
  return STRENGTH[a] >= STRENGTH[b] ? a : b;
}

/** What is wrong, in the catalogue's words where it has some, else in those of the first server that it hurts most. */
function sentence(rule: string, { refusing, blocking, limiting }: MentionsOf): string {
  const catalogue = ruleById(rule)?.portability?.message;
  if (catalogue !== undefined) return translated(catalogue);
  const first = refusing[0] ?? blocking[0] ?? limiting[0];
  return first ? withStop(first.message) : "";
}

function withStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function serverList({ refusing, blocking, limiting }: MentionsOf): string {
  const parts: string[] = [];
  if (refusing.length > 0) parts.push(say`Refused by ${names(refusing)}.`);
  if (blocking.length > 0) parts.push(say`No sign-in on ${names(blocking)}.`);
  if (limiting.length > 0) parts.push(say`Limited on ${names(limiting)}.`);
  return parts.join(" ");
}

/** The mentions of servers on which a cause has each consequence. */
type MentionsOf = Readonly<Record<Consequence, readonly Mention[]>>;

/** @returns each list in the servers' order */
function mentionsOf({ mentions }: Cause): MentionsOf {
  const lists: Record<Consequence, Mention[]> = { refusing: [], blocking: [], limiting: [] };
  for (const mention of mentions) lists[mention.consequence].push(mention);
  for (const list of Object.values(lists)) list.sort((one, other) => one.order - other.order);
  return lists;
}

/** Of more servers than this, a message names the first ones and counts the others; the compatibility view has them all. */
const MOST_NAMES = 6;

function names(list: readonly Mention[]): string {
  return enumerate(
    list.map(({ server }) => serverById(server)?.name ?? server),
    MOST_NAMES,
  );
}
