import * as vscode from "vscode";

/** The scheme of documents that show what a URL served. */
export const SERVED_SCHEME = "cimd-hosted";

/** Shows texts that hosted checks brought, read-only; a text is let go when its editor is closed. */
export class ServedContent implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #subscriptions: vscode.Disposable[];
  #opened = 0;

  constructor() {
    this.#subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(SERVED_SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    ];
  }

  /**
   * Takes a text for showing.
   *
   * @param name of the local file, so that both sides have one language
   * @returns where VS Code finds it
   */
  open(host: string, name: string, text: string): vscode.Uri {
    this.#opened += 1;
    const uri = vscode.Uri.from({ scheme: SERVED_SCHEME, authority: host, path: `/${this.#opened}/${name}` });
    this.#texts.set(uri.toString(), text);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    return this.#texts.get(uri.toString());
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
