import { spawn } from "node:child_process";
import { once } from "node:events";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { createConnection } from "vscode-languageserver/node";
import {
  type ClientCapabilities,
  type CodeAction,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceFolder,
} from "vscode-languageserver-protocol/node";
import { narrow } from "../../server/src/lsp/connection.js";
import { serve } from "../../server/src/lsp/languageServer.js";
import type { Platform } from "../../server/src/lsp/otherRequests.js";

/** The language server's bundle, as it is shipped. */
export const BUNDLE = fileURLToPath(new URL("../../server/dist/languageServer.js", import.meta.url));

export interface Setup {
  /** `in-band`: the sources in this process; `spawn`: the bundle over stdio. */
  readonly mode: "in-band" | "spawn";
  readonly capabilities?: ClientCapabilities;
  readonly settings?: unknown;
  readonly initializationOptions?: unknown;
  readonly workspaceFolders?: WorkspaceFolder[];
  /** Network and file system of a language server that runs in-band; absent: neither. */
  readonly platform?: Platform;
}

/** Capabilities of an editor that pulls diagnostics, answers configuration requests and shows what VS Code shows. */
export const PULLING: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    diagnostics: { refreshSupport: true },
    codeLens: { refreshSupport: true },
  },
  textDocument: {
    diagnostic: {},
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
    completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    hover: { contentFormat: ["markdown"] },
  },
};

/** A generic LSP client for tests. */
export class TestClient {
  readonly connection: ProtocolConnection;
  readonly published: PublishDiagnosticsParams[] = [];
  readonly log: string[] = [];
  settings: unknown;
  refreshes = 0;
  lensRefreshes = 0;
  #init: InitializeResult | undefined;
  readonly #stop: () => Promise<void>;

  private constructor(connection: ProtocolConnection, settings: unknown, stop: () => Promise<void>) {
    this.connection = connection;
    this.settings = settings;
    this.#stop = stop;
  }

  static async start({
    mode,
    capabilities = PULLING,
    settings = {},
    initializationOptions,
    workspaceFolders = [],
    platform,
  }: Setup): Promise<TestClient> {
    const { connection, stop } = mode === "in-band" ? inBand(platform) : spawned();
    const client = new TestClient(connection, settings, stop);
    connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      client.published.push(params);
    });
    connection.onNotification("window/logMessage", ({ message }: { message: string }) => {
      client.log.push(message);
    });
    connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) =>
      items.map(() => client.settings),
    );
    connection.onRequest("workspace/diagnostic/refresh", () => {
      client.refreshes++;
      return null;
    });
    connection.onRequest("workspace/codeLens/refresh", () => {
      client.lensRefreshes++;
      return null;
    });
    connection.onRequest("client/registerCapability", () => null);
    connection.listen();
    client.#init = await connection.sendRequest<InitializeResult>("initialize", {
      processId: null,
      rootUri: null,
      capabilities,
      initializationOptions,
      workspaceFolders,
    });
    await connection.sendNotification("initialized", {});
    return client;
  }

  get initialized(): InitializeResult {
    if (!this.#init) throw new Error("not initialized");
    return this.#init;
  }

  async open(uri: string, text: string, languageId = "cimd"): Promise<void> {
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  async change(uri: string, version: number, range: Range, text: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [{ range, text }],
    });
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }

  async pull(uri: string): Promise<Diagnostic[]> {
    const report = await this.connection.sendRequest<{ items: Diagnostic[] }>("textDocument/diagnostic", {
      textDocument: { uri },
    });
    return report.items;
  }

  async codeActions(uri: string, range: Range, only?: string[]): Promise<CodeAction[]> {
    return this.connection.sendRequest("textDocument/codeAction", {
      textDocument: { uri },
      range,
      context: { diagnostics: [], ...(only ? { only } : {}) },
    });
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest("shutdown");
    await this.#stop();
    this.connection.dispose();
  }
}

function spawned(): { connection: ProtocolConnection; stop: () => Promise<void> } {
  const child = spawn(process.execPath, [BUNDLE, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const stop = async (): Promise<void> => {
    const ended = once(child, "exit");
    await connection.sendNotification("exit");
    await ended;
  };
  return { connection, stop };
}

function inBand(platform: Platform | undefined): {
  connection: ProtocolConnection;
  stop: () => Promise<void>;
} {
  const up = new PassThrough();
  const down = new PassThrough();
  const server = narrow(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)));
  serve(server, { version: "0.0.0-test", ...(platform ? { platform } : {}) });
  const connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  // No `exit` notification: it would end the test's own process.
  const stop = async (): Promise<void> => server.dispose();
  return { connection, stop };
}
