import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import * as vscode from "vscode";
import {
  closeAllEditors,
  DOCUMENT,
  DOCUMENT_WITH_HTTP_CLIENT_ID,
  eventually,
  noProblem,
  openFile,
  openUri,
  problem,
  replace,
  ruleOf,
  workspaceFolder,
} from "./support.js";

const RULE = "client-id/https";

/** A folder of each test's own. The npm-only VS Code sees changes from outside in the workspace's folder only, not below. */
let folder = "";
let tests = 0;

describe("Editing commands", () => {
  afterEach(closeAllEditors);

  it("sort members as one edit that undo takes back", async () => {
    const document = await openFile(
      "sort.cimd.json",
      '{ "client_name": "Notes", "client_id": "x", "own": [ 1 ] }',
    );
    await vscode.commands.executeCommand("cimd.sortMembers");
    strictEqual(document.getText(), '{ "client_id": "x", "client_name": "Notes", "own": [ 1 ] }');
    await vscode.commands.executeCommand("undo");
    strictEqual(document.getText(), '{ "client_name": "Notes", "client_id": "x", "own": [ 1 ] }');
  });

  it("leave broken JSON as it is", async () => {
    const text = '{ "client_name": "Notes" "client_id": "x" }';
    const document = await openFile("broken-sort.cimd.json", text);
    await vscode.commands.executeCommand("cimd.sortMembers");
    strictEqual(document.getText(), text);
  });
});

describe("CIMD: Check Workspace", () => {
  const write = async (name: string, text: string): Promise<vscode.Uri> => {
    const uri = vscode.Uri.joinPath(workspaceFolder(), folder, name);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return uri;
  };
  const deleteAsInExplorer = async (uri: vscode.Uri): Promise<void> => {
    const edit = new vscode.WorkspaceEdit();
    edit.deleteFile(uri, { recursive: true });
    ok(await vscode.workspace.applyEdit(edit), `${uri.path} is deleted`);
  };
  const found = (uri: vscode.Uri): number =>
    vscode.languages.getDiagnostics(uri).filter((diagnostic) => ruleOf(diagnostic) === RULE).length;

  /** The command ends when its message does, so its outcome is waited for instead. */
  const check = async (uri: vscode.Uri): Promise<void> => {
    await vscode.commands.executeCommand("cimd.checkWorkspace");
    await problem(uri, RULE);
  };

  beforeEach(() => {
    folder = `checked-${++tests}`;
  });

  afterEach(async () => {
    await vscode.commands.executeCommand("cimd.clearWorkspaceProblems");
    await closeAllEditors();
  });

  it("finds the problems of files that are not open, and takes them back", async () => {
    const bad = await write("bad.cimd.json", DOCUMENT_WITH_HTTP_CLIENT_ID);
    const good = await write("good.cimd.json", DOCUMENT);
    await check(bad);
    strictEqual(found(bad), 1);
    strictEqual(found(good), 0);
    deepStrictEqual(
      vscode.workspace.textDocuments.filter(({ uri }) => uri.path.includes(`/${folder}/`)),
      [],
    );
    await vscode.commands.executeCommand("cimd.clearWorkspaceProblems");
    await noProblem(bad, RULE);
  });

  it("shows the live problems of an open file instead, and follows them", async () => {
    const bad = await write("live.cimd.json", DOCUMENT_WITH_HTTP_CLIENT_ID);
    await check(bad);
    const document = await openUri(bad);
    await eventually("one problem and not two", () => found(bad) === 1);
    await replace(document, '"http://', '"https://');
    await noProblem(bad, RULE);
    await closeAllEditors();
    await problem(bad, RULE);
  });

  it("checks a file again that is saved and closed, or written by others", async () => {
    const bad = await write("saved.cimd.json", DOCUMENT_WITH_HTTP_CLIENT_ID);
    const good = await write("../turned.cimd.json", DOCUMENT);
    await check(bad);
    const document = await openUri(bad);
    await replace(document, "{", "{ ");
    ok(await document.save());
    await closeAllEditors();
    await eventually("still one problem", () => found(bad) === 1);

    await write("../turned.cimd.json", DOCUMENT_WITH_HTTP_CLIENT_ID);
    await problem(good, RULE);
    await write("../turned.cimd.json", DOCUMENT);
    await noProblem(good, RULE);
  });

  it("forgets a file that is corrected or deleted, and all files of a deleted folder", async () => {
    const changed = await write("../changed.cimd.json", DOCUMENT_WITH_HTTP_CLIENT_ID);
    const deleted = await write("deleted.cimd.json", DOCUMENT_WITH_HTTP_CLIENT_ID);
    const below = await write("below/deep.cimd.json", DOCUMENT_WITH_HTTP_CLIENT_ID);
    await check(below);
    await problem(changed, RULE);
    await problem(deleted, RULE);

    await write("../changed.cimd.json", DOCUMENT);
    await noProblem(changed, RULE);
    strictEqual(found(deleted), 1);
    await deleteAsInExplorer(deleted);
    await noProblem(deleted, RULE);
    strictEqual(found(below), 1);
    await deleteAsInExplorer(vscode.Uri.joinPath(workspaceFolder(), folder));
    await noProblem(below, RULE);
  });
});
