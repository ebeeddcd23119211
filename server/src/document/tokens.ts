/** The kinds of tokens of jsonc-parser's scanner, and its errors: `const enum`s there, which a module cannot import. */

/** `SyntaxKind`. */
export const Token = {
  OpenBrace: 1,
  CloseBrace: 2,
  OpenBracket: 3,
  CloseBracket: 4,
  Comma: 5,
  Colon: 6,
  Null: 7,
  True: 8,
  False: 9,
  String: 10,
  Number: 11,
  LineComment: 12,
  BlockComment: 13,
  LineBreak: 14,
  WhiteSpace: 15,
  /** Bare text up to white space or a character that JSON gives a meaning. */
  Unknown: 16,
  End: 17,
} as const;

export const ScanError = {
  None: 0,
  UnexpectedEndOfString: 2,
  InvalidUnicode: 4,
  InvalidEscapeCharacter: 5,
} as const;

export function isComment(token: number): boolean {
  return token === Token.LineComment || token === Token.BlockComment;
}

export function isWhiteSpace(token: number): boolean {
  return token === Token.LineBreak || token === Token.WhiteSpace;
}
