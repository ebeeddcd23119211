// Bundles the suite that runs in the web worker extension host: one CommonJS file, as that host loads them.
import path from "node:path";
import { build } from "esbuild";
import { ROOT } from "../harness/paths.mjs";

/**
 * @param {string} extension the folder of the extension: VS Code runs a test module where the extension around it runs
 * @returns {Promise<string>} the file that VS Code loads as `extensionTestsPath`
 */
export async function bundleWebSuite(extension) {
  const outfile = path.join(extension, "test", "suite.cjs");
  await build({
    entryPoints: [path.join(ROOT, "test", "vscode", "web", "suite", "index.ts")],
    outfile,
    bundle: true,
    format: "cjs",
    platform: "browser",
    target: "es2022",
    external: ["vscode"],
    sourcemap: "inline",
    logLevel: "warning",
  });
  return outfile;
}
