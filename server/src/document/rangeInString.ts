import type { StringNode } from "./syntaxTree.js";

/**
 * The place in the text of a part of a string value.
 *
 * @param node the string
 * @param start UTF-16 offset into its decoded value
 * @param end likewise, exclusive
 * @returns the part's place; the whole string, quotes included, when escapes make the two lengths differ or the part is empty
 */
export function rangeInString(
  node: StringNode,
  start: number,
  end: number,
): { readonly offset: number; readonly end: number } {
  const plain = node.end - node.offset === node.value.length + 2;
  const isInside = 0 <= start && start < end && end <= node.value.length;
  if (!plain || !isInside) return { offset: node.offset, end: node.end };
  return { offset: node.offset + 1 + start, end: node.offset + 1 + end };
}
