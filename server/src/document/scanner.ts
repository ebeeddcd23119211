/** What the scanner finds in a text: the tokens of JSON, comments, and text that is neither. */
export const Token = {
  OpenBrace: 1,
  CloseBrace: 2,
  OpenBracket: 3,
  CloseBracket: 4,
  Comma: 5,
  Colon: 6,
  Null: 7,
  True: 8,
  False: 9,
  String: 10,
  Number: 11,
  Comment: 12,
  /** Bare text up to white space or a character that JSON gives a meaning. */
  Unknown: 13,
  End: 14,
} as const;

/** What is wrong with the current token. */
export const TokenFault = {
  None: 0,
  /** The text, or the line, ends inside a string. */
  StringEnd: 1,
  /** A digit is missing after a decimal point or an exponent. */
  NumberEnd: 2,
  /** An escape that RFC 8259 §7 does not have. */
  Escape: 3,
  /** A control character that is not escaped. */
  ControlCharacter: 4,
  /** Half of a surrogate pair, as it is or as an escape. */
  LoneSurrogate: 5,
} as const;

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const ASTERISK = 0x2a;
const MINUS = 0x2d;
const DOT = 0x2e;
const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const FIRST_SURROGATE = 0xd800;
const LAST_SURROGATE = 0xdfff;

/** Tokens of one character, by its code; 0 for all others. */
const PUNCTUATION = new Uint8Array(128);
PUNCTUATION[0x7b] = Token.OpenBrace;
PUNCTUATION[0x7d] = Token.CloseBrace;
PUNCTUATION[0x5b] = Token.OpenBracket;
PUNCTUATION[0x5d] = Token.CloseBracket;
PUNCTUATION[0x2c] = Token.Comma;
PUNCTUATION[0x3a] = Token.Colon;

/** What stands behind the backslash of an escape, and what it means; `\u` is read apart. */
const ESCAPES: ReadonlyMap<number, string> = new Map(
  Object.entries({ '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" }).map(
    ([letter, meaning]) => [letter.charCodeAt(0), meaning],
  ),
);
const LETTER_U = 0x75;
const HEX4 = /[0-9A-Fa-f]{0,4}/y;

/**
 * Cuts a text into tokens. This runs over every character of every document at every key press, so it looks at each
 * character once, skips white space without making tokens of it, and slices strings without escapes out of the text.
 *
 * The current token is in public fields instead of an object of its own.
 */
export class Scanner {
  readonly #text: string;
  /** One of {@link Token}. */
  token: number = Token.Unknown;
  /** Where the token starts and where it ends, as UTF-16 offsets; the end is exclusive. */
  offset = 0;
  end = 0;
  /** A string's value, its escapes resolved; what is no escape is left out. */
  value = "";
  /** One of {@link TokenFault}; of several, the last. */
  fault: number = TokenFault.None;

  /** @param text any text; nothing but its end ends the scanner */
  constructor(text: string) {
    this.#text = text;
  }

  /** Makes `next` go on from here, wherever the current token ends. */
  moveTo(offset: number): void {
    this.end = offset;
  }

  /** Moves to the next token; white space is no token, and at the end there is `Token.End` for ever. */
  next(): void {
    const text = this.#text;
    const length = text.length;
    let at = this.end;
    let code = 0;
    while (at < length) {
      code = text.charCodeAt(at);
      if (code !== SPACE && code !== LINE_FEED && code !== CARRIAGE_RETURN && code !== TAB) break;
      at++;
    }
    this.offset = at;
    this.fault = TokenFault.None;
    if (at >= length) {
      this.end = length;
      this.token = Token.End;
    } else if (code === QUOTE) this.#string(at + 1);
    else if (code < 128 && PUNCTUATION[code] !== 0) {
      this.end = at + 1;
      this.token = PUNCTUATION[code] as number;
    } else if (isDigit(code) || (code === MINUS && isDigit(text.charCodeAt(at + 1)))) this.#number(at);
    else if (code === MINUS) this.#bareText(at + 1);
    else if (code === SLASH) this.#slash(at);
    else this.#word(at);
  }

  /** @param start behind the opening quote */
  #string(start: number): void {
    const text = this.#text;
    const length = text.length;
    this.token = Token.String;
    let surrogates = false;
    for (let at = start; at < length; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.end = at + 1;
        this.value = text.slice(start, at);
        if (surrogates && !this.value.isWellFormed()) this.fault = TokenFault.LoneSurrogate;
        return;
      }
      if (code === BACKSLASH || code < SPACE) break;
      if (code >= FIRST_SURROGATE && code <= LAST_SURROGATE) surrogates = true;
    }
    this.#unusualString(start);
  }

  /** A string with escapes, or with something that strings must not hold. */
  #unusualString(start: number): void {
    const text = this.#text;
    const length = text.length;
    let value = "";
    let plain = start;
    let at = start;
    for (;;) {
      const code = at < length ? text.charCodeAt(at) : LINE_FEED;
      if (code === QUOTE || code === LINE_FEED || code === CARRIAGE_RETURN) {
        value += text.slice(plain, at);
        if (code === QUOTE) at++;
        else this.fault = TokenFault.StringEnd;
        break;
      }
      if (code !== BACKSLASH) {
        if (code < SPACE) this.fault = TokenFault.ControlCharacter;
        at++;
        continue;
      }
      value += text.slice(plain, at);
      const letter = text.charCodeAt(at + 1);
      at = Math.min(at + 2, length);
      const meaning = ESCAPES.get(letter);
      if (meaning !== undefined) value += meaning;
      else if (letter !== LETTER_U) this.fault = TokenFault.Escape;
      else {
        HEX4.lastIndex = at;
        const digits = HEX4.exec(text)?.[0] ?? "";
        at += digits.length;
        if (digits.length === 4) value += String.fromCharCode(Number.parseInt(digits, 16));
        else this.fault = TokenFault.Escape;
      }
      plain = at;
    }
    this.end = at;
    this.value = value;
    if (this.fault === TokenFault.None && !value.isWellFormed()) this.fault = TokenFault.LoneSurrogate;
  }

  /** A number as RFC 8259 §6 writes it, as far as it goes: `01` are two, and so is `0x1f` with the word behind it. */
  #number(start: number): void {
    const text = this.#text;
    let at = text.charCodeAt(start) === MINUS ? start + 1 : start;
    this.token = Token.Number;
    at = text.charCodeAt(at) === 0x30 ? at + 1 : this.#endOfDigits(at);
    if (text.charCodeAt(at) === DOT) {
      const end = this.#endOfDigits(at + 1);
      if (end === at + 1) {
        this.end = end;
        this.fault = TokenFault.NumberEnd;
        return;
      }
      at = end;
    }
    if ((text.charCodeAt(at) | SPACE) === 0x65) {
      const sign = text.charCodeAt(at + 1);
      const digits = sign === 0x2b || sign === MINUS ? at + 2 : at + 1;
      at = this.#endOfDigits(digits);
      if (at === digits) this.fault = TokenFault.NumberEnd;
    }
    this.end = at;
  }

  #endOfDigits(start: number): number {
    let at = start;
    while (isDigit(this.#text.charCodeAt(at))) at++;
    return at;
  }

  /** A comment, or a slash alone. */
  #slash(start: number): void {
    const text = this.#text;
    const second = text.charCodeAt(start + 1);
    if (second !== SLASH && second !== ASTERISK) {
      this.#bareText(start + 1);
      return;
    }
    this.token = Token.Comment;
    if (second === ASTERISK) {
      const close = text.indexOf("*/", start + 2);
      this.end = close < 0 ? text.length : close + 2;
      return;
    }
    let at = start + 2;
    while (at < text.length && text.charCodeAt(at) !== LINE_FEED && text.charCodeAt(at) !== CARRIAGE_RETURN)
      at++;
    this.end = at;
  }

  /** `true`, `false`, `null`, or text that is not JSON. */
  #word(start: number): void {
    const text = this.#text;
    let at = start;
    while (at < text.length && !endsWord(text.charCodeAt(at))) at++;
    this.#bareText(at);
    if (at - start > 5) return;
    const word = text.slice(start, at);
    if (word === "true") this.token = Token.True;
    else if (word === "false") this.token = Token.False;
    else if (word === "null") this.token = Token.Null;
  }

  #bareText(end: number): void {
    this.end = end;
    this.token = Token.Unknown;
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** White space, or a character that JSON gives a meaning. */
function endsWord(code: number): boolean {
  if (code >= 128) return false;
  return (
    PUNCTUATION[code] !== 0 ||
    code === SPACE ||
    code === LINE_FEED ||
    code === CARRIAGE_RETURN ||
    code === TAB ||
    code === QUOTE ||
    code === SLASH
  );
}
