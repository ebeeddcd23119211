import type { CompletionItem, TextEdit } from "vscode-languageserver-types";
import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { textEdits } from "./textEdits.js";

/** What may stand in front of a member or a value (RFC 8259 §4, §5); anything else is the end of the value before. */
const OPENERS = new Set(["{", "[", ",", ":", ""]);

/**
 * Lets an accepted completion write the comma that is missing between it and the value before: the JSON service writes
 * only the one after it.
 *
 * @param items completion items with text edits in `document`
 */
export function withCommaBefore(
  document: ClientMetadataDocument,
  items: readonly CompletionItem[],
): CompletionItem[] {
  const known = new Map<number, TextEdit | undefined>();
  return items.map((item) => {
    if (!item.textEdit) return item;
    const { start } = "range" in item.textEdit ? item.textEdit.range : item.textEdit.insert;
    const offset = document.lines.offsetAt(start);
    if (!known.has(offset)) known.set(offset, commaBefore(document, offset));
    const comma = known.get(offset);
    return comma ? { ...item, additionalTextEdits: [...(item.additionalTextEdits ?? []), comma] } : item;
  });
}

function commaBefore(document: ClientMetadataDocument, offset: number): TextEdit | undefined {
  let end = offset;
  while (end > 0 && /\s/.test(document.text.charAt(end - 1))) end--;
  if (OPENERS.has(document.text.charAt(end - 1))) return undefined;
  return textEdits(document.lines, [{ offset: end, end, newText: "," }])[0];
}
