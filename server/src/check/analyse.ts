import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { finish } from "../document/steps.js";
import { hasPauses, type RuleFailure, runRulesInSteps } from "../rules/engine.js";
import { inTextOrder } from "../rules/limits.js";
import type { Finding } from "../rules/problem.js";
import { RULES, ruleById } from "../rules/rules.js";
import { readJsonBodyInSteps } from "../servers/behaviours/jsonBody.js";
import { evaluateInSteps } from "../servers/evaluate.js";
import { type Evaluation, evaluateAgain } from "../servers/evaluateAgain.js";
import { changesBetween } from "../servers/memberReads.js";
import type { ServerProfile, Verdict } from "../servers/profile.js";
import { SERVERS } from "../servers/servers.js";
import { addPortability } from "./portability.js";
import { compileSeverities, type RuleSettings } from "./severities.js";

/** Which authorization servers count: all known, the author's targets, or none. */
export type ServerChoice =
  | { readonly mode: "all" }
  | { readonly mode: "none" }
  | { readonly mode: "targets"; readonly targets: readonly ServerProfile[] };

export interface AnalyseOptions {
  /** The URL the document is served from, where known. */
  readonly url?: string | undefined;
  readonly servers?: ServerChoice;
  readonly rules?: RuleSettings | undefined;
  /** True when VS Code's JSON service checks the same text: rules that it covers are left out. */
  readonly besideJsonService?: boolean | undefined;
  readonly onRuleFailure?: ((failure: RuleFailure) => void) | undefined;
}

/** Everything the editor and the command line know about one text. */
export interface Analysis {
  /** What was asked for; the same question can be put to a changed text. */
  readonly options: AnalyseOptions;
  readonly document: ClientMetadataDocument;
  readonly findings: readonly Finding[];
  readonly verdicts: readonly Verdict[];
  /** What the verdicts rest on, where the next text of the same document is to be analysed faster. */
  readonly evaluations?: readonly Evaluation[];
}

/** The place of an analysis in a sequence of texts, as a person types them. */
export interface Sequence {
  /** Of the text before; undefined for the first one. */
  readonly earlier: Analysis | undefined;
}

/**
 * Reads a text, runs the rules and asks the authorization servers. Synchronous, no I/O, never throws for any text.
 *
 * @param text the document as a UTF-16 string
 */
export function analyse(text: string, options: AnalyseOptions = {}): Analysis {
  return finish(analyseInSteps(text, options));
}

/**
 * {@link analyse} with pauses: where the text is long, while it is read, and after each rule and each demand of an
 * authorization server. Of a text of 5 MB, the longest step takes less than a tenth of the whole.
 *
 * @param sequence where texts follow each other: what an edit of a short text does not touch is taken over from the analysis
 *   before. It changes nothing but the time it takes.
 */
export function* analyseInSteps(
  text: string,
  options: AnalyseOptions = {},
  sequence?: Sequence,
): Generator<void, Analysis, void> {
  const document = yield* ClientMetadataDocument.inSteps(text, { url: options.url });
  const severityOf = severities(options);
  const choice = options.servers ?? { mode: "all" };
  yield;
  const findings = yield* runRulesInSteps(document, RULES, {
    severityOf: (rule) => severityOf(rule.id, rule.severity),
    onFailure: options.onRuleFailure,
  });
  if (choice.mode === "none") {
    return { options, document, findings: inTextOrder(findings), verdicts: [] };
  }
  const servers = choice.mode === "targets" ? choice.targets : SERVERS;
  const verdicts: Verdict[] = [];
  const evaluations: Evaluation[] = [];
  const pauses = hasPauses(text);
  // What is taken over keeps the text alive that it was said of: each server another one, in the worst case.
  const inSequence = sequence !== undefined && !pauses;
  const known = inSequence && sequence.earlier ? evaluationsFor(document, sequence.earlier) : undefined;
  if (pauses) yield* readJsonBodyInSteps(document);
  for (const server of servers) {
    if (inSequence) {
      const evaluation = evaluateAgain(document, server, known?.(server));
      evaluations.push(evaluation);
      verdicts.push(evaluation.verdict);
    } else verdicts.push(yield* evaluateInSteps(document, server));
  }
  const all = yield* addPortability(document, findings, verdicts, choice.mode, severityOf);
  if (pauses) yield;
  return {
    options,
    document,
    findings: inTextOrder(all),
    verdicts,
    ...(inSequence ? { evaluations } : {}),
  };
}

/** What is known of each server from the text before; undefined where nothing can be taken over. */
function evaluationsFor(
  document: ClientMetadataDocument,
  earlier: Analysis,
): ((server: ServerProfile) => Parameters<typeof evaluateAgain>[2]) | undefined {
  const changes = earlier.evaluations && changesBetween(earlier.document, document);
  if (!changes) return undefined;
  const byServer = new Map(earlier.evaluations.map((evaluation) => [evaluation.verdict.server, evaluation]));
  return ({ id }) => {
    const evaluation = byServer.get(id);
    return evaluation && { evaluation, changes };
  };
}

/** The user's severities; what the JSON service says already is off. */
function severities({ rules, besideJsonService }: AnalyseOptions): ReturnType<typeof compileSeverities> {
  const severityOf = compileSeverities(rules);
  if (!besideJsonService) return severityOf;
  return (id, fallback) => (ruleById(id)?.coveredByJsonService ? "off" : severityOf(id, fallback));
}
