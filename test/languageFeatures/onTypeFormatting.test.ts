import { describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { formatAfterTyping } from "../../server/src/languageFeatures/onTypeFormatting.js";

/** The text after a character was typed; `|` marks the cursor, the character stands in front of it. */
function typed(marked: string): string {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const file = TextDocument.create("file:///client.cimd.json", "cimd", 1, text);
  const edits = formatAfterTyping(
    new ClientMetadataDocument(text),
    file.positionAt(offset),
    // After Enter the editor has indented the new line already.
    text.slice(0, offset).trimEnd().length < offset ? "\n" : (text[offset - 1] ?? ""),
    { tabSize: 2, insertSpaces: true },
  );
  return TextDocument.applyEdits(file, edits);
}

describe("formatting while typing", () => {
  it("formats the list that a bracket closes and nothing else", () => {
    expect(
      typed(`{
    "client_name":   "Acme",
  "redirect_uris": ["https://app.acme.dev/callback",
"https://app.acme.dev/other"  ]|,
      "scope":"a"
}`),
    ).toBe(`{
    "client_name":   "Acme",
  "redirect_uris": [
    "https://app.acme.dev/callback",
    "https://app.acme.dev/other"
  ],
      "scope":"a"
}`);
  });

  it("formats the whole document at its last brace", () => {
    expect(typed('{"client_name":"Acme","jwks":{"keys":[]}}|')).toBe(
      '{\n  "client_name": "Acme",\n  "jwks": {\n    "keys": []\n  }\n}',
    );
  });

  it("formats the line that Enter leaves, and lets the new line be", () => {
    expect(typed('{\n      "client_name":"Acme",\n  |\n  "scope": "a"\n}')).toBe(
      '{\n  "client_name": "Acme",\n  \n  "scope": "a"\n}',
    );
  });

  it.each([
    ["while a member is missing its value", '{\n"client_name":\n|}'],
    ["while a bracket is missing", '{"redirect_uris": ["a"  ]|, '],
    ["where the bracket is part of a string", '{ "client_name": "[a]|"   }'],
    ["at Enter in front of everything", "\n|{ }"],
  ])("changes nothing %s", (_, marked) => {
    expect(typed(marked)).toBe(marked.replace("|", ""));
  });
});
