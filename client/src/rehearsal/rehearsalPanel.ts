import * as vscode from "vscode";
import { messageOf } from "../../../server/src/messageOf.js";
import { findClientId } from "../hosted/clientId.js";
import type { LanguageServer } from "../languageClient.js";
import { fillWebview } from "../webview/fillWebview.js";
import { clientConfigurations } from "./configurations.js";
import { FromPage, type ToPage } from "./messages.js";
import { Rehearsal } from "./rehearsal.js";
import { RehearsalStatus } from "./rehearsalStatus.js";

/**
 * `CIMD: Rehearse Sign-In`: the rehearsal of one document, and beside the editor what a client did in it, step by step.
 * It ends with the panel.
 */
export class RehearsalPanel implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #log: vscode.LogOutputChannel;
  readonly #rehearsal: Rehearsal;
  readonly #status: RehearsalStatus;
  #panel: vscode.WebviewPanel | undefined;

  constructor(
    { extensionUri, globalState }: vscode.ExtensionContext,
    languageServer: LanguageServer,
    log: vscode.LogOutputChannel,
  ) {
    this.#extensionUri = extensionUri;
    this.#log = log;
    this.#rehearsal = new Rehearsal(languageServer, globalState, log);
    this.#status = new RehearsalStatus(this.#rehearsal);
    this.#rehearsal.onDidChange(() => this.#post());
  }

  /** Starts the rehearsal of a document unless it runs, and shows the panel. */
  async rehearse(document: vscode.TextDocument): Promise<void> {
    await this.#keepOpen(document);
    const { document: current, state } = this.#rehearsal;
    const runs = current?.toString() === document.uri.toString() && state.phase !== "ended";
    const started = runs ? undefined : this.#rehearsal.start(document.uri);
    this.#show();
    await started;
  }

  /** Ends the rehearsal; the panel stays with what happened. */
  stop(): Promise<void> {
    return this.#rehearsal.stop();
  }

  /** Shows a document where no tab has it: VS Code closes such a one before long, and that would end the rehearsal. */
  async #keepOpen({ uri }: vscode.TextDocument): Promise<void> {
    const inTab = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
    if (inTab) return;
    const covers = this.#panel?.viewColumn === vscode.ViewColumn.One;
    await vscode.window.showTextDocument(uri, {
      viewColumn: covers ? vscode.ViewColumn.Beside : vscode.ViewColumn.One,
      preview: false,
    });
  }

  #show(): void {
    if (this.#panel) {
      this.#panel.reveal(undefined, true);
      this.#post();
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      "cimd.rehearsal",
      vscode.l10n.t("Rehearsal"),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableFindWidget: true },
    );
    this.#panel = panel;
    panel.onDidDispose(() => {
      this.#panel = undefined;
      void this.#try(() => this.stop());
    });
    panel.webview.onDidReceiveMessage((message: unknown) => this.#try(() => this.#receive(message)));
    fillWebview(panel.webview, this.#extensionUri, "rehearsal", vscode.l10n.t("Rehearsal"));
    this.#post();
  }

  /** A page that is still loading or hidden misses this, and asks with `ready`. */
  #post(): void {
    const { document, state } = this.#rehearsal;
    if (!document || !this.#panel) return;
    const documentName = document.path.split("/").at(-1) ?? "";
    const remote = remoteMachine();
    this.#panel.title = vscode.l10n.t("Rehearsal: {0}", documentName);
    const message: ToPage = {
      type: "rehearsal",
      view: { ...state, documentName, ...(remote === undefined ? {} : { remote }) },
    };
    void this.#panel.webview.postMessage(message);
  }

  async #receive(message: unknown): Promise<void> {
    const read = FromPage.safeParse(message);
    if (!read.success) {
      this.#log.warn("The rehearsal sent something that was not understood.");
      return;
    }
    const { data } = read;
    switch (data.type) {
      case "ready":
        this.#post();
        return;
      case "copyAddress": {
        const { address } = this.#rehearsal.state;
        if (address === undefined) return;
        await vscode.env.clipboard.writeText(address);
        vscode.window.setStatusBarMessage(vscode.l10n.t("CIMD: address of the rehearsal copied."), 3000);
        return;
      }
      case "copyConfiguration":
        await this.#copyConfiguration();
        return;
      case "chooseServer":
        await this.#rehearsal.answerAs(data.server);
        return;
      case "stop":
        await this.stop();
        return;
      case "startAgain":
        await this.#startAgain();
        return;
      case "clear":
        this.#rehearsal.clear();
        return;
    }
  }

  async #startAgain(): Promise<void> {
    const { document } = this.#rehearsal;
    if (document) await this.rehearse(await vscode.workspace.openTextDocument(document));
  }

  async #copyConfiguration(): Promise<void> {
    const { document, state } = this.#rehearsal;
    if (!document || state.address === undefined) return;
    const text = vscode.workspace.textDocuments
      .find(({ uri }) => uri.toString() === document.toString())
      ?.getText();
    const clientId = text === undefined ? undefined : findClientId(text)?.value;
    const chosen = await vscode.window.showQuickPick(
      clientConfigurations(state.address, clientId).map((configuration) => ({
        label: configuration.client,
        description:
          configuration.place === "terminal" ? vscode.l10n.t("for a terminal") : configuration.place.file,
        detail: configuration.text.replace(/\s+/g, " "),
        configuration,
      })),
      {
        title: vscode.l10n.t("Copy Configuration"),
        placeHolder: vscode.l10n.t("The client that is to sign in"),
        matchOnDescription: true,
      },
    );
    if (!chosen) return;
    const { client, place } = chosen.configuration;
    await vscode.env.clipboard.writeText(chosen.configuration.text);
    vscode.window.setStatusBarMessage(
      place === "terminal"
        ? vscode.l10n.t("CIMD: command for {0} copied. Run it in a terminal.", client)
        : vscode.l10n.t("CIMD: configuration for {0} copied. Paste it into {1}.", client, place.file),
      8000,
    );
  }

  async #try(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.#log.error(`The rehearsal could not do what was asked: ${messageOf(error)}`);
      void vscode.window.showErrorMessage(messageOf(error));
    }
  }

  dispose(): void {
    this.#status.dispose();
    this.#rehearsal.dispose();
    this.#panel?.dispose();
  }
}

/** The name of the connection where this window works on another machine; a server on localhost is on this one. */
function remoteMachine(): string | undefined {
  const { remoteName } = vscode.env;
  return remoteName === undefined || /^(?:localhost|127\.0\.0\.1)(?::|$)/.test(remoteName)
    ? undefined
    : remoteName;
}
