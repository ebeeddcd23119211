import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { documents, keyTexts, settingsTexts, typedLines, uris } from "./arbitraries.js";
import { TARGETS } from "./targets/targets.js";

/**
 * The promises of every fuzz target, on generated texts. In the ordinary tests some texts each; `npm run fuzz` sets a time
 * instead, and a seed.
 */
const RUNS = 60;

const ARBITRARIES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  redirects: fc.array(uris, { minLength: 1, maxLength: 3 }).map((lines) => lines.join("\n")),
  urls: uris,
  keys: keyTexts,
  create: typedLines,
  settings: fc.oneof(settingsTexts, typedLines),
  hosted: fc.tuple(typedLines, documents).map(([head, body]) => `200\n${head}\n\n${body}`),
};

const milliseconds = Number(process.env["CIMD_FUZZ_MILLISECONDS"] ?? 0);
const seed = process.env["CIMD_FUZZ_SEED"];
const wanted = process.env["CIMD_FUZZ_TARGETS"]?.split(",");
const targets = TARGETS.filter(({ name }) => wanted?.includes(name) ?? true);

describe("whatever the text says", () => {
  it.each(targets)(
    "$name: $holds",
    async ({ name, run }) => {
      const promises = fc.assert(
        fc.asyncProperty(ARBITRARIES[name] ?? documents, async (text) => run(text)),
        {
          ...(milliseconds > 0
            ? { numRuns: Number.POSITIVE_INFINITY, interruptAfterTimeLimit: milliseconds / targets.length }
            : { numRuns: RUNS }),
          ...(seed === undefined ? {} : { seed: Number(seed) }),
        },
      );
      await expect(promises).resolves.toBeUndefined();
    },
    60_000 + milliseconds,
  );
});
