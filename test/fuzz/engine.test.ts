import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { Fuzzer } from "./engine/fuzzer.js";
import { growsTooFast, repeatPiece } from "./engine/growth.js";
import { COUNTERS, instrument } from "./engine/instrument.js";

/** Runs a script that counts its branches. */
function load<T>(code: string): { value: T; counters: Uint32Array; words: readonly string[] } {
  const { code: instrumented, branches, words } = instrument(code, () => true);
  const counters = new Uint32Array(branches);
  return { value: runInNewContext(instrumented, { [COUNTERS]: counters }) as T, counters, words };
}

describe("instrumented code", () => {
  it.each([
    "let s = 0; for (const x of [1, 2, 3]) if (x % 2) s += x; else s -= x; s",
    "const f = (x) => ({ a: x }); f(3).a",
    "const f = (a) => (b) => a ?? b; f(undefined)(5)",
    "(function (n) { 'use strict'; return n ? n * 2 : -1; })(4)",
    "let r = ''; do r += 'x'; while (r.length < 3); r",
    "function g(k) { switch (k) { case 1: return 'a'; case 2: case 3: return 'b'; default: } return 'c'; } [1, 2, 3, 4].map(g).join('')",
    "try { null.x } catch { 'caught' }",
    "class A { #x = 1 || 2; get x() { return this.#x && (() => 7)(); } } new A().x",
    "let i = 0; while (i < 5) i++; for (let j = 0; j < 2; j++) i += j ? 1 : 2; i",
    "const o = { ...(true && { a: 1 }), b: false || null }; JSON.stringify(o)",
    "if (0) 1; else if (2) 'two'; else 3",
  ])("does the same: %s", (code) => {
    const { value, counters } = load(code);
    expect(value).toEqual(runInNewContext(code));
    expect(counters.some((count) => count > 0)).toBe(true);
  });
});

describe("the fuzzer", () => {
  it("finds its way through one branch after the other, and makes what it finds short", async () => {
    const { value, counters, words } = load<(text: string) => void>(`(text) => {
      if (text.startsWith("redirect"))
        if (text.length > 12)
          if (text.includes("%2e"))
            if (/[0-9]$/.test(text)) throw new Error("here");
    }`);
    const fuzzer = new Fuzzer({ seed: 1, counters, words, run: value });
    await fuzzer.add("x");
    for (let step = 0; step < 200_000 && fuzzer.findings.length === 0; step++) await fuzzer.step();
    expect(fuzzer.findings).toHaveLength(1);
    expect(fuzzer.findings[0]?.text.length).toBeLessThan(20);
    expect(fuzzer.findings[0]?.error).toContain("here");
  });

  it("does the same with the same seed", async () => {
    const corpus = async (): Promise<readonly string[]> => {
      const { value, counters, words } = load<(text: string) => void>(
        `(text) => { for (const c of text) if (c === "{") text.length > 9 ? 1 : 2; }`,
      );
      const fuzzer = new Fuzzer({ seed: 7, counters, words, run: value });
      await fuzzer.add('{"a": 1}');
      for (let step = 0; step < 300; step++) await fuzzer.step();
      return fuzzer.corpus;
    };
    expect(await corpus()).toEqual(await corpus());
  });
});

describe("the growth oracle", () => {
  const grow = repeatPiece("[ab]", 1, 2, "", false);

  /** Judges the work alone: how long it takes depends on what else the machine does. */
  const judge = (code: string): Promise<string | undefined> => {
    const { value, counters } = load<(text: string) => void>(code);
    return growsTooFast(grow, {
      run: value,
      start: () => counters.fill(0),
      work: () => counters.reduce((sum, count) => sum + count, 0),
      clock: () => 0,
    });
  };

  /** Judges the time alone, on a clock that only this goes by. */
  const judgeTime = (milliseconds: (length: number) => number): Promise<string | undefined> => {
    let now = 0;
    return growsTooFast(grow, {
      run: ({ length }) => {
        now += milliseconds(length);
      },
      start: () => undefined,
      work: () => 0,
      clock: () => now,
    });
  };

  it("sees that a loop in a loop is quadratic", async () => {
    const quadratic =
      "(text) => { for (let i = 0; i < text.length; i++) for (let j = 0; j < i; j += 16) if (j < 0) i = j; }";
    expect(await judge(quadratic)).toMatch(/^the work grows/);
  });

  it("has nothing against one loop", async () => {
    expect(
      await judge("(text) => { for (let i = 0; i < text.length * 20; i++) if (i < 0) i = 1; }"),
    ).toBeUndefined();
  });

  it("sees native code that is quadratic by its time", async () => {
    expect(await judgeTime((length) => (length / 1_000) ** 2)).toMatch(/^the time grows 16\.0, 16\.0, 16\.0/);
  });

  it("has nothing against time that grows with the length, and steps up where a cache ends", async () => {
    expect(await judgeTime((length) => (length > 20_000 ? 4 : 1) * (length / 1_000))).toBeUndefined();
  });
});
