import { rangeInString } from "../../document/rangeInString.js";
import type { StringNode } from "../../document/syntaxTree.js";

/** One scope of the list, with its offset into the value. */
export interface ScopeToken {
  readonly token: string;
  readonly start: number;
}

/** The scopes of a list, in order. */
export function scopeTokens({ value }: Pick<StringNode, "value">): readonly ScopeToken[] {
  const found: ScopeToken[] = [];
  let start = 0;
  for (const token of value.split(" ")) {
    if (token !== "") found.push({ token, start });
    start += token.length + 1;
  }
  return found;
}

/** The place of a scope, or of a part of it, in the text. */
export function placeOfScope(
  node: StringNode,
  { token, start }: ScopeToken,
  part: { readonly start: number; readonly end: number } = { start: 0, end: token.length },
): { readonly offset: number; readonly end: number } {
  return rangeInString(node, start + part.start, start + part.end);
}

/** The list without the scopes for which `gone` is true. */
export function scopesWithout(node: StringNode, gone: (token: string) => boolean): string {
  return scopeTokens(node)
    .map(({ token }) => token)
    .filter((token) => !gone(token))
    .join(" ");
}
