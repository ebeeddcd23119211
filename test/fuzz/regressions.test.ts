import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { TARGETS } from "./targets/targets.js";

/** Texts that once broke a promise, one file a target; `npm run fuzz` starts from them. */
const CORPUS = fileURLToPath(new URL("corpus/", import.meta.url));

interface Case {
  /** What was wrong with it. */
  readonly found: string;
  readonly text: string;
}

/** Texts of each target that are tried here; the properties and `npm run fuzz` try the others. */
const MOST_SEEDS = 120;

function casesOf(target: string): Case[] {
  const file = `${CORPUS}${target}.json`;
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Case[]) : [];
}

describe("the corpus", () => {
  it("has files of targets only", () => {
    const names = TARGETS.map(({ name }) => `${name}.json`);
    expect(readdirSync(CORPUS).filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe.each(TARGETS)("$name: $holds", ({ name, run, seeds }) => {
  it.each(casesOf(name))("also where $found", async ({ text }) => {
    await expect(Promise.resolve(text).then(run)).resolves.toBeUndefined();
  });

  it("also for texts that fuzzing starts from", async () => {
    const texts = seeds();
    const stride = Math.ceil(texts.length / MOST_SEEDS);
    for (const text of texts.filter((_, index) => index % stride === 0))
      await expect(Promise.resolve(text).then(run), JSON.stringify(text)).resolves.toBeUndefined();
  }, 120_000);
});
