import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import * as vscode from "vscode";
import { closeAllEditors, eventually, openFile } from "./support.js";

/** Valid, and formatted by nobody. */
const UNTIDY = `{"client_id": "https://notes.example.com/oauth/client.json",
    "client_name":"Notes",  "redirect_uris": ["https://notes.example.com/callback",
"http://127.0.0.1/callback"],
      "jwks": { "keys": [
  {"kty": "EC", "kid": "a"} ] }
}
`;

const FORMAT = { tabSize: 2, insertSpaces: true };

/** Asks VS Code the same of one text in a JSON file and in a client metadata document. */
async function both<T>(
  text: string,
  ask: (document: vscode.TextDocument) => Promise<T>,
): Promise<{ json: T; cimd: T }> {
  const json = await ask(await openFile("side-by-side.json", text));
  const cimd = await ask(await openFile("side-by-side.cimd.json", text));
  return { json, cimd };
}

/** The answer of a provider; each language's server may still be starting. */
function provided<T>(command: string, ...args: unknown[]): Promise<T[]> {
  return eventually(`${command} answers`, async () => {
    const found = await vscode.commands.executeCommand<T[] | undefined>(command, ...args);
    return found !== undefined && found.length > 0 ? found : undefined;
  });
}

function applied(document: vscode.TextDocument, edits: readonly vscode.TextEdit[]): string {
  let text = document.getText();
  const offset = (position: vscode.Position): number => document.offsetAt(position);
  for (const edit of [...edits].sort((one, other) => offset(other.range.start) - offset(one.range.start)))
    text = text.slice(0, offset(edit.range.start)) + edit.newText + text.slice(offset(edit.range.end));
  return text;
}

/** Types into an empty document as keys do, so that pairs close and lines indent. */
async function typed(document: vscode.TextDocument, keys: readonly string[]): Promise<string> {
  await vscode.window.showTextDocument(document);
  for (const key of keys) await vscode.commands.executeCommand("type", { text: key });
  return document.getText();
}

describe("Beside VS Code's own JSON", () => {
  afterEach(closeAllEditors);

  it("a document is formatted alike, as a whole and in part", async () => {
    const whole = await both(UNTIDY, async (document) =>
      applied(
        document,
        await provided<vscode.TextEdit>("vscode.executeFormatDocumentProvider", document.uri, FORMAT),
      ),
    );
    strictEqual(whole.cimd, whole.json);
    ok(whole.cimd.includes('\n  "client_name": "Notes",\n'));

    const range = new vscode.Range(1, 0, 2, 0);
    const part = await both(UNTIDY, async (document) =>
      applied(
        document,
        await provided<vscode.TextEdit>("vscode.executeFormatRangeProvider", document.uri, range, FORMAT),
      ),
    );
    strictEqual(part.cimd, part.json);
  });

  it("it folds alike", async () => {
    const { json, cimd } = await both(UNTIDY, async ({ uri }) =>
      (await provided<vscode.FoldingRange>("vscode.executeFoldingRangeProvider", uri)).map(
        ({ start, end }) => `${start}–${end}`,
      ),
    );
    deepStrictEqual(cimd, json);
  });

  it("it has the same outline, with more to read in it", async () => {
    const outline = await both(UNTIDY, async ({ uri }) =>
      flat(await provided<vscode.DocumentSymbol>("vscode.executeDocumentSymbolProvider", uri)),
    );
    const places = (symbols: readonly vscode.DocumentSymbol[]): string[] =>
      symbols.map(({ kind, selectionRange: { start } }) => `${kind} at ${start.line}:${start.character}`);
    deepStrictEqual(places(outline.cimd), places(outline.json));
    deepStrictEqual(
      outline.cimd.filter(({ name }) => name.startsWith("http")).map(({ name, detail }) => [name, detail]),
      [
        ["https://notes.example.com/callback", "claimed https"],
        ["http://127.0.0.1/callback", "loopback"],
      ],
    );
  });

  it("a selection grows through the same steps", async () => {
    const { json, cimd } = await both(UNTIDY, async ({ uri }) => {
      const position = new vscode.Position(2, 12);
      const [selection] = await provided<vscode.SelectionRange>("vscode.executeSelectionRangeProvider", uri, [
        position,
      ]);
      const steps: string[] = [];
      for (let step = selection; step; step = step.parent)
        steps.push(`${step.range.start.line}:${step.range.start.character}`);
      // What comes first are words, and a word is a part of a URL here.
      return steps.slice(-5);
    });
    deepStrictEqual(cimd, json);
  });

  it("quotes and brackets close, lines indent, and the bracket that closes steps back", async () => {
    const keys = ["{", "\n", '"', "client_name", '"', ": ", "[", "\n", '"', "a", '"', ",", "\n", "1"];
    const { json, cimd } = await both("", (document) => typed(document, keys));
    // JSON indents by the editor's four spaces, client metadata documents by two.
    strictEqual(cimd, json.replaceAll("    ", "  "));
    strictEqual(cimd, '{\n  "client_name": [\n    "a",\n    1\n  ]\n}');
  });

  it("the cursor jumps to the bracket that belongs to this one", async () => {
    const { json, cimd } = await both(UNTIDY, async (document) => {
      const editor = await vscode.window.showTextDocument(document);
      editor.selection = new vscode.Selection(0, 0, 0, 0);
      await vscode.commands.executeCommand("editor.action.jumpToBracket");
      return editor.selection.active.line;
    });
    strictEqual(cimd, json);
    strictEqual(cimd, 5);
  });

  it("a value that is pasted stays as it is", async () => {
    const { json, cimd } = await both('{ "client_name": "" }', async (document) => {
      const editor = await vscode.window.showTextDocument(document);
      editor.selection = new vscode.Selection(0, 18, 0, 18);
      await vscode.env.clipboard.writeText("a\\tb");
      await vscode.commands.executeCommand("editor.action.clipboardPasteAction");
      return document.getText();
    });
    strictEqual(cimd, json);
    strictEqual(cimd, '{ "client_name": "a\\tb" }');
  });
});

function flat(symbols: readonly vscode.DocumentSymbol[]): vscode.DocumentSymbol[] {
  return symbols.flatMap((symbol) => [symbol, ...flat(symbol.children)]);
}
