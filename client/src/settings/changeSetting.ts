import * as vscode from "vscode";
import { SettingChange } from "../../../server/src/lsp/protocol.js";

/**
 * Carries out what a code action of the language server says about settings: chooses target servers, or gives a rule
 * another severity. The workspace's settings are changed where a workspace is open, else the user's.
 */
export async function changeSetting(given: unknown): Promise<void> {
  const change = SettingChange.parse(given);
  const configuration = vscode.workspace.getConfiguration("cimd");
  const target = vscode.workspace.workspaceFolders
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  if (change.setting === "servers") {
    await configuration.update("servers", change.servers, target);
    return;
  }
  const [only, ...others] = change.rules;
  const rule = others.length === 0 ? only : await chooseRule(change.rules);
  if (rule === undefined) return;
  const found = configuration.inspect<Record<string, string>>("rules");
  const own = target === vscode.ConfigurationTarget.Workspace ? found?.workspaceValue : found?.globalValue;
  await configuration.update("rules", { ...own, [rule]: change.severity }, target);
}

async function chooseRule(rules: readonly string[]): Promise<string | undefined> {
  return vscode.window.showQuickPick(rules, { title: vscode.l10n.t("Turn Off a Rule") });
}
