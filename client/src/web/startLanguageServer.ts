import * as vscode from "vscode";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  type MessageTransports,
} from "vscode-languageclient/browser";
import { workerScript } from "./workerScript.js";

/** The file that starts, beside the list of those it may require; `server/scripts/build.mjs` makes both. */
const MAIN = "languageServer.web.cjs";
const LIST = "languageServer.web.json";

let running: Worker | undefined;

/** Ends the web worker that was started last, whatever it does. */
export function endLanguageServer(): void {
  running?.terminate();
  running = undefined;
}

/**
 * Starts the language server in a web worker. Its files are read through the editor's file system and handed over as
 * one script: a worker of VS Code for the Web may load scripts from `blob:` everywhere, but not from where a remote or
 * virtual file system keeps the extension.
 *
 * A worker that was started before is ended: it may hang.
 *
 * @param dist the folder with the language server's files
 * @throws when a file cannot be read, or the script cannot be run
 */
export async function startLanguageServer(dist: vscode.Uri): Promise<MessageTransports> {
  endLanguageServer();
  const read = async (name: string): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(dist, name)));
  const names: string[] = [MAIN, ...JSON.parse(await read(LIST))];
  const files = await Promise.all(names.map(async (name) => [name, await read(name)] as const));
  const url = URL.createObjectURL(new Blob(workerScript(MAIN, files), { type: "text/javascript" }));
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
