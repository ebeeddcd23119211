import type { CancellationToken } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Analysis } from "../check/analyse.js";
import type { OnServerFailure } from "../servers/evaluate.js";
import type { ClientSupport } from "./clientSupport.js";
import type { Guard } from "./guard.js";
import type { OpenDocuments } from "./openDocuments.js";
import type { Settings } from "./settings.js";

/** What the handlers of requests may use of a running language server. */
export interface Session {
  readonly documents: OpenDocuments;
  /**
   * What is known of a document as it is now.
   *
   * @throws {ResponseError} when the document changes before that is known; the editor asks again if it still wants to know
   */
  analysisOf(document: TextDocument, token: CancellationToken): Promise<Analysis>;
  settingsFor(uri: string): Promise<Settings>;
  /** Where `cimd.hosting` says that a document is served from. */
  urlFor(uri: string, settings: Settings): string | undefined;
  /** What the editor said it understands. */
  client(): ClientSupport;
  /** Commands that the editor said it has. */
  clientCommands(): ReadonlySet<string>;
  /** Whether the editor has a workspace, whose settings it changes before the person's own. */
  hasWorkspace(): boolean;
  readonly guard: Guard;
  /** Called when an authorization server's profile throws; the log says so once. */
  readonly onServerFailure: OnServerFailure;
}
