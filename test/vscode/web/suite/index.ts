// What VS Code for the Web loads as the test module, in the web worker beside the extension.
import { closeAllEditors } from "../../api/editor.js";
import { RESULTS, runAll } from "./runner.js";
import "./tests.js";

/** @throws an error where a test failed, which VS Code reports as a failed run */
export async function run(): Promise<void> {
  const results = await runAll(closeAllEditors);
  console.log(RESULTS + JSON.stringify(results));
  if (results.failed.length > 0) throw new Error(`${results.failed.length} tests failed`);
}
