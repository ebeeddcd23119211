import * as vscode from "vscode";
import { DISCOVER, type DiscoverParams, DiscoveryReportShape } from "../../../server/src/lsp/protocol.js";
import { isClientMetadataDocument } from "../documents.js";
import { askUrl, refusedInRestrictedMode } from "../hosted/askUrl.js";
import { runWithProgress } from "../hosted/networkRequest.js";
import { hostOf, whyNotAskable } from "../hosted/urls.js";
import type { LanguageServer } from "../languageClient.js";
import type { ReportPanel } from "../report/reportPanel.js";
import { discoverySummary } from "../report/wording.js";

/**
 * `CIMD: Check an MCP Server for CIMD Support…`: finds the authorization servers of an MCP server, reads whether they
 * advertise client metadata documents, which clients use one there, and whether the active document fits what they advertise.
 */
export class CheckServerSupport {
  readonly #languageServer: LanguageServer;
  readonly #log: vscode.LogOutputChannel;
  readonly #panel: ReportPanel;
  /** Offered the next time. */
  #lastUrl = "";

  constructor(languageServer: LanguageServer, log: vscode.LogOutputChannel, panel: ReportPanel) {
    this.#languageServer = languageServer;
    this.#log = log;
    this.#panel = panel;
  }

  async run(): Promise<void> {
    if (
      refusedInRestrictedMode(
        vscode.l10n.t("MCP servers are not asked in Restricted Mode. Trust this workspace to allow it."),
      )
    )
      return;
    const active = vscode.window.activeTextEditor?.document;
    const document = active && isClientMetadataDocument(active) ? active : undefined;
    const name = document?.uri.path.split("/").at(-1);
    const url = await askUrl({
      title: vscode.l10n.t("Check an MCP Server for CIMD Support"),
      prompt: vscode.l10n.t("The URL of the MCP server: the endpoint that MCP clients connect to."),
      how: (host) =>
        name === undefined
          ? vscode.l10n.t(
              "The request goes to {0}, then to the authorization servers it names, without credentials.",
              host,
            )
          : vscode.l10n.t(
              "The request goes to {0}, then to the authorization servers it names, without credentials. {1} is compared with what they advertise.",
              host,
              name,
            ),
      placeholder: vscode.l10n.t("{0} or {1}", "https://mcp.example.com/mcp", "http://localhost:8000/mcp"),
      value: this.#lastUrl,
      refuse: whyNotAskable,
    });
    if (url === undefined) return;
    this.#lastUrl = url;
    await this.#check(url, document?.uri);
  }

  async #check(url: string, uri: vscode.Uri | undefined): Promise<void> {
    const document =
      uri && vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
    const report = await runWithProgress(this.#languageServer, this.#log, {
      method: DISCOVER,
      params: {
        url,
        ...(document ? { uri: document.uri.toString(), document: document.getText() } : {}),
      } satisfies DiscoverParams,
      answer: DiscoveryReportShape,
      title: vscode.l10n.t("Asking {0}", hostOf(url)),
      failed: (reason) => vscode.l10n.t("The check of the MCP server did not finish: {0}", reason),
    });
    if (!report) return;
    this.#panel.add({ shown: { kind: "discovery", report }, again: () => this.#check(url, uri) });
    this.#panel.showNewest();
    const message = discoverySummary(report);
    if (report.usable) void vscode.window.showInformationMessage(message);
    else void vscode.window.showWarningMessage(message);
  }
}
