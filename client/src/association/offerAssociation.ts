import * as vscode from "vscode";
import { looksLikeCimd } from "./looksLikeCimd.js";

/** In the workspace's state: URIs of files that were asked about. */
const ASKED = "cimd.association.asked";
/** In the global state: the person wants no offers at all. */
const NEVER = "cimd.association.never";

/**
 * Offers once per file to check an open JSON file that looks like a client metadata document. Only the active editor's
 * file is looked at, with two searches; nothing else is loaded and nothing is changed before the person agrees.
 *
 * The extension does not start for this on every JSON file: `onLanguage:json` would load it in nearly every workspace.
 * It looks while it runs anyway, and it starts where a usual file name is there at a usual place
 * (`workspaceContains:.well-known/oauth-client.json`: without wildcards, so VS Code asks for one file and searches nothing).
 */
export function offerAssociation({
  workspaceState,
  globalState,
}: vscode.ExtensionContext): vscode.Disposable {
  let asking = false;

  async function look(editor: vscode.TextEditor | undefined): Promise<void> {
    const document = editor?.document;
    if (asking || !document || !mayBeMetadata(document) || document.uri.scheme === "git") return;
    if (document.fileName.endsWith(".cimd.json") || globalState.get<boolean>(NEVER)) return;
    const asked = workspaceState.get<string[]>(ASKED, []);
    const uri = document.uri.toString();
    if (asked.includes(uri) || !looksLikeCimd(document.getText())) return;
    asking = true;
    try {
      await workspaceState.update(ASKED, [...asked, uri]);
      const agree = vscode.l10n.t("Check This File");
      const never = vscode.l10n.t("Never Ask");
      const choice = await vscode.window.showInformationMessage(
        vscode.l10n.t(
          "{0} looks like an OAuth client metadata document. CIMD can check it as one.",
          baseName(document.uri),
        ),
        agree,
        never,
      );
      if (choice === never) await globalState.update(NEVER, true);
      if (choice === agree) await associate(document);
    } finally {
      asking = false;
    }
  }

  void look(vscode.window.activeTextEditor);
  return vscode.window.onDidChangeActiveTextEditor((editor) => look(editor));
}

/** JSON, or a file without an extension under `.well-known`, such as `/.well-known/oauth-client`. */
function mayBeMetadata({ languageId, uri }: vscode.TextDocument): boolean {
  if (languageId !== "plaintext") return languageId === "json";
  const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  return uri.path.includes("/.well-known/") && name !== "" && !name.includes(".");
}

/** Maps the file to `cimd` in the workspace's `files.associations`; without a folder for this session only. */
async function associate(document: vscode.TextDocument): Promise<void> {
  if (vscode.workspace.getWorkspaceFolder(document.uri)) {
    const files = vscode.workspace.getConfiguration("files");
    const own = files.inspect<Record<string, string>>("associations")?.workspaceValue;
    const path = vscode.workspace.asRelativePath(document.uri, false);
    const glob = path.includes("/") ? `**/${path}` : path;
    await files.update("associations", { ...own, [glob]: "cimd" }, vscode.ConfigurationTarget.Workspace);
  }
  await vscode.languages.setTextDocumentLanguage(document, "cimd");
}

function baseName({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
