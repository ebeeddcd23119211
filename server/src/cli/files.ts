import { existsSync } from "node:fs";
import path from "node:path";
import { glob } from "tinyglobby";
import { UsageError } from "./io.js";

const GLOB = /[*?{}[\]]/;

/**
 * Turns arguments into files: a plain name stands for itself (so that a missing one is reported), a glob for what it
 * matches, and nothing at all for every `*.cimd.json` below the folder, `node_modules` and dot folders left out.
 *
 * @returns paths relative to `cwd`, sorted within each glob, without repetition
 * @throws {UsageError} when a glob matches nothing
 */
export async function expandFiles(given: readonly string[], cwd: string): Promise<string[]> {
  const files = new Set<string>();
  for (const argument of given.length === 0 ? ["**/*.cimd.json"] : given) {
    // A file may really be called `[id].cimd.json`.
    if (argument === "-" || !GLOB.test(argument) || existsSync(path.resolve(cwd, argument))) {
      files.add(argument);
      continue;
    }
    const found = await glob(argument, { cwd, ignore: ["**/node_modules/**"], onlyFiles: true });
    if (found.length === 0) throw new UsageError(`${argument} matches no file.`);
    for (const file of found.sort()) files.add(file);
  }
  return [...files];
}
