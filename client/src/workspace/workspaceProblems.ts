import * as vscode from "vscode";
import { CHECK_TEXT, TextProblems } from "../../../server/src/lsp/documentProtocol.js";
import { messageOf } from "../../../server/src/messageOf.js";
import { isClientMetadataDocument } from "../documents.js";
import type { LanguageServer } from "../languageClient.js";

/** How many files are read and checked at the same time. */
const AT_ONCE = 8;

/** Tells menus whether there is something to clear. */
const CONTEXT = "cimd.workspaceProblems";

const SEVERITY: Readonly<Record<TextProblems[number]["severity"], vscode.DiagnosticSeverity>> = {
  1: vscode.DiagnosticSeverity.Error,
  2: vscode.DiagnosticSeverity.Warning,
  3: vscode.DiagnosticSeverity.Information,
  4: vscode.DiagnosticSeverity.Hint,
};

/**
 * The problems of all client metadata documents of the workspace, open or not. They stay until they are cleared, and follow
 * the file: one that is changed is checked again, one that is renamed or deleted is forgotten. While a file is open, its
 * live problems stand in their place.
 */
export class WorkspaceProblems implements vscode.Disposable {
  readonly #languageServer: LanguageServer;
  readonly #log: vscode.LogOutputChannel;
  readonly #shown = vscode.languages.createDiagnosticCollection("cimd-workspace");
  /** What the last run found, by URI; also that of files whose live problems are shown instead. */
  readonly #found = new Map<string, { readonly written: number; readonly problems: vscode.Diagnostic[] }>();
  /** Follows files while there is something to follow. */
  #following: vscode.Disposable | undefined;
  #running: vscode.CancellationTokenSource | undefined;

  constructor(languageServer: LanguageServer, log: vscode.LogOutputChannel) {
    this.#languageServer = languageServer;
    this.#log = log;
  }

  /** Checks all documents anew; a run that is still going on is ended first. */
  async check(): Promise<void> {
    this.clear();
    const running = new vscode.CancellationTokenSource();
    this.#running = running;
    this.#following = this.#follow();
    try {
      const checked = await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: vscode.l10n.t("Checking client metadata documents"),
          cancellable: true,
        },
        (progress, token) => {
          token.onCancellationRequested(() => running.cancel());
          return this.#checkAll(progress, running.token);
        },
      );
      if (this.#running === running) this.#report(checked, running.token.isCancellationRequested);
    } finally {
      running.dispose();
      if (this.#running === running) this.#running = undefined;
    }
  }

  /** Takes all results back and ends a run that is still going on. */
  clear(): void {
    this.#running?.cancel();
    this.#running = undefined;
    this.#following?.dispose();
    this.#following = undefined;
    this.#found.clear();
    this.#shown.clear();
    void vscode.commands.executeCommand("setContext", CONTEXT, false);
  }

  /** @returns how many files were checked, and how many could not be */
  async #checkAll(
    progress: vscode.Progress<{ message?: string; increment?: number }>,
    token: vscode.CancellationToken,
  ): Promise<{ files: number; unreadable: number }> {
    const files = await findDocuments(token);
    const queue = files.values();
    const counts = { files: 0, unreadable: 0 };
    const work = async (): Promise<void> => {
      for (const uri of queue) {
        if (token.isCancellationRequested) return;
        try {
          await this.#check(uri, token);
          counts.files++;
        } catch (error) {
          if (token.isCancellationRequested) return;
          counts.unreadable++;
          this.#log.warn(`${uri.toString()} could not be checked: ${messageOf(error)}`);
        }
        progress.report({
          message: vscode.l10n.t("{0} of {1}", counts.files + counts.unreadable, files.length),
          increment: 100 / files.length,
        });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return counts;
  }

  async #check(uri: vscode.Uri, token: vscode.CancellationToken): Promise<void> {
    const key = uri.toString();
    const written = await lastWritten(uri);
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(
      await vscode.workspace.fs.readFile(uri),
    );
    const problems = await this.#languageServer.request(CHECK_TEXT, { uri: key, text }, TextProblems, token);
    if (written === undefined || written !== (await lastWritten(uri)) || token.isCancellationRequested)
      return;
    this.#found.set(key, { written, problems: problems.map(diagnosticOf) });
    this.#show(uri);
  }

  /** Shows what was found in a file, unless it is open and its live problems are there. */
  #show(uri: vscode.Uri): void {
    const live = vscode.workspace.textDocuments.some(
      (document) => document.uri.toString() === uri.toString() && isClientMetadataDocument(document),
    );
    this.#shown.set(uri, live ? undefined : this.#found.get(uri.toString())?.problems);
  }

  #follow(): vscode.Disposable {
    // Of a folder that is deleted only the folder itself is reported; a file that is replaced may count as a new one.
    const watcher = vscode.workspace.createFileSystemWatcher("**");
    const ended = new vscode.CancellationTokenSource();
    const refresh = async (...touched: readonly vscode.Uri[]): Promise<void> => {
      for (const uri of touched) await this.#refresh(uri, ended.token);
    };
    return vscode.Disposable.from(
      watcher,
      { dispose: () => ended.cancel() },
      watcher.onDidCreate((uri) => refresh(uri)),
      watcher.onDidChange((uri) => refresh(uri)),
      watcher.onDidDelete((uri) => refresh(uri)),
      // What is done in the editor is known at once, also where the file system reports nothing.
      vscode.workspace.onDidDeleteFiles(({ files }) => refresh(...files)),
      vscode.workspace.onDidRenameFiles(({ files }) => refresh(...files.map(({ oldUri }) => oldUri))),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => refresh(uri)),
      vscode.workspace.onDidOpenTextDocument(({ uri }) => this.#show(uri)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#show(uri)),
    );
  }

  /**
   * Checks a file again, or the files of a folder, unless it is still the one that was read: events may come late, after
   * the run that read the new file. What was found in a file that is gone is forgotten.
   */
  async #refresh(touched: vscode.Uri, token: vscode.CancellationToken): Promise<void> {
    const key = touched.toString();
    for (const [found, { written }] of this.#found) {
      if (found !== key && !found.startsWith(`${key}/`)) continue;
      const uri = vscode.Uri.parse(found, true);
      const now = await lastWritten(uri);
      if (now === written || this.#found.get(found)?.written !== written) continue;
      if (now === undefined) {
        this.#found.delete(found);
        this.#shown.delete(uri);
        continue;
      }
      try {
        await this.#check(uri, token);
      } catch (error) {
        if (token.isCancellationRequested) return;
        this.#log.warn(`${found} could not be checked again: ${messageOf(error)}`);
      }
    }
  }

  #report({ files, unreadable }: { files: number; unreadable: number }, cancelled: boolean): void {
    const all = [...this.#found.values()].flatMap(({ problems }) => problems);
    const count = (severity: vscode.DiagnosticSeverity): number =>
      all.filter((diagnostic) => diagnostic.severity === severity).length;
    const counts = [files, count(vscode.DiagnosticSeverity.Error), count(vscode.DiagnosticSeverity.Warning)];
    const done = cancelled
      ? vscode.l10n.t("Cancelled. Client metadata documents: {0}, errors: {1}, warnings: {2}.", ...counts)
      : vscode.l10n.t("Checked. Client metadata documents: {0}, errors: {1}, warnings: {2}.", ...counts);
    const message =
      unreadable > 0
        ? `${done} ${vscode.l10n.t("Files that could not be read: {0}; see the output.", unreadable)}`
        : done;
    void vscode.commands.executeCommand("setContext", CONTEXT, all.length > 0);
    if (all.length === 0) {
      void vscode.window.showInformationMessage(message);
      return;
    }
    const show = vscode.l10n.t("Show Problems");
    const clear = vscode.l10n.t("Clear");
    void vscode.window.showInformationMessage(message, show, clear).then((choice) => {
      if (choice === show) return vscode.commands.executeCommand("workbench.actions.view.problems");
      if (choice === clear) this.clear();
      return undefined;
    });
  }

  dispose(): void {
    this.clear();
    this.#shown.dispose();
  }
}

/**
 * All files that are client metadata documents by their name: `*.cimd.json`, and what the person's `files.associations`
 * maps to `cimd`. `files.exclude` counts.
 */
async function findDocuments(token: vscode.CancellationToken): Promise<vscode.Uri[]> {
  const associations = vscode.workspace
    .getConfiguration("files")
    .get<Record<string, string>>("associations", {});
  const globs = Object.keys(associations).filter((glob) => associations[glob] === "cimd");
  const patterns = ["**/*.cimd.json", ...globs.map((glob) => (glob.includes("/") ? glob : `**/${glob}`))];
  const found = new Map<string, vscode.Uri>();
  for (const pattern of patterns) {
    for (const uri of await vscode.workspace.findFiles(pattern, undefined, undefined, token))
      found.set(uri.toString(), uri);
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** @returns when a file was last written, in ms since 1970; undefined where there is none that can be read */
async function lastWritten(uri: vscode.Uri): Promise<number | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).mtime;
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return undefined;
    throw error;
  }
}

function diagnosticOf({ range, severity, code, href, message }: TextProblems[number]): vscode.Diagnostic {
  const { start, end } = range;
  const diagnostic = new vscode.Diagnostic(
    new vscode.Range(start.line, start.character, end.line, end.character),
    message,
    SEVERITY[severity],
  );
  diagnostic.source = "cimd";
  diagnostic.code = href === undefined ? code : { value: code, target: vscode.Uri.parse(href) };
  return diagnostic;
}
