import { type Node, parseTree } from "jsonc-parser";
import { repeatPiece } from "./growth.js";
import type { Random } from "./random.js";

/** A family of texts that grow, and what is repeated in it. */
export interface Growing {
  readonly grow: (length: number) => string;
  /** For the report. */
  readonly name: string;
}

/**
 * Chooses what to repeat in a text: a whole member or item with its comma (numbered or not), a piece of a string, or any
 * stretch of characters.
 */
export function chooseGrowth(text: string, random: Random): Growing {
  const nodes = collect(parseTree(text));
  const node = nodes.length > 0 && !random.once(4) ? random.pick(nodes) : undefined;
  const numbered = random.once(2);
  if (node && node.type !== "string") return of(text, node.offset, node.offset + node.length, ",", numbered);
  if (node && random.once(2)) return of(text, node.offset, node.offset + node.length, ",", numbered);
  const start = node ? node.offset + 1 : 0;
  const end = node ? node.offset + node.length - 1 : text.length;
  const from = start + random.below(Math.max(1, end - start));
  const to = Math.min(end, from + 1 + random.below(random.once(2) ? 1 : 12));
  return of(text, from, Math.max(from, to), "", numbered && to - from > 2);
}

function of(text: string, from: number, to: number, separator: string, numbered: boolean): Growing {
  const piece = JSON.stringify(text.slice(from, Math.min(to, from + 60)));
  return {
    grow: repeatPiece(text, from, to, separator, numbered),
    name: `${piece}${to - from > 60 ? "…" : ""} at ${from}${numbered ? ", numbered" : ""}`,
  };
}

/** Members (not their names), items and strings. */
function collect(root: Node | undefined): Node[] {
  const found: Node[] = [];
  const visit = (node: Node): void => {
    if (node.type === "property" || node.parent?.type === "array" || node.type === "string") found.push(node);
    for (const child of node.children ?? []) visit(child);
  };
  if (root) visit(root);
  return found;
}
