import * as vscode from "vscode";
import {
  COMPATIBILITY,
  type CompatibilityParams,
  CompatibilityView,
} from "../../../server/src/lsp/compatibilityProtocol.js";
import { CHANGE_SETTING, type SettingChange } from "../../../server/src/lsp/protocol.js";
import type { Statement } from "../../../server/src/views/compatibility/compatibilityView.js";
import type { LanguageServer } from "../languageClient.js";
import { FollowingPanel, type PanelContent } from "../webview/followingPanel.js";
import { compatibilityMarkdown } from "./markdown.js";
import { CompatibilityState, FIRST_CHOICES, type Frame, FromPage, type ToPage } from "./messages.js";

/**
 * `CIMD: Show Server Compatibility`: one panel that follows the active client metadata document, or stays with one when
 * it is locked, and shows what each known authorization server makes of it.
 */
export class CompatibilityPanel implements vscode.Disposable, PanelContent<CompatibilityState> {
  readonly viewType = "cimd.compatibility";
  readonly bundle = "compatibility";
  readonly panel: FollowingPanel<CompatibilityState>;
  readonly #languageServer: LanguageServer;
  readonly #log: vscode.LogOutputChannel;
  readonly #settingsFollowed: vscode.Disposable;
  #frame: Frame | undefined;

  constructor(extensionUri: vscode.Uri, languageServer: LanguageServer, log: vscode.LogOutputChannel) {
    this.#languageServer = languageServer;
    this.#log = log;
    this.panel = new FollowingPanel<CompatibilityState>(extensionUri, log, this);
    this.#settingsFollowed = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("cimd")) this.panel.update();
    });
  }

  title(): string {
    return vscode.l10n.t("Server Compatibility");
  }

  nothingToShow(): string {
    return vscode.l10n.t("Open a client metadata document (*.cimd.json) to see what servers make of it.");
  }

  cannotOpen(uri: string): string {
    return vscode.l10n.t("{0} cannot be opened. Open another document to see what servers make of it.", uri);
  }

  failed(reason: string): string {
    return vscode.l10n.t("The compatibility view could not be drawn: {0}", reason);
  }

  stateFor(uri: vscode.Uri): CompatibilityState {
    return { uri: uri.toString(), locked: false, choices: this.panel.state?.choices ?? FIRST_CHOICES };
  }

  restore(stored: unknown): CompatibilityState | undefined {
    const read = CompatibilityState.safeParse(stored);
    return read.success ? read.data : undefined;
  }

  async frame(
    document: vscode.TextDocument,
    state: CompatibilityState,
  ): Promise<{ title: string; message: ToPage } | undefined> {
    const params: CompatibilityParams = {
      uri: state.uri,
      text: document.getText(),
    };
    const view = await this.#languageServer.request(COMPATIBILITY, params, CompatibilityView);
    const current = this.panel.state;
    if (!current || !this.panel.stillShows(state)) return undefined;
    const documentName = document.uri.path.split("/").at(-1) ?? "";
    this.#frame = { documentName, view };
    return {
      title: current.locked
        ? vscode.l10n.t("[Servers] {0}", documentName)
        : vscode.l10n.t("Servers: {0}", documentName),
      message: { type: "frame", frame: this.#frame, state: current },
    };
  }

  closed(): void {
    this.#frame = undefined;
  }

  async receive(message: unknown): Promise<void> {
    const read = FromPage.safeParse(message);
    if (!read.success) {
      this.#log.warn("The compatibility view sent something that was not understood.");
      return;
    }
    const { data } = read;
    switch (data.type) {
      case "choose":
        this.panel.keep({ choices: data.choices });
        return;
      case "revealBroken": {
        const place = this.#frame?.view.broken?.place;
        if (place) await this.panel.reveal(place);
        return;
      }
      case "reveal": {
        const place = this.#statement(data)?.link?.place;
        if (place) await this.panel.reveal(place);
        return;
      }
      case "explainRule": {
        const rule = this.#statement(data)?.rule;
        if (rule !== undefined) await vscode.commands.executeCommand("cimd.explainRule", rule);
        return;
      }
      case "openEvidence": {
        const url = this.#row(data.server)?.evidence[data.index]?.url;
        if (url?.startsWith("https://")) await vscode.env.openExternal(vscode.Uri.parse(url, true));
        return;
      }
      case "setTarget":
        await this.#setTarget(data.server, data.target);
        return;
      case "testRedirectUri":
        await vscode.commands.executeCommand("cimd.testRedirectUri", this.panel.state?.uri);
        return;
      case "toggleLock":
        this.panel.toggleLock();
        return;
      case "copyMarkdown":
        await this.#copy();
        return;
      case "ready":
        return;
    }
  }

  #row(server: string): CompatibilityView["rows"][number] | undefined {
    return this.#frame?.view.rows.find((row) => row.server.id === server);
  }

  #statement({
    server,
    question,
    index,
  }: Pick<Extract<FromPage, { type: "reveal" }>, "server" | "question" | "index">): Statement | undefined {
    return this.#row(server)?.cells[question].statements[index];
  }

  async #setTarget(server: string, target: boolean): Promise<void> {
    const uri = this.panel.state?.uri;
    if (uri === undefined || !this.#row(server)) return;
    const all = targetsFor(vscode.Uri.parse(uri, true));
    // One that counts because a group has it cannot go alone.
    if (!target && !all.includes(server)) {
      await vscode.commands.executeCommand("cimd.chooseServers", uri);
      return;
    }
    const others = all.filter((id) => id !== server);
    const change: SettingChange = { setting: "servers", servers: target ? [...others, server] : others };
    await vscode.commands.executeCommand(CHANGE_SETTING, change);
  }

  async #copy(): Promise<void> {
    const choices = this.panel.state?.choices;
    if (!this.#frame || !choices) return;
    await vscode.env.clipboard.writeText(compatibilityMarkdown(this.#frame, choices));
    vscode.window.setStatusBarMessage(vscode.l10n.t("CIMD: server compatibility copied as Markdown."), 3000);
  }

  dispose(): void {
    this.#settingsFollowed.dispose();
    this.panel.dispose();
  }
}

/** The ids and groups of `cimd.servers` that count for a document; what is no text there is left out. */
function targetsFor(uri: vscode.Uri): string[] {
  const found: unknown = vscode.workspace.getConfiguration("cimd", uri).get("servers");
  return Array.isArray(found) ? found.filter((id): id is string => typeof id === "string") : [];
}
