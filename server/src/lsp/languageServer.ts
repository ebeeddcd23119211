import {
  type CancellationToken,
  LSPErrorCodes,
  ResponseError,
  type WorkspaceFoldersChangeEvent,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Analysis } from "../check/analyse.js";
import { hostedUrl } from "../check/hosting.js";
import { setMessages } from "../localisation/messages.js";
import { messageOf, traceOf } from "../messageOf.js";
import type { ServerFailure } from "../servers/evaluate.js";
import type { Analyses } from "./analyses.js";
import { type ClientSupport, clientSupport } from "./clientSupport.js";
import type { Connection } from "./connection.js";
import { EditorDiagnostics } from "./editorDiagnostics.js";
import { EditorSettings } from "./editorSettings.js";
import { createGuard } from "./guard.js";
import { readInitializationOptions } from "./initializationOptions.js";
import { abilitiesOf, type EditorAbilities, foldersOf, initializeResult } from "./initialize.js";
import { OpenDocuments } from "./openDocuments.js";
import type { Platform } from "./otherRequests.js";
import type { Session } from "./session.js";
import type { Settings } from "./settings.js";
import { WorkspaceFolders } from "./workspaceFolders.js";

/** What differs between Node and a web worker. */
export interface Environment {
  readonly version: string;
  /** The network and the file system. */
  readonly platform?: Platform;
}

/**
 * Wires a connection to the language features. Everything a person sees comes from the pure modules; this file only maps
 * LSP to them.
 */
export function serve(connection: Connection, environment: Environment): void {
  const documents = new OpenDocuments();
  const settings = new EditorSettings(connection);
  const diagnostics = new EditorDiagnostics(connection, documents, settings, analyse);
  const guard = createGuard(connection);
  const reported = new Set<string>();
  /** Made when a document is checked for the first time. */
  let analyses: Analyses | undefined;
  let client: ClientSupport = clientSupport({});
  let clientCommands: ReadonlySet<string> = new Set();
  let abilities: EditorAbilities = abilitiesOf({});
  let folders = new WorkspaceFolders();

  const session: Session = {
    documents,
    analysisOf,
    settingsFor: (uri) => settings.of(uri),
    urlFor,
    guard,
    onServerFailure,
    client: () => client,
    clientCommands: () => clientCommands,
    hasWorkspace: () => !folders.isEmpty,
  };

  /** @returns undefined when the document changed, or nobody waits any more, before it is known */
  async function analyse(
    document: TextDocument,
    current: Settings,
    token: CancellationToken,
  ): Promise<Analysis | undefined> {
    const { Analyses } = await import("./analyses.js");
    analyses ??= new Analyses({
      served: (uri, text) => documents.served(uri, text),
      urlFor,
      onRuleFailure: ({ rule, error }) => reportOnce(`The rule ${rule} failed and is left out`, error),
      onServerFailure,
    });
    return analyses.of(document, current, token);
  }

  function onServerFailure({ server, error }: ServerFailure): void {
    reportOnce(`The profile of ${server} failed and its verdict is left out`, error);
  }

  /** Writes to the log that a part of a check failed, where it has not said so before. */
  function reportOnce(what: string, error: unknown): void {
    if (reported.has(what)) return;
    reported.add(what);
    connection.console.error(`${what}: ${traceOf(error)}`);
  }

  async function analysisOf(document: TextDocument, token: CancellationToken): Promise<Analysis> {
    const analysis = await analyse(document, await settings.of(document.uri), token);
    if (!analysis) throw new ResponseError(LSPErrorCodes.ContentModified, "The document has changed.");
    return analysis;
  }

  function urlFor(uri: string, { hosting }: Settings): string | undefined {
    const path = folders.relativePath(uri);
    return path === undefined ? undefined : hostedUrl(hosting, path);
  }

  connection.onRequest("initialize", (params) => {
    client = clientSupport(params.capabilities);
    abilities = abilitiesOf(params.capabilities);
    settings.initialize(abilities);
    diagnostics.initialize(abilities);
    folders = new WorkspaceFolders(foldersOf(params));
    const options = readInitializationOptions(params.initializationOptions ?? {});
    if (options) {
      clientCommands = new Set(options.clientCommands);
      setMessages(options.messages);
    } else connection.console.warn("initializationOptions were not understood and left out.");
    return initializeResult(environment.version, abilities);
  });

  connection.onNotification("initialized", () => {
    if (abilities.folders) connection.onFoldersChanged(foldersChanged);
    settings.follow();
  });

  connection.onNotification("workspace/didChangeConfiguration", ({ settings: sent }) => {
    settings.changed(sent);
    renew();
  });

  function foldersChanged({ added, removed }: WorkspaceFoldersChangeEvent): void {
    folders.change(added, removed);
    settings.forgetAll();
    analyses?.forgetAll();
    renew();
  }

  /** Brings what is shown of all open documents up to date with the settings. */
  function renew(): void {
    if (abilities.inlayHintRefresh) askAgain("workspace/inlayHint/refresh");
    if (abilities.codeLensRefresh) askAgain("workspace/codeLens/refresh");
    diagnostics.renew();
  }

  function askAgain(method: string): void {
    connection.sendRequest(method).catch((error: unknown) => {
      connection.console.error(`The editor did not answer ${method}: ${messageOf(error)}`);
    });
  }

  connection.onRequest("textDocument/diagnostic", ({ textDocument }, token) =>
    guard("Checking the document", token, () => diagnostics.pull(textDocument.uri, token)),
  );
  documents.follow(connection, {
    changed: ({ uri }) => diagnostics.changed(uri),
    marked: renew,
    closed({ uri }) {
      analyses?.forget(uri);
      settings.forget(uri);
      diagnostics.closed(uri);
    },
  });
  connection.onFirstOther(async () => {
    const { answerOtherRequests } = await import("./otherRequests.js");
    answerOtherRequests(connection, session, environment.platform);
  });
  connection.listen();
}
