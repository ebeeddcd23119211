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
      vscode.workspace.onDidDeleteFiles(({ files }) => files.forEach((uri) => this.#forget(uri))),
      vscode.workspace.onDidRenameFiles(({ files }) => files.forEach(({ oldUri }) => this.#forget(oldUri))),
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
      this.#forget(document.uri);
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

  /** Forgets a file, and for a folder every file in it. */
  #forget(uri: vscode.Uri): void {
    const key = uri.toString();
    for (const known of this.#checks.keys()) {
      if (known !== key && !known.startsWith(`${key}/`)) continue;
      this.#checks.delete(known);
      const gone = vscode.Uri.parse(known, true);
      this.#diagnostics.delete(gone);
      this.#changed.fire(gone);
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
