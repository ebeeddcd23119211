import { createScanner } from "jsonc-parser";
import { MAX_DEPTH } from "./parse.js";
import { Token } from "./tokens.js";

/**
 * Whether a text opens more brackets than recursive code, or an indentation, can follow. Brackets that a mistake leaves
 * open count, though the tolerant parser closes them, and one that closes nothing does not: other parsers step over it.
 */
export function isNestedTooDeeply(text: string): boolean {
  const scanner = createScanner(text, true);
  /** What would close the brackets that are open. */
  const closers: number[] = [];
  for (let token: number = scanner.scan(); token !== Token.End; token = scanner.scan()) {
    if (token === Token.OpenBrace) closers.push(Token.CloseBrace);
    else if (token === Token.OpenBracket) closers.push(Token.CloseBracket);
    else if (token === closers.at(-1)) closers.pop();
    if (closers.length > MAX_DEPTH) return true;
  }
  return false;
}
