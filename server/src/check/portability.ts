import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { locate } from "../document/locate.js";
import { say, translated } from "../localisation/say.js";
import { MAX_PER_RULE } from "../rules/engine.js";
import type { Finding, Severity } from "../rules/problem.js";
import { ruleById, rulesLike } from "../rules/rules.js";
import { isRefusal } from "../servers/evaluate.js";
import type { Reason, Verdict } from "../servers/profile.js";
import { serverById } from "../servers/servers.js";
import type { RuleSetting } from "./severities.js";

type Mode = "all" | "targets";

/** One cause at one place, with the servers that mind it. */
interface Cause {
  readonly rule: string;
  readonly pointer: string;
  /** Servers that do not load the document. */
  readonly refusing: { readonly server: string; readonly message: string }[];
  /** Servers that load it and stop a sign-in there. */
  readonly blocking: { readonly server: string; readonly message: string }[];
  /** Servers that take something away. */
  readonly limiting: { readonly server: string; readonly message: string }[];
}

/**
 * Adds what authorization servers do with a document to what the rules found.
 *
 * With all known servers the editor stays calm: a cause that makes at least one refuse the document is an information,
 * anything milder a hint. With targets, what blocks on one of them is an error and the other servers are silent. Where a
 * rule already covers the same place and cause, the servers' names are added to it.
 *
 * @returns findings in text order
 */
export function addPortability(
  document: ClientMetadataDocument,
  findings: readonly Finding[],
  verdicts: readonly Verdict[],
  mode: Mode,
  severityOf: (id: string, fallback: Severity) => RuleSetting,
): Finding[] {
  const causes = joinAlike(collectCauses(document, verdicts, mode), findings);
  const result: Finding[] = [];
  for (const finding of findings) {
    const key = causeKey(finding.rule, finding.pointer);
    const cause = causes.get(key);
    if (!cause) {
      if (mode === "targets" && ruleById(finding.rule)?.portability) continue;
      result.push(finding);
      continue;
    }
    causes.delete(key);
    const wanted = severityOf(finding.rule, stronger(finding.severity, severityOfCause(cause, mode)));
    if (wanted !== "off") {
      result.push({ ...finding, severity: wanted, message: `${finding.message} ${serverList(cause)}` });
    }
  }
  const counts = new Map<string, number>();
  for (const cause of causes.values()) {
    const severity = severityOf(cause.rule, severityOfCause(cause, mode));
    if (severity === "off") continue;
    const count = (counts.get(cause.rule) ?? 0) + 1;
    counts.set(cause.rule, count);
    if (count > MAX_PER_RULE) continue;
    const place = locate(document, cause.pointer);
    result.push({
      rule: cause.rule,
      severity,
      message: `${sentence(cause)} ${serverList(cause)}`,
      pointer: cause.pointer,
      offset: place.offset,
      end: place.end,
    });
  }
  return result.sort((a, b) => a.offset - b.offset || a.end - b.end);
}

function causeKey(rule: string, pointer: string): string {
  return `${rule}\n${pointer}`;
}

function collectCauses(
  document: ClientMetadataDocument,
  verdicts: readonly Verdict[],
  mode: Mode,
): Map<string, Cause> {
  const foreign = new Map<string, boolean>();
  const isForeign = (rule: string): boolean => {
    let known = foreign.get(rule);
    if (known === undefined) {
      known = mode === "all" && ruleById(rule)?.concerns?.(document) === false;
      foreign.set(rule, known);
    }
    return known;
  };
  const causes = new Map<string, Cause>();
  for (const { server, reasons } of verdicts) {
    for (const reason of reasons) {
      if (reason.effect === "note" || isForeign(reason.rule)) continue;
      const pointer = reason.pointer ?? "";
      const key = causeKey(reason.rule, pointer);
      let cause = causes.get(key);
      if (!cause) {
        cause = { rule: reason.rule, pointer, refusing: [], blocking: [], limiting: [] };
        causes.set(key, cause);
      }
      const list = listFor(cause, reason);
      if (list[list.length - 1]?.server !== server) list.push({ server, message: reason.message });
    }
  }
  return causes;
}

/**
 * Gives causes the key of the finding or cause that is about the same: under the same rule at a place above or below, or
 * under a rule that says the same in other words. Servers name a key or a list where a rule names the member or item at
 * fault.
 */
function joinAlike(causes: Map<string, Cause>, findings: readonly Finding[]): Map<string, Cause> {
  const byRule = new Map<string, Finding[]>();
  for (const finding of findings) {
    const list = byRule.get(finding.rule);
    if (list) list.push(finding);
    else byRule.set(finding.rule, [finding]);
  }
  const joined = new Map<string, Cause>();
  for (const [key, cause] of causes) {
    const alike = rulesLike(cause.rule);
    const own = byRule.get(cause.rule) ?? [];
    const found =
      own.find(({ pointer }) => pointer === cause.pointer) ??
      alike.flatMap((rule) => byRule.get(rule) ?? []).find(({ pointer }) => pointer === cause.pointer) ??
      own.find(({ pointer }) => isWithin(pointer, cause.pointer));
    const newKey = found
      ? causeKey(found.rule, found.pointer)
      : (alike.map((rule) => causeKey(rule, cause.pointer)).find((other) => joined.has(other)) ?? key);
    const known = joined.get(newKey);
    if (known) addServers(known, cause);
    else joined.set(newKey, cause);
  }
  return joined;
}

/** Whether one of two places holds the other; the document as a whole does not count. */
function isWithin(one: string, other: string): boolean {
  return one !== "" && other !== "" && (one.startsWith(`${other}/`) || other.startsWith(`${one}/`));
}

function addServers(to: Cause, from: Cause): void {
  for (const list of ["refusing", "blocking", "limiting"] as const) {
    const known = new Set(to[list].map(({ server }) => server));
    to[list].push(...from[list].filter(({ server }) => !known.has(server)));
  }
}

function listFor(cause: Cause, reason: Reason): Cause["refusing"] {
  if (isRefusal(reason)) return cause.refusing;
  return reason.effect === "blocks" ? cause.blocking : cause.limiting;
}

function severityOfCause(cause: Cause, mode: Mode): Severity {
  if (mode === "targets") return cause.refusing.length > 0 || cause.blocking.length > 0 ? "error" : "hint";
  return cause.refusing.length > 0 ? "information" : "hint";
}

const STRENGTH: Readonly<Record<Severity, number>> = { error: 3, warning: 2, information: 1, hint: 0 };

function stronger(a: Severity, b: Severity): Severity {
  return STRENGTH[a] >= STRENGTH[b] ? a : b;
}

/** What is wrong, in the catalogue's words where it has some, else in the first server's. */
function sentence(cause: Cause): string {
  const first = cause.refusing[0] ?? cause.blocking[0] ?? cause.limiting[0];
  const own = first ? withStop(first.message) : "";
  const catalogue = ruleById(cause.rule)?.portability?.message;
  return catalogue === undefined ? own : translated(catalogue);
}

function withStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function serverList(cause: Cause): string {
  const parts: string[] = [];
  if (cause.refusing.length > 0) parts.push(say`Refused by ${names(cause.refusing)}.`);
  if (cause.blocking.length > 0) parts.push(say`No sign-in on ${names(cause.blocking)}.`);
  if (cause.limiting.length > 0) parts.push(say`Limited on ${names(cause.limiting)}.`);
  return parts.join(" ");
}

function names(list: readonly { readonly server: string }[]): string {
  return list.map(({ server }) => serverById(server)?.name ?? server).join(", ");
}
