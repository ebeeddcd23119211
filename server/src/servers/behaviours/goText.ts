/** Unicode's white space, as Go's `unicode.IsSpace` has it; U+FEFF does not belong to it. */
const WHITE_SPACE = "\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const GAP = new RegExp(`[${WHITE_SPACE}]+`);

/** The words of a text, as Go's `strings.Fields` finds them. */
export function goWords(text: string): readonly string[] {
  return text.split(GAP).filter((word) => word !== "");
}

/** How many bytes a text has in a Go program. */
export function goLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
