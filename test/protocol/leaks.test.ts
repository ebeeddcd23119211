import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { BUNDLE, PULLING } from "./testClient.js";

const MEASURE = fileURLToPath(new URL("measureHeap.cjs", import.meta.url));
const CYCLES = 1000;

interface Measured {
  /** Bytes in use after a garbage collection. */
  readonly heap: number;
  /** Timers, sockets and the like that keep the process busy. */
  readonly resources: readonly string[];
}

/** A text of 5 KB that no other document has. */
function textOf(cycle: number): string {
  const redirectUris = Array.from({ length: 90 }, (_, i) => `https://app.acme.dev/${cycle}/${i}/callback`);
  return JSON.stringify({ client_id: "https://app.acme.dev/client.json", redirect_uris: redirectUris });
}

async function measure(server: ChildProcess): Promise<Measured> {
  const answered: Promise<[Measured]> = once(server, "message") as Promise<[Measured]>;
  server.send("measure");
  const [measured] = await answered;
  return measured;
}

/** Opens a document, uses it as an editor does, edits it, and closes it. */
async function useDocument(connection: ProtocolConnection, cycle: number, pulls: boolean): Promise<void> {
  const textDocument = { uri: `file:///${cycle}.cimd.json` };
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { ...textDocument, languageId: "cimd", version: 1, text: textOf(cycle) },
  });
  if (pulls) await connection.sendRequest("textDocument/diagnostic", { textDocument });
  await connection.sendNotification("textDocument/didChange", {
    textDocument: { ...textDocument, version: 2 },
    contentChanges: [{ text: textOf(-cycle) }],
  });
  if (cycle % 50 === 0) {
    const position = { line: 0, character: 5 };
    await connection.sendRequest("textDocument/hover", { textDocument, position });
    await connection.sendRequest("textDocument/codeLens", { textDocument });
  }
  await connection.sendNotification("textDocument/didClose", { textDocument });
}

it.each([
  ["pulls diagnostics", PULLING],
  ["gets diagnostics pushed", { workspace: { configuration: true } }],
])(
  "nothing is left of documents that were closed, where the editor %s",
  async (_, capabilities) => {
    const server = spawn(process.execPath, ["--expose-gc", "--require", MEASURE, BUNDLE, "--stdio"], {
      stdio: ["pipe", "pipe", "inherit", "ipc"],
    });
    onTestFinished(() => void server.kill());
    const { stdin, stdout } = server;
    if (!stdin || !stdout) throw new Error("the language server has no streams");
    const connection = createProtocolConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    );
    connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) =>
      items.map(() => ({})),
    );
    connection.listen();
    await connection.sendRequest("initialize", { processId: null, rootUri: null, capabilities });
    await connection.sendNotification("initialized", {});

    const pulls = capabilities === PULLING;
    const use = async (from: number, to: number) => {
      for (let cycle = from; cycle < to; cycle++) await useDocument(connection, cycle, pulls);
      // Its answer says that everything before has been read.
      await connection.sendRequest("cimd/listServers", {});
      return measure(server);
    };
    // What is made once: compiled code, and all that is loaded on first use.
    const before = await use(0, CYCLES / 2);
    const after = await use(CYCLES / 2, CYCLES / 2 + CYCLES);
    // Whatever stayed of a document, its text or what is known of it, would be five kilobytes at least.
    expect(after.heap - before.heap).toBeLessThan(CYCLES * 2048);
    expect(after.resources).toEqual(before.resources);
    connection.dispose();
  },
  120_000,
);
