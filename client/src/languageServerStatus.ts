import * as vscode from "vscode";
import { DOCUMENT_SELECTOR, type LanguageServer } from "./languageClient.js";

/** The language status of the language server: whether it runs, and for which authorization servers it looks. */
export class LanguageServerStatus implements vscode.Disposable {
  readonly #languageServer: LanguageServer;
  readonly #server = vscode.languages.createLanguageStatusItem("cimd.languageServer", DOCUMENT_SELECTOR);
  readonly #targets = vscode.languages.createLanguageStatusItem("cimd.servers", DOCUMENT_SELECTOR);
  readonly #subscriptions: vscode.Disposable[];

  constructor(languageServer: LanguageServer) {
    this.#languageServer = languageServer;
    this.#server.name = "CIMD Language Server";
    this.#targets.name = "CIMD Target Servers";
    this.#targets.command = {
      title: "Choose",
      command: "workbench.action.openSettings",
      arguments: ["@id:cimd.servers"],
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
    const stopped = state === "stopped";
    this.#server.text = `CIMD language server${version === undefined ? "" : ` ${version}`}`;
    this.#server.detail = stopped ? "is not running" : "";
    this.#server.busy = state === "starting";
    this.#server.severity = stopped
      ? vscode.LanguageStatusSeverity.Error
      : vscode.LanguageStatusSeverity.Information;
    this.#server.command = stopped
      ? { title: "Restart", command: "cimd.restartLanguageServer" }
      : { title: "Show Output", command: "cimd.showOutput" };
  }

  #showTargets(): void {
    const scope = vscode.window.activeTextEditor?.document.uri;
    const ids = vscode.workspace.getConfiguration("cimd", scope).get<unknown>("servers");
    const targets = Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
    this.#targets.text =
      targets.length > 0 ? `Target servers: ${targets.join(", ")}` : "All known authorization servers";
    this.#targets.detail = "cimd.servers";
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
