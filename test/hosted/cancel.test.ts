import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { validateHosted } from "../../server/src/hosted/validateHosted.js";
import { answer, GOOD_HEADERS, loopbackFetcher, TestServer } from "./testServer.js";

/** How long a cancelled check may go on. */
const AT_ONCE_MS = 100;

const silent = (socket: Socket): void => {
  socket.resume();
};

async function cancelAfter(ms: number, run: (signal: AbortSignal) => ReturnType<typeof validateHosted>) {
  const controller = new AbortController();
  let cancelled = Number.NaN;
  setTimeout(() => {
    cancelled = performance.now();
    controller.abort();
  }, ms);
  const report = await run(controller.signal);
  return { report, late: performance.now() - cancelled };
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
    it(`ends the stage "${stage}" at once`, { retry: 2 }, async () => {
      await using running = await server();
      const { report, late } = await cancelAfter(250, (signal) =>
        validateHosted(running.url(), { signal, servers: "none", fetcher: loopbackFetcher({ network }) }),
      );
      expect(late).toBeLessThan(AT_ONCE_MS);
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
