import * as vscode from "vscode";
import type { HostedReportShape } from "../../../server/src/lsp/protocol.js";
import { isClientMetadataDocument, targetDocument } from "../documents.js";
import { findClientId } from "../hosted/clientId.js";
import type { HostedChecks, HostedSubject } from "../hosted/hostedChecks.js";
import { askHostedUrl, hostedRefusedInRestrictedMode } from "../hosted/hostedQuestion.js";
import type { ReportPanel } from "../report/reportPanel.js";
import { isUnseen } from "../report/wording.js";

/**
 * `CIMD: Validate Hosted Document…`: fetches a document from where it is published, as an authorization server would,
 * and shows a report beside the editor. The host is named before the request leaves; nothing is asked and nothing leaves
 * in a workspace that is not trusted.
 */
export class ValidateHosted {
  readonly #checks: HostedChecks;
  readonly #panel: ReportPanel;

  constructor(checks: HostedChecks, panel: ReportPanel) {
    this.#checks = checks;
    this.#panel = panel;
  }

  /** @param target what the command was called with; else the active editor's document is meant */
  async run(target: unknown): Promise<void> {
    if (hostedRefusedInRestrictedMode()) return;
    const document = await targetDocument(target);
    const own = document && isClientMetadataDocument(document) ? document : undefined;
    const clientId = own && findClientId(own.getText())?.value;
    const url = await askHostedUrl(vscode.l10n.t("Validate Hosted Document"), clientId);
    if (url !== undefined) await this.#validate({ url, uri: url === clientId ? own?.uri : undefined });
  }

  async #validate(subject: HostedSubject): Promise<void> {
    const report = await this.#checks.run(subject, (again) => this.#validate(again));
    if (!report) return;
    this.#panel.showNewest();
    announce(report);
  }
}

function announce(report: HostedReportShape): void {
  const message = report.summary;
  if (isUnseen(report)) void vscode.window.showWarningMessage(message);
  else if (!report.ok) void vscode.window.showErrorMessage(message);
  else if (report.steps.some(({ state }) => state === "warning"))
    void vscode.window.showWarningMessage(message);
  else void vscode.window.showInformationMessage(message);
}
