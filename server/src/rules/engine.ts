import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { LimitedFindings } from "./limits.js";
import { type Finding, SEVERITIES, type Severity } from "./problem.js";
import type { Report, Rule } from "./rule.js";

export interface RuleFailure {
  readonly rule: string;
  readonly error: unknown;
}

export interface RunOptions {
  /** The severity of a rule after the user's settings; `off` leaves it out. */
  readonly severityOf: (rule: Rule) => Severity | "off";
  /** Told of a rule that threw: it costs only itself. */
  readonly onFailure?: ((failure: RuleFailure) => void) | undefined;
}

/** Shorter texts (in UTF-16 units) are done in a millisecond or two, which is less than pausing is worth. */
const WORTH_PAUSING = 20_000;

/** Whether the check of a text has pauses in it. */
export function hasPauses(text: string): boolean {
  return text.length >= WORTH_PAUSING;
}

/**
 * Runs rules over a document; over a long one with a pause after each rule, for whoever has other work to do in between.
 *
 * @returns findings in the order of the rules, at most 20 a rule
 */
export function* runRulesInSteps(
  document: ClientMetadataDocument,
  rules: readonly Rule[],
  options: RunOptions,
): Generator<void, Finding[], void> {
  const findings = new LimitedFindings();
  const run = runner(document, options, findings);
  if (hasPauses(document.text)) {
    for (const rule of rules) {
      run(rule);
      yield;
    }
  } else rules.forEach(run);
  return withoutRepetition(findings.close(), rules);
}

/** Runs rules over a document. There are hundreds of them, and most find nothing, so nothing is made for each. */
function runner(
  document: ClientMetadataDocument,
  { severityOf, onFailure }: RunOptions,
  findings: LimitedFindings,
): (rule: Rule) => void {
  let rule: Rule;
  let severity: Severity;
  const report = (found: Report): void => {
    const [by, as] = [rule, severity];
    findings.add(by.id, () => findingOf(by, as, found));
  };
  return (next) => {
    if (!next.check) return;
    const wanted = severityOf(next);
    if (wanted === "off") return;
    rule = next;
    severity = wanted;
    try {
      next.check(document, report);
    } catch (error) {
      onFailure?.({ rule: next.id, error });
    }
  };
}

/** @param configured the rule's severity after the user's settings */
function findingOf(
  rule: Rule,
  configured: Severity,
  { at, severity = configured, ...rest }: Report,
): Finding {
  return {
    ...rest,
    rule: rule.id,
    // Where the user has set a severity, it counts for all places.
    severity: configured === rule.severity ? severity : configured,
    offset: at.offset,
    end: at.end,
  };
}

/** Leaves out the weaker of two findings that say the same of one place ({@link Rule.sameAs}); of equals, the special one. */
function withoutRepetition(findings: Finding[], rules: readonly Rule[]): Finding[] {
  const byRule = findingsByRule(findings);
  const gone = new Set<Finding>();
  for (const { id, sameAs = [] } of rules.filter((rule) => rule.sameAs && byRule.has(rule.id))) {
    for (const special of byRule.get(id) ?? []) {
      for (const general of sameAs.flatMap((other) => byRule.get(other) ?? [])) {
        if (general.pointer !== special.pointer || general.more || special.more) continue;
        const stronger = SEVERITIES.indexOf(special.severity) < SEVERITIES.indexOf(general.severity);
        gone.add(stronger ? general : special);
      }
    }
  }
  return gone.size === 0 ? findings : findings.filter((finding) => !gone.has(finding));
}

/** Findings in their order, by the ids of their rules. */
export function findingsByRule(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const byRule = new Map<string, Finding[]>();
  for (const finding of findings) {
    const list = byRule.get(finding.rule);
    if (list) list.push(finding);
    else byRule.set(finding.rule, [finding]);
  }
  return byRule;
}
