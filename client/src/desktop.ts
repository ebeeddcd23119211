import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import type { LanguageClient, ServerOptions } from "vscode-languageclient/node";
import { askPrivateKeyFile } from "./create/privateKeyFile.js";
import type { Platform } from "./platform.js";

/** The language server is a process of its own, and private keys go to the disk without passing through messages. */
export function desktop({ extensionPath }: vscode.ExtensionContext): Platform {
  const module = path.join(extensionPath, "server", "dist", "languageServer.js");
  return {
    canListen: true,
    async loadClient() {
      const { LanguageClient, TransportKind } = await import("vscode-languageclient/node");
      const run = { module, transport: TransportKind.ipc };
      const server: ServerOptions = {
        run,
        debug: { ...run, options: { execArgv: ["--nolazy", "--inspect=6009"] } },
      };
      return (options) => new LanguageClient("cimd", "CIMD", server, options);
    },
    holdLanguageServer(client) {
      const held = (client as LanguageClient).serverProcess;
      // A process that is stopped or busy for good hears no other signal.
      return () => void held?.kill("SIGKILL");
    },
    async makePrivateKey(document) {
      const home = vscode.Uri.file(path.join(os.homedir(), "cimd-private-key.json"));
      const file = await askPrivateKeyFile(document, home, ({ scheme }) =>
        scheme === "file"
          ? undefined
          : vscode.l10n.t(
              "A private key can only be written to a file on disk. Choose a folder of this machine.",
            ),
      );
      if (!file) return undefined;
      return { params: { privateKeyFile: file.fsPath }, file: file.fsPath, keep: async () => undefined };
    },
  };
}
