import { describe, expect, it } from "vitest";
import { validateHosted } from "../../server/src/api/validateHosted.js";
import { MISBEHAVIOURS } from "./misbehaviours.js";
import { loopbackFetcher, TestServer } from "./testServer.js";

/** A check that does not end by itself ends its test so many ms after its own time limit: the machine is shared. */
const GRACE_MS = 10_000;
/** A machine that stands still for the whole of a short time limit makes an earlier step fail than the one that is meant. */
const RETRIES = 2;
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
    const limit = misbehaviour.timeoutSeconds;
    const seconds = limit ?? 10;
    const options = { timeout: seconds * 1000 + GRACE_MS, retry: limit === undefined ? 0 : RETRIES };
    it(name, options, async () => {
      let url = "";
      const behaviour = misbehaviour.answer;
      await using server = misbehaviour.plain
        ? await TestServer.plain((socket) => behaviour(socket, url))
        : await TestServer.tls((socket) => behaviour(socket, url), misbehaviour.tls, misbehaviour.identity);
      url = server.url(misbehaviour.path);
      const memory = watchMemory();
      const report = await validateHosted(url, {
        timeoutSeconds: seconds,
        servers: "none",
        fetcher: loopbackFetcher(misbehaviour.fetcher?.(server.port)),
      });
      const found = report.steps.find(({ id }) => id === step);
      expect(found?.sentence.replaceAll(String(server.port), "PORT")).toMatch(sentence);
      expect(found?.state).toBe(state);
      if (state === "failed") {
        expect(report.ok).toBe(false);
        expect(found?.fix).toMatch(/\.$/);
        expect(report.steps.filter((one) => one.state === "failed").map(({ id }) => id)).toEqual([step]);
      }
      expect(memory.peak()).toBeLessThan(MEMORY_BYTES);
    });
  }
});
