import * as vscode from "vscode";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  type MessageTransports,
} from "vscode-languageclient/browser";

let running: Worker | undefined;

/** Ends the web worker that was started last, whatever it does. */
export function endLanguageServer(): void {
  running?.terminate();
  running = undefined;
}

/**
 * Starts the language server in a web worker. Its script is read through the editor's file system and handed over:
 * a worker of VS Code for the Web may load scripts from `blob:` everywhere, but not from where a remote or
 * virtual file system keeps the extension.
 *
 * A worker that was started before is ended: it may hang.
 *
 * @param script the language server's
 * @throws when the file cannot be read, or the script cannot be run
 */
export async function startLanguageServer(script: vscode.Uri): Promise<MessageTransports> {
  endLanguageServer();
  const content = new Uint8Array(await vscode.workspace.fs.readFile(script));
  const url = URL.createObjectURL(new Blob([content], { type: "text/javascript" }));
  try {
    const worker = new Worker(url, { name: "CIMD language server" });
    running = worker;
    await ready(worker);
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Waits for the first message, which says nothing but that the worker listens. */
function ready(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.addEventListener("message", () => resolve(), { once: true });
    worker.addEventListener("error", ({ message }) => reject(new Error(message)), { once: true });
  });
}
