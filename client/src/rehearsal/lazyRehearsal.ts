import type * as vscode from "vscode";
import { messageOf } from "../../../server/src/messageOf.js";
import type { RehearsalPanel } from "./rehearsalPanel.js";

/** The rehearsal, whose code is loaded when it is first needed. */
export class LazyRehearsal implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #load: () => Promise<RehearsalPanel>;
  #loading: Promise<RehearsalPanel> | undefined;

  constructor(log: vscode.LogOutputChannel, load: () => Promise<RehearsalPanel>) {
    this.#log = log;
    this.#load = load;
  }

  /** Rehearses a sign-in with a document, and shows what happens. */
  async rehearse(document: vscode.TextDocument): Promise<void> {
    this.#loading ??= this.#load();
    await (await this.#loading).rehearse(document);
  }

  /** Ends the rehearsal, where there is one. */
  async stop(): Promise<void> {
    await (await this.#loading)?.stop();
  }

  dispose(): void {
    this.#loading
      ?.then((panel) => panel.dispose())
      .catch((error: unknown) => this.#log.debug(`The rehearsal could not be closed: ${messageOf(error)}`));
  }
}
