import {
  CancellationToken,
  type DiagnosticServerCancellationData,
  type DocumentDiagnosticReport,
  type InitializeParams,
  type InitializeResult,
  type WorkspaceFolder,
  type WorkspaceFoldersChangeEvent,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Analysis } from "../check/analyse.js";
import { FIX_ALL } from "../languageFeatures/codeActions.js";
import { setMessages } from "../localisation/messages.js";
import { say } from "../localisation/say.js";
import { messageOf } from "../messageOf.js";
import type { Analyses } from "./analyses.js";
import { createAnalyses, diagnostics, hostedUrl, readSettings } from "./checking.js";
import { type ClientSupport, clientSupport } from "./clientSupport.js";
import type { Connection } from "./connection.js";
import { EDITING_CAPABILITIES } from "./editingRequests.js";
import { readInitializationOptions } from "./initializationOptions.js";
import { OpenDocuments } from "./openDocuments.js";
import { answerOtherRequests, type Platform } from "./otherRequests.js";
import { ErrorCodes, isResponseError, ResponseError } from "./responseError.js";
import type { Session } from "./session.js";
import { DEFAULT_SETTINGS, type Settings } from "./settings.js";
import { quiet } from "./turns.js";
import { WorkspaceFolders } from "./workspaceFolders.js";

/** How long the editor may type on before pushed diagnostics are computed, in ms: after the last edit, and at most. */
const PUSH_DELAY = { afterLast: 100, atMost: 500 };
/** How long a pull waits for edits that follow at once, in ms. */
const PULL_DELAY = 50;

/** LSP's `TextDocumentSyncKind.Incremental`. */
const INCREMENTAL = 2;

/** What differs between Node and a web worker. */
export interface Environment {
  readonly version: string;
  /** The network and the file system. */
  readonly platform?: Platform;
}

/** The open folders; an editor that knows no workspace folders names the one it works in as `rootUri` (before LSP 3.6). */
function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly WorkspaceFolder[] {
  return workspaceFolders ?? (rootUri ? [{ uri: rootUri, name: "" }] : []);
}

/**
 * Wires a connection to the language features. Everything a person sees comes from the pure modules; this file only maps
 * LSP to them.
 */
export function serve(connection: Connection, environment: Environment): void {
  const documents = new OpenDocuments();
  const failedRules = new Set<string>();
  /** Made when a document is checked for the first time. */
  let analyses: Analyses | undefined;
  const pushes = new Map<string, { readonly since: number; readonly timer: ReturnType<typeof setTimeout> }>();
  const settings = new Map<string, Promise<Settings>>();
  let client: ClientSupport = clientSupport({});
  let clientCommands: ReadonlySet<string> = new Set();
  let folders = new WorkspaceFolders();
  let pushedSettings: Settings = DEFAULT_SETTINGS;
  let capabilities = {
    configuration: false,
    pull: false,
    refresh: false,
    inlayHintRefresh: false,
    dynamicConfiguration: false,
    folders: false,
  };

  const session: Session = {
    documents,
    analysisOf,
    settingsFor,
    urlFor,
    guard,
    client: () => client,
    clientCommands: () => clientCommands,
  };

  async function guard<T>(what: string, token: CancellationToken, run: () => T | Promise<T>): Promise<T> {
    if (token.isCancellationRequested) throw new ResponseError(ErrorCodes.RequestCancelled, "cancelled");
    try {
      return await run();
    } catch (error) {
      if (isResponseError(error)) throw error;
      connection.console.error(`${what} failed: ${describe(error)}`);
      throw new ResponseError(ErrorCodes.InternalError, say`${what} failed: ${messageOf(error)}`);
    }
  }

  function settingsFor(uri: string): Promise<Settings> {
    if (!capabilities.configuration) return Promise.resolve(pushedSettings);
    let found = settings.get(uri);
    if (!found) {
      found = connection
        .sendRequest<unknown[]>("workspace/configuration", { items: [{ scopeUri: uri, section: "cimd" }] })
        .then(([section]) => complained(readSettings(section)));
      settings.set(uri, found);
    }
    return found;
  }

  /** @returns undefined when the document changed, or nobody waits any more, before that is known */
  function analyse(
    document: TextDocument,
    current: Settings,
    token: CancellationToken,
  ): Promise<Analysis | undefined> {
    analyses ??= createAnalyses(({ rule, error }) => {
      if (failedRules.has(rule)) return;
      failedRules.add(rule);
      connection.console.error(`The rule ${rule} failed and is left out until restart: ${describe(error)}`);
    }, urlFor);
    return analyses.of(document, current, token);
  }

  async function analysisOf(document: TextDocument, token: CancellationToken): Promise<Analysis> {
    const analysis = await analyse(document, await settingsFor(document.uri), token);
    if (!analysis) throw new ResponseError(ErrorCodes.ContentModified, "The document has changed.");
    return analysis;
  }

  function urlFor(uri: string, { hosting }: Settings): string | undefined {
    const path = folders.relativePath(uri);
    return path === undefined ? undefined : hostedUrl(hosting, path);
  }

  const complaintsSaid = new Set<string>();
  function complained(read: Settings): Settings {
    for (const complaint of read.complaints) {
      if (complaintsSaid.has(complaint)) continue;
      complaintsSaid.add(complaint);
      connection.console.warn(complaint);
    }
    return read;
  }

  connection.onRequest("initialize", (params: InitializeParams): InitializeResult => {
    client = clientSupport(params.capabilities);
    const { workspace, textDocument } = params.capabilities;
    capabilities = {
      configuration: workspace?.configuration ?? false,
      dynamicConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
      folders: workspace?.workspaceFolders ?? false,
      pull: textDocument?.diagnostic !== undefined,
      refresh: workspace?.diagnostics?.refreshSupport ?? false,
      inlayHintRefresh: workspace?.inlayHint?.refreshSupport ?? false,
    };
    folders = new WorkspaceFolders(foldersOf(params));
    const options = readInitializationOptions(params.initializationOptions ?? {});
    if (options) {
      clientCommands = new Set(options.clientCommands);
      setMessages(options.messages);
    } else connection.console.warn("initializationOptions were not understood and left out.");
    return {
      serverInfo: { name: "cimd-language-server", version: environment.version },
      capabilities: {
        textDocumentSync: { openClose: true, change: INCREMENTAL },
        ...(capabilities.pull
          ? {
              diagnosticProvider: {
                identifier: "cimd",
                interFileDependencies: false,
                workspaceDiagnostics: false,
              },
            }
          : {}),
        ...EDITING_CAPABILITIES,
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        codeActionProvider: { codeActionKinds: ["quickfix", FIX_ALL] },
      },
    };
  });

  connection.onNotification("initialized", () => {
    if (capabilities.folders) connection.onFoldersChanged(foldersChanged);
    if (!capabilities.dynamicConfiguration) return;
    const method = "workspace/didChangeConfiguration";
    connection
      .sendRequest("client/registerCapability", {
        registrations: [{ id: method, method, registerOptions: { section: "cimd" } }],
      })
      .catch((error: unknown) =>
        connection.console.error(`Settings cannot be followed: ${messageOf(error)}`),
      );
  });

  connection.onNotification("workspace/didChangeConfiguration", ({ settings: pushed }) => {
    settings.clear();
    if (!capabilities.configuration) {
      const section =
        typeof pushed === "object" && pushed !== null && "cimd" in pushed ? pushed.cimd : pushed;
      pushedSettings = complained(readSettings(section));
    }
    checkAgain();
  });

  function foldersChanged({ added, removed }: WorkspaceFoldersChangeEvent): void {
    folders.change(added, removed);
    settings.clear();
    analyses?.forgetAll();
    checkAgain();
  }

  /** Brings what is shown of all open documents up to date with the settings. */
  function checkAgain(): void {
    if (capabilities.inlayHintRefresh) {
      connection.sendRequest("workspace/inlayHint/refresh").catch((error: unknown) => {
        connection.console.error(`The editor did not ask for inlay hints again: ${messageOf(error)}`);
      });
    }
    if (capabilities.pull) {
      if (capabilities.refresh) {
        connection.sendRequest("workspace/diagnostic/refresh").catch((error: unknown) => {
          connection.console.error(`The editor did not ask again: ${messageOf(error)}`);
        });
      }
    } else for (const document of documents.all()) schedulePush(document);
  }

  connection.onRequest(
    "textDocument/diagnostic",
    (params, token): Promise<DocumentDiagnosticReport> =>
      guard("Checking the document", token, async () => {
        const document = documents.get(params.textDocument.uri);
        if (!document) return { kind: "full", items: [] };
        const { uri } = document;
        // Edits and withdrawals that have arrived come first: of many pulls, only the last text is looked at.
        await quiet(() => documents.changes, PULL_DELAY);
        const analysis = token.isCancellationRequested
          ? undefined
          : await analyse(document, await settingsFor(uri), token);
        if (token.isCancellationRequested) throw new ResponseError(ErrorCodes.RequestCancelled, "cancelled");
        if (!analysis) {
          const again: DiagnosticServerCancellationData = {
            retriggerRequest: documents.get(uri) === document,
          };
          throw new ResponseError(ErrorCodes.ServerCancelled, "The document has changed.", again);
        }
        return { kind: "full", items: diagnostics(analysis, uri) };
      }),
  );

  function changed(document: TextDocument): void {
    if (!capabilities.pull) schedulePush(document);
  }

  function closed(document: TextDocument): void {
    analyses?.forget(document.uri);
    settings.delete(document.uri);
    clearTimeout(pushes.get(document.uri)?.timer);
    pushes.delete(document.uri);
    if (!capabilities.pull) connection.publishDiagnostics({ uri: document.uri, diagnostics: [] });
  }

  function schedulePush(document: TextDocument): void {
    const { uri } = document;
    const waiting = pushes.get(uri);
    clearTimeout(waiting?.timer);
    const since = waiting?.since ?? performance.now();
    const left = since + PUSH_DELAY.atMost - performance.now();
    const timer = setTimeout(
      () => {
        pushes.delete(uri);
        push(uri).catch((error: unknown) => {
          connection.console.error(`Checking ${uri} failed: ${describe(error)}`);
        });
      },
      Math.max(0, Math.min(PUSH_DELAY.afterLast, left)),
    );
    pushes.set(uri, { since, timer });
  }

  async function push(uri: string): Promise<void> {
    const current = await settingsFor(uri);
    const document = documents.get(uri);
    if (!document) return;
    const { version } = document;
    const analysis = await analyse(document, current, CancellationToken.None);
    // Whatever came in between has scheduled the next check.
    if (!analysis) return;
    connection.publishDiagnostics({
      uri,
      version,
      diagnostics: diagnostics(analysis, uri),
    });
  }

  connection.onFirstOther(() => answerOtherRequests(connection, session, environment.platform));
  documents.follow(connection, { changed, closed });
  connection.listen();
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
