/** A zero-based LSP position; `character` counts UTF-16 code units. */
export interface Position {
  line: number;
  character: number;
}

export interface Range {
  start: Position;
  end: Position;
}

/**
 * Turns UTF-16 offsets into LSP positions. Lines end at LF, CR or CRLF, as LSP 3.18 "Text Documents" says.
 * The table is built at the first question.
 */
export class LineIndex {
  readonly #text: string;
  #starts: number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** @param offset UTF-16 offset; held inside the text */
  positionAt(offset: number): Position {
    const held = Math.max(0, Math.min(offset, this.#text.length));
    this.#starts ??= lineStarts(this.#text);
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
    this.#starts ??= lineStarts(this.#text);
    const start = this.#starts[line];
    if (start === undefined) return this.#text.length;
    let end = this.#starts[line + 1] ?? this.#text.length;
    while (end > start && /[\r\n]/.test(this.#text.charAt(end - 1))) end--;
    return Math.min(start + character, end);
  }

  range(offset: number, end: number): Range {
    return { start: this.positionAt(offset), end: this.positionAt(end) };
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  if (!text.includes("\r")) {
    // Searching is several times faster than looking at each character.
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 13) {
      if (text.charCodeAt(i + 1) === 10) i++;
      starts.push(i + 1);
    } else if (code === 10) starts.push(i + 1);
  }
  return starts;
}
