import { describe, expect, it } from "vitest";
import { validateHosted } from "../../server/src/hosted/validateHosted.js";
import { MISBEHAVIOURS } from "./misbehaviours.js";
import { loopbackFetcher, TestServer } from "./testServer.js";

/** What a check may take beyond its time limit: the machine is shared. */
const GRACE_MS = 1500;
/** Twice the body cap, a decompressor's window, and the noise of the test itself. */
const MEMORY_BYTES = 16 * 1024 * 1024;

/** Samples the bytes held in buffers, where bodies and decompressed bodies live. */
function watchMemory(): { peak(): number } {
  const before = process.memoryUsage().arrayBuffers;
  let most = before;
  const sample = () => {
    most = Math.max(most, process.memoryUsage().arrayBuffers);
  };
  const timer = setInterval(sample, 2);
  return {
    peak: () => {
      clearInterval(timer);
      sample();
      return most - before;
    },
  };
}

describe("a server that misbehaves", () => {
  it("does so in at least forty ways", () => {
    expect(new Set(MISBEHAVIOURS.map(({ name }) => name)).size).toBe(MISBEHAVIOURS.length);
    expect(MISBEHAVIOURS.length).toBeGreaterThanOrEqual(40);
  });

  for (const { name, step, state, sentence, ...misbehaviour } of MISBEHAVIOURS) {
    it(name, async () => {
      let url = "";
      const behaviour = misbehaviour.answer;
      await using server = misbehaviour.plain
        ? await TestServer.plain((socket) => behaviour(socket, url))
        : await TestServer.tls((socket) => behaviour(socket, url), misbehaviour.tls, misbehaviour.identity);
      url = server.url(misbehaviour.path);
      const seconds = misbehaviour.timeoutSeconds ?? 10;
      const memory = watchMemory();
      const started = performance.now();
      const report = await validateHosted(url, {
        timeoutSeconds: seconds,
        servers: "none",
        fetcher: loopbackFetcher(misbehaviour.fetcher?.(server.port)),
      });
      const took = performance.now() - started;
      const found = report.steps.find(({ id }) => id === step);
      expect(found?.sentence.replaceAll(String(server.port), "PORT")).toMatch(sentence);
      expect(found?.state).toBe(state);
      if (state === "failed") {
        expect(report.ok).toBe(false);
        expect(found?.fix).toMatch(/\.$/);
        expect(report.steps.filter((one) => one.state === "failed").map(({ id }) => id)).toEqual([step]);
      }
      expect(took).toBeLessThan(seconds * 1000 + GRACE_MS);
      expect(memory.peak()).toBeLessThan(MEMORY_BYTES);
    });
  }
});
