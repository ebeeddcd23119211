// `npm run engines`: asks servers' own code what their profiles say of it. `lab/main.ts` says how; this file makes it
// run, since Node.js does not find the TypeScript files that the sources import.
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = path.join(HERE, "..", "..");
const bundle = path.join(ROOT, ".cache", "engines", "lab.mjs");

await build({
  entryPoints: [path.join(HERE, "lab", "main.ts")],
  outfile: bundle,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node22",
  mainFields: ["module", "main"],
  absWorkingDir: ROOT,
  logLevel: "error",
});
/** @type {{ main(root: string, args: readonly string[]): Promise<number> }} */
const { main } = await import(pathToFileURL(bundle).href);
process.exitCode = await main(ROOT, process.argv.slice(2));
