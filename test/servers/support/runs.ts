import type { Parameters as CheckParameters } from "fast-check";

/**
 * How many generated cases a test runs, and from which seed: fresh every time, printed, and settable to repeat a run.
 * `CIMD_ENGINE_RUNS` raises the number, `CIMD_ENGINE_SEED` fixes the seed.
 *
 * @param what names the run in the output
 * @param usual the number of runs without the variable
 */
export function runs<T>(what: string, usual: number): CheckParameters<T> {
  const seed = Number(process.env["CIMD_ENGINE_SEED"] ?? Math.floor(Math.random() * 0x7fffffff));
  const numRuns = Number(process.env["CIMD_ENGINE_RUNS"] ?? usual);
  console.log(`${what}: ${numRuns} runs, CIMD_ENGINE_SEED=${seed}`);
  return { seed, numRuns };
}

/** The time a run of this size may take, in milliseconds. */
export function timeout(usual: number): number {
  return Math.max(60_000, (Number(process.env["CIMD_ENGINE_RUNS"] ?? usual) / 1000) * 30_000);
}
