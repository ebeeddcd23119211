import type { TextEdit } from "vscode-languageserver-types";
import type { LineIndex } from "../document/lineIndex.js";
import type { TextEdit as OffsetEdit } from "../rules/rule.js";

/** Edits as an editor takes them. All that change a document are made here, so that each has its text and a range in its lines. */
export function textEdits(lines: LineIndex, edits: readonly OffsetEdit[]): TextEdit[] {
  return edits.map(({ offset, end, newText }) => ({ range: lines.range(offset, end), newText }));
}
