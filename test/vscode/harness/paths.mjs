// Where things are: one place for every path the VS Code harness uses.
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root: also the extension's development path. */
export const ROOT = fileURLToPath(new URL("../../..", import.meta.url)).replace(/[\\/]$/, "");

/** Downloaded once and kept between runs; ignored by git. The folder `@vscode/test-electron` uses as well. */
export const CACHE = path.join(ROOT, ".vscode-test");

/** What a test run leaves behind: bundled suites, result files, screenshots. Ignored by git. */
export const ARTEFACTS = path.join(ROOT, "test", "vscode", ".artefacts");

/** Screenshots of the end-to-end suite. */
export const SCREENSHOTS = path.join(ARTEFACTS, "screenshots");

/** The documents that `npm start` opens and that the suites work on copies of. */
export const EXAMPLES = path.join(ROOT, "examples");
