import * as vscode from "vscode";
import { isClientMetadataDocument, targetDocument } from "../documents.js";
import { findClientId } from "../hosted/clientId.js";
import type { HostedChecks, HostedSubject } from "../hosted/hostedChecks.js";
import { askHostedUrl, hostedRefusedInRestrictedMode } from "../hosted/hostedQuestion.js";
import type { ServedContent } from "../hosted/servedContent.js";
import { hostOf } from "../hosted/urls.js";
import type { ReportPanel } from "../report/reportPanel.js";

/**
 * `CIMD: Compare with Hosted Document`: VS Code's own diff of what the client identifier URL serves against the local
 * text. The fetch is a whole hosted check, so its report is in the history as well.
 */
export class CompareWithHosted {
  readonly #checks: HostedChecks;
  readonly #panel: ReportPanel;
  readonly #served: ServedContent;

  constructor(checks: HostedChecks, panel: ReportPanel, served: ServedContent) {
    this.#checks = checks;
    this.#panel = panel;
    this.#served = served;
  }

  /** @param target what the command was called with; else the active editor's document is meant */
  async run(target: unknown): Promise<void> {
    if (hostedRefusedInRestrictedMode()) return;
    const document = await targetDocument(target);
    if (!document || !isClientMetadataDocument(document)) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("Open a client metadata document (*.cimd.json) to compare it with its published copy."),
      );
      return;
    }
    const url = await askHostedUrl(
      vscode.l10n.t("Compare with Hosted Document"),
      findClientId(document.getText())?.value,
    );
    if (url !== undefined) await this.#compare({ url, uri: document.uri });
  }

  async #compare(subject: HostedSubject): Promise<void> {
    const { url, uri } = subject;
    const report = await this.#checks.run(subject, (again) => this.#compare(again));
    if (!report || !uri) return;
    const served = report.document?.text;
    if (served === undefined || report.document?.isTextCut) {
      const show = vscode.l10n.t("Show Report");
      const choice = await vscode.window.showErrorMessage(
        `${vscode.l10n.t("There is nothing to compare with.")} ${report.summary}`,
        show,
      );
      if (choice === show) this.#panel.showNewest();
      return;
    }
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.getText() === served) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          "{0} serves this file, character by character. There is nothing to compare.",
          hostOf(url),
        ),
      );
      return;
    }
    const name = uri.path.split("/").at(-1) ?? "";
    await vscode.commands.executeCommand(
      "vscode.diff",
      this.#served.open(hostOf(url), name, served),
      uri,
      vscode.l10n.t("{0}: {1} ↔ local", name, hostOf(url)),
    );
  }
}
