import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { BUNDLE, PULLING } from "./testClient.js";

/** Writes which files a process has read when it ends. */
const HOOK = fileURLToPath(new URL("../bench/loadedFiles.cjs", import.meta.url));

const DOCUMENT = JSON.stringify({
  client_id: "https://app.acme.dev/oauth/client.json",
  client_name: "Acme",
  redirect_uris: ["http://localhost:*/callback", "http://127.0.0.1/callback", "http://[::1]/callback"],
  token_endpoint_auth_method: "none",
});

/** The files that the language server has read when it has done what it is used for. */
async function filesRead(use: (connection: ProtocolConnection) => Promise<void>): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "cimd-loaded-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const list = path.join(folder, "loaded");
  const server = spawn(process.execPath, ["--require", HOOK, BUNDLE, "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, BENCH_LOADED: list },
  });
  onTestFinished(() => void server.kill());
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) => items.map(() => null));
  connection.listen();
  await connection.sendRequest("initialize", { processId: null, rootUri: null, capabilities: PULLING });
  await use(connection);
  await connection.sendRequest("shutdown");
  const ended = once(server, "exit");
  await connection.sendNotification("exit");
  await ended;
  const read = (await readFile(list, "utf8")).split("\n").filter((file) => file !== HOOK);
  return read.map((file) => path.basename(file)).sort();
}

it("the start reads no more than the connection takes", async () => {
  const read = await filesRead((connection) => connection.sendNotification("initialized", {}));
  expect(read).toEqual(["languageServer.cjs", "lsp.cjs", "messages.cjs"]);
});

it("the first diagnostics read what they need and nothing else", async () => {
  const read = await filesRead(async (connection) => {
    await connection.sendNotification("initialized", {});
    const textDocument = { uri: "file:///first.cimd.json" };
    await connection.sendNotification("textDocument/didOpen", {
      textDocument: { ...textDocument, languageId: "cimd", version: 1, text: DOCUMENT },
    });
    const { items } = await connection.sendRequest<{ items: unknown[] }>("textDocument/diagnostic", {
      textDocument,
    });
    expect(items.length).toBeGreaterThan(0);
  });
  expect(read).toEqual(["checking.cjs", "core.cjs", "languageServer.cjs", "lsp.cjs", "messages.cjs"]);
});
