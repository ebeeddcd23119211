import type { Position, Range, TextEdit } from "vscode-languageserver-types";
import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import type { FormattingOptions } from "../document/jsonFormat.js";
import type { JsonNode } from "../document/syntaxTree.js";
import { formatJson } from "./format.js";
import { isWithin } from "./ranges.js";

/**
 * Formats what a person has just finished: the object or list that a bracket closes, or the line that Enter leaves. Nothing
 * moves while the text is not JSON, since the structure is not certain then, and nothing behind the cursor ever moves.
 *
 * @param position where the cursor is after the character was typed
 * @param typed one of `FORMAT_TRIGGERS`
 * @returns edits that do not overlap
 */
export function formatAfterTyping(
  document: ClientMetadataDocument,
  position: Position,
  typed: string,
  options: FormattingOptions,
): TextEdit[] {
  if (!document.complete) return [];
  const finished = typed === "\n" ? lineBefore(document, position) : closedAt(document, position);
  if (!finished) return [];
  return formatJson(document.shownText, finished, options).filter(({ range }) => isWithin(range, finished));
}

/** The line that Enter leaves, with the white space in front of it: a line's indentation begins where the last one ends. */
function lineBefore(document: ClientMetadataDocument, { line }: Position): Range | undefined {
  if (line === 0) return undefined;
  const { lines, text } = document;
  const start = lines.offsetAt({ line: line - 1, character: 0 });
  const written = text.slice(start, lines.offsetAt({ line, character: 0 })).trimEnd();
  return written === ""
    ? undefined
    : lines.range(text.slice(0, start).trimEnd().length, start + written.length);
}

/** The object or list whose closing bracket ends at the cursor. */
function closedAt(document: ClientMetadataDocument, position: Position): Range | undefined {
  const end = document.lines.offsetAt(position);
  let node: JsonNode | undefined = document.root;
  while (node && (node.type === "object" || node.type === "array")) {
    if (node.end === end) return document.range(node);
    const parts: readonly (JsonNode | undefined)[] =
      node.type === "object" ? node.members.map(({ value }) => value) : node.items;
    node = parts.find((part) => part !== undefined && part.offset < end && end <= part.end);
  }
  return undefined;
}
