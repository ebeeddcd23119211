import {
  CancellationToken,
  type Diagnostic,
  type DiagnosticServerCancellationData,
  type DocumentDiagnosticReport,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Analysis } from "../check/analyse.js";
import { messageOf, traceOf } from "../messageOf.js";
import type { Connection } from "./connection.js";
import type { EditorSettings } from "./editorSettings.js";
import type { EditorAbilities } from "./initialize.js";
import type { OpenDocuments } from "./openDocuments.js";
import { quiet } from "./pauses.js";
import { Pushes } from "./pushes.js";
import type { Settings } from "./settings.js";

/** How long a pull waits for edits that follow at once, in ms. */
const PULL_DELAY = 50;

/** @returns undefined when the document changed, or nobody waits any more, before it is known */
type Analyse = (
  document: TextDocument,
  settings: Settings,
  token: CancellationToken,
) => Promise<Analysis | undefined>;

/** Brings the diagnostics of open documents to the editor: when it asks for them, or else when they change. */
export class EditorDiagnostics {
  readonly #connection: Connection;
  readonly #documents: OpenDocuments;
  readonly #settings: EditorSettings;
  readonly #analyse: Analyse;
  readonly #pushes: Pushes;
  #abilities: Pick<EditorAbilities, "pull" | "refresh"> = { pull: false, refresh: false };

  constructor(connection: Connection, documents: OpenDocuments, settings: EditorSettings, analyse: Analyse) {
    this.#connection = connection;
    this.#documents = documents;
    this.#settings = settings;
    this.#analyse = analyse;
    this.#pushes = new Pushes((uri) => {
      this.#push(uri).catch((error: unknown) => {
        connection.console.error(`Checking ${uri} failed: ${traceOf(error)}`);
      });
    });
  }

  initialize(abilities: Pick<EditorAbilities, "pull" | "refresh">): void {
    this.#abilities = abilities;
  }

  /**
   * Answers `textDocument/diagnostic`.
   *
   * @throws {ResponseError} when the request is withdrawn or the document changes before the answer is known
   */
  async pull(uri: string, token: CancellationToken): Promise<DocumentDiagnosticReport> {
    const document = this.#documents.get(uri);
    if (!document) return { kind: "full", items: [] };
    // Edits and withdrawals that have arrived come first: of many pulls, only the last text is looked at.
    await quiet(() => this.#documents.changes, PULL_DELAY);
    const analysis = token.isCancellationRequested
      ? undefined
      : await this.#analyse(document, await this.#settings.of(uri), token);
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
    if (!analysis) {
      const again: DiagnosticServerCancellationData = {
        retriggerRequest: this.#documents.get(uri) === document,
      };
      throw new ResponseError(LSPErrorCodes.ServerCancelled, "The document has changed.", again);
    }
    return { kind: "full", items: await diagnosticsOf(analysis, uri) };
  }

  changed(uri: string): void {
    if (!this.#abilities.pull) this.#pushes.schedule(uri);
  }

  closed(uri: string): void {
    this.#pushes.forget(uri);
    if (!this.#abilities.pull) this.#connection.publishDiagnostics({ uri, diagnostics: [] });
  }

  /** All that was said may be said otherwise now. */
  renew(): void {
    for (const { uri } of this.#documents.all()) this.changed(uri);
    if (!this.#abilities.pull || !this.#abilities.refresh) return;
    this.#connection.sendRequest("workspace/diagnostic/refresh").catch((error: unknown) => {
      this.#connection.console.error(`The editor did not ask again: ${messageOf(error)}`);
    });
  }

  async #push(uri: string): Promise<void> {
    const settings = await this.#settings.of(uri);
    const document = this.#documents.get(uri);
    if (!document) return;
    const { version } = document;
    const analysis = await this.#analyse(document, settings, CancellationToken.None);
    // Whatever came in between has scheduled the next check.
    if (!analysis) return;
    this.#connection.publishDiagnostics({ uri, version, diagnostics: await diagnosticsOf(analysis, uri) });
  }
}

async function diagnosticsOf(analysis: Analysis, uri: string): Promise<Diagnostic[]> {
  const { diagnostics } = await import("../languageFeatures/diagnostics.js");
  return diagnostics(analysis, uri);
}
