import * as vscode from "vscode";
import type { CodeLibrary } from "../../../server/src/create/codeLibraries.js";
import { CLIENT_CODE, type ClientCodeParams, ClientCodeResult } from "../../../server/src/lsp/protocol.js";
import type { LanguageServer } from "../languageClient.js";

const libraries = (): readonly (vscode.QuickPickItem & { readonly library: CodeLibrary })[] => [
  { label: "FastMCP", description: "Python", detail: "OAuth(client_metadata_url=…)", library: "fastmcp" },
  {
    label: "MCP Python SDK",
    description: "Python",
    detail: "OAuthClientProvider(client_metadata_url=…)",
    library: "mcp-python-sdk",
  },
  {
    label: "MCP TypeScript SDK 2",
    description: "TypeScript",
    detail: "@modelcontextprotocol/client",
    library: "mcp-typescript-sdk",
  },
  {
    label: "MCP TypeScript SDK 1",
    description: "TypeScript",
    detail: "@modelcontextprotocol/sdk",
    library: "mcp-typescript-sdk-1",
  },
  {
    label: "atproto OAuth client",
    description: "TypeScript",
    detail: vscode.l10n.t("{0} with the published metadata", "NodeOAuthClient"),
    library: "atproto",
  },
];

/**
 * `CIMD: Copy Client Code…`: puts code on the clipboard that signs in with the active document.
 *
 * @param document the client metadata document that is meant; undefined where none is open
 */
export async function copyClientCode(
  languageServer: LanguageServer,
  document: vscode.TextDocument | undefined,
): Promise<void> {
  if (!document) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Open a client metadata document (*.cimd.json) to copy code that uses it."),
    );
    return;
  }
  const title = vscode.l10n.t("Copy Client Code");
  const picked = await vscode.window.showQuickPick(libraries(), {
    title,
    placeHolder: vscode.l10n.t("Which library does the client use?"),
    matchOnDescription: true,
  });
  if (!picked) return;
  const ask = (more: Partial<ClientCodeParams>) =>
    languageServer.request(
      CLIENT_CODE,
      { text: document.getText(), library: picked.library, ...more } satisfies ClientCodeParams,
      ClientCodeResult,
    );
  let answer = await ask({});
  if (answer.state === "incomplete") {
    void vscode.window.showWarningMessage(answer.reason);
    return;
  }
  if (answer.entries.length > 1) {
    const redirectUri = await vscode.window.showQuickPick(answer.entries, {
      title,
      placeHolder: vscode.l10n.t("Which redirect URI does the client come back to?"),
    });
    if (redirectUri === undefined) return;
    answer = await ask({ redirectUri });
    if (answer.state === "incomplete") return;
  }
  await vscode.env.clipboard.writeText(answer.code);
  await offerEditor(picked.label, answer.language, answer.code);
}

async function offerEditor(library: string, language: string, content: string): Promise<void> {
  const open = vscode.l10n.t("Open in Editor");
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t("The code for {0} is on the clipboard. Put your server's URL in.", library),
    open,
  );
  if (chosen !== open) return;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language, content }));
}
