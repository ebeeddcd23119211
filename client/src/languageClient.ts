import * as vscode from "vscode";
import type { BaseLanguageClient, CloseHandlerResult, LanguageClientOptions } from "vscode-languageclient";
import type * as z from "zod/mini";
import { ALIVE } from "../../server/src/lsp/alive.js";
import { BYTE_ORDER_MARK, type ByteOrderMarkParams } from "../../server/src/lsp/byteOrderMark.js";
import type { InitializationOptions } from "../../server/src/lsp/protocol.js";
import { messageOf } from "../../server/src/messageOf.js";
import { hasByteOrderMark } from "./byteOrderMark.js";
import { DOCUMENT_SELECTOR, isClientMetadataDocument } from "./documents.js";
import type { Platform } from "./platform.js";
import { Watchdog } from "./watchdog.js";

/** Crashes that are answered by a restart, and the time in which they are counted, in ms. */
const RESTARTS = { most: 4, within: 3 * 60_000 };

/**
 * How long the language server may be silent, in seconds: without a document, and for each million characters that are
 * open. It answers between two steps of a long check, so this is some ten times what a slow machine needs.
 */
const PATIENCE = { least: 20, perMillion: 10 };

type LanguageServerPlatform = Pick<Platform, "loadClient" | "holdLanguageServer">;

type Library = typeof import("vscode-languageclient");

/** Checks what the language server answers before anything uses it. */
type Shape<T> = z.ZodMiniType<T>;

/**
 * The connection to the language server: starts it when it is first needed, starts it again when it ends unexpectedly, and
 * offers a way back that works when it crashes again and again, or does not answer any more.
 */
export class LanguageServer implements vscode.Disposable {
  readonly #platform: LanguageServerPlatform;
  readonly #log: vscode.LogOutputChannel;
  readonly #initializationOptions: InitializationOptions;
  readonly #handlers = new Map<string, Set<(params: unknown) => void>>();
  #client: BaseLanguageClient | undefined;
  #starting: Promise<BaseLanguageClient> | undefined;
  /** How often it was told to stop. */
  #stops = 0;
  #crashes: number[] = [];
  readonly #watchdog = new Watchdog({
    patience,
    onSilence: (seconds) => this.#fellSilent(seconds),
    onAnswer: () => {
      this.#log.info("The language server answers again.");
      this.#stateChanged.fire();
    },
  });
  /** What the language server was told of each open document's byte order mark. */
  readonly #marks = new WeakMap<vscode.TextDocument, boolean>();
  readonly #following: vscode.Disposable;
  readonly #stateChanged = new vscode.EventEmitter<void>();
  /** The language server starts, runs or has ended. */
  readonly onDidChangeState = this.#stateChanged.event;

  /**
   * @param platform makes clients that have not been started, and ends what they start
   * @param log where the server's messages go
   * @param initializationOptions sent with `initialize`
   */
  constructor(
    platform: LanguageServerPlatform,
    log: vscode.LogOutputChannel,
    initializationOptions: InitializationOptions,
  ) {
    this.#platform = platform;
    this.#log = log;
    this.#initializationOptions = initializationOptions;
    const follow = (document: vscode.TextDocument): void => {
      const told = this.#marks.get(document);
      if (told !== undefined && told !== hasByteOrderMark(document)) void this.#tellMark(document);
    };
    // The editor reports another encoding as a change without changes.
    this.#following = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document }) => follow(document)),
      vscode.workspace.onDidSaveTextDocument(follow),
    );
  }

  /**
   * Starts the language server unless it runs.
   *
   * @returns the running client; rejects when the server cannot be started (the person has been told)
   */
  start(): Promise<BaseLanguageClient> {
    this.#starting ??= this.#create();
    return this.#starting;
  }

  async #create(): Promise<BaseLanguageClient> {
    const stops = this.#stops;
    const createClient = await this.#platform.loadClient();
    const library = await import("vscode-languageclient");
    if (this.#stops !== stops) {
      if (this.#starting) return this.#starting;
      throw new vscode.CancellationError();
    }
    const client: BaseLanguageClient = createClient(
      this.#clientOptions(library, () => ({
        action: library.CloseAction.DoNotRestart,
        handled: true,
        ...this.#closed(client),
      })),
    );
    this.#client = client;
    // The library's own messages speak of connections and codes. They go to the log; what a person has to know is said here.
    const logError = client.error.bind(client);
    client.error = (message, data) => logError(message, data, false);
    client.onDidChangeState(() => this.#stateChanged.fire());
    for (const method of this.#handlers.keys()) this.#listen(client, method);
    const started = client.start();
    this.#watchdog.forget();
    this.#watchdog.expect(() => started);
    try {
      await started;
    } catch (error) {
      this.#log.error(`The language server did not start: ${messageOf(error)}`);
      if (this.#client !== client) {
        // It ended while it was starting, and another one was started in its place, or it was told to stop.
        if (this.#starting) return this.#starting;
        throw error;
      }
      this.#client = undefined;
      this.#starting = undefined;
      this.#stateChanged.fire();
      this.#offerRestart(vscode.l10n.t("The CIMD language server did not start."));
      throw error;
    }
    return client;
  }

  /** What the language server does now, and the version it has said it is. */
  get status(): {
    readonly state: "starting" | "running" | "silent" | "stopped";
    readonly version: string | undefined;
  } {
    const client = this.#client;
    if (client === undefined) return { state: "stopped", version: undefined };
    const shown = client.isRunning() ? "running" : isStarting(client) ? "starting" : "stopped";
    return {
      state: shown !== "stopped" && this.#watchdog.isSilent ? "silent" : shown,
      version: client.initializeResult?.serverInfo?.version,
    };
  }

  /** Stops the language server, in whatever state it is, and starts a new one. Crashes before are forgotten. */
  async restart(): Promise<void> {
    this.#crashes = [];
    await this.#stop();
    await this.start();
    this.#log.info("The language server was restarted.");
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    const isSilent = this.#watchdog.isSilent;
    this.#stops++;
    this.#client = undefined;
    this.#starting = undefined;
    this.#watchdog.forget();
    if (!client) return;
    const end = this.#platform.holdLanguageServer(client);
    // One that does not answer, or has not answered yet, cannot be asked to stop.
    if (isSilent || isStarting(client)) end();
    try {
      await client.dispose();
    } catch (error) {
      // A server that crashed or never started cannot be shut down in order; the new one does not depend on it.
      this.#log.warn(`The old language server did not stop in order: ${messageOf(error)}`);
    } finally {
      end();
    }
  }

  /**
   * Asks the language server something beyond LSP.
   *
   * @param method one of the names in `lsp/protocol.ts`
   * @param shape what the answer has to look like
   * @throws when the server cannot be started, answers with an error, or answers something else; a cancelled token
   *   makes it throw a `CancellationError`
   */
  async request<T>(
    method: string,
    params: object,
    shape: Shape<T>,
    token?: vscode.CancellationToken,
  ): Promise<T> {
    const client = await this.start();
    try {
      // An undefined token would be sent as a second parameter, and reach the handler in the token's place.
      const answer = await (token === undefined
        ? client.sendRequest(method, params)
        : client.sendRequest(method, params, token));
      return shape.parse(answer);
    } catch (error) {
      if (token?.isCancellationRequested) throw new vscode.CancellationError();
      throw error;
    }
  }

  /** Listens to a notification of the language server, also after restarts. */
  onNotification(method: string, handler: (params: unknown) => void): vscode.Disposable {
    const known = this.#handlers.get(method);
    const handlers = known ?? new Set();
    handlers.add(handler);
    if (!known) {
      this.#handlers.set(method, handlers);
      if (this.#client) this.#listen(this.#client, method);
    }
    return new vscode.Disposable(() => handlers.delete(handler));
  }

  #listen(client: BaseLanguageClient, method: string): void {
    client.onNotification(method, (params: unknown) => {
      for (const handler of this.#handlers.get(method) ?? []) handler(params);
    });
  }

  /** @param closed what to do when the connection ends without having been told to */
  #clientOptions(
    { ErrorAction, RevealOutputChannelOn }: Library,
    closed: () => CloseHandlerResult,
  ): LanguageClientOptions {
    return {
      documentSelector: DOCUMENT_SELECTOR,
      outputChannel: this.#log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: this.#initializationOptions,
      markdown: { isTrusted: { enabledCommands: ["cimd.showCompatibility"] } },
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue }),
        closed,
      },
      middleware: {
        didOpen: async (document, next) => {
          // At once, in this order: a request that overtakes the opening is answered as if there were no document.
          await Promise.all([this.#tellMark(document), next(document)]);
        },
        sendRequest: (type, params, token, next) => {
          if (type !== ALIVE) this.#sent();
          return next(type, params, token);
        },
        sendNotification: (type, next, params) => {
          this.#sent();
          return next(type, params);
        },
      },
    };
  }

  /** Tells the language server whether the document's file has a byte order mark, which is not in its text. */
  async #tellMark(document: vscode.TextDocument): Promise<void> {
    const present = hasByteOrderMark(document);
    this.#marks.set(document, present);
    const params: ByteOrderMarkParams = { uri: document.uri.toString(), present };
    await this.#client?.sendNotification(BYTE_ORDER_MARK, params);
  }

  /** Something was sent: the language server has to answer before long. */
  #sent(): void {
    const client = this.#client;
    if (client?.isRunning()) this.#watchdog.expect(() => client.sendRequest(ALIVE));
  }

  #fellSilent(seconds: number): void {
    this.#log.error(`The language server has not answered for ${seconds} s.`);
    this.#stateChanged.fire();
    this.#offerRestart(vscode.l10n.t("The CIMD language server has not answered for {0} seconds.", seconds));
  }

  /**
   * The connection of a client has ended. The client itself is never started again: one that ended while it was starting
   * would be confused by it.
   *
   * @returns what the library writes to the log, if anything
   */
  #closed(client: BaseLanguageClient): Pick<CloseHandlerResult, "message"> {
    if (this.#client !== client) return {};
    this.#client = undefined;
    this.#starting = undefined;
    this.#watchdog.forget();
    const now = Date.now();
    this.#crashes = [...this.#crashes.filter((time) => now - time < RESTARTS.within), now];
    if (this.#crashes.length <= RESTARTS.most) {
      // Whoever waits for the old one gets the new one; `#create` tells the person when it fails.
      this.start().catch((error: unknown) => this.#log.debug(`Not started again: ${messageOf(error)}`));
      return {
        message: vscode.l10n.t(
          "The language server ended unexpectedly and is started again ({0}).",
          this.#crashes.length,
        ),
      };
    }
    this.#stateChanged.fire();
    this.#offerRestart(
      vscode.l10n.t(
        "The CIMD language server crashed {0} times and was not started again.",
        this.#crashes.length,
      ),
    );
    return { message: vscode.l10n.t("The language server stays down.") };
  }

  #offerRestart(message: string): void {
    const restart = vscode.l10n.t("Restart");
    const output = vscode.l10n.t("Show Output");
    void vscode.window.showErrorMessage(message, restart, output).then((choice) => {
      if (choice === restart) return vscode.commands.executeCommand("cimd.restartLanguageServer");
      if (choice === output) this.#log.show();
      return undefined;
    });
  }

  dispose(): Promise<void> {
    this.#following.dispose();
    this.#stateChanged.dispose();
    return this.#stop();
  }
}

function isStarting(client: BaseLanguageClient): boolean {
  return client.needsStop() && !client.isRunning();
}

/** How long the language server may be silent with the documents that are open, in seconds. */
function patience(): number {
  const documents = vscode.workspace.textDocuments.filter(isClientMetadataDocument);
  const characters = documents.reduce((sum, document) => sum + document.getText().length, 0);
  return PATIENCE.least + (PATIENCE.perMillion * characters) / 1_000_000;
}
