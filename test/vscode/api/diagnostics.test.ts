import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import * as vscode from "vscode";
import {
  closeAllEditors,
  DOCUMENT,
  DOCUMENT_WITH_HTTP_CLIENT_ID,
  noProblem,
  openFile,
  openUri,
  problem,
  replace,
  ruleOf,
  SCRATCH,
  workspaceFolder,
} from "./support.js";

const RULE = "client-id/https";

describe("Diagnostics", () => {
  afterEach(closeAllEditors);

  it("tells what is wrong with an http client_id, where, and which specification says so", async () => {
    const document = await openFile("http.cimd.json", DOCUMENT_WITH_HTTP_CLIENT_ID);
    strictEqual(document.languageId, "cimd");

    const found = await problem(document.uri, RULE);

    strictEqual(found.severity, vscode.DiagnosticSeverity.Error);
    ok(document.getText(found.range).startsWith("http"), `marked: ${document.getText(found.range)}`);
    strictEqual(found.range.start.line, 1);
    ok(typeof found.code === "object", "the code has a link");
    strictEqual(found.code.target.scheme, "https");
  });

  it("come and go with edits", async () => {
    const document = await openFile("edited.cimd.json", DOCUMENT);
    await replace(
      document,
      '"https://notes.example.com/oauth/client',
      '"http://notes.example.com/oauth/client',
    );
    await problem(document.uri, RULE);
    await replace(document, '"http://notes', '"https://notes');
    await noProblem(document.uri, RULE);
    deepStrictEqual(errors(document.uri), []);
  });

  it("work in an untitled document", async () => {
    const document = await vscode.workspace.openTextDocument({
      language: "cimd",
      content: DOCUMENT_WITH_HTTP_CLIENT_ID,
    });
    await vscode.window.showTextDocument(document);
    await problem(document.uri, RULE);
  });

  it("are about what can be read in broken JSON", async () => {
    const document = await openFile(
      "broken.cimd.json",
      DOCUMENT_WITH_HTTP_CLIENT_ID.replace('"none"\n}', '"none",\n'),
    );
    await problem(document.uri, RULE);
    ok(
      errors(document.uri).some((rule) => rule.startsWith("document/")),
      `${errors(document.uri)}`,
    );
  });

  it("come for a file that the user has mapped to JSON", async () => {
    const document = await openFile("mapped.cimd.json", DOCUMENT_WITH_HTTP_CLIENT_ID);
    const mapped = await vscode.languages.setTextDocumentLanguage(document, "json");
    await problem(mapped.uri, RULE);
  });

  it("vanish when the file is closed", async () => {
    const document = await openFile("closed.cimd.json", DOCUMENT_WITH_HTTP_CLIENT_ID);
    await problem(document.uri, RULE);
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    await noProblem(document.uri, RULE);
    deepStrictEqual(vscode.languages.getDiagnostics(document.uri), []);
  });

  it("vanish when the file is deleted", async () => {
    const document = await openFile("deleted.cimd.json", DOCUMENT_WITH_HTTP_CLIENT_ID);
    await problem(document.uri, RULE);
    const edit = new vscode.WorkspaceEdit();
    edit.deleteFile(document.uri); // what the explorer does
    await vscode.workspace.applyEdit(edit);
    await noProblem(document.uri, RULE);
  });
});

describe("The examples", () => {
  afterEach(closeAllEditors);

  it("have errors where they are meant to be broken, and none elsewhere", async () => {
    const pattern = new vscode.RelativePattern(workspaceFolder(), "{*,broken/*}.cimd.json");
    const examples = (await vscode.workspace.findFiles(pattern)).filter(
      ({ path }) => !path.includes(SCRATCH),
    );
    const broken: string[] = [];
    for (const uri of examples) {
      const document = await openUri(uri);
      strictEqual(document.languageId, "cimd", uri.path);
      // Every example uses a documentation name, and is told so: then it has been checked.
      await problem(uri, "document/placeholder");
      if (errors(uri).length > 0) broken.push(vscode.workspace.asRelativePath(uri));
    }
    ok(examples.length > broken.length, `${examples}`);
    deepStrictEqual(broken.sort(), ["broken/not-json.cimd.json", "broken/wrong-values.cimd.json"]);
  });
});

/** @returns the rule ids of the errors in a document */
function errors(uri: vscode.Uri): string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error)
    .map((diagnostic) => ruleOf(diagnostic) ?? diagnostic.message);
}
