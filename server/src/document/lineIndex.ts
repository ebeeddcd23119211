/** A zero-based LSP position; `character` counts UTF-16 code units. */
export interface Position {
  line: number;
  character: number;
}

export interface Range {
  start: Position;
  end: Position;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Turns UTF-16 offsets into LSP positions. Lines end at LF, CR or CRLF, as LSP 3.18 "Text Documents" says.
 * The table is built at the first question.
 */
export class LineIndex {
  readonly #text: string;
  /** Where the first line begins. */
  readonly #first: number;
  #starts: Uint32Array | undefined;

  /** @param first the offset of the first character that positions count: behind a byte order mark that nobody sees */
  constructor(text: string, first = 0) {
    this.#text = text;
    this.#first = first;
  }

  /** @param offset UTF-16 offset; held inside the text, and in front of a CRLF that it would split */
  positionAt(offset: number): Position {
    let held = Math.max(this.#first, Math.min(offset, this.#text.length));
    if (this.#text.charCodeAt(held - 1) === CARRIAGE_RETURN && this.#text.charCodeAt(held) === LINE_FEED)
      held--;
    this.#starts ??= lineStarts(this.#text, this.#first);
    const starts = this.#starts;
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) > held) high = middle;
      else low = middle + 1;
    }
    const line = low - 1;
    return { line, character: held - (starts[line] ?? 0) };
  }

  /**
   * @param position zero-based; a character past the line's end stands for the end, a line past the last for the text's
   */
  offsetAt({ line, character }: Position): number {
    this.#starts ??= lineStarts(this.#text, this.#first);
    const start = this.#starts[line];
    if (start === undefined) return this.#text.length;
    let end = this.#starts[line + 1] ?? this.#text.length;
    while (end > start && /[\r\n]/.test(this.#text.charAt(end - 1))) end--;
    return Math.min(start + character, end);
  }

  /** Every range that leaves the language server, the command line or the API is made here. */
  range(offset: number, end: number): Range {
    return { start: this.positionAt(offset), end: this.positionAt(Math.max(offset, end)) };
  }
}

/** Where each line starts. The lines are counted first: a list that grows to a quarter of a million is copied many times. */
function lineStarts(text: string, first: number): Uint32Array {
  // Searching is several times faster than looking at each character.
  const next = text.includes("\r") ? startAfterAnyEnd : startAfterLineFeed;
  let lines = 1;
  for (let at = next(text, 0); at > 0; at = next(text, at)) lines++;
  const starts = new Uint32Array(lines);
  starts[0] = first;
  let line = 0;
  for (let at = next(text, 0); at > 0; at = next(text, at)) starts[++line] = at;
  return starts;
}

/** The start of the next line in a text that ends lines with LF alone; 0 when there is none. */
function startAfterLineFeed(text: string, from: number): number {
  return text.indexOf("\n", from) + 1;
}

/** {@link startAfterLineFeed} for a text with any of the three line ends. */
function startAfterAnyEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED || (code === CARRIAGE_RETURN && text.charCodeAt(at + 1) !== LINE_FEED))
      return at + 1;
  }
  return 0;
}
