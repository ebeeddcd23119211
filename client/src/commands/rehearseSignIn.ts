import * as vscode from "vscode";
import { targetMetadataDocument } from "../documents.js";
import type { Platform } from "../platform.js";
import type { LazyRehearsal } from "../rehearsal/lazyRehearsal.js";

/**
 * `CIMD: Rehearse Sign-In`: a sign-in with the document before it is hosted, at a server on this machine.
 *
 * @param target what the command was called with; else the active editor's document is meant
 */
export async function rehearseSignIn(
  { canListen }: Platform,
  rehearsal: LazyRehearsal,
  target: unknown,
): Promise<void> {
  if (!canListen) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "Rehearsing a sign-in needs VS Code on a desktop: in a browser, nothing can listen for your client. `cimd rehearse` does the same in a terminal.",
      ),
    );
    return;
  }
  const document = await targetMetadataDocument(target);
  if (!document) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Open a client metadata document (*.cimd.json) to rehearse a sign-in with it."),
    );
    return;
  }
  await rehearsal.rehearse(document);
}
