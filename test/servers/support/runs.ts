import type { Parameters as CheckParameters } from "fast-check";
import { SEED } from "../../setup.js";

/**
 * How many generated cases a test runs, and from which seed. `CIMD_ENGINE_RUNS` raises the number, `CIMD_ENGINE_SEED` sets
 * another seed than that of all tests.
 *
 * @param usual the number of runs without the variable
 */
export function runs<T>(usual: number): CheckParameters<T> {
  return {
    seed: Number(process.env["CIMD_ENGINE_SEED"] ?? SEED),
    numRuns: Number(process.env["CIMD_ENGINE_RUNS"] ?? usual),
  };
}

/** The time a run of this size may take, in milliseconds. */
export function timeout(usual: number): number {
  return Math.max(60_000, (Number(process.env["CIMD_ENGINE_RUNS"] ?? usual) / 1000) * 30_000);
}
