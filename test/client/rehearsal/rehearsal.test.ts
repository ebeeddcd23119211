import { beforeEach, describe, expect, it, vi } from "vitest";
import type { LogOutputChannel, Memento, Uri } from "vscode";
import type { StartRehearsalResult } from "../../../server/src/lsp/rehearsalProtocol.js";

vi.mock("vscode", () => ({
  EventEmitter: class {
    readonly #listeners: (() => void)[] = [];
    readonly event = (listener: () => void): void => void this.#listeners.push(listener);
    fire(): void {
      for (const listener of this.#listeners) listener();
    }
    dispose(): void {}
  },
  l10n: { t: (text: string) => text },
}));

const { Rehearsal } = await import("../../../client/src/rehearsal/rehearsal.js");

const document = (path: string): Uri => ({ path, toString: () => `file://${path}` }) as Uri;
const FILE = document("/client.cimd.json");
const STEP = { title: "Consent", outcome: "passed", sentence: "Allowed.", detail: [], at: 5 };

interface Asked {
  readonly method: string;
  readonly params: { readonly token: string; readonly [member: string]: unknown };
}

describe("a rehearsal in the editor", () => {
  let asked: Asked[];
  let answer: StartRehearsalResult | Error;
  let stored: Map<string, unknown>;
  let tell: (params: unknown) => void;
  let languageServerState: string;
  let languageServerChanges: () => void;
  let warnings: string[];
  let rehearsal: InstanceType<typeof Rehearsal>;

  beforeEach(() => {
    asked = [];
    stored = new Map();
    warnings = [];
    languageServerState = "running";
    answer = {
      state: "started",
      servers: [{ id: "keycloak", name: "Keycloak" }],
      address: "http://127.0.0.1:50000/mcp",
      port: 50_000,
    };
    const languageServer = {
      onNotification: (_method: string, handler: (params: unknown) => void) => {
        tell = handler;
        return { dispose: () => {} };
      },
      onDidChangeState: (handler: () => void) => {
        languageServerChanges = handler;
        return { dispose: () => {} };
      },
      get status() {
        return { state: languageServerState, version: undefined };
      },
      request: async (method: string, params: Asked["params"]) => {
        asked.push({ method, params });
        if (method === "cimd/stopRehearsal") return null;
        if (answer instanceof Error) throw answer;
        return answer;
      },
    };
    rehearsal = new Rehearsal(
      languageServer as unknown as ConstructorParameters<typeof Rehearsal>[0],
      {
        get: (key: string) => stored.get(key),
        update: async (key: string, value: unknown) => void stored.set(key, value),
      } as unknown as Memento,
      { warn: (line: string) => warnings.push(line), error: () => {} } as unknown as LogOutputChannel,
    );
  });

  const token = (): string => asked.at(-1)?.params.token ?? "";
  const step = (given: object = STEP, of = token()): void =>
    tell({ token: of, event: { type: "step", step: given } });

  it("runs with the specifications first, and remembers the port", async () => {
    await rehearsal.start(FILE);
    expect(asked[0]?.params).toMatchObject({ uri: "file:///client.cimd.json", server: "specification" });
    expect(asked[0]?.params).not.toHaveProperty("port");
    expect(rehearsal.state).toMatchObject({ phase: "running", address: "http://127.0.0.1:50000/mcp" });
    await rehearsal.start(FILE);
    expect(asked[1]?.params).toMatchObject({ port: 50_000 });
  });

  it("gathers steps, and forgets the oldest of very many", async () => {
    await rehearsal.start(FILE);
    for (let at = 0; at < 503; at++) step({ ...STEP, at });
    expect(rehearsal.state.steps).toHaveLength(500);
    expect(rehearsal.state.steps[0]).toMatchObject({ at: 3 });
    expect(rehearsal.state.earlier).toBe(3);
    tell({ token: token(), event: { type: "signedIn" } });
    expect(rehearsal.state.signedIn).toBe(true);
    rehearsal.clear();
    expect(rehearsal.state).toMatchObject({ steps: [], earlier: 0, signedIn: false, phase: "running" });
  });

  it("hears only of the rehearsal that was started last, and of nothing that is malformed", async () => {
    await rehearsal.start(FILE);
    const before = token();
    await rehearsal.start(FILE);
    step(STEP, before);
    step({ ...STEP, outcome: "odd" });
    tell({ token: before, event: { type: "ended", reason: "Old." } });
    expect(rehearsal.state).toMatchObject({ steps: [], phase: "running" });
    expect(warnings).toHaveLength(1);
  });

  it("starts anew for another server, and keeps the steps of the same document", async () => {
    await rehearsal.start(FILE);
    step();
    await rehearsal.answerAs("keycloak");
    expect(asked.at(-1)?.params).toMatchObject({ server: "keycloak" });
    expect(rehearsal.state.steps).toHaveLength(1);
    await rehearsal.start(document("/other.cimd.json"));
    expect(rehearsal.state).toMatchObject({ steps: [], server: "keycloak", servers: [{ id: "keycloak" }] });
  });

  it("chooses a server without starting while it has ended", async () => {
    await rehearsal.start(FILE);
    await rehearsal.stop();
    const { length } = asked;
    await rehearsal.answerAs("keycloak");
    expect(asked).toHaveLength(length);
    expect(rehearsal.state).toMatchObject({ server: "keycloak", phase: "ended" });
  });

  it("is stopped once, and hears nothing more", async () => {
    await rehearsal.start(FILE);
    const started = token();
    await rehearsal.stop();
    await rehearsal.stop();
    expect(asked.map(({ method }) => method)).toEqual(["cimd/startRehearsal", "cimd/stopRehearsal"]);
    expect(token()).toBe(started);
    step(STEP, started);
    expect(rehearsal.state).toMatchObject({ phase: "ended", reason: "", steps: [] });
  });

  it("says why it ended or did not start", async () => {
    await rehearsal.start(FILE);
    tell({ token: token(), event: { type: "ended", reason: "The document was closed." } });
    expect(rehearsal.state).toMatchObject({ phase: "ended", reason: "The document was closed." });
    answer = { state: "refused", servers: [], reason: "An atproto document." };
    await rehearsal.start(FILE);
    expect(rehearsal.state).toMatchObject({ phase: "ended", reason: "An atproto document." });
    answer = new Error("Starting the rehearsal failed: no");
    await rehearsal.start(FILE);
    expect(rehearsal.state).toMatchObject({ phase: "ended", reason: "Starting the rehearsal failed: no" });
  });

  it("ends with the language server, and not with one that is only silent", async () => {
    await rehearsal.start(FILE);
    languageServerState = "silent";
    languageServerChanges();
    expect(rehearsal.state.phase).toBe("running");
    languageServerState = "stopped";
    languageServerChanges();
    expect(rehearsal.state).toMatchObject({
      phase: "ended",
      reason: "The language server has ended, and the rehearsal with it.",
    });
  });

  it("asks nobody any more once it is disposed of", async () => {
    await rehearsal.start(FILE);
    rehearsal.dispose();
    await rehearsal.stop();
    expect(asked.map(({ method }) => method)).toEqual(["cimd/startRehearsal"]);
  });
});
