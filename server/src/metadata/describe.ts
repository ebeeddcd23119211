import { say, translated } from "../localisation/say.js";
import type { Source } from "../specifications/sources.js";
import type { Field } from "./field.js";

/** A source as a Markdown link. */
export function sourceLink({ label, url }: Source): string {
  return `[${label}](${url})`;
}

/**
 * A field's documentation as Markdown: what it is for, whether it is needed or forbidden, what its absence means,
 * and where it is defined. Hovers, completion items and the JSON Schema show the same text.
 */
export function describeField(field: Field): string {
  const facts: string[] = [];
  if (field.prohibited) {
    facts.push(say`**Not allowed** in a client metadata document (${sourceLink(field.prohibited)}).`);
  }
  if (field.required) facts.push(say`Required by ${field.required.map(sourceLink).join(say` and `)}.`);
  if (field.default !== undefined) facts.push(say`When absent: \`${JSON.stringify(field.default)}\`.`);
  if (field.i18n) facts.push(say`Can be repeated for a language: \`${field.name}#fr\`.`);
  if (field.status === "other") facts.push(say`Not in the IANA registry of client metadata.`);
  return [translated(field.summary), facts.join(" "), sourceLink(field.spec)]
    .filter((part) => part !== "")
    .join("\n\n");
}
