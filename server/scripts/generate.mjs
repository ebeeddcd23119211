// Writes the files that are made: server/schema.json and server/src/uri/confusables.data.ts. With --check nothing is
// written, and the exit code is 1 when a file is not what its sources give.

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { confusablesModule } from "./confusables.mjs";

const server = fileURLToPath(new URL("..", import.meta.url));

/** Loads a TypeScript module of server/src by bundling it in memory. */
async function load(module) {
  const { outputFiles } = await build({
    entryPoints: [path.join(server, "src", module)],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "warning",
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

/** @returns {Promise<{ file: string, text: string }[]>} each generated file with the text it should have */
export async function generatedFiles() {
  const { clientMetadataJsonSchema } = await load("metadata/jsonSchema.ts");
  return [
    {
      file: path.join(server, "schema.json"),
      text: `${JSON.stringify(clientMetadataJsonSchema(), null, 2)}\n`,
    },
    { file: path.join(server, "src", "uri", "confusables.data.ts"), text: confusablesModule() },
  ];
}

/** @returns {Promise<string[]>} the generated files that are missing or out of date */
export async function staleFiles() {
  const stale = [];
  for (const { file, text } of await generatedFiles()) {
    const found = await readFile(file, "utf8").catch((error) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    if (found !== text) stale.push(file);
  }
  return stale;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes("--check")) {
    const stale = await staleFiles();
    for (const file of stale)
      console.error(`${path.relative(process.cwd(), file)} is out of date: run npm run generate.`);
    process.exitCode = stale.length > 0 ? 1 : 0;
  } else {
    for (const { file, text } of await generatedFiles()) {
      await writeFile(file, text);
      console.log(`generate: wrote ${path.relative(process.cwd(), file)}`);
    }
  }
}
