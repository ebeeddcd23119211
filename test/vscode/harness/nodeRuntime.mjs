// The Node.js that everything here runs on: the npm package `node`, whatever the machine itself has.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./paths.mjs";

/** What `engines` of the newest tools ask for, and what VS Code's server needs (`module.registerHooks`). */
const NEEDED = { major: 22, minor: 19 };

/**
 * @param {string} version as `process.version` prints it: `v24.21.0`
 * @returns {boolean} whether that is new enough
 */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major > NEEDED.major || (major === NEEDED.major && minor >= NEEDED.minor);
}

/**
 * @param {string} executable
 * @returns {string | undefined} its version (`v24.21.0`), or nothing where it does not run
 */
function versionOf(executable) {
  if (!existsSync(executable)) return undefined;
  try {
    return execFileSync(executable, ["--version"], { encoding: "utf8" }).trim();
  } catch {
    return undefined; // Present but not runnable (a broken link, another platform's binary): as good as absent.
  }
}

/**
 * A Node.js new enough for the tools and for VS Code's server.
 *
 * The npm package `node` puts one into `node_modules/node/bin` from its install script. Where install scripts were
 * disabled (`npm ci --ignore-scripts`, an organisation's npm policy) the file is missing; the script is then run here.
 * @returns {string} the absolute path of the executable
 * @throws {Error} where the package cannot be repaired, saying which command to run
 */
export function ensureNode() {
  const packaged = path.join(
    ROOT,
    "node_modules",
    "node",
    "bin",
    process.platform === "win32" ? "node.exe" : "node",
  );
  const found = versionOf(packaged);
  if (found !== undefined && isNewEnough(found)) return packaged;
  if (isNewEnough(process.version)) return process.execPath;
  const installer = path.join(ROOT, "node_modules", "node", "installArchSpecificPackage.js");
  if (existsSync(installer)) {
    console.log(
      `node_modules/node has no runnable Node.js (were install scripts disabled?): running its install script`,
    );
    execFileSync(process.execPath, [installer], { cwd: path.dirname(installer), stdio: "inherit" });
    const repaired = versionOf(packaged);
    if (repaired !== undefined && isNewEnough(repaired)) return packaged;
  }
  throw new Error(
    `Node.js ${process.version} is too old for the build tools and VS Code (${NEEDED.major}.${NEEDED.minor} or newer), and the npm package ` +
      "`node` that brings its own was not installed completely. Run `npm ci --ignore-scripts=false`, or use a newer Node.js.",
  );
}
