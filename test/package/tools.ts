import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { inflateRawSync } from "node:zlib";

/** The repository's root. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/**
 * The environment without what npm hands down to its scripts: inside `npm test` those settings are the repository's. Of
 * npm's own words only errors are shown.
 */
const CLEAN_ENVIRONMENT: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$)/i.test(name))),
  npm_config_loglevel: "error",
};

/**
 * Runs a program to its end.
 *
 * @param program on the PATH, or a file
 * @param cwd where it runs
 * @param input what it reads from standard input
 * @returns its exit code and what it printed
 */
export function run(
  program: string,
  args: readonly string[],
  { cwd, input = "" }: { cwd: string; input?: string },
): SpawnSyncReturns<string> {
  return spawnSync(program, args, {
    cwd,
    input,
    encoding: "utf8",
    env: CLEAN_ENVIRONMENT,
    maxBuffer: 64 * 1024 * 1024,
    // npm and what it installs are .cmd files there, which only a shell starts.
    shell: process.platform === "win32" && program !== process.execPath,
  });
}

/**
 * As {@link run}, for a program that has to succeed.
 *
 * @returns what it printed to standard output
 * @throws {Error} with everything it printed, where it fails
 */
export function output(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = run(program, args, { cwd });
  if (error) throw error;
  if (status !== 0)
    throw new Error(`${program} ${args.join(" ")}: exit code ${status}\n${stdout}\n${stderr}`);
  return stdout;
}

/**
 * Packages the extension as `npm run package` does, from the bundles that are there.
 *
 * @param folder where the file goes
 * @returns the VSIX file's path
 */
export function packVsix(folder: string): string {
  const file = path.join(folder, "cimd.vsix");
  output(process.execPath, ["node_modules/@vscode/vsce/vsce", "package", "--out", file], ROOT);
  return file;
}

/**
 * Packs `cimd-language-server` as `npm publish` does.
 *
 * @param folder where the tarball goes
 * @returns the tarball's path, and the paths of the files in it
 */
export function packNpm(folder: string): { tarball: string; files: string[] } {
  const [packed] = JSON.parse(
    output("npm", ["pack", "--json", "--pack-destination", folder], path.join(ROOT, "server")),
  );
  return {
    tarball: path.join(folder, packed.filename),
    files: packed.files.map(({ path: file }: { path: string }) => file).sort(),
  };
}

/**
 * Reads a ZIP file by its central directory (APPNOTE.TXT 4.3.12; neither ZIP64 nor encryption).
 *
 * @returns what is in it: path and content
 */
export function readZip(file: string): Map<string, Buffer> {
  const zip = readFileSync(file);
  const end = zip.lastIndexOf("PK\u0005\u0006", undefined, "latin1");
  const entries = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const local = zip.readUInt32LE(at + 42);
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const stored = zip.subarray(data, data + size);
    entries.set(
      zip.toString("utf8", at + 46, at + 46 + name),
      method === 0 ? stored : inflateRawSync(stored),
    );
    at += 46 + name + extra + comment;
  }
  return entries;
}

/** Build names of shared chunks end in a hash of their content: `chunk-JOHXYNF3.js` is listed as `chunk-*.js`. */
export function withoutHash(file: string): string {
  return file.replace(/-[A-Z0-9]{8}(\.c?js)$/, "-*$1");
}
