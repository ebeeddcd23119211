import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { FrameCheck } from "../../server/src/lsp/frameCheck.js";
import { BUNDLE } from "./testClient.js";

/** `ErrorCodes` of LSP 3.18. */
const SERVER_NOT_INITIALIZED = -32002;
const INVALID_REQUEST = -32600;

const running: ChildProcessWithoutNullStreams[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill();
});

function frame(message: object): string {
  const body = JSON.stringify({ jsonrpc: "2.0", ...message });
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/**
 * Sends messages to a language server of its own process.
 *
 * @param inputs each is sent half a second after the one before
 * @returns its exit code, what it wrote for people, and the code of the error that each request was answered with, by the
 *   request's id; null for a result
 */
async function talk(
  ...inputs: readonly string[]
): Promise<{ code: number | null; stderr: string; errors: Record<number, number | null> }> {
  const child = spawn(process.execPath, [BUNDLE, "--stdio"]);
  running.push(child);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString("utf8");
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString("utf8");
  });
  const closed = once(child, "close");
  // It may have ended before all is written.
  child.stdin.on("error", () => undefined);
  for (const [index, input] of inputs.entries()) {
    if (index > 0) await setTimeout(500);
    child.stdin.write(input);
  }
  const [code] = await closed;
  const errors: Record<number, number | null> = {};
  for (const body of stdout.split(/Content-Length: \d+\r\n\r\n/).slice(1)) {
    const { id, method, error } = JSON.parse(body);
    if (method === undefined) errors[id] = error?.code ?? null;
  }
  return { code, stderr, errors };
}

const initialize = { method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } };
const hover = {
  method: "textDocument/hover",
  params: { textDocument: { uri: "file:///x.cimd.json" }, position: { line: 0, character: 0 } },
};
const open = {
  method: "textDocument/didOpen",
  params: { textDocument: { uri: "file:///x.cimd.json", languageId: "cimd", version: 1, text: "{}" } },
};

describe("the life of a connection", () => {
  it("begins with initialize: other requests get an error, notifications are ignored", async () => {
    const messages = [
      { id: 1, ...hover },
      { id: 2, method: "cimd/listServers", params: {} },
      { id: 3, method: "no/such/method" },
      open,
      { id: 4, ...initialize },
      { id: 5, ...hover },
      { id: 6, method: "shutdown" },
      { method: "exit" },
    ];
    expect(await talk(messages.map(frame).join(""))).toMatchObject({
      code: 0,
      errors: {
        1: SERVER_NOT_INITIALIZED,
        2: SERVER_NOT_INITIALIZED,
        3: SERVER_NOT_INITIALIZED,
        4: null,
        5: null,
        6: null,
      },
    });
  });

  it("has one initialize", async () => {
    const messages = [
      { id: 1, ...initialize },
      { id: 2, ...initialize },
      { id: 3, ...hover },
      { method: "exit" },
    ];
    expect(await talk(messages.map(frame).join(""))).toMatchObject({
      errors: { 1: null, 2: INVALID_REQUEST, 3: null },
    });
  });

  it("ends with shutdown: nothing is answered behind it, and exit ends the process", async () => {
    const messages = [
      { id: 1, ...initialize },
      { id: 2, method: "shutdown" },
      { id: 3, ...hover },
      { id: 4, ...initialize },
      { id: 5, method: "shutdown" },
      open,
      { method: "exit" },
    ];
    expect(await talk(messages.map(frame).join(""))).toMatchObject({
      code: 0,
      errors: { 1: null, 2: null, 3: INVALID_REQUEST, 4: INVALID_REQUEST, 5: INVALID_REQUEST },
    });
  });

  it("goes on where a document has no usable URI or text", async () => {
    const { textDocument } = open.params;
    const messages = [
      { id: 1, ...initialize },
      ...[{ uri: { toString: [] } }, { uri: 5 }, { text: [] }, { text: undefined }].map((wrong) => ({
        ...open,
        params: { textDocument: { ...textDocument, ...wrong } },
      })),
      open,
      { id: 2, ...hover },
    ];
    // Problems are pushed a moment later.
    const later = [
      { id: 3, ...hover },
      { id: 4, method: "shutdown" },
    ];
    expect(
      await talk(messages.map(frame).join(""), later.map(frame).join(""), frame({ method: "exit" })),
    ).toMatchObject({
      code: 0,
      errors: { 1: null, 2: null, 3: null, 4: null },
    });
  });

  it("that has no shutdown ends with another exit code", async () => {
    expect((await talk(frame({ id: 1, ...initialize }) + frame({ method: "exit" }))).code).toBe(1);
  });
});

const BAD_FRAMES: readonly [string, string, string][] = [
  ["no length", "Content-Type: x\r\n\r\n{}", "no usable Content-Length"],
  ["a length that is no number", "Content-Length: two\r\n\r\n{}", "no usable Content-Length"],
  ["a length with something behind it", "Content-Length: 2x\r\n\r\n{}", "no usable Content-Length"],
  ["a negative length", "Content-Length: -2\r\n\r\n{}", "no usable Content-Length"],
  ["two lengths", "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "no usable Content-Length"],
  ["a line that is no field", "hello\r\nContent-Length: 2\r\n\r\n{}", "no usable Content-Length"],
  ["no fields", "\r\n\r\n{}", "no usable Content-Length"],
  ["a length that no memory has", "Content-Length: 99999999999\r\n\r\n{}", "more than 67108864 bytes"],
  ["a header without an end", "x".repeat(20_000), "within 8192 bytes"],
];

describe("a frame that cannot be read", () => {
  it.each(BAD_FRAMES.slice(0, 2))("ends the process: %s", async (_, bytes, message) => {
    const { code, stderr } = await talk(frame({ id: 1, ...initialize }) + bytes);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });

  it.each(BAD_FRAMES)("is noticed behind others, wherever its bytes are cut: %s", (_, bytes, message) => {
    const stream = Buffer.from(`${frame({ id: 1 })}${frame({ id: 2, text: "Acmé" })}${bytes}`);
    for (const size of [1, 7, stream.length]) {
      const check = new FrameCheck();
      let fault: string | undefined;
      for (let at = 0; at < stream.length && fault === undefined; at += size)
        fault = check.read(stream.subarray(at, at + size));
      expect(fault, `${size} bytes at a time`).toContain(message);
    }
  });

  it("is none where other fields stand beside the length", () => {
    const check = new FrameCheck();
    const stream = `content-length:2\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n{}`;
    expect(check.read(Buffer.from(stream.repeat(3)))).toBeUndefined();
  });
});
