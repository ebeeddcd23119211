import * as vscode from "vscode";
import * as z from "zod/mini";
import {
  REHEARSAL_EVENT,
  RehearsalEvent,
  START_REHEARSAL,
  STOP_REHEARSAL,
  type StartRehearsalParams,
  StartRehearsalResult,
  type StopRehearsalParams,
} from "../../../server/src/lsp/rehearsalProtocol.js";
import { messageOf } from "../../../server/src/messageOf.js";
import { SPECIFICATION_SCREEN } from "../../../server/src/views/consent/consentView.js";
import type { LanguageServer } from "../languageClient.js";
import type { RehearsalView } from "./messages.js";

/** Steps beyond this are forgotten, the oldest first. */
const MAX_STEPS = 500;
/** Where the editor keeps the port of the last time, so that configurations that were copied stay good. */
const PORT = "cimd.rehearsal.port";

type State = Omit<RehearsalView, "documentName" | "remote">;

const BEFORE: State = {
  phase: "ended",
  reason: "",
  signedIn: false,
  server: SPECIFICATION_SCREEN,
  servers: [],
  earlier: 0,
  steps: [],
};

/** The rehearsal of a sign-in that the language server runs for one document, and all that has happened in it. */
export class Rehearsal implements vscode.Disposable {
  readonly #languageServer: LanguageServer;
  readonly #ports: vscode.Memento;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  #document: vscode.Uri | undefined;
  #state: State = BEFORE;
  /** What the language server's notifications about the newest start carry. */
  #token = "";
  /** Something happened, or the rehearsal started or ended. */
  readonly onDidChange = this.#changed.event;

  constructor(languageServer: LanguageServer, ports: vscode.Memento, log: vscode.LogOutputChannel) {
    this.#languageServer = languageServer;
    this.#ports = ports;
    this.#log = log;
    this.#subscriptions = [
      this.#changed,
      languageServer.onNotification(REHEARSAL_EVENT, (params) => this.#happened(params)),
      languageServer.onDidChangeState(() => this.#languageServerChanged()),
    ];
  }

  /** The document of the newest start. */
  get document(): vscode.Uri | undefined {
    return this.#document;
  }

  get state(): State {
    return this.#state;
  }

  /** Starts it for a document, anew where one runs; what happened before is forgotten if that was another document's. */
  async start(document: vscode.Uri): Promise<void> {
    if (document.toString() !== this.#document?.toString()) {
      this.#state = { ...BEFORE, server: this.#state.server, servers: this.#state.servers };
      this.#document = document;
    }
    const token = crypto.randomUUID();
    this.#token = token;
    this.#change({ phase: "starting", reason: "", signedIn: false });
    const port = this.#ports.get<number>(PORT);
    const params: StartRehearsalParams = {
      uri: document.toString(),
      server: this.#state.server,
      token,
      ...(port === undefined ? {} : { port }),
    };
    try {
      const started = await this.#languageServer.request(START_REHEARSAL, params, StartRehearsalResult);
      if (this.#token !== token) return;
      const { servers } = started;
      if (started.state === "refused") {
        this.#change({ phase: "ended", reason: started.reason, servers });
        return;
      }
      this.#change({ phase: "running", address: started.address, servers });
      await this.#ports.update(PORT, started.port);
    } catch (error) {
      this.#log.error(`The rehearsal did not start: ${messageOf(error)}`);
      if (this.#token === token) this.#change({ phase: "ended", reason: messageOf(error) });
    }
  }

  /** Answers as another authorization server from now on. */
  async answerAs(server: string): Promise<void> {
    this.#change({ server });
    if (this.#document && this.#state.phase !== "ended") await this.start(this.#document);
  }

  /** Ends it; nothing happens where it has ended. */
  async stop(): Promise<void> {
    if (this.#state.phase === "ended") return;
    const params: StopRehearsalParams = { token: this.#token };
    this.#token = "";
    this.#change({ phase: "ended", reason: "" });
    await this.#languageServer.request(STOP_REHEARSAL, params, z.null());
  }

  /** Forgets the steps. */
  clear(): void {
    this.#change({ earlier: 0, steps: [], signedIn: false });
  }

  #happened(params: unknown): void {
    const read = RehearsalEvent.safeParse(params);
    if (!read.success) {
      this.#log.warn("The language server said something about a rehearsal that was not understood.");
      return;
    }
    const { token, event } = read.data;
    if (token !== this.#token) return;
    switch (event.type) {
      case "step": {
        const steps = [...this.#state.steps, event.step];
        const shown = steps.slice(-MAX_STEPS);
        this.#change({ steps: shown, earlier: this.#state.earlier + steps.length - shown.length });
        return;
      }
      case "signedIn":
        this.#change({ signedIn: true });
        return;
      case "ended":
        this.#token = "";
        this.#change({ phase: "ended", reason: event.reason });
        return;
    }
  }

  /** A language server that ended takes the rehearsal with it; one that is silent may answer again. */
  #languageServerChanged(): void {
    const { state } = this.#languageServer.status;
    if (this.#state.phase !== "running" || state === "running" || state === "silent") return;
    this.#token = "";
    this.#change({
      phase: "ended",
      reason: vscode.l10n.t("The language server has ended, and the rehearsal with it."),
    });
  }

  #change(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed.fire();
  }

  /** The language server ends with the extension, and the rehearsal with it: it is not asked any more. */
  dispose(): void {
    this.#state = BEFORE;
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
