import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { type RuleFailure, runRules } from "../rules/engine.js";
import { inTextOrder } from "../rules/limits.js";
import type { Finding } from "../rules/problem.js";
import { RULES, RULES_FOR_TOO_LARGE, ruleById } from "../rules/rules.js";
import { evaluate, listed, type ServerFailure } from "../servers/evaluate.js";
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
  readonly verdicts: readonly Verdict[];
}

/**
 * Reads a text, runs the rules and asks the authorization servers. Synchronous, no I/O, never throws for any text.
 *
 * @param text the document as a UTF-16 string
 */
export function analyse(text: string, options: AnalyseOptions = {}): Analysis {
  const checked = check(text, options);
  const verdicts = serversOf(options).map((server) =>
    evaluate(checked.document, server, options.onServerFailure),
  );
  return withVerdicts(checked, verdicts, options);
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
  for (const server of serversOf(options)) {
    await pause();
    verdicts.push(evaluate(checked.document, server, options.onServerFailure));
  }
  return withVerdicts(checked, verdicts, options);
}

interface Checked {
  readonly document: ClientMetadataDocument;
  readonly findings: Finding[];
}

/** What the specifications say of a text. */
function check(text: string, options: AnalyseOptions): Checked {
  const document = new ClientMetadataDocument(text, { url: options.url });
  const severityOf = severities(options);
  const findings = runRules(document, document.tooLarge ? RULES_FOR_TOO_LARGE : RULES, {
    severityOf: (rule) => severityOf(rule.id, rule.severity),
    onFailure: options.onRuleFailure,
  });
  return { document, findings };
}

function serversOf({ servers = { mode: "all" } }: AnalyseOptions): readonly ServerProfile[] {
  switch (servers.mode) {
    case "none":
      return [];
    case "targets":
      return servers.targets;
    case "all":
      return SERVERS;
  }
}

/** Joins what rules and servers say of one cause. */
function withVerdicts(
  { document, findings }: Checked,
  verdicts: readonly Verdict[],
  options: AnalyseOptions,
): Analysis {
  const mode = options.servers?.mode ?? "all";
  const all =
    mode === "none" ? findings : addPortability(document, findings, verdicts, mode, severities(options));
  return {
    options,
    document,
    findings: inTextOrder(all),
    verdicts: verdicts.map((verdict) => listed(verdict, document)),
  };
}

/** The user's severities; what the JSON service says already is off. */
function severities({ rules, besideJsonService }: AnalyseOptions): ReturnType<typeof compileSeverities> {
  const severityOf = compileSeverities(rules);
  if (!besideJsonService) return severityOf;
  return (id, fallback) => (ruleById(id)?.coveredByJsonService ? "off" : severityOf(id, fallback));
}
