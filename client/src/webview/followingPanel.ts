import * as vscode from "vscode";
import { messageOf } from "../../../server/src/messageOf.js";
import { isClientMetadataDocument, targetMetadataDocument } from "../documents.js";
import { fillWebview } from "./fillWebview.js";

/** What every panel keeps over a reload of the window, besides choices of its own. */
export interface PanelState {
  /** The document that is shown. */
  readonly uri: string;
  /** Whether the panel stays with that document. */
  readonly locked: boolean;
}

/** What a panel shows and understands; the rest is the same for all of them. */
export interface PanelContent<State extends PanelState> {
  readonly viewType: string;
  /** Name of the built script and style sheet in `client/dist`, without the ending. */
  readonly bundle: string;
  /** The page's title for assistive technology, and the tab's until there is something to show. */
  title(): string;
  /** Said when the command is run without a client metadata document. */
  nothingToShow(): string;
  /** Said in the page when the document cannot be opened. */
  cannotOpen(uri: string): string;
  /** Said in the page when the language server has no answer. */
  failed(reason: string): string;
  /** The state for a document that was not shown before. */
  stateFor(uri: vscode.Uri): State;
  /** @returns undefined for what is not a state of this panel */
  restore(stored: unknown): State | undefined;
  /**
   * Asks for what is to be shown.
   *
   * @returns the tab's title and the page's message; undefined where the panel has moved on meanwhile
   */
  frame(document: vscode.TextDocument, state: State): Promise<{ title: string; message: object } | undefined>;
  /** A message of the page that is not `{ type: "ready" }`. */
  receive(message: unknown): Promise<void>;
  /** The panel was closed. */
  closed?(): void;
}

/** A place in a document: zero-based, UTF-16, end exclusive. */
interface Place {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/**
 * A panel about the active client metadata document: there is one of its kind, it follows the active editor unless it is
 * locked, and it comes back after a reload of the window. Updated with every edit: one request is under way at a time, and
 * the newest text is asked for next.
 */
export class FollowingPanel<State extends PanelState>
  implements vscode.Disposable, vscode.WebviewPanelSerializer
{
  readonly #extensionUri: vscode.Uri;
  readonly #log: vscode.LogOutputChannel;
  readonly #content: PanelContent<State>;
  readonly #subscriptions: vscode.Disposable[];
  #panel: vscode.WebviewPanel | undefined;
  #state: State | undefined;
  /** True once the page's script has said that it can draw. */
  #ready = false;
  #updating = false;
  #updateAgain = false;

  constructor(extensionUri: vscode.Uri, log: vscode.LogOutputChannel, content: PanelContent<State>) {
    this.#extensionUri = extensionUri;
    this.#log = log;
    this.#content = content;
    this.#subscriptions = [
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.toString() === this.#state?.uri) this.update();
      }),
      vscode.workspace.onDidRenameFiles(({ files }) => this.#renamed(files)),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#follow(editor)),
    ];
  }

  /** What is shown; undefined while the panel is closed. */
  get state(): State | undefined {
    return this.#state;
  }

  /** Whether the panel is open and still shows the document of a state. */
  stillShows({ uri }: State): boolean {
    return this.#panel !== undefined && this.#state?.uri === uri;
  }

  /** Changes what the panel keeps over a reload; nothing is drawn by that alone. */
  keep(change: Partial<State>): void {
    if (this.#state) this.#state = { ...this.#state, ...change };
  }

  /**
   * Opens the panel, or brings it to the front, for a document.
   *
   * @param target what the command was called with; else the active editor's document is meant
   */
  async show(target: unknown, column: vscode.ViewColumn): Promise<void> {
    const document = await targetMetadataDocument(target);
    if (!document) {
      void vscode.window.showInformationMessage(this.#content.nothingToShow());
      return;
    }
    this.#state = this.#content.stateFor(document.uri);
    if (this.#panel) {
      this.#panel.reveal(undefined, true);
      this.update();
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      this.#content.viewType,
      this.#content.title(),
      { viewColumn: column, preserveFocus: column === vscode.ViewColumn.Beside },
      { enableFindWidget: true },
    );
    this.#adopt(panel);
  }

  /** Called by VS Code after a reload, with the state the page kept. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, stored: unknown): Promise<void> {
    const state = this.#content.restore(stored);
    if (!state || this.#panel) {
      panel.dispose();
      return;
    }
    this.#state = state;
    this.#adopt(panel);
  }

  toggleLock(): void {
    if (!this.#state) return;
    this.#state = { ...this.#state, locked: !this.#state.locked };
    if (!this.#state.locked) this.#follow(vscode.window.activeTextEditor);
    this.update();
  }

  /** Draws the newest text; called as often as anything changes. */
  update(): void {
    // A hidden page has no script; it asks again when it is shown.
    if (!this.#panel?.visible || !this.#ready) return;
    if (this.#updating) {
      this.#updateAgain = true;
      return;
    }
    this.#updating = true;
    this.#updateOnce()
      .catch((error: unknown) => {
        this.#log.error(`${this.#content.viewType} could not be updated: ${messageOf(error)}`);
        this.#nothing(this.#content.failed(messageOf(error)));
      })
      .finally(() => {
        this.#updating = false;
        if (!this.#updateAgain) return;
        this.#updateAgain = false;
        this.update();
      });
  }

  /** @returns the document that is shown, opened without being shown where it is not open; undefined where it cannot be */
  async document(): Promise<vscode.TextDocument | undefined> {
    const uri = this.#state?.uri;
    if (uri === undefined) return undefined;
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
    if (open) return open;
    try {
      return await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
    } catch (error) {
      this.#log.info(`The document of ${this.#content.viewType} cannot be opened: ${messageOf(error)}`);
      return undefined;
    }
  }

  /** Selects a place of the document in its editor, which is opened in the first group where it is nowhere to be seen. */
  async reveal({ start, end }: Place): Promise<void> {
    const document = await this.document();
    if (!document) return;
    const beside = vscode.window.visibleTextEditors.find(
      (editor) => editor.document === document,
    )?.viewColumn;
    await vscode.window.showTextDocument(document, {
      viewColumn: beside ?? vscode.ViewColumn.One,
      selection: new vscode.Range(start.line, start.character, end.line, end.character),
    });
  }

  #adopt(panel: vscode.WebviewPanel): void {
    const { webview } = panel;
    this.#panel = panel;
    this.#ready = false;
    webview.onDidReceiveMessage((message: unknown) => {
      this.#receive(message).catch((error: unknown) => {
        this.#log.error(`${this.#content.viewType} could not do what was asked: ${messageOf(error)}`);
        // What VS Code itself refuses, such as to write into settings that are no JSON, it says in its own words.
        void vscode.window.showErrorMessage(messageOf(error));
      });
    });
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#state = undefined;
      this.#content.closed?.();
    });
    fillWebview(webview, this.#extensionUri, this.#content.bundle, this.#content.title());
  }

  #follow(editor: vscode.TextEditor | undefined): void {
    if (!this.#panel || !editor || this.#state?.locked) return;
    if (!isClientMetadataDocument(editor.document)) return;
    if (editor.document.uri.toString() === this.#state?.uri) return;
    this.#state = this.#content.stateFor(editor.document.uri);
    this.update();
  }

  #renamed(files: readonly { readonly oldUri: vscode.Uri; readonly newUri: vscode.Uri }[]): void {
    const state = this.#state;
    const moved = files.find(({ oldUri }) => oldUri.toString() === state?.uri);
    if (!state || !moved) return;
    this.#state = { ...state, uri: moved.newUri.toString() };
    this.update();
  }

  async #updateOnce(): Promise<void> {
    const state = this.#state;
    if (!state) return;
    const document = await this.document();
    if (!document) {
      this.#nothing(this.#content.cannotOpen(state.uri));
      return;
    }
    const frame = await this.#content.frame(document, state);
    if (!frame || !this.#panel) return;
    this.#panel.title = frame.title;
    void this.#panel.webview.postMessage(frame.message);
  }

  #nothing(reason: string): void {
    void this.#panel?.webview.postMessage({ type: "nothing", reason });
  }

  async #receive(message: unknown): Promise<void> {
    if (typeof message === "object" && message !== null && "type" in message && message.type === "ready") {
      this.#ready = true;
      this.update();
      return;
    }
    await this.#content.receive(message);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#panel?.dispose();
  }
}
