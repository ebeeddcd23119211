import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** More texts than this are not read again: the shortest are. */
const MOST_READ = 3_000;

/**
 * Reads the texts that earlier runs have kept. Each is a file that holds one JSON string, since a text may have halves of
 * surrogate pairs, which UTF-8 has not.
 *
 * @param folder may be missing
 */
export function readKept(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => JSON.parse(readFileSync(path.join(folder, name), "utf8")) as string)
    .sort((a, b) => a.length - b.length)
    .slice(0, MOST_READ);
}

/** Keeps a text for later runs, under a name that its content gives it. @returns the file */
export function keep(folder: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  const written = JSON.stringify(text);
  const file = path.join(folder, `${createHash("sha256").update(written).digest("hex").slice(0, 16)}.json`);
  writeFileSync(file, written);
  return file;
}
