/**
 * Python's `fnmatch.fnmatch` on POSIX: `*` any run of characters (`/` included), `?` one character, `[…]` one of a set.
 * Characters are code points.
 *
 * @see https://docs.python.org/3.11/library/fnmatch.html
 */

type Test = (character: string) => boolean;
/** `*`, or what one character must be; `literal` when it can only be that. */
type Token = "star" | { readonly test: Test; readonly literal?: string };

const SPECIAL = /[*?[]/;

/**
 * Python's `fnmatch.fnmatch(name, pattern)`.
 *
 * @returns whether the whole name matches; takes time in proportion to the product of the lengths at worst
 */
export function fnmatch(name: string, pattern: string): boolean {
  if (!SPECIAL.test(pattern)) return name === pattern;
  const tokens = tokenize([...pattern]);
  const characters = [...name];
  let token = 0;
  let at = 0;
  // Where to go on when a match fails: the last star, and how much it has taken so far.
  let star = -1;
  let taken = 0;
  while (at < characters.length) {
    const wanted = tokens[token];
    if (wanted === "star") {
      star = token++;
      taken = at;
    } else if (wanted?.test(characters[at] as string)) {
      token++;
      at++;
    } else if (star >= 0) {
      token = star + 1;
      at = ++taken;
    } else return false;
  }
  while (tokens[token] === "star") token++;
  return token === tokens.length;
}

function tokenize(pattern: readonly string[]): Token[] {
  const tokens: Token[] = [];
  // Without looking again from every bracket that opens.
  const lastClose = pattern.lastIndexOf("]");
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] as string;
    if (character === "*") tokens.push("star");
    else if (character === "?") tokens.push({ test: () => true });
    else if (character === "[") {
      const end = at < lastClose ? setEnd(pattern, at + 1) : -1;
      tokens.push(end < 0 ? literal("[") : { test: set(pattern.slice(at + 1, end)) });
      if (end >= 0) at = end;
    } else tokens.push(literal(character));
  }
  return tokens;
}

function literal(character: string): Token {
  return { test: (other) => other === character, literal: character };
}

/** The offset of the bracket that closes a set; -1 when there is none and the opening one is literal. */
function setEnd(pattern: readonly string[], start: number): number {
  let at = start;
  if (pattern[at] === "!") at++;
  if (pattern[at] === "]") at++;
  return pattern.indexOf("]", at);
}

/** Reads what stands between the brackets. */
function set(stuff: readonly string[]): Test {
  const chunks = withoutEmptyRanges(splitAtRanges(stuff));
  // Python decides about negation after it has taken out the empty ranges, so `[z-a!b]` is negated too.
  const negated = chunks[0]?.[0] === "!";
  if (negated) chunks[0] = (chunks[0] as string[]).slice(1);
  const single = new Set<string>();
  const ranges: [number, number][] = [];
  for (const [index, chunk] of chunks.entries()) {
    const previous = chunks[index - 1]?.at(-1);
    const first = chunk[0];
    if (previous !== undefined && first !== undefined) ranges.push([codePoint(previous), codePoint(first)]);
    for (const character of chunk) single.add(character);
  }
  return (character) => {
    const code = codePoint(character);
    return (single.has(character) || ranges.some(([from, to]) => code >= from && code <= to)) !== negated;
  };
}

/** Splits at the hyphens that make ranges; each range goes from the end of one chunk to the start of the next. */
function splitAtRanges(stuff: readonly string[]): string[][] {
  const chunks: string[][] = [];
  let start = 0;
  let hyphen = stuff.indexOf("-", stuff[0] === "!" ? 2 : 1);
  while (hyphen >= 0) {
    chunks.push(stuff.slice(start, hyphen));
    start = hyphen + 1;
    hyphen = stuff.indexOf("-", hyphen + 3);
  }
  if (start < stuff.length) chunks.push(stuff.slice(start));
  else chunks.at(-1)?.push("-");
  return chunks;
}

/** Takes out ranges that run backwards, such as `z-a`: they hold nothing. */
function withoutEmptyRanges(chunks: string[][]): string[][] {
  const kept: string[][] = [];
  // From the last chunk to the first, each backwards: what comes before a chunk is put at its end.
  let current: string[] = [];
  for (const [index, before] of chunks.toReversed().entries()) {
    const first = current.at(-1);
    const isEmpty = first !== undefined && codePoint(before.at(-1) as string) > codePoint(first);
    if (isEmpty) current.pop();
    else {
      if (index > 0) kept.push(current);
      current = [];
    }
    for (let at = before.length - (isEmpty ? 2 : 1); at >= 0; at--) current.push(before[at] as string);
  }
  kept.push(current);
  return kept.reverse().map((chunk) => chunk.reverse());
}

function codePoint(character: string): number {
  return character.codePointAt(0) as number;
}

/** Characters that stand in paths as they are, tried in this order. */
const EXAMPLE_CHARACTERS = [..."ax0AZz9-._~!$&'()+,;=:@/[]^|"];

/**
 * A name that a pattern matches, for showing what a pattern is good for.
 *
 * @returns undefined when a set in the pattern holds no character that a path has unescaped
 */
export function exampleOf(pattern: string): string | undefined {
  if (!SPECIAL.test(pattern)) return pattern;
  let name = "";
  for (const token of tokenize([...pattern])) {
    if (token === "star") name += "x";
    else {
      const character = token.literal ?? EXAMPLE_CHARACTERS.find(token.test);
      if (character === undefined) return undefined;
      name += character;
    }
  }
  return name;
}
