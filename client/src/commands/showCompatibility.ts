import * as vscode from "vscode";
import type { LazyPanel } from "../webview/lazyPanel.js";

/**
 * `CIMD: Show Server Compatibility`: beside the editor.
 *
 * @param target what the command was called with; else the active editor's document is meant
 */
export function showCompatibility(compatibility: LazyPanel, target: unknown): Promise<void> {
  return compatibility.show(target, vscode.ViewColumn.Beside);
}
