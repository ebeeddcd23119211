import { clip } from "../document/valueText.js";

/** Text from a document as inline code, cut where it is long: nothing in it is read as Markdown. */
export function code(text: string): string {
  const plain = clip(text).replace(/[\u0000-\u001f\u007f]/g, " ");
  const longest = Math.max(0, ...(plain.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = plain.startsWith("`") || plain.endsWith("`") || plain === "" ? " " : "";
  return `${fence}${pad}${plain}${pad}${fence}`;
}
