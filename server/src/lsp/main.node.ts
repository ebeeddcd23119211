import { createConnection as connectTo } from "node:net";
import { nodeFetcher } from "../hosted/nodeNetwork.js";
import { VERSION } from "../version.js";
import { createConnection } from "./connection.js";
import type { Transport } from "./jsonRpc.js";
import { serve } from "./languageServer.js";
import { ipcTransport, streamTransport } from "./nodeTransports.js";
import { writePrivateKey } from "./privateKeyFile.js";

/** How often it is looked whether the editor still lives, in ms. */
const WATCH_INTERVAL = 3000;

let watched: NodeJS.Timeout | undefined;

const connection = createConnection(transport(process.argv.slice(2)), { exit, started: watch });
serve(connection, {
  version: VERSION,
  platform: { createFetcher: nodeFetcher, writePrivateKey },
});

/**
 * The way to the editor that the command line names: `--stdio`, `--node-ipc`, `--socket=PORT` or `--pipe=NAME`.
 *
 * Source: LSP 3.18, "Implementation Considerations".
 */
function transport(given: readonly string[]): Transport {
  for (const [index, argument] of given.entries()) {
    const [name, value = given[index + 1] ?? ""] = argument.split("=", 2);
    if (name === "--stdio") {
      // Only messages may go to the standard output.
      console.log = console.info = console.debug = console.error;
      return streamTransport(process.stdin, process.stdout);
    }
    if (name === "--node-ipc") return ipcTransport(process);
    if (name === "--socket" || name === "--pipe") {
      const socket = name === "--socket" ? connectTo(Number(value)) : connectTo(value);
      return streamTransport(socket, socket);
    }
  }
  console.error("Name the way to the editor: --stdio, --node-ipc, --socket=PORT or --pipe=NAME.");
  return process.exit(2);
}

/** Ends when the editor's process is gone, however it ended. */
function watch(editor: number | null): void {
  if (editor === null || watched) return;
  watched = setInterval(() => {
    try {
      process.kill(editor, 0);
    } catch {
      // No such process any more.
      exit(false);
    }
  }, WATCH_INTERVAL).unref();
}

function exit(inOrder: boolean): void {
  process.exit(inOrder ? 0 : 1);
}
