import { describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { documentWithKey } from "../../server/src/create/addPublicKey.js";
import { formatJson } from "../../server/src/languageFeatures/format.js";

const SPACES = { tabSize: 2, insertSpaces: true };

function formatted(text: string, options: { tabSize: number; insertSpaces: boolean }): string {
  const file = TextDocument.create("file:///client.cimd.json", "cimd", 1, text);
  return TextDocument.applyEdits(file, formatJson(text, undefined, options));
}

/** `{"x":[[…1…]]}` with so many lists in each other. */
function nested(depth: number): string {
  return `{"x":${"[".repeat(depth)}1${"]".repeat(depth)}}`;
}

describe("formatting", () => {
  it.each([
    ["25 levels of eight spaces", 25, { tabSize: 8, insertSpaces: true }],
    ["50 levels of four spaces", 50, { tabSize: 4, insertSpaces: true }],
    ["100 levels of two spaces", 100, SPACES],
    ["200 levels of tabs", 200, { tabSize: 4, insertSpaces: false }],
  ])("gives every edit its text, at 200 columns too: %s", (_, depth, options) => {
    const indent = options.insertSpaces ? " ".repeat(options.tabSize) : "\t";
    for (const text of [nested(depth), nested(depth).replace("{", "{\r\n")]) {
      for (const { newText } of formatJson(text, undefined, options)) expect(typeof newText).toBe("string");
      const eol = text.includes("\r\n") ? "\r\n" : "\n";
      expect(formatted(text, options)).toBe(
        JSON.stringify(JSON.parse(text), undefined, "\t").replaceAll("\t", indent).replaceAll("\n", eol),
      );
    }
  });

  it("writes a key behind such a column", () => {
    const list = `${"[".repeat(100)}1${"]".repeat(100)}`;
    const text = `{"client_id":"https://app.acme.dev/c","jwks":{"keys":[]},"x":${list}}`;
    const changed = documentWithKey(text, { kty: "OKP", x5c: JSON.parse(list) }, "EdDSA", "jwks");
    expect(JSON.parse(changed).jwks.keys).toEqual([{ kty: "OKP", x5c: JSON.parse(list) }]);
    expect(changed).toContain(`\n${" ".repeat(200)}`);
  });

  it.each([
    [0, 1],
    [-4, 1],
    [1, 1],
    [3, 3],
    [16, 16],
    [17, 16],
    [1_000_000, 16],
    [2.5, 2],
    [Number.NaN, 4],
  ])("holds a tab size of %d to %d", (tabSize, columns) => {
    expect(formatted('{"a":1}', { tabSize, insertSpaces: true })).toBe(`{\n${" ".repeat(columns)}"a": 1\n}`);
  });

  it("leaves a text alone that would become out of proportion", () => {
    const deep = `${"[".repeat(250)}${"1,".repeat(100_000)}1${"]".repeat(250)}`;
    expect(formatJson(deep, undefined, SPACES)).toEqual([]);
    const wide = `{\n${" ".repeat(100_000)}"a": [${"1,".repeat(1_000)}1]\n}`;
    const line = { start: { line: 1, character: 0 }, end: { line: 1, character: wide.length } };
    expect(formatJson(wide, line, SPACES)).toEqual([]);
  });

  it("sends many edits as one, which does the same", () => {
    const text = JSON.stringify({
      contacts: Array.from({ length: 20_000 }, (_, index) => `a@b${index}.dev`),
    });
    expect(formatJson(text, undefined, SPACES)).toHaveLength(1);
    expect(formatted(text, SPACES)).toBe(JSON.stringify(JSON.parse(text), undefined, 2));
  });
});
