import type { CallToolResult } from "@modelcontextprotocol/server";
import { joined, type Printable, printableValue } from "../cli/printable.js";
import { fenced } from "../languageFeatures/markdown.js";

/** A tool's answer. Whatever a document, a host or a server said stands in a code block, as data, and nowhere else. */
export interface Answer {
  /** What came out, in our own words. */
  readonly summary: Printable;
  /** Lines that quote others. */
  readonly quotes: readonly Printable[];
  /** The same for a program, in the shape of the tool's output schema. */
  readonly data: object;
}

/** The answer as the protocol has it. */
export function toolResult({ summary, quotes, data }: Answer): CallToolResult {
  return {
    content: [{ type: "text", text: `${summary.text.trimEnd()}${quoted(quotes)}` }],
    structuredContent: printableValue(data) as Record<string, unknown>,
  };
}

/** What a tool could not do, and what to do instead; the text stands in a code block where it quotes others. */
export function toolFailure(sentence: Printable, quotes: readonly Printable[] = []): CallToolResult {
  return { content: [{ type: "text", text: `${sentence.text.trimEnd()}${quoted(quotes)}` }], isError: true };
}

function quoted(quotes: readonly Printable[]): string {
  if (quotes.length === 0) return "";
  return `\n\n${fenced(joined(quotes).text.trimEnd(), "text")}`;
}

/** A sentence that asks for something else to be done: the cure is part of it. */
export class ToolError extends Error {
  override readonly name = "ToolError";
  readonly sentence: Printable;
  readonly quotes: readonly Printable[];

  constructor(sentence: Printable, quotes: readonly Printable[] = []) {
    super(sentence.text);
    this.sentence = sentence;
    this.quotes = quotes;
  }
}
