import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { say } from "../localisation/say.js";
import { type Finding, SEVERITIES, type Severity } from "./problem.js";
import type { Rule } from "./rule.js";

/** At most this many problems of one rule are listed, then one says how many more there are. */
export const MAX_PER_RULE = 20;
/** At most this many problems of one document are listed. */
export const MAX_PER_DOCUMENT = 500;

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

/**
 * Runs rules over a document.
 *
 * @returns findings in text order; at most 20 a rule and 500 a document
 */
export function runRules(
  document: ClientMetadataDocument,
  rules: readonly Rule[],
  options: RunOptions,
): Finding[] {
  return finish(runRulesInSteps(document, rules, options));
}

/** {@link runRules}, with a pause after each rule for whoever has other work to do in between. */
export function* runRulesInSteps(
  document: ClientMetadataDocument,
  rules: readonly Rule[],
  options: RunOptions,
): Generator<void, Finding[], void> {
  const findings: Finding[] = [];
  for (const rule of rules) {
    const configured = options.severityOf(rule);
    if (configured === "off" || !rule.check) continue;
    const overridden = configured !== rule.severity;
    let count = 0;
    let last: Finding | undefined;
    try {
      rule.check(document, (found) => {
        count++;
        const { at, severity = configured, ...rest } = found;
        const finding: Finding = {
          ...rest,
          rule: rule.id,
          severity: overridden ? configured : severity,
          offset: at.offset,
          end: at.end,
        };
        if (count <= MAX_PER_RULE) findings.push(finding);
        else last = finding;
      });
    } catch (error) {
      options.onFailure?.({ rule: rule.id, error });
    }
    if (last) findings.push(andMore(last, count - MAX_PER_RULE));
    yield;
  }
  const single = withoutRepetition(findings, rules);
  single.sort((a, b) => a.offset - b.offset || a.end - b.end);
  return capDocument(single);
}

/** Takes all steps of a generator at once. */
export function finish<Result>(steps: Generator<void, Result, void>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Leaves out the weaker of two findings that say the same of one place ({@link Rule.sameAs}); of equals, the special one. */
function withoutRepetition(findings: Finding[], rules: readonly Rule[]): Finding[] {
  const gone = new Set<Finding>();
  for (const { id, sameAs } of rules) {
    if (!sameAs) continue;
    for (const special of findings.filter(({ rule }) => rule === id)) {
      for (const general of findings) {
        if (general.pointer !== special.pointer || !sameAs.includes(general.rule)) continue;
        const stronger = SEVERITIES.indexOf(special.severity) < SEVERITIES.indexOf(general.severity);
        gone.add(stronger ? general : special);
      }
    }
  }
  return gone.size === 0 ? findings : findings.filter((finding) => !gone.has(finding));
}

/** The one entry that stands for those past the limit, at the place of the last. */
function andMore(finding: Finding, more: number): Finding {
  return {
    ...finding,
    data: undefined,
    related: undefined,
    message: say`… and ${more} more of ${finding.rule}.`,
  };
}

/** Holds a list of findings to the document's limit. */
export function capDocument(findings: Finding[]): Finding[] {
  const over = findings.length - MAX_PER_DOCUMENT;
  const first = findings[MAX_PER_DOCUMENT - 1];
  if (over <= 0 || !first) return findings;
  const kept = findings.slice(0, MAX_PER_DOCUMENT - 1);
  kept.push({
    ...first,
    data: undefined,
    related: undefined,
    message: say`… and ${over + 1} more problems.`,
  });
  return kept;
}
