import { type Edit, type JSONPath, modify, type Node, type ParseError, parseTree } from "jsonc-parser";
import { formatEdits } from "../document/jsonFormat.js";
import { isNestedTooDeeply } from "../document/nesting.js";

const FORMATTING = { tabSize: 2, insertSpaces: true };

/**
 * Reads JSON that is about to be changed; a byte order mark is no mistake here.
 *
 * @returns undefined for a text that is no object, that has mistakes (what would be changed is not certain then), or that
 *   is nested too deeply for the library's parser, which is recursive
 */
export function readObject(text: string): Node | undefined {
  if (isNestedTooDeeply(text)) return undefined;
  const errors: ParseError[] = [];
  const tree = parseTree(text.replace(/^\ufeff/, " "), errors, { allowTrailingComma: true });
  return tree?.type === "object" && errors.length === 0 ? tree : undefined;
}

/**
 * Sets a value, and formats what it is set into as far as the library would: the value, or the lines it is inserted into.
 * The library applies each of its formatting edits to the whole text, which is quadratic in the length of a line.
 *
 * @param path where; the last part may be the index behind the last item
 * @param isInsertion whether an item is inserted and not replaced
 */
export function changeJson(text: string, path: JSONPath, value: unknown, isInsertion = false): string {
  let changed = text;
  for (const edit of modify(text, path, value, { isArrayInsertion: isInsertion })) {
    changed = apply(changed, [edit]);
    let begin = edit.offset;
    let end = edit.offset + edit.content.length;
    if (edit.length === 0) {
      while (begin > 0 && !isLineEnd(changed, begin - 1)) begin--;
      while (end < changed.length && !isLineEnd(changed, end)) end++;
    }
    changed = apply(changed, formatEdits(changed, { offset: begin, length: end - begin }, FORMATTING));
  }
  return changed;
}

function apply(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { offset, length, content } of [...edits].sort((a, b) => a.offset - b.offset)) {
    parts.push(text.slice(from, offset), content);
    from = offset + length;
  }
  parts.push(text.slice(from));
  return parts.join("");
}

function isLineEnd(text: string, at: number): boolean {
  return text[at] === "\n" || text[at] === "\r";
}
