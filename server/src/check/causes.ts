import type { ClientMetadataDocument, RedirectEntry } from "../document/clientMetadataDocument.js";
import { jsonPointer } from "../document/jsonPointer.js";
import { locate } from "../document/locate.js";
import { enumerate } from "../localisation/enumerate.js";
import { say, translated } from "../localisation/say.js";
import type { Finding, Severity } from "../rules/problem.js";
import { ruleById, rulesLike } from "../rules/rules.js";
import { isRefusal } from "../servers/evaluate.js";
import type { Reason, Verdict } from "../servers/profile.js";
import { serverById } from "../servers/servers.js";
import type { RuleSetting } from "./severities.js";

/** Whom the problems speak for: the document's default group, or the author's targets. */
export type Mode = "default" | "targets";

/** What a server does because of a cause, the worst first: refuses the document, stops a sign-in, takes something away. */
const CONSEQUENCES = ["refusing", "blocking", "limiting"] as const;
type Consequence = (typeof CONSEQUENCES)[number];

/** One cause in a document, at all of its places, with what it leads to on each server. */
interface Cause {
  readonly rule: string;
  readonly pointers: Set<string>;
  /** By the servers' ids, in the order in which they were asked. */
  readonly servers: Map<string, Consequence>;
}

/** After an error of these rules, nothing that servers say of the rest means anything. */
const WHOLE_DOCUMENT: ReadonlySet<string> = new Set([
  "document/json-syntax",
  "document/not-object",
  "document/too-deep",
  // Nobody can fetch the document.
  "client-id/missing",
  "client-id/type",
  "client-id/absolute-url",
]);

/** The rule of a document that no server of the group accepts. */
const REFUSED_BY_ALL = "document/refused-by-all";

type SeverityOf = (id: string, fallback: Severity) => RuleSetting;

/**
 * Joins what authorization servers do with a document to what the rules found: one problem for one cause, at its first place,
 * with each server once.
 *
 * For the default group, a cause for which a server refuses the document is an information, anything milder a hint. With
 * targets, whatever stops a sign-in on one of them is an error. Where a rule has found the same cause, the servers' names are
 * added there. What follows from an error or a placeholder is silent, and so is what no edit of the document changes.
 *
 * @param verdicts of the servers that the problems speak for
 * @returns findings in no order
 */
export function withServerCauses(
  document: ClientMetadataDocument,
  findings: readonly Finding[],
  verdicts: readonly Verdict[],
  mode: Mode,
  severityOf: SeverityOf,
): Finding[] {
  const { joined, others } = joinToFindings(collectCauses(document, verdicts, mode), findings);
  const refusal = mode === "default" ? refusalByAll(findings, verdicts) : undefined;
  const culprit = refusal && [...joined.values(), ...others].find((cause) => explains(cause, refusal));
  const problem = (finding: Finding, cause: Cause): Finding[] => {
    const isCulprit = refusal !== undefined && cause === culprit;
    const weight = isCulprit ? refusal.severity : severityOfCause(cause, mode);
    const severity = severityOf(finding.rule, stronger(finding.severity, weight));
    if (severity === "off") return [];
    // Which servers say so in these words tells nothing: none gets any further.
    if (WHOLE_DOCUMENT.has(finding.rule)) return [finding];
    const parts = [finding.message, serverList(cause), ...(isCulprit ? [`${NOBODY()} ${OTHERS()}`] : [])];
    return [{ ...finding, severity, message: parts.join(" ") }];
  };
  const replaced = placesReplacedBy([...joined.values(), ...others]);
  const result = findings.flatMap((finding) => {
    if (replaced.has(`${finding.rule} ${finding.pointer}`)) return [];
    const cause = joined.get(finding);
    if (cause) return problem(finding, cause);
    return isAboutServers(finding) ? [] : [finding];
  });
  for (const cause of others) result.push(...problem(findingOf(document, cause), cause));
  if (refusal && !culprit) {
    const severity = severityOf(REFUSED_BY_ALL, refusal.severity);
    if (severity !== "off") result.push({ ...refusedByAll(document, refusal), severity });
  }
  return result;
}

/** Rules and places that have nothing to add to these causes. */
function placesReplacedBy(causes: readonly Cause[]): ReadonlySet<string> {
  return new Set(
    causes.flatMap(({ rule, pointers }) =>
      (ruleById(rule)?.replaces ?? []).flatMap((other) =>
        [...pointers].map((pointer) => `${other} ${pointer}`),
      ),
    ),
  );
}

const NOBODY = () => say`No server that many people meet is known to accept this document.`;
const OTHERS = () => say`If your users are on others, name those in cimd.servers.`;

/** Whether a finding rests on what servers do, so that only servers that were asked can make it a problem. */
function isAboutServers({ rule }: Finding): boolean {
  return ruleById(rule)?.portability !== undefined;
}

function collectCauses(document: ClientMetadataDocument, verdicts: readonly Verdict[], mode: Mode): Cause[] {
  const causes = new Map<string, Cause>();
  for (const { server, reasons, signIn } of verdicts) {
    const spared = loopbacksWithAlternative(document, signIn);
    for (const reason of reasons) {
      const { rule, pointer = "", effect } = reason;
      const known = ruleById(rule);
      if (effect === "note" || (effect === "limits" && spared.has(pointer))) continue;
      if (known?.viewOnly && !(mode === "targets" && effect === "blocks")) continue;
      // Whoever names a target wants its users, whatever the document is made for.
      if (mode === "default" && known?.concerns?.(document) === false) continue;
      let cause = causes.get(rule);
      if (!cause) {
        cause = { rule, pointers: new Set(), servers: new Map() };
        causes.set(rule, cause);
      }
      cause.pointers.add(pointer);
      addServer(cause, server, consequenceOf(reason));
    }
  }
  return [...causes.values()];
}

/**
 * The pointers of loopback entries beside one that works on this server with another spelling of the same machine: a client
 * that listens there may use either.
 */
function loopbacksWithAlternative(
  { redirects }: ClientMetadataDocument,
  signIn: Verdict["signIn"],
): ReadonlySet<string> {
  const addressOf = ({ uri: { parts } }: RedirectEntry): string =>
    `${parts.port ?? ""} ${parts.path} ${parts.query ?? ""}`;
  const isLoopback = ({ uri }: RedirectEntry): boolean => uri.kind === "loopback";
  const working = new Set(
    redirects.filter((entry, at) => isLoopback(entry) && signIn[at]?.outcome === "works").map(addressOf),
  );
  return new Set(
    redirects
      .filter((entry) => isLoopback(entry) && working.has(addressOf(entry)))
      .map(({ pointer }) => pointer),
  );
}

function consequenceOf(reason: Reason): Consequence {
  if (isRefusal(reason)) return "refusing";
  return reason.effect === "blocks" ? "blocking" : "limiting";
}

/** Adds what a cause leads to on a server; the worst counts. */
function addServer({ servers }: Cause, server: string, consequence: Consequence): void {
  const known = servers.get(server);
  if (known === undefined || CONSEQUENCES.indexOf(consequence) < CONSEQUENCES.indexOf(known))
    servers.set(server, consequence);
}

function merge(into: Cause, from: Cause): void {
  for (const pointer of from.pointers) into.pointers.add(pointer);
  for (const [server, consequence] of from.servers) addServer(into, server, consequence);
}

interface Joined {
  /** Findings with the servers that mind the same. */
  readonly joined: ReadonlyMap<Finding, Cause>;
  /** Causes that only servers see. */
  readonly others: readonly Cause[];
}

/** Finds for each cause the finding that is about the same; drops causes that an error or a placeholder explains. */
function joinToFindings(causes: readonly Cause[], all: readonly Finding[]): Joined {
  const findings = all.filter(({ more }) => more === undefined);
  const explained = explanations(findings);
  const joined = new Map<Finding, Cause>();
  const others: Cause[] = [];
  for (const cause of causes) {
    const finding = sameCause(cause, findings);
    if (finding) {
      const known = joined.get(finding);
      if (known) merge(known, cause);
      else joined.set(finding, { ...cause, rule: finding.rule });
      continue;
    }
    if (explained(missedMember(cause.rule) ?? "") || explained(ruleById(cause.rule)?.comparedWith ?? ""))
      continue;
    const pointers = new Set([...cause.pointers].filter((pointer) => !explained(pointer)));
    if (pointers.size === 0) continue;
    const alike = others.find(
      ({ rule, pointers: known }) =>
        rulesLike(cause.rule).includes(rule) && [...known].some((pointer) => pointers.has(pointer)),
    );
    if (alike) merge(alike, cause);
    else others.push({ ...cause, pointers });
  }
  return { joined, others };
}

/**
 * The finding about the cause: under the same rule, or under one that says the same in other words and at the same place.
 * Servers name a key or a list where a rule names the member or item at fault.
 */
function sameCause({ rule, pointers }: Cause, findings: readonly Finding[]): Finding | undefined {
  const own = findings.filter((finding) => finding.rule === rule);
  const alike = rulesLike(rule);
  return (
    own.find(({ pointer }) => pointers.has(pointer)) ??
    findings.find((finding) => alike.includes(finding.rule) && pointers.has(finding.pointer)) ??
    own[0]
  );
}

/** Says of a place whether an error or a placeholder there, or around it, explains what servers make of it. */
function explanations(findings: readonly Finding[]): (pointer: string) => boolean {
  const known = findings.filter(
    ({ rule, severity }) => severity === "error" || rule === "document/placeholder",
  );
  if (known.some(({ rule }) => WHOLE_DOCUMENT.has(rule))) return () => true;
  const places = known
    .flatMap(({ pointer, related = [] }) => [pointer, ...related.map((place) => place.pointer ?? "")])
    .filter((pointer) => pointer !== "");
  return (pointer) => places.some((place) => pointer === place || pointer.startsWith(`${place}/`));
}

/** The member that a rule such as `redirect-uris/missing` is about: one that is there, and wrong, is not missing. */
function missedMember(rule: string): string | undefined {
  const [, field] = /^(.+)\/missing$/.exec(rule) ?? [];
  return field && jsonPointer(field.replaceAll("-", "_"));
}

/** What is said of a cause that only servers see; the servers come later. */
function findingOf(document: ClientMetadataDocument, { rule, pointers }: Cause): Finding {
  // A list and its item are one place, and the item says more.
  const around = new Set([...pointers].flatMap(ancestors));
  const exact = [...pointers].filter((pointer) => !around.has(pointer));
  const places = exact.map((pointer) => ({ pointer, ...placeOf(document, rule, pointer) }));
  const first = places.reduce((earliest, place) => (place.offset < earliest.offset ? place : earliest));
  return { rule, severity: "hint", message: sentence(rule), ...first };
}

/** The pointers of what a place is in, up to the document's own. */
function ancestors(pointer: string): string[] {
  return [...pointer.matchAll(/\//g)].map(({ index }) => pointer.slice(0, index));
}

function placeOf(
  document: ClientMetadataDocument,
  rule: string,
  pointer: string,
): { readonly offset: number; readonly end: number } {
  const named = ruleById(rule)?.portability?.atName
    ? document.object?.members.findLast(({ key }) => jsonPointer(key.value) === pointer)
    : undefined;
  const { offset, end } = named?.key ?? locate(document, pointer);
  return { offset, end };
}

/** What is wrong, in our own words. */
function sentence(id: string): string {
  const rule = ruleById(id);
  const own = rule?.portability?.message ?? rule?.stricter;
  if (own !== undefined) return translated(own);
  return say`Some servers require this: “${translated(rule?.title ?? id)}”.`;
}

function severityOfCause({ servers }: Cause, mode: Mode): Severity {
  const consequences = [...servers.values()];
  if (mode === "targets")
    return consequences.every((consequence) => consequence === "limiting") ? "hint" : "error";
  return consequences.includes("refusing") ? "information" : "hint";
}

const STRENGTH: Readonly<Record<Severity, number>> = { error: 3, warning: 2, information: 1, hint: 0 };

function stronger(a: Severity, b: Severity): Severity {
  return STRENGTH[a] >= STRENGTH[b] ? a : b;
}

/** What it means that no server of the group accepts a document. */
interface Refusal {
  readonly severity: "error" | "warning";
  /** Ids of the servers that are known to refuse it. */
  readonly by: readonly string[];
}

/** The refusal of a document without an error that no server of the group accepts, although it is clear that some refuse it. */
function refusalByAll(findings: readonly Finding[], verdicts: readonly Verdict[]): Refusal | undefined {
  if (findings.some(({ severity }) => severity === "error")) return undefined;
  if (verdicts.some(({ verdict }) => verdict === "accepts")) return undefined;
  const by = verdicts.filter(({ verdict }) => verdict === "refuses").map(({ server }) => server);
  if (by.length === 0 || by.length < Math.min(2, verdicts.length)) return undefined;
  return { severity: by.length === verdicts.length ? "error" : "warning", by };
}

/** Whether a cause alone is enough for the refusal. */
function explains({ servers }: Cause, { by }: Refusal): boolean {
  return by.every((id) => servers.get(id) === "refusing");
}

function refusedByAll(document: ClientMetadataDocument, { severity, by }: Refusal): Finding {
  const key = document.member("client_id")?.key;
  const place = key ? { offset: key.offset, end: key.end } : locate(document, "");
  const message = [
    NOBODY(),
    say`Refused by ${namesOf(by)}, for the reasons given at the other places.`,
    OTHERS(),
  ].join(" ");
  return { rule: REFUSED_BY_ALL, severity, message, pointer: key ? "/client_id" : "", ...place };
}

function serverList({ servers }: Cause): string {
  const ids = (wanted: Consequence): string[] =>
    [...servers].filter(([, consequence]) => consequence === wanted).map(([id]) => id);
  const [refusing, blocking, limiting] = CONSEQUENCES.map(ids) as [string[], string[], string[]];
  const parts: string[] = [];
  if (refusing.length > 0) parts.push(say`Refused by ${namesOf(refusing)}.`);
  if (blocking.length > 0) parts.push(say`No sign-in on ${namesOf(blocking)}.`);
  if (limiting.length > 0) parts.push(say`Limited on ${namesOf(limiting)}.`);
  return parts.join(" ");
}

/** Of more servers than this, a message names the first ones and counts the others; the compatibility view has them all. */
const MOST_NAMES = 6;

function namesOf(ids: readonly string[]): string {
  return enumerate(
    ids.map((id) => serverById(id)?.name ?? id),
    MOST_NAMES,
  );
}
