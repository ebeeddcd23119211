// Fuzzes one target for a while, in a thread of its own: whoever started it can end it when a text never does.
import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { FuzzTarget } from "../targets/target.js";
import { keep, readKept } from "./corpusFiles.js";
import { describe, type Finding, Fuzzer, signatureOf } from "./fuzzer.js";
import { growsTooFast } from "./growth.js";
import { chooseGrowth } from "./growthPieces.js";
import { COUNTERS } from "./instrument.js";
import { Random } from "./random.js";

/** What the thread is started with. */
export interface Task {
  /** The instrumented targets. */
  readonly bundle: string;
  readonly branches: number;
  readonly words: readonly string[];
  readonly target: string;
  readonly seed: number;
  readonly milliseconds: number;
  /** The working corpus of the target. */
  readonly folder: string;
  /** Texts of the repository's corpus. */
  readonly written: readonly string[];
  readonly known: readonly string[];
  /** Where the text under test stands: the number of runs, its length, then its UTF-16 units. */
  readonly current: SharedArrayBuffer;
}

/** What it answers with. */
export interface Outcome {
  readonly runs: number;
  readonly reached: number;
  readonly corpus: number;
  readonly findings: readonly Finding[];
}

/** The share of the time that goes into growing texts. */
const GROWTH = 0.25;

async function work(task: Task): Promise<Outcome> {
  const counters = new Uint32Array(task.branches);
  Reflect.set(globalThis, COUNTERS, counters);
  const { TARGETS } = createRequire(task.bundle)(task.bundle) as { TARGETS: readonly FuzzTarget[] };
  const target = TARGETS.find(({ name }) => name === task.target);
  if (!target) throw new Error(`There is no target ${task.target}.`);
  const numbers = new Int32Array(task.current, 0, 2);
  const units = new Uint16Array(task.current, 8);
  const onRun = (text: string): void => {
    const length = Math.min(text.length, units.length);
    for (let i = 0; i < length; i++) units[i] = text.charCodeAt(i);
    Atomics.store(numbers, 1, length);
    Atomics.add(numbers, 0, 1);
  };
  const run = (text: string): void | Promise<void> => target.run(text);
  const fuzzer = new Fuzzer({
    ...{ seed: task.seed, counters, words: task.words, known: task.known, run, onRun },
    onKept: (text) => keep(task.folder, text),
  });
  const deadline = performance.now() + task.milliseconds;
  for (const text of [...task.written, ...target.seeds(), ...readKept(task.folder)]) {
    if (performance.now() > deadline) break;
    await fuzzer.add(text);
  }
  const growing = new Random(task.seed);
  const growthFindings = new Map<string, Finding>();
  let growthTime = 0;
  const began = performance.now();
  while (performance.now() < deadline) {
    const start = performance.now();
    if (growthTime < GROWTH * (start - began) && fuzzer.corpus.length > 0) {
      const text = growing.pick(fuzzer.corpus);
      const { grow, name } = chooseGrowth(text, growing);
      const seen = await growsTooFast(grow, {
        run: async (long) => {
          onRun(long);
          try {
            await run(long);
          } catch (error) {
            failedWithLong(long, error);
          }
        },
        start: () => counters.fill(0),
        work: () => counters.reduce((sum, count) => sum + count, 0),
      });
      if (seen !== undefined) {
        const signature = `grows too fast: ${name}`;
        growthFindings.set(signature, { signature, text, error: seen });
      }
      growthTime += performance.now() - start;
    } else await fuzzer.step();
  }

  function failedWithLong(text: string, error: unknown): void {
    const signature = `with a long text: ${signatureOf(error)}`;
    if (growthFindings.has(signature)) return;
    growthFindings.set(signature, { signature, text, error: describe(error) });
  }

  return {
    runs: fuzzer.runs,
    reached: fuzzer.reached,
    corpus: fuzzer.corpus.length,
    findings: [...fuzzer.findings, ...growthFindings.values()],
  };
}

work(workerData as Task).then(
  (outcome) => parentPort?.postMessage(outcome),
  (error: unknown) => {
    throw error;
  },
);
