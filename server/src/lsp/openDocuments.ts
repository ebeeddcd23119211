import { TextDocument } from "vscode-languageserver-textdocument";
import { BYTE_ORDER_MARK } from "./byteOrderMark.js";
import type { Connection } from "./connection.js";

/** What happens to documents as the editor tells it; each is called after the text has changed. */
export interface DocumentListener {
  /** Opened, or edited. */
  readonly changed: (document: TextDocument) => void;
  readonly closed: (document: TextDocument) => void;
  /** The file of an open document has a byte order mark now, or has none any more. */
  readonly marked: () => void;
}

/** The texts of the documents that are open in the editor, kept up to date by its notifications. */
export class OpenDocuments {
  readonly #documents = new Map<string, TextDocument>();
  readonly #whenClosed: ((uri: string) => void)[] = [];
  /** The documents whose file starts with a byte order mark that the editor left out of the text. */
  readonly #marked = new Set<string>();
  #changes = 0;

  /** How often a document has been opened, edited or closed so far. */
  get changes(): number {
    return this.#changes;
  }

  /** Starts to follow the editor; once, before the connection listens. */
  follow(connection: Connection, { changed, closed, marked }: DocumentListener): void {
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
    connection.onNotification(BYTE_ORDER_MARK, ({ uri, present }) => {
      if (this.#marked.has(uri) === present) return;
      if (present) this.#marked.add(uri);
      else this.#marked.delete(uri);
      if (this.#documents.has(uri)) marked();
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
      this.#marked.delete(textDocument.uri);
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

  /** Whether the file of a document starts with a byte order mark that is not in its text. */
  hasHiddenMark(uri: string): boolean {
    return this.#marked.has(uri);
  }

  /** A text of a document as a server would read it: with the byte order mark that the editor hides. */
  served(uri: string, text: string): string {
    return this.#marked.has(uri) ? `\ufeff${text}` : text;
  }

  all(): TextDocument[] {
    return [...this.#documents.values()];
  }
}
