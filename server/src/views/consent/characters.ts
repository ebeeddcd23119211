import { say } from "../../localisation/say.js";
import { asciiLookAlike, mixesScripts } from "../../uri/confusables.js";
import type { Inline } from "./consentView.js";
import { plain, untrusted } from "./text.js";

/**
 * Characters that make a text look like something it is not: they cannot be seen, they turn the reading direction
 * around, or they look like an ASCII letter (Unicode UTS 39 §4 "Confusable Detection", UTR 36 §3).
 */
export type SuspectKind = "invisible" | "direction" | "control" | "private-use" | "look-alike";

export interface Suspect {
  readonly kind: SuspectKind;
  readonly codePoint: number;
  /** What it is, or what it looks like. */
  readonly description: string;
}

const DIRECTION: ReadonlyMap<number, string> = new Map([
  [0x061c, "ARABIC LETTER MARK"],
  [0x200e, "LEFT-TO-RIGHT MARK"],
  [0x200f, "RIGHT-TO-LEFT MARK"],
  [0x202a, "LEFT-TO-RIGHT EMBEDDING"],
  [0x202b, "RIGHT-TO-LEFT EMBEDDING"],
  [0x202c, "POP DIRECTIONAL FORMATTING"],
  [0x202d, "LEFT-TO-RIGHT OVERRIDE"],
  [0x202e, "RIGHT-TO-LEFT OVERRIDE"],
  [0x2066, "LEFT-TO-RIGHT ISOLATE"],
  [0x2067, "RIGHT-TO-LEFT ISOLATE"],
  [0x2068, "FIRST STRONG ISOLATE"],
  [0x2069, "POP DIRECTIONAL ISOLATE"],
]);

const INVISIBLE: ReadonlyMap<number, string> = new Map([
  [0x00a0, "NO-BREAK SPACE"],
  [0x00ad, "SOFT HYPHEN"],
  [0x034f, "COMBINING GRAPHEME JOINER"],
  [0x115f, "HANGUL CHOSEONG FILLER"],
  [0x1160, "HANGUL JUNGSEONG FILLER"],
  [0x180e, "MONGOLIAN VOWEL SEPARATOR"],
  [0x200b, "ZERO WIDTH SPACE"],
  [0x200c, "ZERO WIDTH NON-JOINER"],
  [0x200d, "ZERO WIDTH JOINER"],
  [0x2028, "LINE SEPARATOR"],
  [0x2029, "PARAGRAPH SEPARATOR"],
  [0x2060, "WORD JOINER"],
  [0x2061, "FUNCTION APPLICATION"],
  [0x2062, "INVISIBLE TIMES"],
  [0x2063, "INVISIBLE SEPARATOR"],
  [0x2064, "INVISIBLE PLUS"],
  [0x2800, "BRAILLE PATTERN BLANK"],
  [0x3164, "HANGUL FILLER"],
  [0xfeff, "ZERO WIDTH NO-BREAK SPACE"],
  [0xffa0, "HALFWIDTH HANGUL FILLER"],
]);

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
const LATIN = /\p{Script=Latin}/u;
const LETTER = /\p{L}/u;

/**
 * Looks at one character of a text.
 *
 * @param character one code point
 * @param disguise whether its word mixes scripts, or the whole text only looks like ASCII: a name all in Cyrillic is a
 *   name
 */
function suspectOf(character: string, disguise: boolean): Suspect | undefined {
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint >= 0x20 && codePoint < 0x7f) return undefined;
  const direction = DIRECTION.get(codePoint);
  if (direction) return { kind: "direction", codePoint, description: direction };
  const invisible = INVISIBLE.get(codePoint);
  if (invisible) return { kind: "invisible", codePoint, description: invisible };
  if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0)) {
    return { kind: "control", codePoint, description: say`control character` };
  }
  if ((codePoint >= 0xfe00 && codePoint <= 0xfe0f) || (codePoint >= 0xe0100 && codePoint <= 0xe01ef)) {
    return { kind: "invisible", codePoint, description: "VARIATION SELECTOR" };
  }
  if (codePoint >= 0xe0000 && codePoint <= 0xe007f)
    return { kind: "invisible", codePoint, description: "TAG CHARACTER" };
  if (/\p{Co}/u.test(character))
    return { kind: "private-use", codePoint, description: say`private-use character` };
  const ascii =
    compatibleAscii(character) ??
    (disguise && !LATIN.test(character) ? asciiLookAlike(character) : undefined);
  return ascii === undefined
    ? undefined
    : { kind: "look-alike", codePoint, description: say`looks like ${ascii}` };
}

/** Full-width, mathematical and other styled forms of an ASCII letter (Unicode normalisation form KC). */
function compatibleAscii(character: string): string | undefined {
  if (!LETTER.test(character)) return undefined;
  const folded = character.normalize("NFKC");
  return folded !== character && /^[A-Za-z]+$/.test(folded) ? folded : undefined;
}

/**
 * Finds the characters of a text that hide something.
 *
 * @param text any text
 * @returns them in text order; empty when the text is what it looks like
 */
export function suspects(text: string): Suspect[] {
  if (PRINTABLE_ASCII.test(text)) return [];
  return scan(text).flatMap(({ suspect }) => (suspect ? [suspect] : []));
}

function scan(text: string): { character: string; suspect: Suspect | undefined }[] {
  const disguised = wholeDisguise(text);
  const scanned: { character: string; suspect: Suspect | undefined }[] = [];
  // A word is what has to be of one script: "Яндекс Music" is honest, "Pаypal" with a Cyrillic а is not.
  for (const [piece] of text.matchAll(/[\p{L}\p{M}]+|[^\p{L}\p{M}]+/gu)) {
    const disguise = disguised || mixesScripts(piece);
    for (const character of piece) scanned.push({ character, suspect: suspectOf(character, disguise) });
  }
  return scanned;
}

/** Whether a text without a Latin letter looks like an ASCII word: then the whole of it is a disguise (`раураӏ`). */
function wholeDisguise(text: string): boolean {
  const letters = (text.match(/\p{L}/gu) ?? []).join("");
  return letters.length > 2 && !LATIN.test(letters) && asciiLookAlike(letters) !== undefined;
}

/** `U+202E`. */
export function codePointName(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
}

/**
 * Writes a text out so that nothing hides: suspect characters become their code point and description.
 *
 * @returns pieces in the text's logical order
 */
export function spellOut(text: string): Inline[] {
  const pieces: Inline[] = [];
  let run = "";
  for (const { character, suspect } of scan(text)) {
    if (!suspect) {
      run += character;
      continue;
    }
    if (run !== "") pieces.push(untrusted(run));
    run = suspect.kind === "look-alike" ? character : "";
    if (run !== "") pieces.push(untrusted(run));
    run = "";
    pieces.push({ text: `${codePointName(suspect.codePoint)} ${suspect.description}`, style: "character" });
  }
  if (run !== "") pieces.push(untrusted(run));
  return pieces.length === 0 ? [plain(say`(empty)`)] : pieces;
}
