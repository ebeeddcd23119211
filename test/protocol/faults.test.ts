import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import {
  createProtocolConnection,
  type Diagnostic,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { ALIVE } from "../../server/src/lsp/alive.js";
import { Random } from "../fuzz/engine/random.js";
import { BUNDLE, PULLING } from "./testClient.js";

const URI = "file:///work/app/client.cimd.json";

const TEXT = `{
  "client_id": "http://app.acme.dev/oauth/client",
  "client_name": "Acme",
  "redirect_uris": ["http://localhost:*/callback", "com.acme:/callback"]
}
`;

/** Long enough to be checked with pauses, in which other messages are read. */
const LONG = `{ "client_id": "https://app.acme.dev/c", "redirect_uris": [${Array.from(
  { length: 20_000 },
  (_, index) => `"https://app.acme.dev/${index}"`,
).join(",")}] }`;

/** How often the language server is killed; the moments are chosen by the seed. */
const KILLS = 10;
const SEED = 20_261_123;

/** One language server of its own process, and an editor that may lose it. */
class Spawned {
  readonly process: ChildProcessWithoutNullStreams;
  readonly connection: ProtocolConnection;
  readonly log: string[] = [];
  settings: unknown = {};

  constructor() {
    this.process = spawn(process.execPath, [BUNDLE, "--stdio"]);
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.process.stdout),
      new StreamMessageWriter(this.process.stdin),
    );
    this.connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) =>
      items.map(() => this.settings),
    );
    this.connection.onRequest("client/registerCapability", () => null);
    this.connection.onNotification("window/logMessage", ({ message }: { message: string }) => {
      this.log.push(message);
    });
    // What is written to a process that was killed is lost, as an editor's is.
    this.connection.onError(() => undefined);
    this.process.stdin.on("error", () => undefined);
    this.connection.listen();
  }

  async initialize(): Promise<void> {
    await this.connection.sendRequest("initialize", {
      processId: null,
      rootUri: null,
      capabilities: PULLING,
      workspaceFolders: [{ uri: "file:///work/app", name: "app" }],
    });
    await this.connection.sendNotification("initialized", {});
  }

  open(text: string): Promise<void> {
    return this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri: URI, languageId: "cimd", version: 1, text },
    });
  }

  edit(version: number, text: string): Promise<void> {
    return this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: URI, version },
      contentChanges: [{ text }],
    });
  }

  async pull(): Promise<Diagnostic[]> {
    const report = await this.connection.sendRequest<{ items: Diagnostic[] }>("textDocument/diagnostic", {
      textDocument: { uri: URI },
    });
    return report.items;
  }

  /** Ends it as a crash does, and waits until it is gone. */
  async kill(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const ended = once(this.process, "exit");
      this.process.kill("SIGKILL");
      await ended;
    }
    this.connection.dispose();
  }
}

const running: Spawned[] = [];

function start(): Spawned {
  const spawned = new Spawned();
  running.push(spawned);
  return spawned;
}

afterEach(async () => {
  for (const spawned of running.splice(0)) await spawned.kill();
});

describe("a language server that is killed", () => {
  it("says the same after it was started again, whatever it was doing", async () => {
    const random = new Random(SEED);
    const first = start();
    await first.initialize();
    await first.open(TEXT);
    const expected = await first.pull();
    expect(expected.length).toBeGreaterThan(0);

    for (let kill = 0; kill < KILLS; kill++) {
      const victim = start();
      // While it reads its own code, while it initializes, while it checks, between edits.
      const life = (async () => {
        await victim.initialize();
        await victim.open(kill % 2 === 0 ? LONG : TEXT);
        await victim.pull();
        for (let version = 2; ; version++) {
          await victim.edit(version, version % 2 === 0 ? TEXT : LONG);
          await victim.pull();
        }
      })().catch(() => "ended");
      await delay(random.below(600));
      await victim.kill();
      expect(await life).toBe("ended");
    }

    const successor = start();
    await successor.initialize();
    await successor.open(TEXT);
    expect(await successor.pull()).toEqual(expected);
  }, 60_000);
});

describe("a language server whose editor is gone", () => {
  it("ends when its input ends", async () => {
    const spawned = start();
    await spawned.initialize();
    const ended = once(spawned.process, "exit");
    spawned.process.stdin.end();
    expect((await ended)[1]).toBeNull();
  });

  it("ends while it checks a long document", async () => {
    const spawned = start();
    await spawned.initialize();
    await spawned.open(LONG);
    const pulled = spawned.pull().catch(() => "lost");
    const ended = once(spawned.process, "exit");
    spawned.process.stdin.end();
    spawned.process.stdout.destroy();
    await ended;
    spawned.connection.dispose();
    expect(await pulled).toBe("lost");
  });
});

describe("a language server that is busy", () => {
  it("answers whether it is alive while it checks a long document", async () => {
    const spawned = start();
    await spawned.initialize();
    await spawned.open(LONG);
    const order: string[] = [];
    const pulled = spawned.pull().then(() => order.push("checked"));
    const alive = spawned.connection.sendRequest(ALIVE).then((answer) => order.push(`alive ${answer}`));
    await Promise.all([pulled, alive]);
    expect(order).toEqual(["alive null", "checked"]);
  });
});

describe("a language server that is sent nonsense", () => {
  /** Requests and notifications with parameters that no editor sends. */
  const PARAMS = [
    undefined,
    {},
    [],
    [null],
    { textDocument: null },
    { textDocument: { uri: 5 } },
    { textDocument: { uri: URI }, position: "x" },
  ];
  const METHODS = [
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/codeAction",
    "textDocument/diagnostic",
    "textDocument/formatting",
    "textDocument/rangeFormatting",
    "textDocument/onTypeFormatting",
    "textDocument/selectionRange",
    "textDocument/documentSymbol",
    "textDocument/codeLens",
    "textDocument/inlayHint",
    "cimd/createDocument",
    "cimd/consentView",
    "cimd/clientCode",
    "cimd/addSigningKey",
    "cimd/explainRule",
    "cimd/validateHosted",
    "cimd/discover",
    "cimd/nothing",
    "__proto__",
    "constructor",
    "toString",
  ];

  async function stillWorks(spawned: Spawned): Promise<void> {
    await spawned.edit(99, TEXT);
    expect((await spawned.pull()).length).toBeGreaterThan(0);
    expect(spawned.process.exitCode).toBeNull();
  }

  it("answers requests without sense, and goes on", async () => {
    const spawned = start();
    await spawned.initialize();
    await spawned.open(TEXT);
    const answers = METHODS.flatMap((method) =>
      PARAMS.map((params) =>
        spawned.connection.sendRequest(method, params).then(
          () => "answered",
          () => "refused",
        ),
      ),
    );
    expect((await Promise.all(answers)).length).toBe(METHODS.length * PARAMS.length);
    await stillWorks(spawned);
  });

  it("survives settings that are none", async () => {
    for (const settings of [
      null,
      [],
      7,
      "x",
      { rules: [[]], servers: { length: 9 }, hosting: [null], hosted: "x" },
    ]) {
      const spawned = start();
      spawned.settings = settings;
      await spawned.initialize();
      await spawned.open(TEXT);
      expect((await spawned.pull()).length).toBeGreaterThan(0);
    }
  });

  it("survives edits of places and documents that are not there", async () => {
    const spawned = start();
    await spawned.initialize();
    await spawned.open(TEXT);
    const place = { line: 1e9, character: 1e9 };
    const edits = [
      { textDocument: { uri: "file:///nowhere", version: 2 }, contentChanges: [{ text: "{}" }] },
      {
        textDocument: { uri: URI, version: 2 },
        contentChanges: [{ range: { start: place, end: place }, text: " " }],
      },
      { textDocument: { uri: URI, version: 1 }, contentChanges: [] },
    ];
    for (const edit of edits) await spawned.connection.sendNotification("textDocument/didChange", edit);
    await spawned.connection.sendNotification("textDocument/didClose", {
      textDocument: { uri: "file:///nowhere" },
    });
    await stillWorks(spawned);
  });
});
