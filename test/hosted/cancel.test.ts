import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { validateHosted } from "../../server/src/api/validateHosted.js";
import { answer, GOOD_HEADERS, loopbackFetcher, TestServer } from "./testServer.js";

const silent = (socket: Socket): void => {
  socket.resume();
};

async function cancelAfter(ms: number, run: (signal: AbortSignal) => ReturnType<typeof validateHosted>) {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), ms);
  return run(controller.signal);
}

describe("cancelling", () => {
  const STAGES = [
    {
      stage: "addresses",
      server: () => TestServer.plain(silent),
      network: { lookup: () => new Promise<never>(() => undefined) },
    },
    { stage: "connection", server: () => TestServer.plain(silent), network: { dial: () => new Socket() } },
    { stage: "tls", server: () => TestServer.plain(silent), network: {} },
    { stage: "response", server: () => TestServer.tls(silent), network: {} },
    {
      stage: "body",
      server: () =>
        TestServer.tls((socket) => {
          socket.write(answer({ headers: { ...GOOD_HEADERS, "Content-Length": "9999" }, body: "{" }));
        }),
      network: {},
    },
  ];

  for (const { stage, server, network } of STAGES) {
    it(`ends the stage "${stage}" at once`, async () => {
      await using running = await server();
      const report = await cancelAfter(250, (signal) =>
        validateHosted(running.url(), { signal, servers: "none", fetcher: loopbackFetcher({ network }) }),
      );
      expect(report.ok).toBe(false);
      expect(report.steps.find(({ state }) => state === "failed")).toMatchObject({
        id: stage,
        sentence: "The check was cancelled.",
      });
    });
  }

  it("before the start sends nothing", async () => {
    await using server = await TestServer.tls(silent);
    const report = await validateHosted(server.url(), {
      signal: AbortSignal.abort(),
      fetcher: loopbackFetcher(),
    });
    expect(report.ok).toBe(false);
    expect(server.connections).toBe(0);
  });
});
