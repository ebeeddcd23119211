/** The largest body of a message that is read, in bytes; an editor sends whole documents, and those are far smaller. */
const MAX_BODY = 64 * 1024 * 1024;
/** The largest header, in bytes. */
const MAX_HEADER = 8 * 1024;

const HEADER_END = "\r\n\r\n";

/** Follows the frames of LSP's base protocol (3.18, "Base Protocol") and says when one has no usable length. */
export class FrameCheck {
  /** As much of a header as has arrived. */
  #header = "";
  /** Bytes of the body that are still to come; undefined in a header. */
  #bodyLeft: number | undefined;

  /**
   * Follows the next bytes of a stream.
   *
   * @returns what is wrong with them, in a sentence; undefined while they can be read
   */
  read(chunk: Uint8Array): string | undefined {
    let at = 0;
    while (at < chunk.length) {
      if (this.#bodyLeft === undefined) {
        const known = this.#header.length;
        this.#header += latin1(chunk.subarray(at, at + MAX_HEADER + HEADER_END.length));
        const end = this.#header.indexOf(HEADER_END);
        if (end > MAX_HEADER || (end < 0 && this.#header.length > MAX_HEADER))
          return `A message has no end of its header within ${MAX_HEADER} bytes.`;
        if (end < 0) return undefined;
        at += end + HEADER_END.length - known;
        const length = lengthIn(this.#header.slice(0, end));
        if (length === undefined) return "A message has no usable Content-Length.";
        if (length > MAX_BODY) return `A message has more than ${MAX_BODY} bytes.`;
        this.#header = "";
        this.#bodyLeft = length;
      }
      const taken = Math.min(this.#bodyLeft, chunk.length - at);
      at += taken;
      this.#bodyLeft -= taken;
      if (this.#bodyLeft === 0) this.#bodyLeft = undefined;
    }
    return undefined;
  }
}

/** @returns the value of the one `Content-Length`; undefined where there is none, or what is there is no length or no header */
function lengthIn(header: string): number | undefined {
  const lines = header.split("\r\n");
  if (!lines.every((line) => line.includes(":"))) return undefined;
  const values = lines.flatMap((line) =>
    /^Content-Length:/i.test(line) ? [line.slice(line.indexOf(":") + 1).trim()] : [],
  );
  const [value = ""] = values;
  return values.length === 1 && /^[1-9]\d{0,14}$/.test(value) ? Number(value) : undefined;
}

/** A header is ASCII; anything else in it is no `Content-Length`. */
function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
