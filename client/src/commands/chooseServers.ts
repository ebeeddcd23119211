import * as vscode from "vscode";
import { LIST_SERVERS, ListServersResult } from "../../../server/src/lsp/protocol.js";
import { askMany } from "../create/wizard.js";
import type { LanguageServer } from "../languageClient.js";
import { changeSetting } from "../settings/changeSetting.js";

const groups = (): readonly { readonly id: string; readonly detail: string }[] => [
  { id: "default", detail: vscode.l10n.t("the servers that many people meet") },
  { id: "mcp", detail: vscode.l10n.t("all known servers for MCP clients") },
  { id: "atproto", detail: vscode.l10n.t("all known servers of AT Protocol") },
  { id: "solid", detail: vscode.l10n.t("all known servers of Solid") },
  { id: "all", detail: vscode.l10n.t("all known servers") },
];

/**
 * `CIMD: Choose Target Servers…`: which authorization servers the client's users are on, with the picker that Create has.
 * What stops one of them is an error from then on, and the others are silent; without any, problems speak for the servers
 * that many people meet.
 *
 * @param target the document whose settings count, as a URI or its text; else the active editor's
 */
export async function chooseServers(languageServer: LanguageServer, target: unknown): Promise<void> {
  const scope = uriOf(target) ?? vscode.window.activeTextEditor?.document.uri;
  const known = await languageServer.request(LIST_SERVERS, {}, ListServersResult);
  const current: unknown = vscode.workspace.getConfiguration("cimd", scope).get("servers");
  const answer = await askMany({
    title: vscode.l10n.t("My users are on…"),
    step: 1,
    totalSteps: 1,
    placeholder: vscode.l10n.t(
      "Authorization servers the client must work with; none for those that many people meet",
    ),
    chosen: Array.isArray(current) ? current.filter((id): id is string => typeof id === "string") : [],
    items: [
      ...known.map(({ id, name, version }) => ({ label: name, description: version, id })),
      ...groups().map(({ id, detail }) => ({ label: id, description: detail, id })),
    ],
  });
  if (typeof answer === "object") await changeSetting({ setting: "servers", servers: answer.value });
}

function uriOf(target: unknown): vscode.Uri | undefined {
  if (target instanceof vscode.Uri) return target;
  return typeof target === "string" ? vscode.Uri.parse(target, true) : undefined;
}
