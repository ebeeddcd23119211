import * as vscode from "vscode";
import type { HostedReportShape } from "../../../server/src/lsp/protocol.js";
import { isClientMetadataDocument, targetDocument } from "../documents.js";
import { askUrl, refusedInRestrictedMode } from "../hosted/askUrl.js";
import { findClientId } from "../hosted/clientId.js";
import type { HostedChecks, HostedSubject } from "../hosted/hostedChecks.js";
import type { ReportPanel } from "../report/reportPanel.js";
import { isUnseen, summary } from "../report/wording.js";

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
    if (
      refusedInRestrictedMode(
        vscode.l10n.t(
          "Hosted documents are not fetched in Restricted Mode. Trust this workspace to allow it.",
        ),
      )
    )
      return;
    const document = await targetDocument(target);
    const own = document && isClientMetadataDocument(document) ? document : undefined;
    const clientId = own && findClientId(own.getText())?.value;
    const url = await askUrl({
      title: vscode.l10n.t("Validate Hosted Document"),
      prompt: vscode.l10n.t("The URL the document is published at: its client_id."),
      how: (host) => vscode.l10n.t("The request goes to {0}, once, without cookies or credentials.", host),
      placeholder: "https://app.example.com/oauth/client.cimd.json",
      value: clientId ?? "",
    });
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
  const message = summary(report);
  if (isUnseen(report)) void vscode.window.showWarningMessage(message);
  else if (!report.ok) void vscode.window.showErrorMessage(message);
  else if (report.steps.some(({ state }) => state === "warning"))
    void vscode.window.showWarningMessage(message);
  else void vscode.window.showInformationMessage(message);
}
