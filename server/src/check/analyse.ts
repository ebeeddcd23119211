import { ClientMetadataDocument, type DocumentOptions } from "../document/clientMetadataDocument.js";
import { type RuleFailure, runRules } from "../rules/engine.js";
import { inTextOrder } from "../rules/limits.js";
import type { Finding } from "../rules/problem.js";
import { RULES, RULES_FOR_TOO_LARGE, ruleById } from "../rules/rules.js";
import { evaluate, listed, type ServerFailure } from "../servers/evaluate.js";
import { serversOfGroup, serversOfTargets, type Target } from "../servers/groups.js";
import type { ServerProfile, Verdict } from "../servers/profile.js";
import { SERVERS } from "../servers/servers.js";
import { withServerCauses } from "./causes.js";
import { compileSeverities, type RuleSettings } from "./severities.js";

/**
 * Whom the problems speak for: the document's default group, the author's targets, or nobody. `verdicts: "all"` asks the
 * other known servers as well, and changes no problem.
 */
export type ServerChoice =
  | { readonly mode: "none" }
  | { readonly mode: "default"; readonly verdicts?: "group" | "all" }
  | { readonly mode: "targets"; readonly targets: readonly Target[]; readonly verdicts?: "group" | "all" };

export interface AnalyseOptions extends DocumentOptions {
  readonly servers?: ServerChoice;
  readonly rules?: RuleSettings | undefined;
  /** True when VS Code's JSON service checks the same text: rules that it covers are left out. */
  readonly besideJsonService?: boolean | undefined;
  /** Called when a rule, or its fix, throws; the others still run. */
  readonly onRuleFailure?: ((failure: RuleFailure) => void) | undefined;
  /** Called when an authorization server's profile throws; its verdict is `unknown`. */
  readonly onServerFailure?: ((failure: ServerFailure) => void) | undefined;
}

/** Everything the editor and the command line know about one text. */
export interface Analysis {
  /** What was asked for; the same question can be put to a changed text. */
  readonly options: AnalyseOptions;
  readonly document: ClientMetadataDocument;
  readonly findings: readonly Finding[];
  /** Of the servers that were asked, in the order of the registry. */
  readonly verdicts: readonly Verdict[];
  /** Those of the servers that the problems speak for. */
  readonly counted: readonly Verdict[];
}

/**
 * Reads a text, runs the rules and asks the authorization servers. Synchronous, no I/O, never throws for any text.
 *
 * @param text the document as a UTF-16 string
 */
export function analyse(text: string, options: AnalyseOptions = {}): Analysis {
  const checked = check(text, options);
  const verdicts = checked.asked.map((server) => evaluate(checked.document, server, options.onServerFailure));
  return withVerdicts(checked, verdicts);
}

/**
 * {@link analyse} with a pause before each authorization server, so that a language server can answer other requests while
 * it checks a long document.
 *
 * @param pause resolves when it is time to go on; what it rejects with ends the analysis
 */
export async function analyseWithPauses(
  text: string,
  options: AnalyseOptions,
  pause: () => Promise<void>,
): Promise<Analysis> {
  const checked = check(text, options);
  const verdicts: Verdict[] = [];
  for (const server of checked.asked) {
    await pause();
    verdicts.push(evaluate(checked.document, server, options.onServerFailure));
  }
  return withVerdicts(checked, verdicts);
}

interface Checked {
  readonly options: AnalyseOptions;
  readonly document: ClientMetadataDocument;
  readonly findings: Finding[];
  readonly choice: ServerChoice;
  readonly severityOf: ReturnType<typeof compileSeverities>;
  /** The servers that the problems speak for. */
  readonly counted: readonly ServerProfile[];
  readonly asked: readonly ServerProfile[];
}

/** What the specifications say of a text, and which servers are to be asked. */
function check(text: string, options: AnalyseOptions): Checked {
  const document = new ClientMetadataDocument(text, options);
  const severityOf = severities(options);
  const findings = runRules(document, document.tooLarge ? RULES_FOR_TOO_LARGE : RULES, {
    severityOf: (rule) => severityOf(rule.id, rule.severity),
    onFailure: options.onRuleFailure,
  });
  const { servers: choice = DEFAULT_CHOICE } = options;
  const counted = countedServers(choice, document);
  const asked = choice.mode !== "none" && choice.verdicts === "all" ? SERVERS : counted;
  return { options, document, findings, choice, severityOf, counted, asked };
}

const DEFAULT_CHOICE: ServerChoice = { mode: "default" };

function countedServers(choice: ServerChoice, document: ClientMetadataDocument): readonly ServerProfile[] {
  switch (choice.mode) {
    case "none":
      return [];
    case "default":
      return serversOfGroup("default", document);
    case "targets":
      return serversOfTargets(choice.targets, document);
  }
}

/** Joins what rules and servers say of one cause. */
function withVerdicts(
  { options, document, findings, choice, severityOf, counted }: Checked,
  verdicts: readonly Verdict[],
): Analysis {
  const ids = new Set(counted.map(({ id }) => id));
  const isCounted = ({ server }: Verdict): boolean => ids.has(server);
  const all =
    choice.mode === "none"
      ? findings
      : withServerCauses(document, findings, verdicts.filter(isCounted), choice.mode, severityOf);
  const shown = verdicts.map((verdict) => listed(verdict, document));
  return {
    options,
    document,
    findings: inTextOrder(all),
    verdicts: shown,
    counted: shown.filter(isCounted),
  };
}

/** The user's severities; what the JSON service says already is off. */
function severities({ rules, besideJsonService }: AnalyseOptions): ReturnType<typeof compileSeverities> {
  const severityOf = compileSeverities(rules);
  if (!besideJsonService) return severityOf;
  return (id, fallback) => (ruleById(id)?.coveredByJsonService ? "off" : severityOf(id, fallback));
}
