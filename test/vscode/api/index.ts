// What VS Code loads as the test module: collects the suites beside it, runs them in the extension host, and writes the
// outcome for the runner outside, whose console this process does not share.
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** What the runner outside reads. */
interface Results {
  passed: string[];
  failed: { title: string; error: string }[];
}

/**
 * @throws an error where a test failed, which makes VS Code end with exit code 1
 */
export async function run(): Promise<void> {
  const { default: Mocha } = await import("mocha");
  const mocha = new Mocha({ ui: "bdd", timeout: 60_000, slow: 2_000 });
  for (const file of readdirSync(__dirname).sort()) {
    if (file.endsWith(".test.cjs")) mocha.addFile(path.join(__dirname, file));
  }
  await mocha.loadFilesAsync();
  const results: Results = { passed: [], failed: [] };
  await new Promise<void>((resolve) => {
    mocha
      .run(() => resolve())
      .on("pass", (test) => results.passed.push(test.fullTitle()))
      .on("fail", (test, error: unknown) => {
        results.failed.push({
          title: test.fullTitle(),
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        });
      });
  });
  const file = process.env["CIMD_TEST_RESULTS"];
  if (file !== undefined) writeFileSync(file, JSON.stringify(results));
  if (results.failed.length > 0) throw new Error(`${results.failed.length} tests failed`);
}
