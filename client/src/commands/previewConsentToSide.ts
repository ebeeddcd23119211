import * as vscode from "vscode";
import type { LazyPanel } from "../webview/lazyPanel.js";

/**
 * `CIMD: Preview Consent Screen to the Side`.
 *
 * @param target what the command was called with; else the active editor's document is meant
 */
export function previewConsentToSide(preview: LazyPanel, target: unknown): Promise<void> {
  return preview.show(target, vscode.ViewColumn.Beside);
}
