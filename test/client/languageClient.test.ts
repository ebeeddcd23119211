import { expect, it, vi } from "vitest";
import type { LogOutputChannel } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";

vi.mock("vscode", () => ({
  CancellationError: class CancellationError extends Error {},
  EventEmitter: class {
    readonly event = (): void => {};
    fire(): void {}
    dispose(): void {}
  },
  Disposable: { from: () => ({ dispose: () => {} }) },
  languages: { match: () => 0 },
  workspace: {
    textDocuments: [],
    onDidChangeTextDocument: () => {},
    onDidSaveTextDocument: () => {},
  },
}));
vi.mock("vscode-languageclient", () => ({
  CloseAction: { DoNotRestart: 1 },
  ErrorAction: { Continue: 1 },
  RevealOutputChannelOn: { Never: 4 },
}));

const { LanguageServer } = await import("../../client/src/languageClient.js");

/** A language server whose library is loaded when `load` is called, and the clients that are started. */
function languageServer() {
  const loads: (() => void)[] = [];
  const started: BaseLanguageClient[] = [];
  const server = new LanguageServer(
    {
      loadClient: async () => {
        await new Promise<void>((resolve) => loads.push(resolve));
        return () => {
          const client = {
            error: () => {},
            isRunning: () => true,
            needsStop: () => true,
            onDidChangeState: () => {},
            start: async () => void started.push(client),
            dispose: async () => {},
          } as unknown as BaseLanguageClient;
          return client;
        };
      },
      holdLanguageServer: () => () => {},
    },
    { info: () => {} } as unknown as LogOutputChannel,
    {},
  );
  return { server, started, load: () => loads.splice(0).forEach((resolve) => void resolve()) };
}

it("starts no language server that was stopped while its library was loaded", async () => {
  const { server, started, load } = languageServer();
  const starting = server.start();
  await server.dispose();
  load();
  await expect(starting).rejects.toThrow();
  expect(started).toEqual([]);
});

it("starts one where it was restarted while its library was loaded, and whoever waited gets it", async () => {
  const { server, started, load } = languageServer();
  const starting = server.start();
  const restarting = server.restart();
  await vi.waitFor(() => {
    load();
    expect(started).toHaveLength(1);
  });
  await restarting;
  expect(await starting).toBe(started[0]);
  expect(started).toHaveLength(1);
});
