import type { Range, TextEdit } from "vscode-languageserver-types";
import { type FormattingOptions, formatEdits } from "../document/jsonFormat.js";
import { LineIndex } from "../document/lineIndex.js";
import { applyEdits } from "../rules/edits.js";
import type { TextEdit as OffsetEdit } from "../rules/rule.js";
import { textEdits } from "./textEdits.js";

/** More edits than this are sent as one: each takes many times the characters that it changes. */
const MAX_EDITS = 10_000;

/** Edits that indent the text (or one range of it); the order of members stays. */
export function formatJson(text: string, range: Range | undefined, options: FormattingOptions): TextEdit[] {
  const lines = new LineIndex(text);
  const offset = range ? lines.offsetAt(range.start) : 0;
  const part = range && { offset, length: Math.max(0, lines.offsetAt(range.end) - offset) };
  const edits = formatEdits(text, part, options).map((edit) => ({
    offset: edit.offset,
    end: edit.offset + edit.length,
    newText: edit.content,
  }));
  return textEdits(lines, edits.length > MAX_EDITS ? [joined(text, edits)] : edits);
}

/** One edit that does what several do, which stand in the order of the text. */
function joined(text: string, edits: readonly OffsetEdit[]): OffsetEdit {
  const [offset = 0, end = 0] = [edits[0]?.offset, edits.at(-1)?.end];
  const moved = edits.map((edit) => ({ ...edit, offset: edit.offset - offset, end: edit.end - offset }));
  return { offset, end, newText: applyEdits(text.slice(offset, end), moved) };
}
