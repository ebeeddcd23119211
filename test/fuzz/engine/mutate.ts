import type { Random } from "./random.js";

/** Texts longer than this are not kept: size is the business of `growth.ts`. */
export const LONGEST = 6_000;

/** Characters and short texts on which parsers stumble. */
const CURIOSITIES: readonly string[] = [
  ...['"', "\\", "{", "}", "[", "]", ",", ":", "/", "*", "#", "?", "@", "%", "&", "=", ".", "-", "_", " "],
  ...[
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\0",
    "\u007f",
    "\u0085",
    "\u00a0",
    "\u2028",
    "\u200b",
    "\u202e",
    "\ufeff",
    "\ufffd",
  ],
  ...["\ud800", "\udc00", "\u{1f600}", "é", "e\u0301", "ß", "İ", "ı", "\u0430", "日本", "\u{e0041}"],
  ...[
    "\\u0000",
    "\\ud800",
    "\\ud83d\\ude00",
    "\\n",
    '\\"',
    "//",
    "/*",
    "*/",
    "://",
    "..",
    "/../",
    "%2e",
    "%zz",
    "%00",
  ],
  ...[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1e999",
    "1E-7",
    "9007199254740993",
    "NaN",
    "Infinity",
    "01",
    "0x1",
  ],
  ...["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "length"],
  ...["[]", "{}", '""', "[[[[[[[[", '{"a":{"a":', "localhost", "127.0.0.1", "[::1]", "xn--", "example.com"],
];

const VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e300, "", " ", "*", "none", [], {}, [[]], [null], [""], { "": null }],
  ...[
    "https://app.acme.dev/callback",
    "http://localhost:*/callback",
    "com.acme:/cb",
    ["https://app.acme.dev/"],
  ],
];

/** Makes texts out of texts. */
export class Mutator {
  readonly #random: Random;
  readonly #words: readonly string[];

  /** @param words what the code under test compares with */
  constructor(random: Random, words: readonly string[]) {
    this.#random = random;
    this.#words = words;
  }

  /**
   * @param text to change
   * @param other another text, to take from
   */
  mutate(text: string, other: string): string {
    const random = this.#random;
    let result = random.once(2) ? (this.#throughValue(text, other) ?? text) : text;
    const times = result === text ? 1 + random.below(4) : random.below(2);
    for (let i = 0; i < times; i++) result = this.#edit(result, other);
    return result.slice(0, LONGEST);
  }

  #word(): string {
    return this.#random.once(2) || this.#words.length === 0
      ? this.#random.pick(CURIOSITIES)
      : this.#random.pick(this.#words);
  }

  /** One change to the text as characters. */
  #edit(text: string, other: string): string {
    const random = this.#random;
    const from = random.below(text.length + 1);
    const to = Math.min(text.length, from + 1 + random.below(random.once(4) ? 200 : 12));
    const before = text.slice(0, from);
    const piece = text.slice(from, to);
    const after = text.slice(to);
    switch (random.below(9)) {
      case 0:
        return before + after;
      case 1:
        return before + piece + piece + after;
      case 2:
        return before + piece.repeat(2 + random.below(20)) + after;
      case 3:
        return before + this.#word() + after;
      case 4: {
        const start = random.below(other.length + 1);
        return before + other.slice(start, start + 1 + random.below(120)) + after;
      }
      case 5:
        return before + piece + after.slice(0, 40) + piece + after.slice(40);
      case 6:
        return before + (random.once(2) ? piece.toUpperCase() : piece.toLowerCase()) + after;
      case 7:
        return before + String.fromCharCode(random.below(random.once(3) ? 0x10000 : 0x80)) + piece + after;
      default:
        return before + this.#word() + piece + after;
    }
  }

  /** A change to the text as a JSON value; undefined where it is none. */
  #throughValue(text: string, other: string): string | undefined {
    const value = read(text);
    if (typeof value !== "object" || value === null) return undefined;
    const containers: object[] = [];
    const collect = (node: unknown): void => {
      if (typeof node !== "object" || node === null || containers.length > 500) return;
      containers.push(node);
      for (const child of Object.values(node)) collect(child);
    };
    collect(value);
    for (let times = 1 + this.#random.below(3); times > 0; times--) {
      this.#change(this.#random.pick(containers), read(other));
    }
    return JSON.stringify(value, undefined, this.#random.pick([undefined, 2, "\t"]));
  }

  #change(container: object, other: unknown): void {
    const random = this.#random;
    const names = Object.keys(container);
    const name = names.length > 0 ? random.pick(names) : "0";
    const set = (at: string, value: unknown): void => {
      // `__proto__` is a name like any other in JSON.
      Object.defineProperty(container, at, { value, writable: true, enumerable: true, configurable: true });
    };
    const current = Reflect.get(container, name) as unknown;
    switch (random.below(7)) {
      case 0:
        if (Array.isArray(container)) container.splice(random.below(container.length + 1), 1);
        else Reflect.deleteProperty(container, name);
        return;
      case 1:
        set(name, random.pick(VALUES));
        return;
      case 2:
        if (Array.isArray(container)) container.push(structuredClone(current ?? random.pick(VALUES)));
        else set(this.#word(), structuredClone(current ?? random.pick(VALUES)));
        return;
      case 3: {
        const from = typeof other === "object" && other !== null ? Object.entries(other) : [];
        if (from.length === 0) return;
        const [key, value] = random.pick(from);
        if (Array.isArray(container)) container.push(value);
        else set(key, value);
        return;
      }
      case 4:
        set(name, this.#word());
        return;
      default:
        if (typeof current === "string") set(name, this.#edit(current, String(this.#word())));
        else set(name, random.pick(VALUES));
    }
  }
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
