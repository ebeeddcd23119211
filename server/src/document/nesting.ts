import { MAX_DEPTH } from "./parse.js";
import { Scanner, Token } from "./scanner.js";

/**
 * Whether a text opens more brackets than recursive code, or an indentation, can follow. Brackets that a mistake leaves
 * open count, though the tolerant parser closes them.
 */
export function isNestedTooDeeply(text: string): boolean {
  const scanner = new Scanner(text);
  let depth = 0;
  for (scanner.next(); scanner.token !== Token.End; scanner.next()) {
    if (scanner.token === Token.OpenBrace || scanner.token === Token.OpenBracket) depth++;
    else if (scanner.token === Token.CloseBrace || scanner.token === Token.CloseBracket) depth--;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}
