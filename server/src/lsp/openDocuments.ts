import { TextDocument } from "vscode-languageserver-textdocument";
import type { Connection } from "./connection.js";

/** What happens to documents as the editor tells it; each is called after the text has changed. */
export interface DocumentListener {
  /** Opened, or edited. */
  readonly changed: (document: TextDocument) => void;
  readonly closed: (document: TextDocument) => void;
}

/** The texts of the documents that are open in the editor, kept up to date by its notifications. */
export class OpenDocuments {
  readonly #documents = new Map<string, TextDocument>();
  readonly #whenClosed: ((uri: string) => void)[] = [];
  #changes = 0;

  /** How often a document has been opened, edited or closed so far. */
  get changes(): number {
    return this.#changes;
  }

  /** Starts to follow the editor; once, before the connection listens. */
  follow(connection: Connection, { changed, closed }: DocumentListener): void {
    const update = (document: TextDocument): void => {
      this.#changes++;
      this.#documents.set(document.uri, document);
      changed(document);
    };
    connection.onNotification("textDocument/didOpen", ({ textDocument }) => {
      const { uri, languageId, version, text } = textDocument;
      // Nothing else checks what a notification brings, and these become keys, log lines and offsets.
      if (typeof uri !== "string" || typeof text !== "string")
        throw new TypeError("a document needs a URI and a text");
      update(TextDocument.create(uri, languageId, version, text));
    });
    connection.onNotification("textDocument/didChange", ({ textDocument, contentChanges }) => {
      const document = this.#documents.get(textDocument.uri);
      if (document) update(TextDocument.update(document, contentChanges, textDocument.version));
    });
    connection.onNotification("textDocument/didClose", ({ textDocument }) => {
      const document = this.#documents.get(textDocument.uri);
      if (!document) return;
      this.#changes++;
      this.#documents.delete(textDocument.uri);
      closed(document);
      for (const listener of this.#whenClosed) listener(textDocument.uri);
    });
  }

  /** Tells of each document that is closed from now on. */
  onDidClose(listener: (uri: string) => void): void {
    this.#whenClosed.push(listener);
  }

  /** @returns undefined where the document is not open */
  get(uri: string): TextDocument | undefined {
    return this.#documents.get(uri);
  }

  all(): TextDocument[] {
    return [...this.#documents.values()];
  }
}
