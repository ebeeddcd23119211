import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CASES_FILE, type Engine, MANIFEST, RECORDED_FILE } from "../engines.js";

/** How the packages of one ecosystem are installed and started. */
export interface Toolchain {
  /** Files of a driver that need no installation when they change. */
  readonly interpreted?: RegExp;
  /** A command that succeeds, in the driver's folder, where the toolchain is there; the first word is the program. */
  readonly needs: (engine: Engine) => readonly string[];
  /** Installs and builds in the folder, which has a copy of the driver. */
  readonly install: (engine: Engine, folder: string, newest: boolean) => Promise<void>;
  /** @returns the version of the engine's package that is installed */
  readonly version: (engine: Engine, folder: string) => Promise<string>;
  /** @returns program and arguments; it runs in the folder */
  readonly command: (engine: Engine, folder: string) => readonly [string, ...string[]];
}

/** The environment without what npm hands down to its scripts, whose settings are the repository's. */
const ENVIRONMENT = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$)/i.test(name)),
);

/**
 * Runs a program to its end.
 *
 * @returns what it printed to standard output
 * @throws {Error} with what it printed, where it fails
 */
export function output(command: readonly string[], folder: string): Promise<string> {
  const [program = "", ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: folder,
      env: ENVIRONMENT,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    let printed = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors += text;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(printed);
      else reject(new Error(`${command.join(" ")}: exit code ${code}\n${(errors || printed).slice(-4000)}`));
    });
  });
}

/** Where an engine is installed and built. */
export function installFolder(root: string, engine: Engine, newest: boolean): string {
  return path.join(root, ".cache", "engines", newest ? `${engine.id}+newest` : engine.id);
}

const STAMP = "installed.txt";

/**
 * Copies the driver, and installs and builds what it needs unless that is already there.
 *
 * @returns the folder in which it runs
 */
export async function prepare(
  root: string,
  engine: Engine,
  toolchain: Toolchain,
  newest: boolean,
): Promise<string> {
  const folder = installFolder(root, engine, newest);
  const files = filesOf(engine);
  mkdirSync(folder, { recursive: true });
  const hash = createHash("sha256").update(engine.python ?? "");
  for (const [name, file] of files) {
    cpSync(file, path.join(folder, name));
    if (name !== MANIFEST && !toolchain.interpreted?.test(name)) hash.update(name).update(readFileSync(file));
  }
  const wanted = hash.digest("hex");
  const stamp = path.join(folder, STAMP);
  if (!newest && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return folder;
  rmSync(stamp, { force: true });
  await toolchain.install(engine, folder, newest);
  writeFileSync(stamp, wanted);
  return folder;
}

/** The files of a driver by their names where it runs: no recorded runs and cases. */
function filesOf({ folder, shared = [] }: Engine): [name: string, file: string][] {
  const own = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ![RECORDED_FILE, CASES_FILE].includes(entry.name))
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)))
    .filter((file) => !/^(node_modules|target|__pycache__)[\\/]/.test(file))
    .sort();
  return [
    ...own.map((file): [string, string] => [file, path.join(folder, file)]),
    ...shared.map((file): [string, string] => [path.basename(file), path.join(folder, "..", file)]),
  ];
}
