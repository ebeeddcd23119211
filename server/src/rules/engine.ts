import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { LimitedFindings } from "./limits.js";
import { type Finding, SEVERITIES, type Severity } from "./problem.js";
import type { Report, Rule } from "./rule.js";

/** A rule that threw. */
export interface RuleFailure {
  readonly rule: string;
  readonly error: unknown;
}

export interface RunOptions {
  /** The severity of a rule after the user's settings; `off` leaves it out. */
  readonly severityOf: (rule: Rule) => Severity | "off";
  /** Called when a rule throws; the others still run. */
  readonly onFailure?: ((failure: RuleFailure) => void) | undefined;
}

/**
 * Runs rules over a document.
 *
 * @returns findings in the order of the rules, at most 20 a rule
 */
export function runRules(
  document: ClientMetadataDocument,
  rules: readonly Rule[],
  { severityOf, onFailure }: RunOptions,
): Finding[] {
  const findings = new LimitedFindings();
  for (const rule of rules) {
    const severity = severityOf(rule);
    if (severity === "off") continue;
    try {
      rule.check?.(document, (found) => findings.add(rule.id, () => findingOf(rule, severity, found)));
    } catch (error) {
      onFailure?.({ rule: rule.id, error });
    }
  }
  return withoutRepetition(findings.close(), rules);
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
function findingsByRule(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const byRule = new Map<string, Finding[]>();
  for (const finding of findings) {
    const list = byRule.get(finding.rule);
    if (list) list.push(finding);
    else byRule.set(finding.rule, [finding]);
  }
  return byRule;
}
