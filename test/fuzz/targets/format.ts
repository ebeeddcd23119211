import { ClientMetadataDocument } from "../../../server/src/document/clientMetadataDocument.js";
import type { Range } from "../../../server/src/document/lineIndex.js";
import { LineIndex } from "../../../server/src/document/lineIndex.js";
import { FORMAT_TRIGGERS } from "../../../server/src/languageFeatures/capabilities.js";
import { formatJson } from "../../../server/src/languageFeatures/format.js";
import { formatAfterTyping } from "../../../server/src/languageFeatures/onTypeFormatting.js";
import { sortMembers } from "../../../server/src/languageFeatures/sortMembers.js";
import { applyEdits } from "../../../server/src/rules/edits.js";
import { exampleDocuments } from "../seeds.js";
import { type FuzzTarget, holds, parsed, sameJson } from "./target.js";

const OPTIONS = { tabSize: 2, insertSpaces: true };

interface Edit {
  readonly range: Range;
  readonly newText: string;
}

function apply(text: string, edits: readonly Edit[]): string {
  const lines = new LineIndex(text);
  const byOffset = edits
    .map(({ range, newText }) => ({
      offset: lines.offsetAt(range.start),
      end: lines.offsetAt(range.end),
      newText,
    }))
    .sort((a, b) => a.offset - b.offset);
  for (const [index, { offset, end }] of byOffset.entries()) {
    holds(
      offset <= end && end <= (byOffset[index + 1]?.offset ?? text.length),
      "edits of the formatter lie apart",
    );
  }
  return applyEdits(text, byOffset);
}

/** The order of members does not count. */
function sameMembers(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || a === null || Array.isArray(a)) return sameJson(a, b);
  if (typeof b !== "object" || b === null) return false;
  const sorted = (value: object) => Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return sameJson(sorted(a), sorted(b));
}

/** Formatting of the whole, of a part and while typing, and the sorting of members. */
export const format: FuzzTarget = {
  name: "format",
  holds: "what is formatted or sorted says the same, and stays as it is the second time",
  seeds: exampleDocuments,
  run(text) {
    const document = new ClientMetadataDocument(text);
    // The language server asks no recursive code about such a text.
    if (document.faults.some(({ kind }) => kind === "too-deep")) return;
    const formatted = apply(text, formatJson(text, undefined, OPTIONS));
    const value = parsed(text);
    if (value) {
      holds(sameJson(parsed(formatted), value), "formatting keeps the value", () => formatted);
      const again = apply(formatted, formatJson(formatted, undefined, OPTIONS));
      holds(again === formatted, "formatting twice is formatting once", () => `${formatted}\n→ ${again}`);
    }
    const middle = document.lines.positionAt(text.length >>> 1);
    const end = document.lines.positionAt(text.length);
    for (const range of [
      { start: { line: 0, character: 0 }, end: middle },
      { start: middle, end },
    ]) {
      const part = apply(text, formatJson(text, range, OPTIONS));
      if (value) holds(sameJson(parsed(part), value), "formatting a part keeps the value", () => part);
    }
    for (const position of [middle, end]) {
      for (const typed of FORMAT_TRIGGERS) {
        const next = apply(text, formatAfterTyping(document, position, typed, OPTIONS));
        if (value)
          holds(sameJson(parsed(next), value), "formatting while typing keeps the value", () => next);
      }
    }
    const sorted = sortMembers(text);
    if ("refused" in sorted) return;
    const inOrder = apply(text, sorted.edits);
    holds(
      sameMembers(parsed(inOrder.replace(/^\ufeff/, ""))?.value, parsed(text.replace(/^\ufeff/, ""))?.value),
      "sorting keeps the members",
      () => inOrder,
    );
    const again = sortMembers(inOrder);
    holds("edits" in again && again.edits.length === 0, "sorting twice is sorting once", () => inOrder);
  },
};
