import { createScanner, type Edit, format } from "jsonc-parser";
import { MAX_DEPTH } from "./parse.js";
import { Token } from "./tokens.js";

/** How an editor wants a text to be indented. */
export interface FormattingOptions {
  readonly tabSize: number;
  readonly insertSpaces: boolean;
  readonly insertFinalNewline?: boolean;
}

/** Bounds of a level of indentation, in columns, and what counts where an editor names none. */
const TAB_SIZE = { least: 1, most: 16, usual: 4 };

/** A text that would get more white space than this, in UTF-16 units, is left as it is. */
const MAX_WHITE_SPACE = 1_500_000;

/** jsonc-parser 3.3.1 leaves out the text of an edit that indents by just so many characters. */
const COLUMNS_LEFT_OUT = 200;

/**
 * The edits that indent a text, or a part of it.
 *
 * @param range the part; undefined for the whole
 * @returns none where a text would become out of proportion: nested too deeply, or mostly white space
 */
export function formatEdits(
  text: string,
  range: { readonly offset: number; readonly length: number } | undefined,
  { tabSize, insertSpaces, insertFinalNewline = false }: FormattingOptions,
): Edit[] {
  const columns = Number.isFinite(tabSize)
    ? Math.min(TAB_SIZE.most, Math.max(TAB_SIZE.least, Math.trunc(tabSize)))
    : TAB_SIZE.usual;
  const whiteSpace = range
    ? whiteSpaceAfter(linesOf(text, range), columns, true)
    : whiteSpaceAfter(text, columns, false);
  if (whiteSpace > MAX_WHITE_SPACE) return [];
  const edits = format(text, range, { tabSize: columns, insertSpaces, insertFinalNewline, eol: "\n" });
  return edits.map((edit) => ({ ...edit, content: contentOf(edit, text, insertSpaces) }));
}

/** What an edit writes, also where the library left it out. */
function contentOf(
  { content }: { content: string | undefined },
  text: string,
  insertSpaces: boolean,
): string {
  if (content !== undefined) return content;
  const lineEnd = /\r\n?|\n/.exec(text)?.[0] ?? "\n";
  return lineEnd + (insertSpaces ? " " : "\t").repeat(COLUMNS_LEFT_OUT);
}

/** The lines that a range touches. The library reads them alone, and may find other brackets and strings in them. */
function linesOf(text: string, { offset, length }: { offset: number; length: number }): string {
  const isLineEnd = (at: number): boolean => text[at] === "\n" || text[at] === "\r";
  let start = offset;
  while (start > 0 && !isLineEnd(start - 1)) start--;
  let end = offset + length;
  while (end < text.length && !isLineEnd(end)) end++;
  return text.slice(start, end);
}

/**
 * The most line breaks and columns of indentation that a text can have when it is formatted; infinite where it is too deep.
 *
 * @param startsIndented whether all lines get the indentation of the first one
 */
function whiteSpaceAfter(text: string, columns: number, startsIndented: boolean): number {
  const scanner = createScanner(text, true);
  const indentation = startsIndented ? (/^[ \t]*/.exec(text)?.[0] ?? "") : "";
  const initial = indentation.replaceAll("\t", " ".repeat(columns)).length;
  let sum = 0;
  let depth = 0;
  for (let token: number = scanner.scan(); token !== Token.End; token = scanner.scan()) {
    if (token === Token.OpenBrace || token === Token.OpenBracket) depth++;
    else if (token === Token.CloseBrace || token === Token.CloseBracket) depth--;
    if (depth > MAX_DEPTH) return Number.POSITIVE_INFINITY;
    sum += 1 + initial + Math.max(0, depth) * columns;
  }
  return sum;
}
