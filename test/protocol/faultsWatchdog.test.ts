import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Watchdog } from "../../client/src/watchdog.js";

/** A language server that answers when it is told to. */
function otherSide() {
  const waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];
  return {
    ask: () =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ resolve, reject });
      }),
    answer: async () => {
      waiting.shift()?.resolve();
      await vi.advanceTimersByTimeAsync(0);
    },
    refuse: async () => {
      waiting.shift()?.reject(new Error("no such method"));
      await vi.advanceTimersByTimeAsync(0);
    },
    asked: () => waiting.length,
  };
}

let silences: number[] = [];
let answers = 0;
let patience = 20;

function watchdog(): Watchdog {
  return new Watchdog({
    patience: () => patience,
    onSilence: (seconds) => silences.push(seconds),
    onAnswer: () => {
      answers++;
    },
  });
}

describe("the watchdog", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    silences = [];
    answers = 0;
    patience = 20;
  });
  afterEach(() => vi.useRealTimers());

  it("asks nothing and keeps no timer while nothing is sent", async () => {
    const other = otherSide();
    const dog = watchdog();
    expect(vi.getTimerCount()).toBe(0);
    dog.expect(other.ask);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(other.asked()).toBe(1);
    await other.answer();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(other.asked()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("asks once for many messages, and again for those that come while it waits", async () => {
    const other = otherSide();
    const dog = watchdog();
    for (let i = 0; i < 1_000; i++) dog.expect(other.ask);
    await vi.advanceTimersByTimeAsync(1_000);
    for (let i = 0; i < 1_000; i++) dog.expect(other.ask);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(other.asked()).toBe(1);
    await other.answer();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(other.asked()).toBe(1);
  });

  it("notices silence after the patience, tells once, and takes it back", async () => {
    const other = otherSide();
    const dog = watchdog();
    dog.expect(other.ask);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(silences).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(silences).toEqual([20]);
    expect(dog.isSilent).toBe(true);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(silences).toEqual([20]);
    await other.answer();
    expect([answers, dog.isSilent]).toEqual([1, false]);
  });

  it("takes an error for an answer", async () => {
    const other = otherSide();
    const dog = watchdog();
    dog.expect(other.ask);
    await vi.advanceTimersByTimeAsync(1_000);
    await other.refuse();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([silences, answers]).toEqual([[], 0]);
  });

  it("waits longer where more is open", async () => {
    const other = otherSide();
    const dog = watchdog();
    patience = 70;
    dog.expect(other.ask);
    await vi.advanceTimersByTimeAsync(70_000);
    expect(silences).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(silences).toEqual([70]);
  });

  it("does not take the time in which the computer slept for silence", async () => {
    const other = otherSide();
    const dog = watchdog();
    dog.expect(other.ask);
    await vi.advanceTimersByTimeAsync(2_000);
    vi.setSystemTime(Date.now() + 8 * 3_600_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(silences).toEqual([]);
  });

  it("forgets what it asked one that is gone", async () => {
    const other = otherSide();
    const dog = watchdog();
    dog.expect(other.ask);
    await vi.advanceTimersByTimeAsync(30_000);
    dog.forget();
    expect(dog.isSilent).toBe(false);
    await other.answer();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([silences, answers, vi.getTimerCount()]).toEqual([[20], 0, 0]);
  });
});
