import type {
  CodeAction,
  CodeActionParams,
  CodeLens,
  CodeLensParams,
  CompletionItem,
  CompletionList,
  CompletionParams,
  DidChangeConfigurationParams,
  DidChangeTextDocumentParams,
  DidChangeWorkspaceFoldersParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
  DocumentFormattingParams,
  DocumentLink,
  DocumentLinkParams,
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  DocumentSymbol,
  DocumentSymbolParams,
  FoldingRange,
  FoldingRangeParams,
  Hover,
  HoverParams,
  InitializedParams,
  InitializeParams,
  InitializeResult,
  InlayHint,
  InlayHintParams,
  LogMessageParams,
  PublishDiagnosticsParams,
  SelectionRange,
  SelectionRangeParams,
  SymbolInformation,
  TextEdit,
} from "vscode-languageserver-protocol";
import type { CancellationToken } from "./cancellation.js";
import { JsonRpc, type Transport } from "./jsonRpc.js";

/**
 * Requests of an editor that are answered: what comes with each, and what goes back.
 *
 * The LSP library that wraps these in one method each is three times the size of the rules, and all of it would be read
 * before the first diagnostics; its types are used, which cost nothing.
 */
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
  "workspace/didChangeWorkspaceFolders": DidChangeWorkspaceFoldersParams;
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
  /** Asks the editor something; rejects where it answers with an error. */
  sendRequest<Result>(method: string, params?: object): Promise<Result>;
  sendNotification(method: string, params: object): void;
  publishDiagnostics(params: PublishDiagnosticsParams): void;
  /** The editor's log of this language server. */
  readonly console: { error(message: string): void; warn(message: string): void };
  /** @param answer called once, at the first request that nobody answers yet: it may add who does */
  onFirstOther(answer: () => void): void;
  listen(): void;
  dispose(): void;
}

/** What the process, or the worker, around a connection has to do. */
export interface Surroundings {
  /** The editor asked to end, or is gone. @param inOrder whether it said `shutdown` before */
  readonly exit: (inOrder: boolean) => void;
  /** `initialize` arrived. @param editor id of the editor's process, where it has one */
  readonly started?: (editor: number | null) => void;
}

/** LSP's `MessageType`. */
const MESSAGE_TYPE = { error: 1, warning: 2 } as const;

/**
 * A connection to an editor that follows its life cycle: `shutdown`, `exit`, and the end of the transport.
 *
 * Source: LSP 3.18, "Lifecycle Messages".
 */
export function createConnection(transport: Transport, { exit, started }: Surroundings): Connection {
  let isShutDown = false;
  const log = (type: LogMessageParams["type"], message: string): void =>
    rpc.notify("window/logMessage", { type, message });
  const error = (message: string): void => log(MESSAGE_TYPE.error, message);
  const rpc = new JsonRpc(transport, error, () => exit(isShutDown));
  rpc.onRequest("shutdown", () => {
    isShutDown = true;
  });
  rpc.onNotification("exit", () => exit(isShutDown));
  const onRequest = (method: string, handler: (params: never, token: CancellationToken) => unknown): void => {
    rpc.onRequest(method, (params, token) => {
      if (method === "initialize") started?.((params as InitializeParams).processId);
      return handler(params as never, token);
    });
  };
  return {
    onRequest: onRequest as Connection["onRequest"],
    onNotification: (method, handler: (params: never) => void) =>
      rpc.onNotification(method, (params) => handler(params as never)),
    sendRequest: <Result>(method: string, params?: object) => rpc.request(method, params) as Promise<Result>,
    sendNotification: (method, params) => rpc.notify(method, params),
    publishDiagnostics: (params) => rpc.notify("textDocument/publishDiagnostics", params),
    console: { error, warn: (message) => log(MESSAGE_TYPE.warning, message) },
    onFirstOther: (answer) => rpc.onFirstOther(answer),
    listen: () => rpc.listen(),
    dispose: () => rpc.dispose(),
  };
}
