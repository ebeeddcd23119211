import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { generateSigningKey } from "../../../server/src/create/signingKey.js";
import { PublicJwk } from "../../../server/src/lsp/protocol.js";
import { askPrivateKeyFile } from "../create/privateKeyFile.js";
import type { Platform } from "../platform.js";
import { endLanguageServer, startLanguageServer } from "./startLanguageServer.js";

/**
 * The language server is a web worker, and files are the editor's. The key pair is made here and not there: a private
 * key is in no message, and in no log of messages.
 */
export function web({ extensionUri }: vscode.ExtensionContext): Platform {
  const script = vscode.Uri.joinPath(extensionUri, "server", "dist", "languageServer.web.js");
  return {
    canListen: false,
    loadClient: async () => (options) =>
      new LanguageClient("cimd", "CIMD", () => startLanguageServer(script), options),
    holdLanguageServer: () => endLanguageServer,
    async makePrivateKey(document, algorithm) {
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
      const suggested = folder && vscode.Uri.joinPath(folder, "cimd-private-key.json");
      const file = await askPrivateKeyFile(document, suggested, async (chosen) =>
        (await exists(chosen))
          ? vscode.l10n.t("The file for the private key exists already and was kept. Choose another name.")
          : undefined,
      );
      if (!file) return undefined;
      const { publicKey, privateKey } = await generateSigningKey(algorithm);
      const text = `${JSON.stringify(privateKey, null, 2)}\n`;
      return {
        params: { publicKey: PublicJwk.parse(publicKey) },
        file: file.path,
        keep: () => vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text)),
      };
    },
  };
}

async function exists(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") return false;
    throw error;
  }
}
