import * as vscode from "vscode";
import {
  closeAllEditors,
  DOCUMENT,
  DOCUMENT_WITH_HTTP_CLIENT_ID,
  EXTENSION_ID,
  eventually,
  noProblem,
  openFile,
  openUri,
  problem,
  replace,
} from "../../api/editor.js";
import { MemoryFiles } from "./memoryFiles.js";
import { ok, same, test } from "./runner.js";

const RULE = "client-id/https";

test("the extension runs in a web worker, with every command of its manifest", async () => {
  same(typeof (globalThis as { process?: unknown }).process, "undefined", "there is no Node here");
  const extension = vscode.extensions.getExtension(EXTENSION_ID);
  ok(extension, `${EXTENSION_ID} is installed`);
  await extension.activate();
  const registered = new Set(await vscode.commands.getCommands(true));
  const contributed: { command: string }[] = extension.packageJSON.contributes.commands;
  same(
    contributed.map(({ command }) => command).filter((command) => !registered.has(command)),
    [],
    "commands that are missing",
  );
});

test("files of an extension that is served over https can be read, as on vscode.dev", async () => {
  const served = await vscode.workspace.fs.readFile(
    vscode.Uri.parse("https://extensions.acme.dev/served.txt"),
  );
  same(new TextDecoder().decode(served), "served", "the text");
});

test("problems come and go with edits, and a fix fixes one", async () => {
  const document = await openFile("web.cimd.json", DOCUMENT_WITH_HTTP_CLIENT_ID);
  const found = await problem(document.uri, RULE);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    found.range,
    vscode.CodeActionKind.QuickFix.value,
  );
  const fix = actions.find(({ edit, title }) => edit && title.startsWith("Use https"));
  ok(fix?.edit, `a fix among ${actions.map(({ title }) => title).join("; ")}`);
  ok(await vscode.workspace.applyEdit(fix.edit), "the fix is applied");
  await noProblem(document.uri, RULE);
  await replace(document, '"https://notes', '"http://notes');
  await problem(document.uri, RULE);
});

test("completion, hover, outline, folding, formatting, lenses and links answer", async () => {
  const document = await openFile("features.cimd.json", DOCUMENT);
  await problem(document.uri, "document/placeholder");
  const at = (text: string, shift = 0): vscode.Position =>
    document.positionAt(document.getText().indexOf(text) + shift);
  const ask = <T>(command: string, ...given: unknown[]): Thenable<T> =>
    vscode.commands.executeCommand<T>(command, document.uri, ...given);

  const completed = await ask<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    at('"client_name"'),
  );
  const labels = completed.items.map(({ label }) => (typeof label === "string" ? label : label.label));
  ok(
    labels.some((label) => label.includes("logo_uri")),
    `logo_uri among ${labels.join()}`,
  );

  const hovers = await ask<vscode.Hover[]>("vscode.executeHoverProvider", at("redirect_uris", 2));
  const text = hovers.flatMap(({ contents }) =>
    contents.map((part) => (part as vscode.MarkdownString).value),
  );
  ok(text.join().includes("RFC 7591"), `a hover with its source: ${text.join()}`);

  const symbols = await ask<vscode.DocumentSymbol[]>("vscode.executeDocumentSymbolProvider");
  ok(
    symbols.some(({ name }) => name === "client_id"),
    "client_id in the outline",
  );
  const folds = await ask<vscode.FoldingRange[]>("vscode.executeFoldingRangeProvider");
  ok(folds.length > 0, "something folds");
  const lenses = await ask<vscode.CodeLens[]>("vscode.executeCodeLensProvider");
  const titles = lenses.map(({ command }) => command?.title);
  ok(titles.includes("Validate hosted"), `a lens for the hosted check among ${titles.join()}`);

  await replace(document, '  "client_name"', '      "client_name"');
  const options = { tabSize: 2, insertSpaces: true };
  const edits = await ask<vscode.TextEdit[]>("vscode.executeFormatDocumentProvider", options);
  ok(edits.length > 0, "a format edit");
});

test("sorting members is one edit", async () => {
  const document = await openFile("sort.cimd.json", '{ "client_name": "Notes", "client_id": "x" }');
  await vscode.commands.executeCommand("cimd.sortMembers");
  same(document.getText(), '{ "client_id": "x", "client_name": "Notes" }', "sorted");
});

test("untitled documents and files of a virtual file system are looked after", async () => {
  const untitled = await vscode.workspace.openTextDocument({
    language: "cimd",
    content: DOCUMENT_WITH_HTTP_CLIENT_ID,
  });
  await vscode.window.showTextDocument(untitled);
  await problem(untitled.uri, RULE);

  // The scheme of repositories on github.dev and vscode.dev.
  const files = new MemoryFiles();
  const registered = vscode.workspace.registerFileSystemProvider("vscode-vfs", files);
  const uri = vscode.Uri.parse("vscode-vfs://github/acme/notes/client.cimd.json");
  files.writeFile(uri, new TextEncoder().encode(DOCUMENT_WITH_HTTP_CLIENT_ID));
  const virtual = await openUri(uri);
  same(virtual.languageId, "cimd", "the language of a virtual file");
  await problem(uri, RULE);
  await closeAllEditors();
  registered.dispose();
});

test("a JSON file that a person maps to JSON still gets its problems", async () => {
  const document = await openFile("mapped.cimd.json", DOCUMENT_WITH_HTTP_CLIENT_ID);
  const mapped = await vscode.languages.setTextDocumentLanguage(document, "json");
  await problem(mapped.uri, RULE);
});

test("Check Workspace finds problems of files that are not open, and takes them back", async () => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  ok(folder, "a folder is open");
  const uri = vscode.Uri.joinPath(folder, "unopened.cimd.json");
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(DOCUMENT_WITH_HTTP_CLIENT_ID));
  await vscode.commands.executeCommand("cimd.checkWorkspace");
  await problem(uri, RULE);
  await vscode.commands.executeCommand("cimd.clearWorkspaceProblems");
  await noProblem(uri, RULE);
});

test("the consent preview and the compatibility view open", async () => {
  const document = await openFile("views.cimd.json", DOCUMENT);
  const tabs = (): string[] =>
    vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));
  await vscode.commands.executeCommand("cimd.previewConsentToSide", document.uri);
  await eventually("the preview", () => tabs().some((label) => label.includes("Consent")));
  await vscode.commands.executeCommand("cimd.showCompatibility", document.uri);
  await eventually("the compatibility view", () => tabs().some((label) => label.includes("ompatib")));
});

test("the language server comes back when it is restarted", async () => {
  const document = await openFile("restart.cimd.json", DOCUMENT_WITH_HTTP_CLIENT_ID);
  await problem(document.uri, RULE);
  await vscode.commands.executeCommand("cimd.restartLanguageServer");
  await replace(document, '"http://', '"https://');
  await noProblem(document.uri, RULE);
  await replace(document, '"https://', '"http://');
  await problem(document.uri, RULE);
});
