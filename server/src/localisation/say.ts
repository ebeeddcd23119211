import { currentMessages } from "./messages.js";

/** The keys of texts that were looked up, by the call site's array, which JavaScript makes once. */
const keys = new WeakMap<TemplateStringsArray, string>();

/**
 * Says a text in the language of the person: the tag of a template with whole sentences. Nothing is looked up while the
 * language is English. Values read as they do in a template without a tag.
 *
 * @example say`${name} refuses a fragment.` // looks up "{0} refuses a fragment."
 */
export function say(
  texts: TemplateStringsArray,
  ...values: readonly (string | number | undefined)[]
): string {
  const translation = translationOf(texts);
  if (translation === undefined) {
    let said = texts[0] ?? "";
    for (let at = 0; at < values.length; at++) said += `${values[at]}${texts[at + 1]}`;
    return said;
  }
  return translation.replace(/\{(\d+)\}/g, (_all, at) => String(values[at]));
}

/** As {@link say}, for values that are no texts, such as the elements of a page: the texts and values in their order. */
export function sayParts<V extends readonly unknown[]>(
  texts: TemplateStringsArray,
  ...values: V
): readonly (string | V[number])[] {
  const pieces = (translationOf(texts) ?? keyOf(texts)).split(/\{(\d+)\}/);
  return pieces
    .map((piece, at) => (at % 2 === 0 ? piece : values[Number(piece)]))
    .filter((part) => part !== "");
}

/** A text that is data, such as the title of a rule, in the language of the person. */
export function translated(text: string): string {
  return currentMessages()?.get(text) ?? text;
}

function translationOf(texts: TemplateStringsArray): string | undefined {
  return currentMessages()?.get(keyOf(texts));
}

function keyOf(texts: TemplateStringsArray): string {
  let key = keys.get(texts);
  if (key === undefined) {
    key = texts.reduce((before, text, at) => `${before}{${at - 1}}${text}`);
    keys.set(texts, key);
  }
  return key;
}
