/** How many results are kept: more redirects than a realistic document has, times the servers' spellings of them. */
const MOST = 512;
/** Longer texts are not kept. */
const LONGEST = 2048;

/**
 * The same function with a memory. Many servers ask the same of the same few URLs, and ask again at every key press.
 *
 * @param read a pure function; who gets its results must not change them
 */
export function memoizeText<Result>(read: (text: string) => Result): (text: string) => Result {
  const results = new Map<string, Result>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) return known;
    if (text.length > LONGEST) return read(text);
    const own = copyOf(text);
    const result = read(own);
    if (results.size >= MOST) results.clear();
    results.set(own, result);
    return result;
  };
}

/** A part of a text keeps all of that text in memory (as JavaScript engines have it); its copy does not. */
function copyOf(text: string): string {
  return ` ${text}`.slice(1);
}
