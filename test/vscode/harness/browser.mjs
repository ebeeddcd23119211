// The browser in which VS Code's workbench runs on the harness: an installed Chromium, Chrome or Edge.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";

const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
  "microsoft-edge-stable",
];

const ELSEWHERE = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** Flags for a browser in a container, without a GPU and without any traffic of its own. */
export const BROWSER_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * An installed browser that can be driven by Playwright; on Debian as root Chromium is installed where none is found.
 * `CIMD_BROWSER_PATH` names another one.
 * @returns {string} the absolute path of its executable
 * @throws {Error} where there is none, saying what to install
 */
export function ensureBrowser() {
  const named = process.env["CIMD_BROWSER_PATH"];
  if (named !== undefined) return named;
  const found = findBrowser();
  if (found !== undefined) return found;
  if (process.platform === "linux" && process.getuid?.() === 0 && onPath("apt-get") !== undefined) {
    console.log("No Chromium, Chrome or Edge found: installing Debian's chromium with apt-get");
    /** @type {import("node:child_process").ExecFileSyncOptions} */
    const options = {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    };
    execFileSync("apt-get", ["update", "-q"], options);
    execFileSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], options);
    const installed = findBrowser();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    "The tests in VS Code need a browser. Install Chromium (Debian: `apt-get install -y chromium`), Chrome or Edge, run " +
      "`npx playwright-core install chromium`, or set CIMD_BROWSER_PATH to an executable.",
  );
}

/** @returns {string | undefined} */
function findBrowser() {
  const candidates = [...NAMES.map(onPath), ...ELSEWHERE, chromium.executablePath()];
  return candidates.find(
    (candidate) => candidate !== undefined && existsSync(candidate) && answers(candidate),
  );
}

/**
 * @param {string} name of a program
 * @returns {string | undefined} where it is on PATH
 */
export function onPath(name) {
  return (process.env["PATH"] ?? "")
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));
}

/**
 * Ubuntu's `chromium-browser` is a script that only tells the reader to install a snap: a browser says its version.
 * @param {string} executable
 * @returns {boolean}
 */
function answers(executable) {
  if (process.platform === "win32") return true; // There `--version` opens a window.
  try {
    return /\d+\.\d+/.test(
      execFileSync(executable, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
    );
  } catch {
    return false;
  }
}
