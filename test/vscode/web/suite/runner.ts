// A test runner for the web worker extension host, which has no `node:assert` and no test framework.

/** What the runner outside reads. */
export interface Results {
  readonly passed: string[];
  readonly failed: { title: string; error: string }[];
}

/** The beginning of the line on the console that carries the results. */
export const RESULTS = "cimd-web-results ";

const tests: { title: string; body: () => Promise<void> }[] = [];

/** Adds a test. */
export function test(title: string, body: () => Promise<void>): void {
  tests.push({ title, body });
}

/**
 * Runs all tests, one after the other.
 *
 * @param afterEach what follows every test, also one that failed
 */
export async function runAll(afterEach: () => Promise<void>): Promise<Results> {
  const results: Results = { passed: [], failed: [] };
  for (const { title, body } of tests) {
    try {
      await body();
      results.passed.push(title);
    } catch (error) {
      results.failed.push({
        title,
        error: error instanceof Error ? (error.stack ?? error.message) : `${error}`,
      });
    }
    await afterEach();
  }
  return results;
}

/** @throws where a condition does not hold */
export function ok(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(what);
}

/** @throws where two values differ as JSON */
export function same(actual: unknown, expected: unknown, what: string): void {
  const [given, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (given !== wanted) throw new Error(`${what}: ${given} instead of ${wanted}`);
}
