import * as vscode from "vscode";
import { DOCUMENT_SELECTOR } from "../documents.js";
import type { Rehearsal } from "./rehearsal.js";

/** The language status of a rehearsal, while there is one, with the command that ends it. */
export class RehearsalStatus implements vscode.Disposable {
  readonly #rehearsal: Rehearsal;
  readonly #subscription: vscode.Disposable;
  #item: vscode.LanguageStatusItem | undefined;

  constructor(rehearsal: Rehearsal) {
    this.#rehearsal = rehearsal;
    this.#subscription = rehearsal.onDidChange(() => this.#update());
  }

  #update(): void {
    const { document, state } = this.#rehearsal;
    const runs = state.phase !== "ended";
    if (runs !== (this.#item !== undefined))
      void vscode.commands.executeCommand("setContext", "cimd.rehearsalRuns", runs);
    if (!runs || !document) {
      this.#item?.dispose();
      this.#item = undefined;
      return;
    }
    this.#item ??= vscode.languages.createLanguageStatusItem("cimd.rehearsal", DOCUMENT_SELECTOR);
    this.#item.name = vscode.l10n.t("CIMD Rehearsal");
    this.#item.busy = state.phase === "starting";
    this.#item.text =
      state.phase === "starting" || state.address === undefined
        ? vscode.l10n.t("Rehearsal starts")
        : vscode.l10n.t("Rehearsal at {0}", new URL(state.address).host);
    this.#item.detail = document.path.split("/").at(-1) ?? "";
    this.#item.command = { title: vscode.l10n.t("Stop"), command: "cimd.stopRehearsal" };
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item?.dispose();
  }
}
