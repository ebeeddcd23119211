import {
  type CancellationToken,
  type CodeAction,
  type CodeActionParams,
  type CodeLens,
  type CodeLensParams,
  type CompletionItem,
  type CompletionList,
  type CompletionParams,
  type DidChangeConfigurationParams,
  type DidChangeTextDocumentParams,
  type DidCloseTextDocumentParams,
  type DidOpenTextDocumentParams,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  type DocumentFormattingParams,
  type DocumentLink,
  type DocumentLinkParams,
  type DocumentOnTypeFormattingParams,
  type DocumentRangeFormattingParams,
  type DocumentSymbol,
  type DocumentSymbolParams,
  ErrorCodes,
  type FoldingRange,
  type FoldingRangeParams,
  type Hover,
  type HoverParams,
  type InitializedParams,
  type InitializeParams,
  type InitializeResult,
  type InlayHint,
  type InlayHintParams,
  type Connection as LspConnection,
  type PublishDiagnosticsParams,
  ResponseError,
  type SelectionRange,
  type SelectionRangeParams,
  type SymbolInformation,
  type TextEdit,
  type WorkspaceFoldersChangeEvent,
} from "vscode-languageserver";
import { clip } from "../document/valueText.js";
import { ALIVE } from "./alive.js";
import type { ByteOrderMarkParams } from "./byteOrderMark.js";

/** Requests of an editor that are answered: what comes with each, and what goes back. */
interface EditorRequests {
  initialize: [InitializeParams, InitializeResult];
  "textDocument/completion": [CompletionParams, CompletionList | CompletionItem[] | null];
  "textDocument/hover": [HoverParams, Hover | null];
  "textDocument/documentSymbol": [DocumentSymbolParams, DocumentSymbol[] | SymbolInformation[] | null];
  "textDocument/foldingRange": [FoldingRangeParams, FoldingRange[] | null];
  "textDocument/selectionRange": [SelectionRangeParams, SelectionRange[] | null];
  "textDocument/formatting": [DocumentFormattingParams, TextEdit[] | null];
  "textDocument/rangeFormatting": [DocumentRangeFormattingParams, TextEdit[] | null];
  "textDocument/onTypeFormatting": [DocumentOnTypeFormattingParams, TextEdit[] | null];
  "textDocument/documentLink": [DocumentLinkParams, DocumentLink[] | null];
  "textDocument/inlayHint": [InlayHintParams, InlayHint[] | null];
  "textDocument/codeLens": [CodeLensParams, CodeLens[] | null];
  "textDocument/codeAction": [CodeActionParams, CodeAction[] | null];
  "textDocument/diagnostic": [DocumentDiagnosticParams, DocumentDiagnosticReport];
}

/** Notifications of an editor that are listened to: LSP's, and one that only this project's client sends. */
interface EditorNotifications {
  initialized: InitializedParams;
  "textDocument/didOpen": DidOpenTextDocumentParams;
  "textDocument/didChange": DidChangeTextDocumentParams;
  "textDocument/didClose": DidCloseTextDocumentParams;
  "workspace/didChangeConfiguration": DidChangeConfigurationParams;
  "cimd/byteOrderMark": ByteOrderMarkParams;
}

/** A connection to an editor, as far as this language server uses LSP. */
export interface Connection {
  /** Answers one of LSP's requests. A `ResponseError` that the handler throws is the answer. */
  onRequest<Method extends keyof EditorRequests>(
    method: Method,
    handler: (
      params: EditorRequests[Method][0],
      token: CancellationToken,
    ) => EditorRequests[Method][1] | Promise<EditorRequests[Method][1]>,
  ): void;
  /** Answers one of this project's own requests, whose parameters its handler has to check. */
  onRequest<Result>(
    method: `cimd/${string}`,
    handler: (params: unknown, token: CancellationToken) => Result | Promise<Result>,
  ): void;
  onNotification<Method extends keyof EditorNotifications>(
    method: Method,
    handler: (params: EditorNotifications[Method]) => void,
  ): void;
  /** Once the editor has said that it has workspace folders, and not before. */
  onFoldersChanged(handler: (event: WorkspaceFoldersChangeEvent) => void): void;
  /** Asks the editor something; rejects where it answers with an error. */
  sendRequest<Result>(method: string, params?: object): Promise<Result>;
  sendNotification(method: string, params: object): void;
  publishDiagnostics(params: PublishDiagnosticsParams): void;
  /** The editor's log of this language server; long messages are cut. */
  readonly console: { error(message: string): void; warn(message: string): void };
  /** @param register called once, at the first request that nobody answers yet: it may add who does */
  onFirstOther(register: () => Promise<void>): void;
  listen(): void;
  dispose(): void;
}

/** Answers a request; a `ResponseError` that it throws is the answer. */
type Handler = (params: unknown, token: CancellationToken) => unknown;

/** A message to the editor's log is cut after so many UTF-16 units: it may quote settings of any length. */
const MAX_LOG_MESSAGE = 4_000;

/** Where a connection is in its life (LSP 3.18, "Server lifecycle"). */
type State = "new" | "initialized" | "shut down";

/** @throws {ResponseError} where a method may not be used in a state */
function assertAllowed(method: string, state: State): void {
  if (state === "shut down")
    throw new ResponseError(ErrorCodes.InvalidRequest, `After shutdown, ${method} is not answered.`);
  if (method === "initialize") {
    if (state === "initialized")
      throw new ResponseError(ErrorCodes.InvalidRequest, "The language server is initialized already.");
  } else if (state === "new")
    throw new ResponseError(ErrorCodes.ServerNotInitialized, `Before initialize, ${method} is not answered.`);
}

/**
 * The part of an LSP connection that this language server uses, with a type for each method. Before `initialize` and after
 * `shutdown`, no request is answered and no notification is listened to but `exit`, which the library handles.
 *
 * @param lsp not listening yet
 */
export function narrow(lsp: LspConnection): Connection {
  const handlers = new Map<string, Handler>();
  let others: (() => Promise<void>) | undefined;
  let registering: Promise<void> | undefined;
  let state: State = "new";

  async function answer(method: string, params: unknown, token: CancellationToken): Promise<unknown> {
    assertAllowed(method, state);
    if (method === "initialize") state = "initialized";
    if (!handlers.has(method)) {
      registering ??= others?.();
      await registering;
    }
    const handler = handlers.get(method);
    if (!handler) throw new ResponseError(ErrorCodes.MethodNotFound, `There is no method ${clip(method)}.`);
    return (await handler(params, token)) ?? null;
  }

  function whileInitialized<Params>(handler: (params: Params) => void): (params: Params) => void {
    return (params) => {
      if (state === "initialized") handler(params);
    };
  }

  /** Only an editor that is gone gets no notifications, and the library ends with it. */
  const unsent = (): void => undefined;

  // The library answers `initialize` and `shutdown` and gives everything else here.
  lsp.onInitialize((params, token) => answer("initialize", params, token) as Promise<InitializeResult>);
  lsp.onShutdown(() => {
    assertAllowed("shutdown", state);
    state = "shut down";
  });
  lsp.onRequest(answer);
  handlers.set(ALIVE, () => null);
  return {
    onRequest: (method: string, handler: (params: never, token: CancellationToken) => unknown) => {
      handlers.set(method, handler as Handler);
    },
    onNotification: (method, handler) => {
      lsp.onNotification(method, whileInitialized(handler));
    },
    onFoldersChanged: (handler) => {
      lsp.workspace.onDidChangeWorkspaceFolders(whileInitialized(handler));
    },
    sendRequest: (method, params) =>
      params === undefined ? lsp.sendRequest(method) : lsp.sendRequest(method, params),
    sendNotification: (method, params) => void lsp.sendNotification(method, params).catch(unsent),
    publishDiagnostics: (params) => void lsp.sendDiagnostics(params).catch(unsent),
    console: {
      error: (message) => lsp.console.error(clip(message, MAX_LOG_MESSAGE)),
      warn: (message) => lsp.console.warn(clip(message, MAX_LOG_MESSAGE)),
    },
    onFirstOther: (register) => {
      others = register;
    },
    listen: () => lsp.listen(),
    dispose: () => lsp.dispose(),
  };
}
