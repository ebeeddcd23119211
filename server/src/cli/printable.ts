import { UNSEEN } from "../document/unseen.js";
import { clip } from "../document/valueText.js";

/**
 * Text that may go to standard output or standard error. Only this module makes it, so that nothing of a document, a file
 * name, a setting or an answer moves the cursor, sets colours, starts a line of its own or is a command to the service
 * that runs the program.
 */
export class Printable {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

type Value = string | number | Printable;

/** A piece of text in our own words; what stands in `${}` is made printable. */
export function print(texts: TemplateStringsArray, ...values: readonly Value[]): Printable {
  return new Printable(
    texts.reduce((before, text, at) => {
      const value = values[at - 1] ?? "";
      return `${before}${value instanceof Printable ? value.text : visible(String(value))}${text}`;
    }),
  );
}

/** As {@link print}, a whole line with its end. */
export function line(texts: TemplateStringsArray, ...values: readonly Value[]): Printable {
  return new Printable(`${withoutCommand(print(texts, ...values).text)}\n`);
}

/** As {@link print}, for XML: what stands in `${}` is text, in an element or in a quoted attribute. */
export function markup(texts: TemplateStringsArray, ...values: readonly (string | number)[]): Printable {
  return print(texts, ...values.map((value) => new Printable(xmlText(String(value)))));
}

/** Several lines of our own words, such as a help text; it ends as it ends. */
export function block(text: string): Printable {
  return new Printable(text.split("\n").map(visible).map(withoutCommand).join("\n"));
}

/** Words in a colour. */
export function painted(colour: string, words: string): Printable {
  return new Printable(`\u001b[${colour}m${visible(words)}\u001b[0m`);
}

/** A value as JSON. What a terminal or a runner could understand stands in escapes, which are JSON too. */
export function json(value: unknown, indent?: number): Printable {
  return new Printable(
    JSON.stringify(value, undefined, indent).replace(UNSEEN, escaped).replace(OLD_COMMAND, "\\u0023"),
  );
}

/** The same value with every text in it printable, for a program that shows it to somebody; a {@link Printable} is its text. */
export function printableValue(value: unknown): unknown {
  if (value instanceof Printable) return value.text;
  if (typeof value === "string") return visible(value);
  if (Array.isArray(value)) return value.map(printableValue);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, printableValue(member)]));
}

/**
 * A workflow command of GitHub Actions, escaped as its parser undoes it.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function workflowCommand(
  name: string,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): Printable {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${propertyText(String(value))}`);
  return new Printable(`::${name} ${list.join(",")}::${dataText(message)}\n`);
}

export function joined(parts: readonly Printable[]): Printable {
  return new Printable(parts.map(({ text }) => text).join(""));
}

/** The text of a {@link Printable} that another thread made. */
export function received(text: string): Printable {
  return new Printable(text);
}

/** What a person typed or wrote, in quotation marks and of a length that a message can have. */
export function quoted(text: string): string {
  return `"${clip(text)}"`;
}

const CONTROLS = /[\u0000-\u001f]/g;

/** The older commands of GitHub's and Azure's runners, anywhere in a line. */
const OLD_COMMAND = /(?<=#)#(?=\[|vso\[)/g;

function visible(text: string): string {
  return text.replace(CONTROLS, escaped).replace(UNSEEN, escaped);
}

/** As JSON writes it: a character beyond the first plane is two escapes. */
function escaped(character: string): string {
  return character.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Runners look for a command after the white space that a line starts with. */
function withoutCommand(text: string): string {
  return text.replace(/^(\s*):(?=:)/, "$1\\u003a").replace(OLD_COMMAND, "\\u0023");
}

/** Half a surrogate pair and the last two characters of the plane are none in XML. */
function xmlText(text: string): string {
  return visible(text.toWellFormed())
    .replace(/[\ufffe\uffff]/g, "\ufffd")
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(OLD_COMMAND, "&#35;");
}

function dataText(text: string): string {
  return visible(text).replaceAll("%", "%25").replace(OLD_COMMAND, "\\u0023");
}

function propertyText(text: string): string {
  return dataText(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
