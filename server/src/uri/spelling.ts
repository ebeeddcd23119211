/** A part of a text, as offsets into it. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** ASCII that RFC 3986 §2 does not allow anywhere in a URI. */
const ILLEGAL_ASCII = /[\u0000- "<>\\^`{|}\u007f]/;
const BAD_PERCENT = /%(?![0-9A-Fa-f]{2})/;
const ENCODED_UNRESERVED = /%(?:4[1-9A-Fa-f]|5[0-9Aa]|6[1-9A-Fa-f]|7[0-9Aa]|3[0-9]|2[DdEe]|5[Ff]|7[Ee])/;
const LOWER_CASE_ESCAPE = /%(?:[a-f][0-9A-Fa-f]|[0-9A-F][a-f])/;

/** The first character that is not ASCII (RFC 3986 §2 has none). */
export function findNonAscii(text: string): TextRange | undefined {
  return find(text, /[^\u0000-\u007f]+/);
}

/** The first ASCII character that RFC 3986 does not allow: a space, a control, quotes, `<>\^`{|}`. */
export function findIllegalAscii(text: string): TextRange | undefined {
  return find(text, ILLEGAL_ASCII);
}

/** The first `%` that two hex digits do not follow (RFC 3986 §2.1). */
export function findBadPercent(text: string): TextRange | undefined {
  return find(text, BAD_PERCENT);
}

/**
 * The first escape that a normaliser would write differently: an encoded unreserved character, or lower-case hex digits
 * (RFC 3986 §6.2.2.1-2).
 */
export function findAbnormalPercent(text: string): TextRange | undefined {
  return find(text, ENCODED_UNRESERVED) ?? find(text, LOWER_CASE_ESCAPE);
}

/** Writes escapes as RFC 3986 §6.2.2 normalises them; nothing else changes. */
export function normalisePercent(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (encoded: string, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : encoded.toUpperCase();
  });
}

/** The first path segment that is `.` or `..`; with `decode`, also one that becomes so after decoding once. */
export function findDotSegment(path: string, decode: boolean): TextRange | undefined {
  if (!path.includes(".") && !/%2e/i.test(path)) return undefined;
  let start = 0;
  for (const segment of path.split("/")) {
    const plain = decode ? segment.replace(/%2e/gi, ".") : segment;
    if ((plain === "." || plain === "..") && (!decode || plain !== segment)) {
      return { start, end: start + segment.length };
    }
    start += segment.length + 1;
  }
  return undefined;
}

/** Resolves `.` and `..` segments (RFC 3986 §5.2.4). */
export function withoutDotSegments(path: string): string {
  const kept: string[] = [];
  const segments = path.split("/");
  segments.forEach((segment, index) => {
    const last = index === segments.length - 1;
    if (segment === "..") {
      if (kept.length > 1) kept.pop();
    } else if (segment !== ".") kept.push(segment);
    if (last && (segment === "." || segment === "..")) kept.push("");
  });
  return kept.join("/");
}

function find(text: string, pattern: RegExp): TextRange | undefined {
  const found = pattern.exec(text);
  return found ? { start: found.index, end: found.index + found[0].length } : undefined;
}
