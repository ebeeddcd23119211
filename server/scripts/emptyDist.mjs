import { readdir, rm } from "node:fs/promises";
import path from "node:path";

/**
 * Empties a `dist` folder of what an earlier build left, which would be packaged too; the types, which tsc keeps, stay.
 * @param {string} dist absolute path of a folder that need not exist
 * @returns {Promise<void>}
 */
export async function emptyDist(dist) {
  const names = await readdir(dist).catch(() => []);
  const stale = names.filter((name) => name !== "types" && !name.endsWith(".tsbuildinfo"));
  await Promise.all(stale.map((name) => rm(path.join(dist, name), { recursive: true })));
}
