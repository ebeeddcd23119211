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
  type TextDocuments,
  type TextEdit,
  type WorkspaceFoldersChangeEvent,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { ALIVE } from "./alive.js";

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

/** Notifications of an editor that are listened to. */
interface EditorNotifications {
  initialized: InitializedParams;
  "textDocument/didOpen": DidOpenTextDocumentParams;
  "textDocument/didChange": DidChangeTextDocumentParams;
  "textDocument/didClose": DidCloseTextDocumentParams;
  "workspace/didChangeConfiguration": DidChangeConfigurationParams;
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
  /** The editor's log of this language server. */
  readonly console: { error(message: string): void; warn(message: string): void };
  /** Keeps documents as the editor's notifications say. */
  follow(documents: TextDocuments<TextDocument>): void;
  /** @param register called once, at the first request that nobody answers yet: it may add who does */
  onFirstOther(register: () => Promise<void>): void;
  listen(): void;
  dispose(): void;
}

/** Answers a request; a `ResponseError` that it throws is the answer. */
type Handler = (params: unknown, token: CancellationToken) => unknown;

/**
 * The part of an LSP connection that this language server uses, with a type for each method.
 *
 * @param lsp not listening yet
 */
export function narrow(lsp: LspConnection): Connection {
  const handlers = new Map<string, Handler>();
  let others: (() => Promise<void>) | undefined;
  let registering: Promise<void> | undefined;

  async function answer(method: string, params: unknown, token: CancellationToken): Promise<unknown> {
    if (!handlers.has(method)) {
      registering ??= others?.();
      await registering;
    }
    const handler = handlers.get(method);
    if (!handler) throw new ResponseError(ErrorCodes.MethodNotFound, `There is no method ${method}.`);
    return (await handler(params, token)) ?? null;
  }

  /** Only an editor that is gone gets no notifications, and the library ends with it. */
  const unsent = (): void => undefined;

  // The library answers `initialize` and `shutdown` and gives everything else here.
  lsp.onInitialize((params, token) => answer("initialize", params, token) as Promise<InitializeResult>);
  lsp.onRequest(answer);
  handlers.set(ALIVE, () => null);
  return {
    onRequest: (method: string, handler: (params: never, token: CancellationToken) => unknown) => {
      handlers.set(method, handler as Handler);
    },
    onNotification: (method, handler) => {
      lsp.onNotification(method, handler);
    },
    onFoldersChanged: (handler) => {
      lsp.workspace.onDidChangeWorkspaceFolders(handler);
    },
    sendRequest: (method, params) =>
      params === undefined ? lsp.sendRequest(method) : lsp.sendRequest(method, params),
    sendNotification: (method, params) => void lsp.sendNotification(method, params).catch(unsent),
    publishDiagnostics: (params) => void lsp.sendDiagnostics(params).catch(unsent),
    console: lsp.console,
    follow: (documents) => {
      documents.listen(lsp);
    },
    onFirstOther: (register) => {
      others = register;
    },
    listen: () => lsp.listen(),
    dispose: () => lsp.dispose(),
  };
}
