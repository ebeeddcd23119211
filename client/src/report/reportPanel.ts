import * as vscode from "vscode";
import type { HostedReportShape } from "../../../server/src/lsp/protocol.js";
import { createNonce, previewHtml } from "../preview/html.js";
import { FromPage, type ToPage } from "../preview/messages.js";

/** The report of the last hosted check, beside the editor. */
export class ReportPanel implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #runAgain: (url: string) => void;
  #panel: vscode.WebviewPanel | undefined;
  #report: HostedReportShape | undefined;

  /** @param runAgain called when the person asks for the same check again */
  constructor(extensionUri: vscode.Uri, runAgain: (url: string) => void) {
    this.#extensionUri = extensionUri;
    this.#runAgain = runAgain;
  }

  show(report: HostedReportShape): void {
    this.#report = report;
    if (this.#panel) {
      this.#panel.reveal(undefined, true);
      this.#post();
      return;
    }
    const dist = vscode.Uri.joinPath(this.#extensionUri, "client", "dist");
    const panel = vscode.window.createWebviewPanel(
      "cimd.hostedReport",
      "Hosted Document",
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, enableForms: false, enableFindWidget: true, localResourceRoots: [dist] },
    );
    this.#panel = panel;
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    const asset = (name: string) => panel.webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
    panel.webview.html = previewHtml(createNonce(), asset("page.js"), asset("page.css"), "Hosted document");
  }

  #post(): void {
    if (!this.#report) return;
    const message: ToPage = { type: "report", report: this.#report };
    void this.#panel?.webview.postMessage(message);
  }

  async #receive(message: unknown): Promise<void> {
    const read = FromPage.safeParse(message);
    if (!read.success || !this.#report) return;
    switch (read.data.type) {
      case "ready":
        this.#post();
        return;
      case "runAgain":
        this.#runAgain(this.#report.url);
        return;
      case "copyMarkdown":
        await vscode.env.clipboard.writeText(this.#report.markdown);
        vscode.window.setStatusBarMessage("CIMD: report copied as Markdown.", 3000);
        return;
      default:
    }
  }

  dispose(): void {
    this.#panel?.dispose();
  }
}
