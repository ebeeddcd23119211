import * as vscode from "vscode";
import { DOCUMENT_SELECTOR, isClientMetadataDocument } from "../documents.js";
import { timeOf } from "../report/wording.js";
import type { HostedFiles } from "./hostedFiles.js";
import { type HostedState, hostedStateOf } from "./hostedState.js";

/** How each state reads, and how much it asks for attention. */
const STATES: Readonly<Record<HostedState, { text: () => string; severity: vscode.LanguageStatusSeverity }>> =
  {
    "never checked": {
      text: () => vscode.l10n.t("Hosted: never checked"),
      severity: vscode.LanguageStatusSeverity.Information,
    },
    "in sync": {
      text: () => vscode.l10n.t("Hosted: in sync"),
      severity: vscode.LanguageStatusSeverity.Information,
    },
    differs: {
      text: () => vscode.l10n.t("Hosted: differs from this file"),
      severity: vscode.LanguageStatusSeverity.Warning,
    },
    changed: {
      text: () => vscode.l10n.t("Hosted: changed since the check"),
      severity: vscode.LanguageStatusSeverity.Information,
    },
    unseen: {
      text: () => vscode.l10n.t("Hosted: not visible in a browser"),
      severity: vscode.LanguageStatusSeverity.Information,
    },
    failing: { text: () => vscode.l10n.t("Hosted: failing"), severity: vscode.LanguageStatusSeverity.Error },
  };

/** The language status of the active file: what is known about its published copy, and the command that looks. */
export class HostedStatus implements vscode.Disposable {
  readonly #files: HostedFiles;
  readonly #item = vscode.languages.createLanguageStatusItem("cimd.hosted", DOCUMENT_SELECTOR);
  readonly #subscriptions: vscode.Disposable[];

  constructor(files: HostedFiles) {
    this.#files = files;
    this.#item.name = vscode.l10n.t("CIMD Hosted Document");
    this.#subscriptions = [
      this.#item,
      files.onDidChange((uri) => {
        if (uri.toString() === vscode.window.activeTextEditor?.document.uri.toString()) this.#update();
      }),
      vscode.window.onDidChangeActiveTextEditor(() => this.#update()),
    ];
    this.#update();
  }

  #update(): void {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isClientMetadataDocument(document)) return;
    const check = this.#files.checkOf(document);
    const { text, severity } = STATES[hostedStateOf(check, document.getText())];
    this.#item.text = text();
    this.#item.severity = severity;
    // A longer line would push the command out of VS Code's view.
    this.#item.detail = check
      ? vscode.l10n.t("checked {0}", timeOf(check.report.startedAt))
      : vscode.l10n.t("Nothing is fetched until you ask");
    this.#item.command = {
      title: check ? vscode.l10n.t("Validate Again") : vscode.l10n.t("Validate"),
      command: "cimd.validateHosted",
      arguments: [document.uri.toString()],
    };
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
