import * as vscode from "vscode";
import { messageOf } from "../../../server/src/messageOf.js";

/** A panel as its commands and VS Code use it. */
interface Panel extends vscode.Disposable {
  readonly panel: vscode.WebviewPanelSerializer & {
    show(target: unknown, column: vscode.ViewColumn): Promise<void>;
    toggleLock(): void;
  };
}

/** A panel whose code is loaded when it is first needed: by its command, or when VS Code brings it back after a reload. */
export class LazyPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #load: () => Promise<Panel>;
  readonly #log: vscode.LogOutputChannel;
  readonly #serializer: vscode.Disposable;
  #loading: Promise<Panel> | undefined;

  /** @param viewType as the panel's own */
  constructor(viewType: string, log: vscode.LogOutputChannel, load: () => Promise<Panel>) {
    this.#load = load;
    this.#log = log;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(viewType, this);
  }

  /**
   * Opens the panel, or brings it to the front, for a document.
   *
   * @param target what the command was called with; else the active editor's document is meant
   */
  async show(target: unknown, column: vscode.ViewColumn): Promise<void> {
    await (await this.#loaded()).panel.show(target, column);
  }

  /** Lets the panel stay with its document, or follow the active editor again. */
  async toggleLock(): Promise<void> {
    (await this.#loaded()).panel.toggleLock();
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    await (await this.#loaded()).panel.deserializeWebviewPanel(panel, state);
  }

  #loaded(): Promise<Panel> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#loading
      ?.then((panel) => panel.dispose())
      .catch((error: unknown) => this.#log.debug(`A panel could not be closed: ${messageOf(error)}`));
  }
}
