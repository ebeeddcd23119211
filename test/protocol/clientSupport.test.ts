import { describe, expect, it } from "vitest";
import { type CompletionItem, InsertTextFormat } from "vscode-languageserver-types";
import { clientSupport, completionsFor, hoverFor } from "../../server/src/lsp/clientSupport.js";

const PLAIN = clientSupport({});

describe("an editor without snippets", () => {
  it.each([
    ['"scope": "$1"', '"scope": ""'],
    ["${1:none}$0", "none"],
    ['"grant_types": [${1|"a","b"|}]', '"grant_types": ["a"]'],
    ["${1|only|}${2}", "only"],
    ["\\$1 costs \\\\ ${1:a \\} b}", "$1 costs \\ a } b"],
    ["no tab stop: {}$", "no tab stop: {}$"],
  ])("gets %j as %j", (snippet, text) => {
    const item: CompletionItem = {
      label: "x",
      insertText: snippet,
      insertTextFormat: InsertTextFormat.Snippet,
    };
    const { items } = completionsFor(PLAIN, { isIncomplete: false, items: [item] });
    expect(items).toEqual([{ label: "x", insertText: text, insertTextFormat: InsertTextFormat.PlainText }]);
  });

  it("gets text that is no snippet as it is", () => {
    const item: CompletionItem = { label: "x", insertText: "$1" };
    expect(completionsFor(PLAIN, { isIncomplete: false, items: [item] }).items[0]?.insertText).toBe("$1");
  });
});

describe("an editor without Markdown", () => {
  it("gets the words, and the addresses of links", () => {
    const contents = {
      kind: "markdown" as const,
      value: "**Why**: `a`, [RFC](https://x.test/#b) and 1 \\* 2",
    };
    expect(hoverFor(PLAIN, { contents }).contents).toEqual({
      kind: "plaintext",
      value: "Why: a, RFC (https://x.test/#b) and 1 * 2",
    });
  });
});
