import * as vscode from "vscode";
import { ConsentView } from "../../../server/src/consent/consentView.js";
import {
  CONSENT_VIEW,
  type ConsentViewParams,
  FETCH_LOGO,
  type FetchLogoParams,
  FetchLogoResult,
} from "../../../server/src/lsp/protocol.js";
import { isClientMetadataDocument, targetDocument } from "../documents.js";
import { type LanguageServer, messageOf } from "../languageClient.js";
import { proxySettings } from "../proxySettings.js";
import { createNonce, previewHtml } from "./html.js";
import { type Frame, FromPage, PreviewState, type ToPage } from "./messages.js";
import { RememberedChoices } from "./rememberedChoices.js";

const VIEW_TYPE = "cimd.consentPreview";

/**
 * `CIMD: Preview Consent Screen`: one panel that follows the active client metadata document, or stays with one when it
 * is locked, and shows what its users will see. Updated with every edit: one request is under way at a time, and the
 * newest text is asked for next.
 */
export class ConsentPreview implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #context: vscode.ExtensionContext;
  readonly #languageServer: LanguageServer;
  readonly #log: vscode.LogOutputChannel;
  readonly #remembered: RememberedChoices;
  readonly #subscriptions: vscode.Disposable[];
  #panel: vscode.WebviewPanel | undefined;
  #state: PreviewState | undefined;
  #frame: Frame | undefined;
  /** True once the page's script has said that it can draw. */
  #ready = false;
  /** Logos that were asked for while the panel is open, by URL. */
  readonly #logos = new Map<string, NonNullable<Frame["logo"]>>();
  #updating = false;
  #updateAgain = false;

  constructor(
    context: vscode.ExtensionContext,
    languageServer: LanguageServer,
    log: vscode.LogOutputChannel,
  ) {
    this.#context = context;
    this.#languageServer = languageServer;
    this.#log = log;
    this.#remembered = new RememberedChoices(context.workspaceState);
    this.#subscriptions = [
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#documentChanged(document)),
      vscode.workspace.onDidRenameFiles(({ files }) => this.#renamed(files)),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#follow(editor)),
    ];
  }

  /**
   * Opens the panel, or brings it to the front, for a document.
   *
   * @param target what the command was called with; else the active editor's document is meant
   */
  async show(target: unknown, column: vscode.ViewColumn): Promise<void> {
    const document = await targetDocument(target);
    if (!document) {
      void vscode.window.showInformationMessage(
        "Open a client metadata document (*.cimd.json) to preview it.",
      );
      return;
    }
    this.#turnTo(document.uri, false);
    if (this.#panel) {
      this.#panel.reveal(undefined, true);
      this.#update();
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      VIEW_TYPE,
      "Consent Preview",
      { viewColumn: column, preserveFocus: column === vscode.ViewColumn.Beside },
      { enableFindWidget: true },
    );
    this.#adopt(panel);
  }

  /** Called by VS Code after a reload, with the state the page kept. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const restored = PreviewState.safeParse(state);
    if (!restored.success || this.#panel) {
      panel.dispose();
      return;
    }
    this.#state = restored.data;
    this.#adopt(panel);
  }

  toggleLock(): void {
    if (!this.#state) return;
    this.#state = { ...this.#state, locked: !this.#state.locked };
    if (!this.#state.locked) this.#follow(vscode.window.activeTextEditor);
    this.#update();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    const dist = vscode.Uri.joinPath(this.#context.extensionUri, "client", "dist");
    const { webview } = panel;
    this.#panel = panel;
    this.#ready = false;
    webview.options = { enableScripts: true, enableForms: false, localResourceRoots: [dist] };
    webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#frame = undefined;
      this.#state = undefined;
      this.#logos.clear();
    });
    const asset = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
    webview.html = previewHtml(createNonce(), asset("page.js"), asset("page.css"), "Consent preview");
  }

  #follow(editor: vscode.TextEditor | undefined): void {
    if (!this.#panel || !editor || this.#state?.locked) return;
    if (!isClientMetadataDocument(editor.document)) return;
    if (editor.document.uri.toString() === this.#state?.uri) return;
    this.#turnTo(editor.document.uri, false);
    this.#update();
  }

  #turnTo(uri: vscode.Uri, locked: boolean): void {
    const key = uri.toString();
    this.#state = { uri: key, locked, choices: this.#remembered.of(key) ?? { server: preferredServer(uri) } };
  }

  #documentChanged(document: vscode.TextDocument): void {
    if (document.uri.toString() === this.#state?.uri) this.#update();
  }

  #renamed(files: readonly { readonly oldUri: vscode.Uri; readonly newUri: vscode.Uri }[]): void {
    const state = this.#state;
    const moved = files.find(({ oldUri }) => oldUri.toString() === state?.uri);
    if (!state || !moved) return;
    this.#state = { ...state, uri: moved.newUri.toString() };
    this.#update();
  }

  /** Draws the newest text; called as often as anything changes. */
  #update(): void {
    // A hidden page has no script; it asks again when it is shown.
    if (!this.#panel?.visible || !this.#ready) return;
    if (this.#updating) {
      this.#updateAgain = true;
      return;
    }
    this.#updating = true;
    this.#updateOnce()
      .catch((error: unknown) => {
        this.#log.error(`The consent preview could not be updated: ${messageOf(error)}`);
        this.#post({ type: "nothing", reason: `The preview could not be drawn: ${messageOf(error)}` });
      })
      .finally(() => {
        this.#updating = false;
        if (!this.#updateAgain) return;
        this.#updateAgain = false;
        this.#update();
      });
  }

  async #updateOnce(): Promise<void> {
    const state = this.#state;
    if (!state) return;
    const document = await this.#open(state.uri);
    if (!document) {
      this.#post({
        type: "nothing",
        reason: `${state.uri} cannot be opened. Open another document to preview it.`,
      });
      return;
    }
    const params: ConsentViewParams = { uri: state.uri, text: document.getText(), choices: state.choices };
    const view = await this.#languageServer.request(CONSENT_VIEW, params, ConsentView);
    const current = this.#state;
    if (!this.#panel || current?.uri !== state.uri) return;
    const documentName = document.uri.path.split("/").at(-1) ?? "";
    const logo = this.#logos.get(view.screen.logoUri ?? "");
    this.#frame = { documentName, locked: current.locked, view, ...(logo ? { logo } : {}) };
    this.#panel.title = current.locked ? `[Consent] ${documentName}` : `Consent: ${documentName}`;
    this.#post({ type: "frame", frame: this.#frame, state: current });
  }

  async #open(uri: string): Promise<vscode.TextDocument | undefined> {
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
    if (open) return open;
    try {
      return await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
    } catch (error) {
      this.#log.info(`The previewed document cannot be opened: ${messageOf(error)}`);
      return undefined;
    }
  }

  #post(message: ToPage): void {
    void this.#panel?.webview.postMessage(message);
  }

  async #receive(message: unknown): Promise<void> {
    const read = FromPage.safeParse(message);
    if (!read.success) {
      this.#log.warn("The consent preview sent something that was not understood.");
      return;
    }
    const { data } = read;
    switch (data.type) {
      case "ready":
        this.#ready = true;
        this.#update();
        return;
      case "choose":
        await this.#choose(data.choices);
        return;
      case "revealBroken":
        await this.#reveal(this.#frame?.view.broken?.place);
        return;
      case "revealProblem": {
        const step = this.#frame?.view.flow.find(({ id }) => id === data.step);
        await this.#reveal(step?.links[data.index]?.place);
        return;
      }
      case "openEvidence": {
        const url = this.#frame?.view.screen.evidence[data.index]?.url;
        if (url?.startsWith("https://")) await vscode.env.openExternal(vscode.Uri.parse(url, true));
        return;
      }
      case "validateHosted":
        await vscode.commands.executeCommand("cimd.validateHosted", this.#state?.uri);
        return;
      case "toggleLock":
        this.toggleLock();
        return;
      case "showLogo":
        await this.#showLogo();
        return;
      case "exportHtml":
        await this.#export();
        return;
    }
  }

  /** Fetches the logo because the person pressed the button that names its host. */
  async #showLogo(): Promise<void> {
    const url = this.#frame?.view.screen.logoUri;
    const uri = this.#state?.uri;
    if (url === undefined || uri === undefined || this.#logos.get(url)?.state === "loading") return;
    if (!vscode.workspace.isTrusted) {
      this.#logos.set(url, { state: "refused", reason: "Logos are not fetched in Restricted Mode." });
      this.#update();
      return;
    }
    this.#logos.set(url, { state: "loading" });
    this.#update();
    const proxy = proxySettings();
    const params: FetchLogoParams = { uri, url, ...(proxy ? { proxy } : {}) };
    try {
      this.#logos.set(url, await this.#languageServer.request(FETCH_LOGO, params, FetchLogoResult));
    } catch (error) {
      this.#logos.set(url, {
        state: "refused",
        reason: `The logo could not be fetched: ${messageOf(error)}`,
      });
    }
    this.#update();
  }

  async #choose(choices: PreviewState["choices"]): Promise<void> {
    if (!this.#state) return;
    this.#state = { ...this.#state, choices };
    this.#update();
    await this.#remembered.remember(this.#state.uri, choices);
  }

  async #reveal(place: NonNullable<ConsentView["broken"]>["place"] | undefined): Promise<void> {
    const document = place && this.#state && (await this.#open(this.#state.uri));
    if (!document || !place) return;
    const beside = vscode.window.visibleTextEditors.find(
      (editor) => editor.document === document,
    )?.viewColumn;
    await vscode.window.showTextDocument(document, {
      viewColumn: beside ?? vscode.ViewColumn.One,
      selection: new vscode.Range(
        place.start.line,
        place.start.character,
        place.end.line,
        place.end.character,
      ),
    });
  }

  async #export(): Promise<void> {
    if (!this.#frame) return;
    const name = this.#frame.documentName.replace(/(\.cimd)?\.json$/, "");
    const target = await vscode.window.showSaveDialog({
      title: "Export the consent preview",
      filters: { HTML: ["html"] },
      ...(this.#besideDocument(`${name}.consent.html`) ?? {}),
    });
    if (!target) return;
    const { exportedHtml } = await import("./exportHtml.js");
    const style = vscode.Uri.joinPath(this.#context.extensionUri, "client", "dist", "page.css");
    const css = new TextDecoder().decode(await vscode.workspace.fs.readFile(style));
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(exportedHtml(this.#frame, css)));
    void vscode.window.showInformationMessage(`The consent preview was written to ${target.path}.`);
  }

  #besideDocument(name: string): { defaultUri: vscode.Uri } | undefined {
    if (!this.#state) return undefined;
    const uri = vscode.Uri.parse(this.#state.uri, true);
    return uri.scheme === "untitled" ? undefined : { defaultUri: vscode.Uri.joinPath(uri, "..", name) };
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#panel?.dispose();
  }
}

function preferredServer(uri: vscode.Uri): string {
  return vscode.workspace.getConfiguration("cimd", uri).get<string>("preview.server") || "fastmcp";
}
