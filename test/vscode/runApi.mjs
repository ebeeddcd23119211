// Runs the API suite inside a real VS Code through `@vscode/test-electron`: on the npm-only VS Code by default, on the
// desktop build with CIMD_VSCODE=download (downloaded by test-electron) or CIMD_VSCODE_PATH=/path/to/executable.
import { cpSync, createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { runTests } from "@vscode/test-electron";
import { ensureBrowser } from "./harness/browser.mjs";
import { bundleApiSuite } from "./harness/bundleApiSuite.mjs";
import { ensureCodeServer } from "./harness/codeServer.mjs";
import { ARTEFACTS, EXAMPLES, ROOT } from "./harness/paths.mjs";

const LAUNCHER = fileURLToPath(new URL("launcher/launcher.mjs", import.meta.url));

/** What VS Code itself prints (its workbench talks a lot): kept beside the other artefacts. */
const LOG = path.join(ARTEFACTS, "api-vscode.log");

/**
 * @returns {Promise<{ passed: number, failed: number, failures: string[] }>} how many tests passed and failed, and a text
 *   for each failure; a run that ends without an outcome counts as one
 */
export async function runApiSuite() {
  const executable = vscode();
  const extensionTestsPath = await bundleApiSuite();
  const results = path.join(ARTEFACTS, "api-results.json");
  rmSync(results, { force: true });
  const scratch = mkdtempSync(path.join(tmpdir(), "cimd-api-"));
  const workspace = path.join(scratch, "examples");
  mkdirSync(workspace);
  cpSync(EXAMPLES, workspace, { recursive: true });
  const log = createWriteStream(LOG);
  /** @type {unknown} */
  let failure;
  try {
    await runTests({
      ...executable,
      extensionDevelopmentPath: ROOT,
      extensionTestsPath,
      launchArgs: [
        workspace,
        `--user-data-dir=${path.join(scratch, "user-data")}`,
        `--extensions-dir=${path.join(scratch, "extensions")}`,
      ],
      extensionTestsEnv: { CIMD_TEST_RESULTS: results },
      stdout: log,
      stderr: log,
    });
  } catch (error) {
    failure = error;
  } finally {
    log.end();
    await finished(log);
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
  if (!existsSync(results)) {
    const message = `VS Code ended without test results: ${failure instanceof Error ? failure.message : "no error either"}`;
    console.error(message);
    console.error(readFileSync(LOG, "utf8").split("\n").slice(-40).join("\n"));
    return { passed: 0, failed: 1, failures: [message] };
  }
  /** @type {{ passed: string[], failed: { title: string, error: string }[] }} */
  const { passed, failed } = JSON.parse(readFileSync(results, "utf8"));
  for (const title of passed) console.log(`  ✓ ${title}`);
  for (const { title, error } of failed) console.log(`  ✗ ${title}\n    ${error.replaceAll("\n", "\n    ")}`);
  if (failed.length > 0) console.log(`  What VS Code printed: ${path.relative(ROOT, LOG)}`);
  return {
    passed: passed.length,
    failed: failed.length,
    failures: failed.map(({ title, error }) => `${title}\n${error}`),
  };
}

/** @returns {{ vscodeExecutablePath?: string }} */
function vscode() {
  const named = process.env["CIMD_VSCODE_PATH"];
  if (named !== undefined) return { vscodeExecutablePath: named };
  if (process.env["CIMD_VSCODE"] === "download") return {};
  // What they print belongs on the terminal, not into the log of the launcher that needs them.
  ensureCodeServer();
  ensureBrowser();
  return { vscodeExecutablePath: LAUNCHER };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed } = await runApiSuite();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}
