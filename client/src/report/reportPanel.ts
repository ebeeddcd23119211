import * as vscode from "vscode";
import { messageOf } from "../../../server/src/messageOf.js";
import { localisation } from "../localisation.js";
import { FromPage, type ToPage } from "../preview/messages.js";
import { createNonce, pageHtml } from "../webview/pageHtml.js";
import type { ShownReport } from "./reportView.js";
import { RunHistory } from "./runHistory.js";
import { runLabel } from "./wording.js";

/** A finished run, and what can be done from its report. */
export interface ReportedRun {
  readonly shown: ShownReport;
  /** Runs the same again. */
  again(): Promise<void>;
  /** Asks to run it again with the checks it offers; absent where it offers none. */
  checkExtras?(): Promise<void>;
}

const TITLES: Readonly<Record<ShownReport["kind"], () => string>> = {
  hosted: () => vscode.l10n.t("Hosted Document"),
  discovery: () => vscode.l10n.t("MCP Server"),
};

/** The reports of hosted checks and of MCP servers, one at a time, beside the editor. */
export class ReportPanel implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #log: vscode.LogOutputChannel;
  readonly #history = new RunHistory<ReportedRun>();
  #panel: vscode.WebviewPanel | undefined;

  constructor(extensionUri: vscode.Uri, log: vscode.LogOutputChannel) {
    this.#extensionUri = extensionUri;
    this.#log = log;
  }

  /** Remembers a run; where the panel is open, it can be chosen there. */
  add(run: ReportedRun): void {
    this.#history.add(run);
    this.#post();
  }

  /** Opens the panel, or brings it to the front, with the newest run. */
  showNewest(): void {
    this.#history.chooseNewest();
    if (this.#panel) {
      this.#panel.reveal(undefined, true);
      this.#post();
      return;
    }
    const dist = vscode.Uri.joinPath(this.#extensionUri, "client", "dist");
    const panel = vscode.window.createWebviewPanel(
      "cimd.hostedReport",
      vscode.l10n.t("CIMD Report"),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, enableForms: false, enableFindWidget: true, localResourceRoots: [dist] },
    );
    this.#panel = panel;
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    const asset = (name: string) => panel.webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
    panel.webview.html = pageHtml(
      createNonce(),
      asset("page.js"),
      asset("page.css"),
      vscode.l10n.t("Report"),
      localisation(),
    );
    this.#post();
  }

  /** A page that is still loading misses this, and asks with `ready`. */
  #post(): void {
    const { chosen, runs } = this.#history;
    if (!chosen || !this.#panel) return;
    const { shown } = chosen.run;
    this.#panel.title = TITLES[shown.kind]();
    const message: ToPage = {
      type: "report",
      view: {
        shown,
        run: chosen.id,
        runs: runs.map(({ id, run }) => ({ id, label: runLabel(run.shown) })),
      },
    };
    void this.#panel.webview.postMessage(message);
  }

  async #receive(message: unknown): Promise<void> {
    const read = FromPage.safeParse(message);
    const run = this.#history.chosen?.run;
    if (!read.success || !run) {
      this.#log.warn("The report sent something that was not understood.");
      return;
    }
    try {
      await this.#act(read.data, run);
    } catch (error) {
      this.#log.error(`The report could not do what was asked: ${messageOf(error)}`);
      void vscode.window.showErrorMessage(messageOf(error));
    }
  }

  async #act(message: FromPage, run: ReportedRun): Promise<void> {
    switch (message.type) {
      case "ready":
        this.#post();
        return;
      case "showRun":
        if (this.#history.choose(message.run)) this.#post();
        return;
      case "runAgain":
        await run.again();
        return;
      case "checkExtras":
        await run.checkExtras?.();
        return;
      case "copyMarkdown":
        await vscode.env.clipboard.writeText(run.shown.report.markdown);
        vscode.window.setStatusBarMessage(vscode.l10n.t("CIMD: report copied as Markdown."), 3000);
        return;
      default:
        this.#log.warn(`The report has no ${message.type}.`);
    }
  }

  dispose(): void {
    this.#panel?.dispose();
  }
}
