import type {
  ClientCapabilities,
  InitializeParams,
  InitializeResult,
  WorkspaceFolder,
} from "vscode-languageserver";
import { FIX_ALL, FORMAT_TRIGGERS } from "../languageFeatures/capabilities.js";

/** LSP's `TextDocumentSyncKind.Incremental`. */
const INCREMENTAL = 2;

/** What an editor can be asked and told; how its answers are to look is `ClientSupport`. */
export interface EditorAbilities {
  /** It answers `workspace/configuration`. */
  readonly configuration: boolean;
  /** It can be asked to tell when settings change. */
  readonly dynamicConfiguration: boolean;
  /** It tells when workspace folders come and go. */
  readonly folders: boolean;
  /** It asks for diagnostics; to others they are pushed. */
  readonly pull: boolean;
  /** It can be told to ask for diagnostics again. */
  readonly refresh: boolean;
  /** It can be told to ask for inlay hints again. */
  readonly inlayHintRefresh: boolean;
  /** It can be told to ask for code lenses again. */
  readonly codeLensRefresh: boolean;
}

/** @param capabilities what the editor has declared; an empty object gives an editor that can nothing of it */
export function abilitiesOf({ workspace, textDocument }: ClientCapabilities): EditorAbilities {
  return {
    configuration: workspace?.configuration ?? false,
    dynamicConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
    folders: workspace?.workspaceFolders ?? false,
    pull: textDocument?.diagnostic !== undefined,
    refresh: workspace?.diagnostics?.refreshSupport ?? false,
    inlayHintRefresh: workspace?.inlayHint?.refreshSupport ?? false,
    codeLensRefresh: workspace?.codeLens?.refreshSupport ?? false,
  };
}

/** The open folders; an editor that knows no workspace folders names the one it works in as `rootUri` (before LSP 3.6). */
export function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly WorkspaceFolder[] {
  return workspaceFolders ?? (rootUri ? [{ uri: rootUri, name: "" }] : []);
}

/** What the language server says of itself. */
export function initializeResult(version: string, { pull }: EditorAbilities): InitializeResult {
  const diagnosticProvider = {
    identifier: "cimd",
    interFileDependencies: false,
    workspaceDiagnostics: false,
  };
  return {
    serverInfo: { name: "cimd-language-server", version },
    capabilities: {
      textDocumentSync: { openClose: true, change: INCREMENTAL },
      ...(pull ? { diagnosticProvider } : {}),
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      codeActionProvider: { codeActionKinds: ["quickfix", FIX_ALL] },
      codeLensProvider: {},
      completionProvider: { triggerCharacters: ['"', ":", " "] },
      documentFormattingProvider: true,
      documentLinkProvider: {},
      documentOnTypeFormattingProvider: {
        firstTriggerCharacter: FORMAT_TRIGGERS[0],
        moreTriggerCharacter: FORMAT_TRIGGERS.slice(1),
      },
      documentRangeFormattingProvider: true,
      documentSymbolProvider: true,
      foldingRangeProvider: true,
      hoverProvider: true,
      inlayHintProvider: true,
      selectionRangeProvider: true,
    },
  };
}
