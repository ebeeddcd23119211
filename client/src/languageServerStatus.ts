import * as vscode from "vscode";
import { DOCUMENT_SELECTOR } from "./documents.js";
import type { LanguageServer } from "./languageClient.js";

/** The language status of the language server: whether it runs, and for which authorization servers it looks. */
export class LanguageServerStatus implements vscode.Disposable {
  readonly #languageServer: LanguageServer;
  readonly #server = vscode.languages.createLanguageStatusItem("cimd.languageServer", DOCUMENT_SELECTOR);
  readonly #targets = vscode.languages.createLanguageStatusItem("cimd.servers", DOCUMENT_SELECTOR);
  readonly #subscriptions: vscode.Disposable[];

  constructor(languageServer: LanguageServer) {
    this.#languageServer = languageServer;
    this.#server.name = vscode.l10n.t("CIMD Language Server");
    this.#targets.name = vscode.l10n.t("CIMD Target Servers");
    this.#targets.command = {
      title: vscode.l10n.t("Choose"),
      command: "cimd.chooseServers",
    };
    this.#subscriptions = [
      this.#server,
      this.#targets,
      languageServer.onDidChangeState(() => this.#showServer()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#showTargets()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("cimd.servers")) this.#showTargets();
      }),
    ];
    this.#showServer();
    this.#showTargets();
  }

  #showServer(): void {
    const { state, version } = this.#languageServer.status;
    const stopped = state === "stopped" || state === "silent";
    this.#server.text = [vscode.l10n.t("CIMD language server"), version]
      .filter((part) => part !== undefined)
      .join(" ");
    this.#server.detail =
      state === "silent" ? vscode.l10n.t("does not answer") : stopped ? vscode.l10n.t("is not running") : "";
    this.#server.busy = state === "starting";
    this.#server.severity = stopped
      ? vscode.LanguageStatusSeverity.Error
      : vscode.LanguageStatusSeverity.Information;
    this.#server.command = stopped
      ? { title: vscode.l10n.t("Restart"), command: "cimd.restartLanguageServer" }
      : { title: vscode.l10n.t("Show Output"), command: "cimd.showOutput" };
  }

  #showTargets(): void {
    const scope = vscode.window.activeTextEditor?.document.uri;
    const ids = vscode.workspace.getConfiguration("cimd", scope).get<unknown>("servers");
    const targets = Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
    this.#targets.text =
      targets.length > 0
        ? vscode.l10n.t("Target servers: {0}", targets.join(", "))
        : vscode.l10n.t("Servers that many people meet");
    this.#targets.detail = "cimd.servers";
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
