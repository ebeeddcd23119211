import type * as vscode from "vscode";

/** `CIMD: Show Output`: shows the log of the extension and of the language server. */
export function showOutput(log: vscode.LogOutputChannel): void {
  log.show();
}
