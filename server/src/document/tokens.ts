import type { ScanError, SyntaxKind } from "jsonc-parser";

/**
 * jsonc-parser's token kinds and scan errors. The package declares them as ambient const enums, which a compiler that
 * looks at one file at a time cannot read; the types make sure that the numbers stay the package's.
 */
export const Token = {
  OpenBrace: 1 satisfies SyntaxKind.OpenBraceToken,
  CloseBrace: 2 satisfies SyntaxKind.CloseBraceToken,
  OpenBracket: 3 satisfies SyntaxKind.OpenBracketToken,
  CloseBracket: 4 satisfies SyntaxKind.CloseBracketToken,
  Comma: 5 satisfies SyntaxKind.CommaToken,
  Colon: 6 satisfies SyntaxKind.ColonToken,
  Null: 7 satisfies SyntaxKind.NullKeyword,
  True: 8 satisfies SyntaxKind.TrueKeyword,
  False: 9 satisfies SyntaxKind.FalseKeyword,
  String: 10 satisfies SyntaxKind.StringLiteral,
  Number: 11 satisfies SyntaxKind.NumericLiteral,
  LineComment: 12 satisfies SyntaxKind.LineCommentTrivia,
  BlockComment: 13 satisfies SyntaxKind.BlockCommentTrivia,
  LineBreak: 14 satisfies SyntaxKind.LineBreakTrivia,
  Space: 15 satisfies SyntaxKind.Trivia,
  Unknown: 16 satisfies SyntaxKind.Unknown,
  End: 17 satisfies SyntaxKind.EOF,
} as const;

export const Fault = {
  None: 0 satisfies ScanError.None,
  EndOfString: 2 satisfies ScanError.UnexpectedEndOfString,
  Unicode: 4 satisfies ScanError.InvalidUnicode,
  Escape: 5 satisfies ScanError.InvalidEscapeCharacter,
} as const;
