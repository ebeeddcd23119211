/** So much text, in UTF-16 units, is analysed to try out the fixes of one request: it takes a quarter of a second. */
const MAX_TRIED_TEXT = 150_000;

/** How many more texts may be analysed to see what a fix leads to, so that a long document gets its answer in time. */
export class Trials {
  #textLeft = MAX_TRIED_TEXT;

  /** Takes one trial of a text of this length, if there is one left. */
  take(length: number): boolean {
    if (length > this.#textLeft) return false;
    this.#textLeft -= length;
    return true;
  }
}
