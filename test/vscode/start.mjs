// `npm start`: builds, and opens VS Code with the extension loaded on examples/. The user's own `code` where there is one
// and a desktop to show it; otherwise the npm-only VS Code in the browser, at a printed URL, until Ctrl-C.
//
//   npm start -- [--no-open]      with --no-open (or in CI) only print the URL
//
// CIMD_START_SMOKE=1: check that the page answers and end.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { onPath } from "./harness/browser.mjs";
import { startCodeServer } from "./harness/codeServerProcess.mjs";
import { ensureNode } from "./harness/nodeRuntime.mjs";
import { EXAMPLES, ROOT } from "./harness/paths.mjs";

const { values } = parseArgs({ options: { "no-open": { type: "boolean", default: false } } });
const smoke = process.env["CIMD_START_SMOKE"] === "1";
const quiet = values["no-open"] || smoke || process.env["CI"] !== undefined;
const isRoot = process.getuid?.() === 0;

/** What is open from the start. */
const FIRST = "desktop.cimd.json";

/** Whether a window can be shown here. */
const hasDesktop =
  process.platform !== "linux" ||
  process.env["DISPLAY"] !== undefined ||
  process.env["WAYLAND_DISPLAY"] !== undefined;

build();
const code = quiet ? undefined : desktopVsCode();
if (code !== undefined) await openDesktop(code);
else await openInBrowser();

/** Bundles with source maps, so that errors name the sources. What goes wrong is printed by the build itself. */
function build() {
  console.log("Building the extension");
  const node = ensureNode();
  for (const script of ["server/scripts/build.mjs", "client/scripts/build.mjs"]) {
    const env = { ...process.env, CIMD_SOURCEMAPS: "1" };
    const { status } = spawnSync(node, [script], { cwd: ROOT, stdio: "inherit", env });
    if (status !== 0) {
      console.error(`The build failed: ${script}`);
      process.exit(1);
    }
  }
}

/**
 * The user's own VS Code. In a remote window's terminal `code` only forwards to the window and loads no extension under
 * development, so it does not count there.
 * @returns {string | undefined}
 */
function desktopVsCode() {
  if (!hasDesktop || process.env["VSCODE_IPC_HOOK_CLI"] !== undefined) return undefined;
  return onPath(process.platform === "win32" ? "code.cmd" : "code");
}

/** @param {string} code */
async function openDesktop(code) {
  console.log(`Opening your own VS Code (${code}) on examples/ with the extension loaded`);
  const args = ["--new-window", `--extensionDevelopmentPath=${ROOT}`, EXAMPLES, path.join(EXAMPLES, FIRST)];
  // VS Code refuses to run as root unless it is told where its data goes and that it has no sandbox.
  if (isRoot) args.push("--no-sandbox", `--user-data-dir=${path.join(tmpdir(), "cimd-vscode-root")}`);
  const child = spawn(code, args, { stdio: "inherit", shell: process.platform === "win32" });
  process.exitCode = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (exitCode) => resolve(exitCode ?? 1));
  });
}

async function openInBrowser() {
  console.log(
    quiet ? "Starting VS Code's server" : "No VS Code (`code`) to open here: starting one for the browser",
  );
  const scratch = mkdtempSync(path.join(tmpdir(), "cimd-start-"));
  const folder = path.join(scratch, "examples");
  cpSync(EXAMPLES, folder, { recursive: true });
  process.once("exit", () => rmSync(scratch, { recursive: true, force: true }));
  const server = await startCodeServer({ trusted: true, untilStopped: true });
  const url = server.url({ folder, file: path.join(folder, FIRST), development: ROOT });
  console.log(`\nVS Code with the extension, on a copy of examples/:\n\n  ${url}\n`);

  if (smoke) {
    await checkPage(url);
    await server.stop();
    process.exit(0);
  }
  if (!quiet && hasDesktop) openUrl(url);
  console.log("Ctrl-C ends it.");
  let stopping = false;
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.once(signal, () => {
      stopping = true;
      void server.stop().then(() => process.exit(0));
    });
  }
  const exitCode = await server.exited;
  if (stopping) return;
  console.error(`VS Code's server ended:\n${server.output()}`);
  process.exit(exitCode ?? 1);
}

/**
 * The first answer sets the token as a cookie and redirects; the second is the workbench.
 * @param {string} url
 * @throws {Error} where VS Code does not answer with its workbench
 */
async function checkPage(url) {
  const first = await fetch(url, { redirect: "manual" });
  const location = first.headers.get("location");
  const cookie = first.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");
  if (location === null)
    throw new Error(`VS Code's page answered with status ${first.status}, not with a redirect`);
  const page = await fetch(new URL(location, url), { headers: { cookie } });
  const body = await page.text();
  if (page.status !== 200 || !body.includes("workbench")) {
    throw new Error(`VS Code's page answered with status ${page.status} and without a workbench`);
  }
  console.log("The page answers with VS Code's workbench.");
}

/**
 * Shows the page in the default browser; the URL is printed anyway, so a machine without one loses nothing.
 * @param {string} url
 */
function openUrl(url) {
  /** @type {Partial<Record<NodeJS.Platform, string>>} */
  const openers = { darwin: "open", win32: "explorer" };
  const child = spawn(openers[process.platform] ?? "xdg-open", [url], { stdio: "ignore", detached: true });
  child.once("error", () => console.log("Open the URL in a browser."));
  child.unref();
}
