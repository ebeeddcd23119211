// Copies the type declarations that the npm API reaches, and no others, from dist/types to dist/api. What is not there
// cannot be imported by mistake. Run by npm before it packs; `tsc -b` must have run.

import { cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const from = path.join(dist, "types", "src");
const to = path.join(dist, "api");

/**
 * @param {string} entry a declaration file
 * @returns {Set<string>} it and every declaration file it needs, as absolute paths
 * @throws {Error} for an import that is not a file of ours: a user of the package may not have it
 */
function reachableFrom(entry) {
  const found = new Set([entry]);
  for (const file of found) {
    const code = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
    for (const [, specifier = ""] of code.matchAll(/\b(?:from|import)\s*\(?\s*"([^"]+)"/g)) {
      const target = path.resolve(path.dirname(file), specifier.replace(/\.js$/, ".d.ts"));
      if (!specifier.startsWith(".") || !existsSync(target))
        throw new Error(`${path.relative(dist, file)} imports "${specifier}", which is not in the package.`);
      found.add(target);
    }
  }
  return found;
}

const entry = path.join(from, "index.d.ts");
if (!existsSync(entry)) throw new Error(`${entry} is missing: run \`npm run build\` first.`);
rmSync(to, { recursive: true, force: true });
for (const file of reachableFrom(entry)) cpSync(file, path.join(to, path.relative(from, file)));
