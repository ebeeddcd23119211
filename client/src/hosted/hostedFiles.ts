import * as vscode from "vscode";
import { findClientId } from "./clientId.js";
import { type FileCheck, hostedProblems } from "./hostedState.js";

/** Names whose problems these are, beside those of the language server. */
const SOURCE = "cimd hosted";

/**
 * Remembers the last hosted check of each file in this session, and shows what it found under the file's `client_id`. A
 * check is forgotten when the file names another client identifier URL, moves or is deleted. Nothing is fetched here.
 */
export class HostedFiles implements vscode.Disposable {
  readonly #checks = new Map<string, FileCheck>();
  readonly #diagnostics = vscode.languages.createDiagnosticCollection("cimd-hosted");
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable[];
  /** Something about the check of this file is different now. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#subscriptions = [
      this.#diagnostics,
      this.#changed,
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#refresh(document)),
      vscode.workspace.onDidOpenTextDocument((document) => this.#refresh(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#diagnostics.delete(uri)),
      vscode.workspace.onDidDeleteFiles(({ files }) => this.#forget(files)),
      vscode.workspace.onDidRenameFiles(({ files }) => this.#forget(files.map(({ oldUri }) => oldUri))),
    ];
  }

  /** Remembers a check in the place of the one before. */
  record(document: vscode.TextDocument, check: FileCheck): void {
    this.#checks.set(document.uri.toString(), check);
    this.#refresh(document);
  }

  /** @returns the last check of a file, unless it was forgotten */
  checkOf({ uri }: vscode.TextDocument): FileCheck | undefined {
    return this.#checks.get(uri.toString());
  }

  #refresh(document: vscode.TextDocument): void {
    const check = this.checkOf(document);
    if (!check || document.isClosed) return;
    const text = document.getText();
    const clientId = findClientId(text);
    if (clientId?.value !== check.report.url) {
      this.#forget([document.uri]);
      return;
    }
    const range = new vscode.Range(document.positionAt(clientId.start), document.positionAt(clientId.end));
    this.#diagnostics.set(
      document.uri,
      hostedProblems(check, text).map(({ id, severity, message }) => {
        const diagnostic = new vscode.Diagnostic(range, message, SEVERITIES[severity]);
        diagnostic.source = SOURCE;
        diagnostic.code = id;
        return diagnostic;
      }),
    );
    this.#changed.fire(document.uri);
  }

  /** Forgets files, and of folders every file in them. */
  #forget(uris: readonly vscode.Uri[]): void {
    const gone = [...this.#checks.keys()].filter((known) =>
      uris.some((uri) => known === uri.toString() || known.startsWith(`${uri.toString()}/`)),
    );
    for (const known of gone) {
      const uri = vscode.Uri.parse(known, true);
      this.#checks.delete(known);
      this.#diagnostics.delete(uri);
      this.#changed.fire(uri);
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

const SEVERITIES = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
} as const;
