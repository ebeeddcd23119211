import { type CodeAction, CodeActionKind, type Range, type TextEdit } from "vscode-languageserver-types";
import type { Analysis } from "../check/analyse.js";
import type { Finding } from "../rules/problem.js";
import type { Fix, TextEdit as OffsetEdit } from "../rules/rule.js";
import { ruleById } from "../rules/rules.js";
import { diagnostics } from "./diagnostics.js";

/** Applies every fix that cannot change what the document means to any server. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.cimd`;

/**
 * Quick fixes for the problems that touch a range, and the fix-all source action.
 *
 * @param uri the document's
 * @param range zero-based LSP range the editor asks about
 * @param only kinds the editor wants; a kind stands for all kinds below it
 */
export function codeActions(
  analysis: Analysis,
  uri: string,
  range: Range,
  only: readonly string[] | undefined,
): CodeAction[] {
  const actions: CodeAction[] = [];
  if (wants(only, CodeActionKind.QuickFix)) {
    const all = diagnostics(analysis, uri);
    analysis.findings.forEach((finding, index) => {
      const diagnostic = all[index];
      if (!diagnostic || !touches(diagnostic.range, range)) return;
      for (const fix of fixesOf(analysis, finding)) {
        actions.push({
          title: fix.title,
          kind: CodeActionKind.QuickFix,
          diagnostics: [diagnostic],
          ...(fix.preferred ? { isPreferred: true } : {}),
          edit: { changes: { [uri]: lspEdits(analysis, fix.edits) } },
        });
      }
    });
  }
  if (only !== undefined && wants(only, FIX_ALL)) {
    const edits = fixAllEdits(analysis);
    if (edits.length > 0) {
      actions.push({
        title: "Fix all CIMD problems that can be fixed safely",
        kind: FIX_ALL,
        edit: { changes: { [uri]: lspEdits(analysis, edits) } },
      });
    }
  }
  return actions;
}

/** The fixes of a finding's rule. */
export function fixesOf({ document }: Analysis, finding: Finding): readonly Fix[] {
  return ruleById(finding.rule)?.fix?.(document, finding) ?? [];
}

/** The edits of all safe fixes; where two overlap the first in the text wins and the next run does the other. */
export function fixAllEdits(analysis: Analysis): OffsetEdit[] {
  const taken: OffsetEdit[] = [];
  for (const finding of analysis.findings) {
    const fix = fixesOf(analysis, finding).find(({ safe }) => safe);
    if (fix && !fix.edits.some((edit) => taken.some((other) => overlap(edit, other)))) taken.push(...fix.edits);
  }
  return taken.sort((a, b) => a.offset - b.offset);
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

function touches(a: Range, b: Range): boolean {
  return !before(a.end, b.start) && !before(b.end, a.start);
}

function before(a: Range["start"], b: Range["start"]): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
