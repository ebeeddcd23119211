import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { validateHosted } from "../../server/src/api/validateHosted.js";
import { classifyHost } from "../../server/src/hosted/addresses.js";
import { describeDifference } from "../../server/src/hosted/identity.js";
import { readCacheHeaders } from "../../server/src/hosted/lifetime.js";
import { readText } from "../../server/src/hosted/steps/encoding.js";
import { answer, loopbackFetcher, TestServer } from "./testServer.js";

describe("whatever the network sends", () => {
  it("a URL differs from another in something that has a name, and from itself in nothing", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(describeDifference(a, b).length > 0).toBe(a !== b);
      }),
    );
  });

  it("IPv4 addresses are classified alike in every spelling", () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), (number) => {
        const octets = [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff);
        const hex = number.toString(16).padStart(8, "0");
        const spellings = [
          octets.join("."),
          String(number),
          `0x${hex}`,
          `[::ffff:${hex.slice(0, 4)}:${hex.slice(4)}]`,
        ];
        const seen = spellings.map((spelling) => classifyHost(new URL(`https://${spelling}/`).hostname));
        expect(new Set(seen.map((host) => JSON.stringify(host))).size).toBe(1);
        const gateways = [
          `[64:ff9b::${hex.slice(0, 4)}:${hex.slice(4)}]`,
          `[2002:${hex.slice(0, 4)}:${hex.slice(4)}::]`,
        ];
        for (const gateway of gateways) {
          expect(classifyHost(new URL(`https://${gateway}/`).hostname)).toMatchObject({
            address: { isPublic: false },
          });
        }
      }),
    );
  });

  it("bytes are text exactly when they are UTF-8", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const { text, step } = readText(bytes);
        expect(text === undefined).toBe(step.state === "failed");
        if (text !== undefined) expect(Buffer.from(text, "utf8").equals(Buffer.from(bytes))).toBe(true);
      }),
    );
  });

  it("caching headers are read without a stumble", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom("cache-control", "expires", "date", "age", "vary"), fc.string()),
        (given) => {
          const headers = new Map(Object.entries(given).map(([name, value]) => [name, [value]]));
          const read = readCacheHeaders({ status: 200, headers, informational: [] }, new Date());
          expect(read.age).toBeGreaterThanOrEqual(0);
          expect(read.expiresIn ?? 0).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  it("a check ends in a report, and leaves no connection open", async () => {
    const starts = fc.constantFrom(
      "",
      "HTTP/1.1 200 OK\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
      "HTTP/1.1 103 Early Hints\r\n\r\n",
    );
    await fc.assert(
      fc.asyncProperty(starts, fc.uint8Array({ maxLength: 400 }), async (start, noise) => {
        await using server = await TestServer.tls((socket) =>
          socket.end(Buffer.concat([Buffer.from(start), noise])),
        );
        const report = await validateHosted(server.url(), { fetcher: loopbackFetcher(), servers: "none" });
        expect(report.ok).toBe(false);
        expect(report.steps.filter(({ state }) => state === "failed").length).toBeGreaterThan(0);
        await server.idle();
      }),
      { numRuns: 60 },
    );
  });

  it("a check of any body ends in a report", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc.json().map((text) => Buffer.from(text)),
        ),
        async (body) => {
          await using server = await TestServer.tls((socket) =>
            socket.end(answer({ body: Buffer.from(body) })),
          );
          const report = await validateHosted(server.url(), { fetcher: loopbackFetcher() });
          expect(report.ok).toBe(false);
          expect(JSON.parse(JSON.stringify(report))).toEqual(report);
        },
      ),
      { numRuns: 60 },
    );
  });
});
