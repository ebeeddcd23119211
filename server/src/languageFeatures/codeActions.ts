import type { CodeAction, Diagnostic, Range, TextEdit } from "vscode-languageserver-types";
import { type Analysis, analyse } from "../check/analyse.js";
import { clip } from "../document/valueText.js";
import { say } from "../localisation/say.js";
import { applyEdits } from "../rules/edits.js";
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

/** The client's command that shows a rule's page; its argument is the rule's id, or those of which one is chosen. */
export const EXPLAIN_RULE_COMMAND = "cimd.explainRule";

/** The client's command that asks for the target servers; its argument is the document's URI. */
export const CHOOSE_SERVERS_COMMAND = "cimd.chooseServers";

/** The client's command that saves a file without its byte order mark; its argument is the document's URI. */
export const SAVE_WITHOUT_MARK_COMMAND = "_cimd.saveWithoutByteOrderMark";

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
  /** Which settings the editor changes: the workspace's where there is one. */
  readonly settingsIn?: "workspace" | "user";
  /** Awaited between two problems, so that a language server can answer other requests. */
  readonly pause?: () => Promise<void>;
}

/** Quick fixes for the problems that touch a range, and the fix-all source action. */
export async function codeActions(analysis: Analysis, request: CodeActionsRequest): Promise<CodeAction[]> {
  const { uri, only } = request;
  const actions = wants(only, QUICK_FIX) ? await quickFixes(analysis, request) : [];
  if (only !== undefined && wants(only, FIX_ALL)) {
    const edits = fixAllEdits(analysis);
    if (edits.length > 0) actions.push(fixAllAction(analysis, uri, edits, FIX_ALL));
  }
  return actions;
}

/** No more text than this, in UTF-16 units, is put into the fixes of one answer. */
const MAX_FIX_TEXT = 500_000;

/**
 * Fixes come first, then the one of all problems, then who the client's users are, then one that explains, and last one that
 * switches rules off. Nothing is offered twice.
 */
async function quickFixes(
  analysis: Analysis,
  { uri, range, clientCommands = new Set(), settingsIn = "user", pause }: CodeActionsRequest,
): Promise<CodeAction[]> {
  const all = diagnostics(analysis, uri);
  const trials = new Trials();
  const actions: CodeAction[] = [];
  const here: { readonly finding: Finding; readonly diagnostic: Diagnostic }[] = [];
  const offered = new Set<string>();
  let textLeft = MAX_FIX_TEXT;
  for (const [index, finding] of analysis.findings.entries()) {
    const diagnostic = all[index];
    if (!diagnostic || !touches(diagnostic.range, range)) continue;
    here.push({ finding, diagnostic });
    await pause?.();
    for (const fix of fixesOf(analysis, finding, trials)) {
      const same = editsKey(fix.edits);
      if (offered.has(same)) continue;
      for (const { newText } of fix.edits) textLeft -= newText.length;
      if (textLeft < 0) break;
      offered.add(same);
      actions.push({
        title: clip(fix.title),
        kind: QUICK_FIX,
        diagnostics: [diagnostic],
        ...(fix.preferred ? { isPreferred: true } : {}),
        edit: { changes: { [uri]: lspEdits(analysis, fix.edits) } },
      });
    }
  }
  if (here.length === 0) return actions;
  const mark = here.find(({ finding }) => finding.rule === "document/bom");
  // What the editor hides, no edit deletes.
  if (
    mark &&
    analysis.document.shownText !== analysis.document.text &&
    clientCommands.has(SAVE_WITHOUT_MARK_COMMAND)
  )
    actions.push({
      ...commandAction(say`Save without the byte order mark`, SAVE_WITHOUT_MARK_COMMAND, uri, [
        mark.diagnostic,
      ]),
      isPreferred: true,
    });
  const everything = fixAllEdits(analysis);
  if (everything.length > 0 && !offered.has(editsKey(everything)))
    actions.push(fixAllAction(analysis, uri, everything, QUICK_FIX));
  const concerned = here.filter(({ finding }) => namesServers(analysis, finding));
  if (concerned.length > 0 && clientCommands.has(CHOOSE_SERVERS_COMMAND))
    actions.push(commandAction(say`My users are on…`, CHOOSE_SERVERS_COMMAND, uri, diagnosticsOf(concerned)));
  const rules = [...new Set(here.map(({ finding }) => finding.rule))];
  if (clientCommands.has(EXPLAIN_RULE_COMMAND)) actions.push(explainAction(rules, diagnosticsOf(here)));
  if (clientCommands.has(CHANGE_SETTING)) actions.push(turnOffAction(rules, settingsIn, diagnosticsOf(here)));
  return actions;
}

function diagnosticsOf(here: readonly { readonly diagnostic: Diagnostic }[]): Diagnostic[] {
  return here.map(({ diagnostic }) => diagnostic);
}

/** The same for edits that do the same. */
function editsKey(edits: readonly OffsetEdit[]): string {
  return JSON.stringify(
    [...edits].sort((a, b) => a.offset - b.offset).map(({ offset, end, newText }) => [offset, end, newText]),
  );
}

function fixAllAction(
  analysis: Analysis,
  uri: string,
  edits: readonly OffsetEdit[],
  kind: string,
): CodeAction {
  return {
    title: say`Fix all CIMD problems that can be fixed safely`,
    kind,
    edit: { changes: { [uri]: lspEdits(analysis, edits) } },
  };
}

/**
 * The fixes of a finding's rule, then those that make more servers accept the document. One that changes nothing, or that
 * would leave more errors (or as many errors and more of the rest) because it uncovers what a mistake had hidden, is not
 * offered.
 *
 * @param trials without one left, a fix of the rule is offered untried and there are none that need servers to be asked
 */
export function fixesOf(analysis: Analysis, finding: Finding, trials: Trials = new Trials()): readonly Fix[] {
  const own = ownFixes(analysis, finding);
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

/** Whether other servers than those that count could make a difference to a problem. */
function namesServers({ counted }: Analysis, { rule: id }: Finding): boolean {
  return (
    ruleById(id)?.portability !== undefined ||
    counted.some(({ reasons }) => reasons.some(({ effect, rule }) => effect !== "note" && rule === id))
  );
}

/** A way out by the settings, since JSON has no comments to switch a rule off; it says which settings change. */
function turnOffAction(
  rules: readonly string[],
  settingsIn: "workspace" | "user",
  concerned: Diagnostic[],
): CodeAction {
  const [rule = ""] = rules;
  const titles = {
    workspace: () =>
      rules.length === 1
        ? say`Turn off rule ${rule} in the workspace settings`
        : say`Turn off a rule of this place in the workspace settings…`,
    user: () =>
      rules.length === 1
        ? say`Turn off rule ${rule} in the user settings`
        : say`Turn off a rule of this place in the user settings…`,
  };
  const change: SettingChange = { setting: "rules", rules: [...rules], severity: "off" };
  return commandAction(titles[settingsIn](), CHANGE_SETTING, change, concerned);
}

/** Opens the page of the rule, or of one of several. */
function explainAction(rules: readonly string[], concerned: Diagnostic[]): CodeAction {
  const [rule = ""] = rules;
  return rules.length === 1
    ? commandAction(say`Explain rule ${rule}`, EXPLAIN_RULE_COMMAND, rule, concerned)
    : commandAction(say`Explain a rule of this place…`, EXPLAIN_RULE_COMMAND, rules, concerned);
}

function commandAction(
  title: string,
  command: string,
  argument: unknown,
  concerned: Diagnostic[],
): CodeAction {
  return {
    title,
    kind: QUICK_FIX,
    diagnostics: concerned,
    command: { title, command, arguments: [argument] },
  };
}

/** The edits of all safe fixes; where two overlap the first in the text wins and the next run does the other. */
export function fixAllEdits(analysis: Analysis): OffsetEdit[] {
  const taken: OffsetEdit[] = [];
  for (const finding of analysis.findings) {
    const fix = ownFixes(analysis, finding).find(({ safe }) => safe);
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

/** The ways that a finding's rule knows to fix it; none where it throws. */
function ownFixes({ document, options }: Analysis, finding: Finding): readonly Fix[] {
  try {
    return ruleById(finding.rule)?.fix?.(document, finding) ?? [];
  } catch (error) {
    options.onRuleFailure?.({ rule: finding.rule, error });
    return [];
  }
}
