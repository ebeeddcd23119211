import type { CodeAction, Diagnostic, Range, TextEdit } from "vscode-languageserver-types";
import { type Analysis, analyse } from "../check/analyse.js";
import { say } from "../localisation/say.js";
import { applyEdits } from "../rules/edits.js";
import { fixesByRule } from "../rules/fixes.js";
import type { Finding } from "../rules/problem.js";
import type { Fix, TextEdit as OffsetEdit } from "../rules/rule.js";
import { ruleById } from "../rules/rules.js";
import { diagnostics } from "./diagnostics.js";
import { portabilityFixes } from "./portabilityFixes.js";
import { touches } from "./ranges.js";
import { CHANGE_SETTING, type SettingChange } from "./settingChange.js";

/** The client's command that shows a rule's page; its argument is the rule's id. */
export const EXPLAIN_RULE_COMMAND = "cimd.explainRule";

/** LSP's `CodeActionKind.QuickFix`. */
const QUICK_FIX = "quickfix";

/** Applies every fix that cannot change what the document means to any server. */
export const FIX_ALL = "source.fixAll.cimd";

/**
 * Quick fixes for the problems that touch a range, and the fix-all source action.
 *
 * @param uri the document's
 * @param range zero-based LSP range the editor asks about
 * @param only kinds the editor wants; a kind stands for all kinds below it
 * @param clientCommands commands the editor has; actions that need another are left out
 */
export function codeActions(
  analysis: Analysis,
  uri: string,
  range: Range,
  only: readonly string[] | undefined,
  clientCommands: ReadonlySet<string> = new Set(),
): CodeAction[] {
  const actions = wants(only, QUICK_FIX) ? quickFixes(analysis, uri, range, clientCommands) : [];
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

/** Fixes come first, then what narrows the servers down, what explains, and last what switches rules off. */
function quickFixes(
  analysis: Analysis,
  uri: string,
  range: Range,
  clientCommands: ReadonlySet<string>,
): CodeAction[] {
  const all = diagnostics(analysis, uri);
  const fixes: CodeAction[] = [];
  const explanations: CodeAction[] = [];
  const silencers: CodeAction[] = [];
  const narrowedBy: Diagnostic[] = [];
  analysis.findings.forEach((finding, index) => {
    const diagnostic = all[index];
    if (!diagnostic || !touches(diagnostic.range, range)) return;
    for (const fix of fixesOf(analysis, finding)) {
      fixes.push({
        title: fix.title,
        kind: QUICK_FIX,
        diagnostics: [diagnostic],
        ...(fix.preferred ? { isPreferred: true } : {}),
        edit: { changes: { [uri]: lspEdits(analysis, fix.edits) } },
      });
    }
    if (clientCommands.has(EXPLAIN_RULE_COMMAND)) explanations.push(explainAction(finding, diagnostic));
    if (!clientCommands.has(CHANGE_SETTING)) return;
    silencers.push(turnOffAction(finding, diagnostic));
    if (isOthersConcern(analysis, finding)) narrowedBy.push(diagnostic);
  });
  const narrowing = narrowedBy.length > 0 ? [onlyFastMcpAction(narrowedBy)] : [];
  return [...fixes, ...narrowing, ...explanations, ...silencers];
}

/** Documents longer than this (UTF-16 units) are not analysed again for every fix. */
const LONGEST_TRIED = 65_536;

/**
 * The fixes of a finding's rule, then those that make more servers accept the document. One that changes nothing, or that
 * would leave more errors (or as many errors and more of the rest) because it uncovers what a mistake had hidden, is not
 * offered.
 */
export function fixesOf(analysis: Analysis, finding: Finding): readonly Fix[] {
  const own = fixesByRule(analysis.document, finding);
  return [...own, ...portabilityFixes(analysis, finding)].filter((fix) => leavesNoMore(analysis, fix));
}

/** So many outcomes are kept of one analysis. */
const MOST_TRIED = 50;

/** What came of trying a fix, by the text it makes. An editor asks for the same fixes whenever the cursor moves. */
const tried = new WeakMap<Analysis, Map<string, boolean>>();

function leavesNoMore(analysis: Analysis, { edits }: Pick<Fix, "edits">): boolean {
  const { document } = analysis;
  const text = applyEdits(document.text, edits);
  // What a server minds may be what the rule would write.
  if (text === document.text) return false;
  if (document.text.length > LONGEST_TRIED) return true;
  let outcomes = tried.get(analysis);
  if (!outcomes) {
    outcomes = new Map();
    tried.set(analysis, outcomes);
  }
  let outcome = outcomes.get(text);
  if (outcome === undefined) {
    if (outcomes.size >= MOST_TRIED) outcomes.clear();
    outcome = tryText(analysis, text);
    outcomes.set(text, outcome);
  }
  return outcome;
}

/** Whether a text has no more errors than the one that was analysed and, with as many, no more problems. */
function tryText({ findings, options }: Analysis, text: string): boolean {
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
  return edits.length > 0 && leavesNoMore(analysis, { edits }) ? edits : [];
}

function overlap(a: OffsetEdit, b: OffsetEdit): boolean {
  return a.offset < b.end && b.offset < a.end ? true : a.offset === b.offset;
}

function lspEdits({ document }: Analysis, edits: readonly OffsetEdit[]): TextEdit[] {
  return edits.map((edit) => ({ range: document.range(edit), newText: edit.newText }));
}

function wants(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
}
