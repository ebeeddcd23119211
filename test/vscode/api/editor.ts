import * as vscode from "vscode";

/** The extension under test: `publisher.name` of the manifest. */
export const EXTENSION_ID = "cimd.cimd";

/** A document without any error; a test that needs one changes it. */
export const DOCUMENT = `{
  "client_id": "https://notes.example.com/oauth/client.json",
  "client_name": "Notes",
  "redirect_uris": ["https://notes.example.com/oauth/callback"],
  "token_endpoint_auth_method": "none"
}
`;

/** The same with an `http` client identifier URL: \`client-id/https\`. */
export const DOCUMENT_WITH_HTTP_CLIENT_ID = DOCUMENT.replace(
  '"https://notes.example.com/oauth/client',
  '"http://notes.example.com/oauth/client',
);

/** The folder of the workspace that the tests write into, so that the examples stay the examples. */
export const SCRATCH = "scratch";

/**
 * Asks again until there is an answer.
 *
 * @param what for the message
 * @param probe returns the answer, or nothing while there is none yet
 * @param timeout in milliseconds
 * @throws where there is none in time
 */
export async function eventually<T>(
  what: string,
  probe: () => T | undefined | false | null | Promise<T | undefined | false | null>,
  timeout = 20_000,
): Promise<T> {
  const deadline = performance.now() + timeout;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined && answer !== false && answer !== null) return answer;
    if (performance.now() > deadline) throw new Error(`Not within ${timeout / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** @returns the folder the window has open, a copy of examples/ */
export function workspaceFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error("The window has no folder open.");
  return folder.uri;
}

/**
 * Writes a file into the scratch folder and opens it in an editor, as a click in the explorer does.
 *
 * @returns its document
 */
export async function openFile(name: string, text: string): Promise<vscode.TextDocument> {
  const uri = vscode.Uri.joinPath(workspaceFolder(), SCRATCH, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return openUri(uri);
}

/**
 * Opens a file in an editor. Not with `openTextDocument`, which keeps a document open after its editor is closed.
 *
 * @returns its document
 */
export async function openUri(uri: vscode.Uri): Promise<vscode.TextDocument> {
  await vscode.commands.executeCommand("vscode.open", uri, { preview: false });
  return eventually(`${uri} opens`, () =>
    vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString()),
  );
}

/** The rule id of a problem, which is the diagnostic's code; undefined for a diagnostic that is not ours. */
export function ruleOf(diagnostic: vscode.Diagnostic): string | undefined {
  const code = typeof diagnostic.code === "object" ? diagnostic.code.value : diagnostic.code;
  return typeof code === "string" && code.includes("/") ? code : undefined;
}

/** Waits until a rule reports at least one problem in a document, and returns the first one. */
export function problem(uri: vscode.Uri, rule: string): Promise<vscode.Diagnostic> {
  return eventually(`${rule} in ${uri.path}`, () =>
    vscode.languages.getDiagnostics(uri).find((diagnostic) => ruleOf(diagnostic) === rule),
  );
}

/** Waits until a rule reports nothing in a document. */
export async function noProblem(uri: vscode.Uri, rule: string): Promise<void> {
  await eventually(`no ${rule} in ${uri.path}`, () =>
    vscode.languages.getDiagnostics(uri).every((diagnostic) => ruleOf(diagnostic) !== rule),
  );
}

/** Replaces one occurrence of a text in an open document. */
export async function replace(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const offset = document.getText().indexOf(from);
  if (offset < 0) throw new Error(`The document does not contain ${JSON.stringify(from)}.`);
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + from.length));
  edit.replace(document.uri, range, to);
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error("VS Code did not apply the edit.");
}

/** Closes every editor, without asking about unsaved changes. */
export async function closeAllEditors(): Promise<void> {
  while (vscode.window.tabGroups.all.some((group) => group.tabs.length > 0)) {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }
}
