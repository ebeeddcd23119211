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
  #changes = 0;

  /** How often a document has been opened, edited or closed so far. */
  get changes(): number {
    return this.#changes;
  }

  /** Starts to follow the editor; once, before the connection listens. */
  follow(connection: Connection, { changed, closed }: DocumentListener): void {
    connection.onNotification("textDocument/didOpen", ({ textDocument }) => {
      const { uri, languageId, version, text } = textDocument;
      const document = TextDocument.create(uri, languageId, version, text);
      this.#documents.set(uri, document);
      this.#changes++;
      changed(document);
    });
    connection.onNotification(
      "textDocument/didChange",
      ({ textDocument: { uri, version }, contentChanges }) => {
        const document = this.#documents.get(uri);
        if (!document) return;
        this.#changes++;
        changed(TextDocument.update(document, contentChanges, version));
      },
    );
    connection.onNotification("textDocument/didClose", ({ textDocument: { uri } }) => {
      const document = this.#documents.get(uri);
      if (!document) return;
      this.#documents.delete(uri);
      this.#changes++;
      closed(document);
    });
  }

  /** @returns undefined where the document is not open */
  get(uri: string): TextDocument | undefined {
    return this.#documents.get(uri);
  }

  all(): TextDocument[] {
    return [...this.#documents.values()];
  }
}
