import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { createBrowserFetcher } from "../hosted/browserFetcher.js";
import type { CreateFetcher } from "../hosted/network.js";
import { VERSION } from "../version.js";
import { narrow } from "./connection.js";
import { serve } from "./languageServer.js";

// The language server in a dedicated web worker: whoever started the worker is the editor.

/** What this file uses of `DedicatedWorkerGlobalScope`; the rest of the language server knows no browser's types. */
interface WorkerScope {
  readonly navigator: { readonly onLine: boolean };
  close(): void;
  postMessage(message: unknown): void;
}
const worker = globalThis as unknown as WorkerScope;

/** The browser's own network; a proxy is the browser's business. */
const browserFetcher: CreateFetcher = ({ allowPrivateNetwork }) =>
  createBrowserFetcher({
    network: { fetch: (url, init) => fetch(url, init), isOnline: () => worker.navigator.onLine },
    allowPrivateNetwork,
  });

const connection = createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker));
connection.onExit(() => worker.close());
serve(narrow(connection), {
  version: VERSION,
  platform: { createFetcher: browserFetcher },
});
// Whoever started the worker waits for this one before the first request, so that a script that fails is noticed.
worker.postMessage("ready");
