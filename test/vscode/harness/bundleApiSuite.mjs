// Bundles the suite that runs inside the extension host: CommonJS files beside each other, loaded by the entry.
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { ARTEFACTS, ROOT } from "./paths.mjs";

const SOURCES = path.join(ROOT, "test", "vscode", "api");
const OUT = path.join(ARTEFACTS, "api");

/**
 * @returns {Promise<string>} the entry that VS Code loads as `--extensionTestsPath`
 */
export async function bundleApiSuite() {
  rmSync(OUT, { recursive: true, force: true });
  const tests = readdirSync(SOURCES).filter((file) => file.endsWith(".test.ts"));
  await build({
    entryPoints: ["index.ts", ...tests].map((file) => path.join(SOURCES, file)),
    outdir: OUT,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node22",
    external: ["vscode", "mocha"],
    sourcemap: "inline",
    logLevel: "warning",
  });
  return path.join(OUT, "index.cjs");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleApiSuite();
