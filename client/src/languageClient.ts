import * as vscode from "vscode";
import {
  type BaseLanguageClient,
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  State,
} from "vscode-languageclient";
import type * as z from "zod/mini";
import type { InitializationOptions } from "../../server/src/lsp/protocol.js";
import { DOCUMENT_SELECTOR } from "./documents.js";
import { messageOf } from "./messageOf.js";
import type { Platform } from "./platform.js";

/** Crashes that are answered by a restart, and the time in which they are counted, in ms. */
const RESTARTS = { most: 4, within: 3 * 60_000 };

/** Checks what the language server answers before anything uses it. */
type Shape<T> = z.ZodMiniType<T>;

/**
 * The connection to the language server: starts it when it is first needed, restarts it, and after repeated crashes
 * offers a way back that works.
 */
export class LanguageServer implements vscode.Disposable {
  readonly #createClient: Platform["createClient"];
  readonly #log: vscode.LogOutputChannel;
  readonly #initializationOptions: InitializationOptions;
  readonly #handlers = new Map<string, Set<(params: unknown) => void>>();
  #client: BaseLanguageClient | undefined;
  #starting: Promise<BaseLanguageClient> | undefined;
  #crashes: number[] = [];
  readonly #stateChanged = new vscode.EventEmitter<void>();
  /** The language server starts, runs or has ended. */
  readonly onDidChangeState = this.#stateChanged.event;

  /**
   * @param createClient makes a client that has not been started
   * @param log where the server's messages go
   * @param initializationOptions sent with `initialize`
   */
  constructor(
    createClient: Platform["createClient"],
    log: vscode.LogOutputChannel,
    initializationOptions: InitializationOptions,
  ) {
    this.#createClient = createClient;
    this.#log = log;
    this.#initializationOptions = initializationOptions;
  }

  /**
   * Starts the language server unless it runs.
   *
   * @returns the running client; rejects when the server cannot be started (the person has been told)
   */
  start(): Promise<BaseLanguageClient> {
    this.#starting ??= this.#create().catch((error: unknown) => {
      this.#starting = undefined;
      throw error;
    });
    return this.#starting;
  }

  async #create(): Promise<BaseLanguageClient> {
    const client = this.#createClient(this.#clientOptions());
    this.#client = client;
    client.onDidChangeState(() => this.#stateChanged.fire());
    for (const method of this.#handlers.keys()) this.#listen(client, method);
    try {
      await client.start();
    } catch (error) {
      this.#log.error(`The language server did not start: ${messageOf(error)}`);
      this.#offerRestart(vscode.l10n.t("The CIMD language server did not start."));
      throw error;
    }
    return client;
  }

  /** What the language server does now, and the version it has said it is. */
  get status(): { readonly state: "starting" | "running" | "stopped"; readonly version: string | undefined } {
    const client = this.#client;
    const state = client === undefined ? State.Stopped : client.state;
    return {
      state: state === State.Running ? "running" : state === State.Starting ? "starting" : "stopped",
      version: client?.initializeResult?.serverInfo?.version,
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
    this.#client = undefined;
    this.#starting = undefined;
    if (!client) return;
    try {
      if (client.state === State.Starting) await client.start();
      await client.dispose();
    } catch (error) {
      // A server that crashed or never started cannot be shut down in order; the new one does not depend on it.
      this.#log.warn(`The old language server did not stop in order: ${messageOf(error)}`);
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

  #clientOptions(): LanguageClientOptions {
    return {
      documentSelector: DOCUMENT_SELECTOR,
      outputChannel: this.#log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: this.#initializationOptions,
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue }),
        closed: () => this.#closed(),
      },
    };
  }

  #closed(): CloseHandlerResult {
    const now = Date.now();
    this.#crashes = [...this.#crashes.filter((time) => now - time < RESTARTS.within), now];
    if (this.#crashes.length <= RESTARTS.most) {
      return {
        action: CloseAction.Restart,
        handled: true,
        message: vscode.l10n.t(
          "The language server ended unexpectedly and is started again ({0}).",
          this.#crashes.length,
        ),
      };
    }
    this.#offerRestart(
      vscode.l10n.t(
        "The CIMD language server crashed {0} times and was not started again.",
        this.#crashes.length,
      ),
    );
    return {
      action: CloseAction.DoNotRestart,
      handled: true,
      message: vscode.l10n.t("The language server stays down."),
    };
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
    this.#stateChanged.dispose();
    return this.#stop();
  }
}
