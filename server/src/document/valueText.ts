/** What is shown of a value, unless a caller asks for less. */
const MOST_CHARACTERS = 200;

/** Deeper values are shown as an ellipsis: nobody reads brackets beyond these, and recursion has to end. */
const MOST_LEVELS = 32;

export interface ValueTextOptions {
  /** In UTF-16 code units, the ellipsis included; 200 unless given. */
  readonly maxLength?: number;
  /** Whether a string stands in quotation marks, as in JSON; true unless given. Strings inside a list or an object do. */
  readonly quotes?: boolean;
}

/**
 * The text of any value that comes from outside: a member of a document, of an answer, of a settings file. It reads as
 * compact JSON, cut off where it gets too long. Nothing of the value is called (`toString`, `toJSON`), it may be of any
 * depth and size, and this never throws.
 *
 * @example describeValue({ a: [1, -0] }) // {"a":[1,-0]}
 * @example describeValue("none", { quotes: false }) // none
 */
export function describeValue(
  value: unknown,
  { maxLength = MOST_CHARACTERS, quotes = true }: ValueTextOptions = {},
): string {
  if (typeof value === "string" && !quotes) return clip(value, maxLength);
  const excerpt = new Excerpt(maxLength);
  try {
    excerpt.add(value, 0);
  } catch {
    // An accessor or a proxy of a program's own object threw; JSON has neither.
    return clip("a value that cannot be read", maxLength);
  }
  return clip(excerpt.text, maxLength);
}

/**
 * The beginning of a text, with an ellipsis where something was cut off. No character is cut in two.
 *
 * @param maxLength in UTF-16 code units, the ellipsis included
 */
export function clip(text: string, maxLength: number = MOST_CHARACTERS): string {
  if (text.length <= maxLength) return text;
  const end = maxLength - 1;
  const splitsPair = /[\ud800-\udbff]/.test(text.charAt(end - 1)) && /[\udc00-\udfff]/.test(text.charAt(end));
  return `${text.slice(0, Math.max(0, splitsPair ? end - 1 : end))}…`;
}

/** Collects text until there is a little more of it than asked for. */
class Excerpt {
  text = "";
  readonly #maxLength: number;

  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  get #isFull(): boolean {
    return this.text.length > this.#maxLength;
  }

  add(value: unknown, level: number): void {
    if (typeof value === "string") this.#addString(value);
    else if (typeof value === "object" && value !== null) this.#addContainer(value, level);
    else this.text += scalarText(value);
  }

  #addString(value: string): void {
    this.text += '"';
    for (const character of value) {
      if (this.#isFull) return;
      this.text += JSON.stringify(character).slice(1, -1);
    }
    this.text += '"';
  }

  #addContainer(value: object, level: number): void {
    const isList = Array.isArray(value);
    this.text += isList ? "[" : "{";
    if (level === MOST_LEVELS) this.text += "…";
    else if (isList) this.#addItems(value, level + 1);
    else this.#addMembers(value, level + 1);
    this.text += isList ? "]" : "}";
  }

  #addItems(items: readonly unknown[], level: number): void {
    for (let at = 0; at < items.length && !this.#isFull; at++) {
      if (at > 0) this.text += ",";
      this.add(items[at], level);
    }
  }

  #addMembers(value: object, level: number): void {
    let isFirst = true;
    for (const [name, member] of Object.entries(value)) {
      if (this.#isFull) return;
      if (!isFirst) this.text += ",";
      isFirst = false;
      this.#addString(name);
      this.text += ":";
      this.add(member, level);
    }
  }
}

function scalarText(value: unknown): string {
  if (Object.is(value, -0)) return "-0";
  return typeof value === "function" ? "a function" : String(value);
}
