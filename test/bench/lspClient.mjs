import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import rpc from "vscode-jsonrpc/node";

/** A language server process and a client that speaks to it as an editor would: pull diagnostics, configuration. */
export class LspClient {
  #child;
  #connection;

  /** @param {string[]} command a script and its arguments, run with this Node */
  constructor(command) {
    this.#child = spawn(process.execPath, command, {
      stdio: ["pipe", "pipe", "ignore"],
    });
    this.#connection = rpc.createMessageConnection(
      new rpc.StreamMessageReader(this.#child.stdout),
      new rpc.StreamMessageWriter(this.#child.stdin),
    );
    this.#connection.onRequest("workspace/configuration", ({ items }) => items.map(() => ({})));
    this.#connection.onRequest("client/registerCapability", () => null);
    this.#connection.onRequest("workspace/diagnostic/refresh", () => null);
    this.#connection.listen();
  }

  async initialize() {
    await this.#connection.sendRequest("initialize", {
      processId: null,
      rootUri: null,
      capabilities: {
        workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
        textDocument: { diagnostic: {}, synchronization: {} },
      },
      initializationOptions: { provideFormatter: true },
    });
  }

  async initialized(settings) {
    await this.#connection.sendNotification("initialized", {});
    await this.#connection.sendNotification("workspace/didChangeConfiguration", { settings });
  }

  open(uri, languageId, text) {
    return this.#connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  change(uri, version, range, text) {
    return this.#connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [{ range, text }],
    });
  }

  request(method, params) {
    return this.#connection.sendRequest(method, params);
  }

  pull(uri) {
    return this.#connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } });
  }

  /** Resident memory of the process, in bytes (Linux). */
  residentBytes() {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
  }

  async stop() {
    const ended = once(this.#child, "exit");
    await this.#connection.sendRequest("shutdown");
    await this.#connection.sendNotification("exit");
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 2000))]);
    this.#child.kill();
    this.#connection.dispose();
  }
}
