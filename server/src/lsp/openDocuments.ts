import { TextDocuments } from "vscode-languageserver";
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
  readonly #documents = new TextDocuments(TextDocument);
  #changes = 0;

  /** How often a document has been opened, edited or closed so far. */
  get changes(): number {
    return this.#changes;
  }

  /** Starts to follow the editor; once, before the connection listens. */
  follow(connection: Connection, { changed, closed }: DocumentListener): void {
    this.#documents.onDidChangeContent(({ document }) => {
      this.#changes++;
      changed(document);
    });
    this.#documents.onDidClose(({ document }) => {
      this.#changes++;
      closed(document);
    });
    connection.follow(this.#documents);
  }

  /** @returns undefined where the document is not open */
  get(uri: string): TextDocument | undefined {
    return this.#documents.get(uri);
  }

  all(): TextDocument[] {
    return this.#documents.all();
  }
}
