import { say } from "../../localisation/say.js";
import { type Step, step } from "../report.js";

/** A body as text, or why it is none. */
export interface DecodedText {
  readonly step: Step;
  /** With a byte order mark where there is one, because a rule speaks about it; undefined for other encodings. */
  readonly text: string | undefined;
}

const fix = (): string => say`Save the document as UTF-8 without byte order mark.`;

/**
 * Reads the bytes as UTF-8, the only encoding JSON has between systems (RFC 8259 §8.1).
 *
 * @param bytes the decoded body
 */
export function readText(bytes: Uint8Array): DecodedText {
  const other = otherEncoding(bytes);
  if (other) {
    return {
      text: undefined,
      step: step(
        "encoding",
        "failed",
        say`The body is ${other}, while JSON must be UTF-8; most servers cannot read it.`,
        { fix: fix() },
      ),
    };
  }
  const broken = firstInvalidByte(bytes);
  if (broken >= 0) {
    return {
      text: undefined,
      step: step(
        "encoding",
        "failed",
        say`The body is not valid UTF-8: the byte at offset ${broken} belongs to no character.`,
        { fix: fix() },
      ),
    };
  }
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  if (text.startsWith("\ufeff")) {
    return {
      text,
      step: step(
        "encoding",
        "warning",
        say`The body starts with a byte order mark, which some JSON parsers refuse.`,
        { fix: fix() },
      ),
    };
  }
  return {
    text,
    step: step("encoding", "passed", say`UTF-8 without byte order mark.`),
  };
}

/** UTF-16 and UTF-32 by their byte order marks, or by the zero bytes an opening brace has there. */
function otherEncoding(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if (
    bytes.length >= 4 &&
    ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff))
  )
    return "UTF-32";
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return "UTF-16";
  if (
    bytes.length >= 4 &&
    ((a !== 0 && b === 0 && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0 && d !== 0))
  )
    return "UTF-32";
  if (bytes.length >= 2 && ((a !== 0 && b === 0) || (a === 0 && b !== 0))) return "UTF-16";
  return undefined;
}

/** @returns the offset of the first byte that is not UTF-8, or -1 */
function firstInvalidByte(bytes: Uint8Array): number {
  if (isUtf8(bytes)) return -1;
  let low = 0;
  let high = bytes.length;
  // The longest prefix that is valid, apart from a character that is cut off at its end.
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (isUtf8(bytes.subarray(0, middle), true)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function isUtf8(bytes: Uint8Array, mayBeCut = false): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, {
      stream: mayBeCut,
    });
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
