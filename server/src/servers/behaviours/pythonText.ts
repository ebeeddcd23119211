/**
 * Python's `str` methods where JavaScript's namesakes do something else.
 *
 * @see https://docs.python.org/3.11/library/stdtypes.html#string-methods
 */

/** What `str.isspace` counts: bidirectional types WS, B, S and category Zs. JavaScript's `trim` lacks some, and has U+FEFF. */
const ONLY_WHITE_SPACE = /^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/;

/** @returns true where Python's `not text.strip()` is true */
export function isBlank(text: string): boolean {
  return ONLY_WHITE_SPACE.test(text);
}

const WORDS = /[^\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

/** Python's `text.split()`. */
export function words(text: string): readonly string[] {
  return text.match(WORDS) ?? [];
}

/** Python's `text.strip()`. */
export function strip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charAt(start))) start++;
  while (end > start && isBlank(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/** Python's `text.rstrip(character)`. */
export function rstrip(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end--;
  return text.slice(0, end);
}

/** Python's `text.partition(separator)`. */
export function partition(text: string, separator: string): [before: string, found: boolean, after: string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, false, ""] : [text.slice(0, at), true, text.slice(at + separator.length)];
}

/** Python's `text.rpartition(separator)`. */
export function partitionLast(
  text: string,
  separator: string,
): [before: string, found: boolean, after: string] {
  const at = text.lastIndexOf(separator);
  return at < 0 ? ["", false, text] : [text.slice(0, at), true, text.slice(at + separator.length)];
}

/** `str.isprintable` of one character, except that the ASCII space is printable. */
const UNPRINTABLE = /[\p{C}\p{Z}]/u;

/**
 * Python's `repr(text)`, as it stands in FastMCP's messages.
 *
 * @see https://docs.python.org/3.11/library/functions.html#repr
 */
export function repr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = quote;
  for (const character of text) {
    if (character === quote || character === "\\") out += "\\" + character;
    else if (character === "\n") out += "\\n";
    else if (character === "\r") out += "\\r";
    else if (character === "\t") out += "\\t";
    else if (character !== " " && UNPRINTABLE.test(character))
      out += escaped(character.codePointAt(0) as number);
    else out += character;
  }
  return out + quote;
}

function escaped(codePoint: number): string {
  const hex = codePoint.toString(16);
  if (codePoint < 0x100) return "\\x" + hex.padStart(2, "0");
  return codePoint < 0x10000 ? "\\u" + hex.padStart(4, "0") : "\\U" + hex.padStart(8, "0");
}
