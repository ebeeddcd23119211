import { say, translated } from "../localisation/say.js";
import { expandExample } from "../rules/example.js";
import { RULES } from "../rules/rules.js";
import { fenced } from "./markdown.js";

/**
 * The page of a rule, as Markdown: what it asks for, why, where it comes from, and documents with and without the problem.
 *
 * @param id the rule's id
 * @returns undefined when no rule has it
 */
export function rulePage(id: string): string | undefined {
  const rule = RULES.find((found) => found.id === id);
  if (!rule) return undefined;
  const sources = rule.sources.map(({ label, url }) => `- [${label}](${url})`);
  return [
    `# ${translated(rule.title)}`,
    `\`${rule.id}\` · ${severityOf(rule.severity, "check" in rule)}`,
    translated(rule.why),
    `## ${say`Where it comes from`}`,
    sources.join("\n"),
    `## ${say`With the problem`}`,
    ...rule.bad.map(example),
    `## ${say`Without it`}`,
    ...rule.good.map(example),
    `## ${say`Changing its severity`}`,
    fenced(JSON.stringify({ "cimd.rules": { [rule.id]: "off" } }, undefined, 2), "json"),
    "",
  ].join("\n\n");
}

function severityOf(severity: string, own: boolean): string {
  if (!own) return say`reported where an authorization server objects to it`;
  return severity === "off" ? say`off by default` : say`${severity} by default`;
}

/** An example as a document, shortened where it is long; the marked place is named below it. */
function example(text: string): string {
  const { text: document, marks } = expandExample(text);
  const places = marks
    .map(({ offset, end }) => document.slice(offset, end))
    .filter((place) => place.trim() !== "");
  const shown = document.length > 1500 ? `${document.slice(0, 1500)}\n…` : document.trimEnd();
  return `${fenced(shown, "json")}${places.length > 0 ? `\n\n${say`Here: ${places.map((place) => inline(place)).join(", ")}`}` : ""}`;
}

function inline(text: string): string {
  const short = text.length > 80 ? `${text.slice(0, 79)}…` : text;
  const fence = "`".repeat(Math.max(1, ...(short.match(/`+/g) ?? []).map((run) => run.length + 1)));
  return `${fence} ${short.replace(/\s+/g, " ")} ${fence}`;
}

/** Every rule's id and title, for a list to choose from. */
export function ruleTitles(): { readonly id: string; readonly title: string }[] {
  return RULES.map(({ id, title }) => ({ id, title: translated(title) }));
}
