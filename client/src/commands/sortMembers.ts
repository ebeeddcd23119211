import * as vscode from "vscode";
import { SORT_MEMBERS, SortMembersResult } from "../../../server/src/lsp/documentProtocol.js";
import { isClientMetadataDocument } from "../documents.js";
import type { LanguageServer } from "../languageClient.js";

/**
 * `CIMD: Sort Members`: puts the members of the active editor's document into the usual order as one undoable edit, or
 * says why that cannot be done.
 */
export async function sortMembers(languageServer: LanguageServer): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document || !isClientMetadataDocument(document)) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Open a client metadata document to sort its members."),
    );
    return;
  }
  const { version } = document;
  const result = await languageServer.request(
    SORT_MEMBERS,
    { uri: document.uri.toString(), text: document.getText() },
    SortMembersResult,
  );
  if ("refused" in result) {
    void vscode.window.showWarningMessage(result.refused);
  } else if (result.edits.length === 0) {
    void vscode.window.setStatusBarMessage(vscode.l10n.t("The members are in the usual order."), 5000);
  } else if (document.version !== version) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t("The document was changed meanwhile. Sort its members again."),
    );
  } else {
    const edit = new vscode.WorkspaceEdit();
    for (const { range, newText } of result.edits) {
      const { start, end } = range;
      edit.replace(
        document.uri,
        new vscode.Range(start.line, start.character, end.line, end.character),
        newText,
      );
    }
    await vscode.workspace.applyEdit(edit);
  }
}
