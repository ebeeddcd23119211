import * as vscode from "vscode";

/**
 * Asks for the file that a private key is written to, and warns of one that may be published.
 *
 * @param document the client metadata document that gets the public key
 * @param suggested where the dialog starts; undefined: where the platform likes
 * @param refuse says why a file cannot be written; undefined where it can
 * @returns undefined when the person left, or was told why not
 */
export async function askPrivateKeyFile(
  document: vscode.Uri,
  suggested: vscode.Uri | undefined,
  refuse: (file: vscode.Uri) => string | undefined | Promise<string | undefined>,
): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showSaveDialog({
    title: vscode.l10n.t("Where is the private key kept? Not in a folder that is published."),
    saveLabel: vscode.l10n.t("Write Private Key"),
    ...(suggested ? { defaultUri: suggested } : {}),
    filters: { "JSON Web Key": ["json"] },
  });
  if (!chosen) return undefined;
  const refusal = await refuse(chosen);
  if (refusal !== undefined) {
    void vscode.window.showErrorMessage(refusal);
    return undefined;
  }
  const folders = [
    vscode.Uri.joinPath(document, ".."),
    ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri),
  ];
  if (!folders.some((folder) => isInside(folder, chosen))) return chosen;
  const write = vscode.l10n.t("Write It There");
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t("That file is in the workspace, which may be published or committed."),
    { modal: true, detail: vscode.l10n.t("Whoever reads the private key can sign in as this client.") },
    write,
  );
  return answer === write ? chosen : undefined;
}

/** Compared without case, as some file systems do: one warning too many harms nobody. */
function isInside(folder: vscode.Uri, file: vscode.Uri): boolean {
  const path = folder.path.endsWith("/") ? folder.path : `${folder.path}/`;
  return (
    folder.scheme === file.scheme &&
    folder.authority === file.authority &&
    file.path.toLowerCase().startsWith(path.toLowerCase())
  );
}
