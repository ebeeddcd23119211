import * as fs from "node:fs";
import path from "node:path";
import { glob } from "tinyglobby";
import { UsageError } from "./io.js";
import { quoted } from "./printable.js";
import { isBelow } from "./readFile.js";

const GLOB = /[*?{}[\]]/;

/** A file to check. */
export interface FoundFile {
  /** Relative to the current folder or absolute, as the person named it; `-` for standard input. */
  readonly file: string;
  /** The real path of the folder in which a glob found it; absent where the person named the file. */
  readonly folder?: string;
}

/**
 * Turns arguments into files: a plain name stands for itself (so that a missing one is reported), a glob for what it
 * matches, and nothing at all for every `*.cimd.json` below the folder, `node_modules` and dot folders left out. Links to
 * folders outside are not followed. Pipes and links that lead nowhere are matched, to be named as unreadable.
 *
 * @returns sorted within each glob, without repetition
 * @throws {UsageError} when a glob matches nothing
 */
export async function expandFiles(given: readonly string[], cwd: string): Promise<FoundFile[]> {
  const files = new Map<string, FoundFile>();
  for (const argument of given.length === 0 ? ["**/*.cimd.json"] : given) {
    // A file may really be called `[id].cimd.json`.
    if (argument === "-" || !GLOB.test(argument) || fs.existsSync(path.resolve(cwd, argument))) {
      files.set(argument, { file: argument });
      continue;
    }
    const found = await matches(argument, cwd);
    if (found.length === 0) throw new UsageError(`${quoted(argument)} matches no file.`);
    for (const match of found) if (!files.has(match.file)) files.set(match.file, match);
  }
  return [...files.values()];
}

/** The real path of the folder that a glob starts from; undefined where there is none. */
function folderOf(pattern: string, cwd: string): string | undefined {
  const parts = pattern.split("/");
  const firstGlob = parts.findIndex((part) => GLOB.test(part));
  const folder = path.resolve(
    cwd,
    parts.slice(0, firstGlob).join("/") || (pattern.startsWith("/") ? "/" : "."),
  );
  return fs.existsSync(folder) ? fs.realpathSync(folder) : undefined;
}

async function matches(pattern: string, cwd: string): Promise<FoundFile[]> {
  const folder = folderOf(pattern, cwd);
  if (folder === undefined) return [];
  const leadsOut = (resolved: string) => !isBelow(folder, resolved) && fs.statSync(resolved).isDirectory();
  const found = await glob(pattern, {
    cwd,
    ignore: ["**/node_modules/**"],
    onlyFiles: true,
    fs: {
      ...fs,
      // What is no regular file is found, too, so that reading it says so.
      readdir: ((
        directory: string,
        options: { withFileTypes: true },
        answer: (error: Error | null, entries: fs.Dirent[]) => void,
      ) => {
        fs.readdir(directory, options, (error, entries) => {
          answer(
            error,
            entries?.map((entry) => (isListed(directory, entry) ? entry : asFile(entry))),
          );
        });
      }) as typeof fs.readdir,
      // Of a link to a folder outside nothing is listed; one to a file is named when it is read.
      realpath: ((link: string, answer: (error: Error | null, resolved: string) => void) => {
        fs.realpath(link, (error, resolved) => {
          answer(error ?? (leadsOut(resolved) ? new Error("outside") : null), resolved);
        });
      }) as typeof fs.realpath,
    },
  });
  return found.sort().map((file) => ({ file, folder }));
}

/** Whether the glob looks at an entry by itself: a file, a folder, or a link that leads to something. */
function isListed(directory: string, entry: fs.Dirent): boolean {
  return (
    entry.isFile() ||
    entry.isDirectory() ||
    (entry.isSymbolicLink() && fs.existsSync(path.join(directory, entry.name)))
  );
}

function asFile(entry: fs.Dirent): fs.Dirent {
  return Object.create(entry, {
    isFile: { value: () => true },
    isSymbolicLink: { value: () => false },
  });
}
