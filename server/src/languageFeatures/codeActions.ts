import type { CodeAction, Diagnostic, Range, TextEdit } from "vscode-languageserver-types";
import { type Analysis, analyse } from "../check/analyse.js";
import { clip } from "../document/valueText.js";
import { say } from "../localisation/say.js";
import { applyEdits } from "../rules/edits.js";
import { fixesByRule } from "../rules/fixes.js";
import type { Finding } from "../rules/problem.js";
import type { Fix, TextEdit as OffsetEdit } from "../rules/rule.js";
import { ruleById } from "../rules/rules.js";
import { FIX_ALL } from "./capabilities.js";
import { diagnostics } from "./diagnostics.js";
import { portabilityFixes } from "./portabilityFixes.js";
import { touches } from "./ranges.js";
import { CHANGE_SETTING, type SettingChange } from "./settingChange.js";
import { textEdits } from "./textEdits.js";
import { Trials } from "./trials.js";

/** The client's command that shows a rule's page; its argument is the rule's id. */
export const EXPLAIN_RULE_COMMAND = "cimd.explainRule";

/** LSP's `CodeActionKind.QuickFix`. */
const QUICK_FIX = "quickfix";

/** What an editor asks for code actions with. */
export interface CodeActionsRequest {
  /** The document's. */
  readonly uri: string;
  /** Zero-based LSP range the editor asks about. */
  readonly range: Range;
  /** Kinds the editor wants; a kind stands for all kinds below it. */
  readonly only?: readonly string[] | undefined;
  /** Commands the editor has; actions that need another are left out. */
  readonly clientCommands?: ReadonlySet<string>;
  /** Awaited between two problems, so that a language server can answer other requests. */
  readonly pause?: () => Promise<void>;
}

/** Quick fixes for the problems that touch a range, and the fix-all source action. */
export async function codeActions(analysis: Analysis, request: CodeActionsRequest): Promise<CodeAction[]> {
  const { uri, only } = request;
  const actions = wants(only, QUICK_FIX) ? await quickFixes(analysis, request) : [];
  if (only !== undefined && wants(only, FIX_ALL)) {
    const edits = fixAllEdits(analysis);
    if (edits.length > 0) {
      actions.push({
        title: say`Fix all CIMD problems that can be fixed safely`,
        kind: FIX_ALL,
        edit: { changes: { [uri]: lspEdits(analysis, edits) } },
      });
    }
  }
  return actions;
}

/** No more text than this, in UTF-16 units, is put into the fixes of one answer. */
const MAX_FIX_TEXT = 500_000;

/** Fixes come first, then what narrows the servers down, what explains, and last what switches rules off. */
async function quickFixes(
  analysis: Analysis,
  { uri, range, clientCommands = new Set(), pause }: CodeActionsRequest,
): Promise<CodeAction[]> {
  const all = diagnostics(analysis, uri);
  const trials = new Trials();
  const fixes: CodeAction[] = [];
  const explanations: CodeAction[] = [];
  const silencers: CodeAction[] = [];
  const narrowedBy: Diagnostic[] = [];
  let textLeft = MAX_FIX_TEXT;
  for (const [index, finding] of analysis.findings.entries()) {
    const diagnostic = all[index];
    if (!diagnostic || !touches(diagnostic.range, range)) continue;
    await pause?.();
    for (const fix of fixesOf(analysis, finding, trials)) {
      for (const { newText } of fix.edits) textLeft -= newText.length;
      if (textLeft < 0) break;
      fixes.push({
        title: clip(fix.title),
        kind: QUICK_FIX,
        diagnostics: [diagnostic],
        ...(fix.preferred ? { isPreferred: true } : {}),
        edit: { changes: { [uri]: lspEdits(analysis, fix.edits) } },
      });
    }
    if (clientCommands.has(EXPLAIN_RULE_COMMAND)) explanations.push(explainAction(finding, diagnostic));
    if (!clientCommands.has(CHANGE_SETTING)) continue;
    silencers.push(turnOffAction(finding, diagnostic));
    if (isOthersConcern(analysis, finding)) narrowedBy.push(diagnostic);
  }
  const narrowing = narrowedBy.length > 0 ? [onlyFastMcpAction(narrowedBy)] : [];
  return [...fixes, ...narrowing, ...explanations, ...silencers];
}

/**
 * The fixes of a finding's rule, then those that make more servers accept the document. One that changes nothing, or that
 * would leave more errors (or as many errors and more of the rest) because it uncovers what a mistake had hidden, is not
 * offered.
 *
 * @param trials without one left, a fix of the rule is offered untried and there are none that need servers to be asked
 */
export function fixesOf(analysis: Analysis, finding: Finding, trials: Trials = new Trials()): readonly Fix[] {
  const own = fixesByRule(analysis.document, finding);
  const others = portabilityFixes(analysis, finding, trials);
  return [...own, ...others].filter((fix) => leavesNoMore(analysis, fix, trials));
}

/** Whether a fix leaves no more errors than there are and, with as many, no more problems; true where it cannot be tried. */
function leavesNoMore(
  { document, findings, options }: Analysis,
  { edits }: Pick<Fix, "edits">,
  trials: Trials,
): boolean {
  const text = applyEdits(document.text, edits);
  // What a server minds may be what the rule would write.
  if (text === document.text) return false;
  if (!trials.take(text.length)) return true;
  const after = analyse(text, options).findings;
  const errors = [findings, after].map((list) => list.filter(({ severity }) => severity === "error").length);
  const [before = 0, left = 0] = errors;
  return left < before || (left === before && after.length <= findings.length);
}

/** The server with a redirect syntax of its own (wildcard ports), whose authors often need no other. */
const FASTMCP = "fastmcp";

/** Whether a problem is one of other servers than FastMCP, so that someone who only uses that one need not care. */
function isOthersConcern({ verdicts }: Analysis, { rule: id }: Finding): boolean {
  return (
    verdicts.length > 1 &&
    ruleById(id)?.portability !== undefined &&
    verdicts.some(
      ({ server, reasons, verdict }) =>
        server === FASTMCP &&
        verdict === "accepts" &&
        !reasons.some(({ effect, rule }) => effect === "blocks" && rule === id),
    )
  );
}

function onlyFastMcpAction(concerned: Diagnostic[]): CodeAction {
  return settingAction(say`I only use FastMCP: set \`cimd.servers\``, concerned, {
    setting: "servers",
    servers: [FASTMCP],
  });
}

/** A way out by the settings, since JSON has no comments to switch a rule off. */
function turnOffAction({ rule }: Finding, diagnostic: Diagnostic): CodeAction {
  return settingAction(say`Turn off rule ${rule} in the settings`, [diagnostic], {
    setting: "rules",
    rule,
    severity: "off",
  });
}

/** Opens the rule's page. */
function explainAction({ rule }: Finding, diagnostic: Diagnostic): CodeAction {
  const title = say`Explain rule ${rule}`;
  return {
    title,
    kind: QUICK_FIX,
    diagnostics: [diagnostic],
    command: { title, command: EXPLAIN_RULE_COMMAND, arguments: [rule] },
  };
}

function settingAction(title: string, concerned: Diagnostic[], change: SettingChange): CodeAction {
  return {
    title,
    kind: QUICK_FIX,
    diagnostics: concerned,
    command: { title, command: CHANGE_SETTING, arguments: [change] },
  };
}

/** The edits of all safe fixes; where two overlap the first in the text wins and the next run does the other. */
export function fixAllEdits(analysis: Analysis): OffsetEdit[] {
  const taken: OffsetEdit[] = [];
  for (const finding of analysis.findings) {
    const fix = fixesByRule(analysis.document, finding).find(({ safe }) => safe);
    if (fix && !fix.edits.some((edit) => taken.some((other) => overlap(edit, other))))
      taken.push(...fix.edits);
  }
  const edits = taken.sort((a, b) => a.offset - b.offset);
  // In a broken text, fixes that are good one by one can uncover more than they solve.
  return edits.length > 0 && leavesNoMore(analysis, { edits }, new Trials()) ? edits : [];
}

function overlap(a: OffsetEdit, b: OffsetEdit): boolean {
  return a.offset < b.end && b.offset < a.end ? true : a.offset === b.offset;
}

function lspEdits({ document }: Analysis, edits: readonly OffsetEdit[]): TextEdit[] {
  return textEdits(document.lines, edits);
}

function wants(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
}
