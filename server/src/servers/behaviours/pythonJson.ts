import { table } from "../../table.js";
/**
 * Python's `json.loads` on the bytes of a text: strict JSON, except that `NaN`, `Infinity`, `-Infinity`, one byte order
 * mark and escaped lone surrogates are taken, and the last of several members with one name wins.
 *
 * @see https://docs.python.org/3.11/library/json.html
 */

/** A value as Python holds it. Numbers are all alike here: no field of a client metadata document takes one. */
export type PythonValue = string | number | boolean | null | readonly PythonValue[] | PythonDict;
export type PythonDict = ReadonlyMap<string, PythonValue>;

export type PythonJson =
  | { readonly value: PythonValue }
  /** What `JSONDecodeError` says. */
  | { readonly syntaxError: string }
  /** The name and message of an exception of another kind, which FastMCP does not catch. */
  | { readonly uncaught: string };

/** `sys.set_int_max_str_digits`: longer integers raise `ValueError`. */
export const MAX_INTEGER_DIGITS = 4300;
/**
 * Python 3.11 allows 1,000 frames, of which an ASGI server has used some when the document is read. Between about 900
 * and 1,000 levels the outcome depends on the server's own stack.
 */
const MAX_DEPTH = 960;

const WHITE_SPACE = /[ \t\n\r]*/y;
const NUMBER = /(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
const HEX4 = /^[0-9A-Fa-f]{4}$/;
const ESCAPES = table<string>({
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
});
const CONSTANTS: readonly (readonly [word: string, value: PythonValue])[] = [
  ["null", null],
  ["true", true],
  ["false", false],
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
];

/**
 * Reads a text as FastMCP reads a response body.
 *
 * @param text the document; a leading U+FEFF is the byte order mark
 */
export function loads(text: string): PythonJson {
  const reader = new Reader(text.startsWith("\ufeff") ? text.slice(1) : text);
  try {
    return { value: reader.read() };
  } catch (error) {
    if (error instanceof DecodeError) return { syntaxError: error.message };
    if (error instanceof UncaughtError) return { uncaught: error.message };
    throw error;
  }
}

/** Python's `json.JSONDecodeError`. */
class DecodeError extends Error {
  constructor(problem: string, text: string, offset: number) {
    const before = text.slice(0, offset);
    const line = before.split("\n").length;
    const column = codePoints(before.slice(before.lastIndexOf("\n") + 1)) + 1;
    super(`${problem}: line ${line} column ${column} (char ${codePoints(before)})`);
  }
}

class UncaughtError extends Error {}

function codePoints(text: string): number {
  let count = text.length;
  for (let at = 1; at < text.length; at++) {
    if ((text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800) count--;
  }
  return count;
}

class Reader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): PythonValue {
    this.#skipWhiteSpace();
    const value = this.#value();
    this.#skipWhiteSpace();
    if (this.#at < this.#text.length) this.#fail("Extra data");
    return value;
  }

  #fail(problem: string, offset = this.#at): never {
    throw new DecodeError(problem, this.#text, offset);
  }

  #skipWhiteSpace(): void {
    WHITE_SPACE.lastIndex = this.#at;
    WHITE_SPACE.test(this.#text);
    this.#at = WHITE_SPACE.lastIndex;
  }

  #value(): PythonValue {
    switch (this.#text[this.#at]) {
      case '"':
        return this.#string();
      case "{":
        return this.#nested("object", () => this.#object());
      case "[":
        return this.#nested("array", () => this.#array());
      default:
        return this.#constant();
    }
  }

  #constant(): PythonValue {
    for (const [word, value] of CONSTANTS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    NUMBER.lastIndex = this.#at;
    const number = NUMBER.exec(this.#text);
    if (!number) this.#fail("Expecting value");
    const [literal, integer, fraction, exponent] = number;
    const digits = (integer as string).replace("-", "").length;
    if (fraction === undefined && exponent === undefined && digits > MAX_INTEGER_DIGITS) {
      throw new UncaughtError(
        `ValueError: Exceeds the limit (${MAX_INTEGER_DIGITS} digits) for integer string conversion: value has ${digits} digits`,
      );
    }
    this.#at += literal.length;
    return Number(literal);
  }

  #nested<T>(what: string, read: () => T): T {
    if (++this.#depth > MAX_DEPTH) {
      throw new UncaughtError(
        `RecursionError: maximum recursion depth exceeded while decoding a JSON ${what} from a unicode string`,
      );
    }
    this.#at++;
    this.#skipWhiteSpace();
    const value = read();
    this.#depth--;
    return value;
  }

  #object(): PythonDict {
    const members = new Map<string, PythonValue>();
    if (this.#text[this.#at] === "}") {
      this.#at++;
      return members;
    }
    for (;;) {
      if (this.#text[this.#at] !== '"') this.#fail("Expecting property name enclosed in double quotes");
      const name = this.#string();
      this.#skipWhiteSpace();
      if (this.#text[this.#at] !== ":") this.#fail("Expecting ':' delimiter");
      this.#at++;
      this.#skipWhiteSpace();
      members.set(name, this.#value());
      if (this.#closes("}")) return members;
    }
  }

  #array(): readonly PythonValue[] {
    const items: PythonValue[] = [];
    if (this.#text[this.#at] === "]") {
      this.#at++;
      return items;
    }
    for (;;) {
      items.push(this.#value());
      if (this.#closes("]")) return items;
    }
  }

  /** Steps over the closing bracket, or over a comma and what follows it. */
  #closes(bracket: string): boolean {
    this.#skipWhiteSpace();
    const next = this.#text[this.#at];
    if (next !== bracket && next !== ",") this.#fail("Expecting ',' delimiter");
    this.#at++;
    if (next === bracket) return true;
    this.#skipWhiteSpace();
    return false;
  }

  #string(): string {
    const start = this.#at++;
    let value = "";
    for (;;) {
      const from = this.#at;
      let code = this.#text.charCodeAt(this.#at);
      while (code > 0x1f && code !== 0x22 && code !== 0x5c) code = this.#text.charCodeAt(++this.#at);
      value += this.#text.slice(from, this.#at);
      if (Number.isNaN(code)) this.#fail("Unterminated string starting at", start);
      if (code <= 0x1f) this.#fail("Invalid control character at");
      this.#at++;
      if (code === 0x22) return value;
      value += this.#escape(start);
    }
  }

  /** Reads what follows a backslash. Two escapes that make a surrogate pair are one character by themselves. */
  #escape(stringStart: number): string {
    const letter = this.#text[this.#at];
    if (letter === undefined) this.#fail("Unterminated string starting at", stringStart);
    this.#at++;
    if (letter !== "u") return ESCAPES.get(letter) ?? this.#fail("Invalid \\escape", this.#at - 2);
    const hex = this.#text.slice(this.#at, this.#at + 4);
    if (!HEX4.test(hex)) this.#fail("Invalid \\uXXXX escape", this.#at - 1);
    this.#at += 4;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }
}
