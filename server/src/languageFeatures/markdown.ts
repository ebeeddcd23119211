import { clip } from "../document/valueText.js";

/** Text from a document as inline code, cut where it is long: nothing in it is read as Markdown. */
export function code(text: string): string {
  const plain = clip(text).replace(/[\u0000-\u001f\u007f]/g, " ");
  const fence = "`".repeat(longestRun(plain) + 1);
  const pad = plain.startsWith("`") || plain.endsWith("`") || plain === "" ? " " : "";
  return `${fence}${pad}${plain}${pad}${fence}`;
}

/** Text as a code block: no line of it ends the block. */
export function fenced(text: string, language: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

/** How many backticks stand in a row, at most. */
function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
