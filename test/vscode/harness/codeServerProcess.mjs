// One running VS Code server: a free port, a fresh data folder, ended by its own process id.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ensureCodeServer } from "./codeServer.mjs";
import { ensureNode } from "./nodeRuntime.mjs";

/**
 * @typedef {object} ServerOptions
 * @property {boolean} trusted whether every folder is trusted; otherwise a window opens in Restricted Mode
 * @property {boolean} [untilStopped] whether it keeps running without a window; otherwise it ends by itself some minutes
 *   after its last window closed, so that nothing stays behind when the tests are killed
 * @property {Record<string, unknown>} [settings] further settings of the machine
 * @property {string} [extensionsDir] installed extensions (default: none, in a fresh folder)
 */

/**
 * @typedef {object} RunningServer
 * @property {number} pid
 * @property {number} port
 * @property {(parts: { folder?: string, file?: string, development?: string, tests?: string }) => string} url the page that opens
 *   `folder` with the extension in `development` loaded and, if given, runs the test module `tests`
 * @property {() => string} output everything it has printed so far
 * @property {() => Promise<void>} stop
 * @property {Promise<number | null>} exited its exit code
 */

/** How long the server may take to listen, in milliseconds. */
const START_TIMEOUT = 60_000;

/** What a window does not need here, and what would only reach for the network in vain. */
const SETTINGS = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
};

/**
 * Starts VS Code's server on a port that the system chooses, reachable from this machine with a random token only.
 * @param {ServerOptions} options
 * @returns {Promise<RunningServer>}
 * @throws {Error} with its output, where it does not listen in time
 */
export async function startCodeServer({ trusted, untilStopped = false, settings = {}, extensionsDir }) {
  const serverMain = ensureCodeServer();
  const dataDir = mkdtempSync(path.join(tmpdir(), "cimd-vscode-"));
  mkdirSync(path.join(dataDir, "data", "Machine"), { recursive: true });
  writeFileSync(
    path.join(dataDir, "data", "Machine", "settings.json"),
    JSON.stringify({ ...SETTINGS, ...settings }),
  );
  const token = randomBytes(16).toString("hex");
  const args = [
    serverMain,
    ...["--host", "127.0.0.1", "--port", "0"],
    ...["--connection-token", token],
    ...["--server-data-dir", dataDir],
    ...(extensionsDir === undefined ? [] : ["--extensions-dir", extensionsDir]),
    "--accept-server-license-terms",
    "--disable-telemetry",
    "--enable-smoke-test-driver", // without it the built workbench ignores the payload that loads the extension
    ...(trusted ? ["--disable-workspace-trust"] : []),
    ...(untilStopped ? [] : ["--enable-remote-auto-shutdown", "--reconnection-grace-time", "60"]),
  ];
  // A process group of its own, so that the extension host and the language server end with it. The extension host sees
  // this process's environment.
  const child = spawn(ensureNode(), args, {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const exited = new Promise((/** @type {(code: number | null) => void} */ resolve) =>
    child.once("exit", resolve),
  );
  const killGroup = (/** @type {NodeJS.Signals} */ signal) => {
    try {
      process.kill(-(/** @type {number} */ (child.pid)), signal);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ESRCH") throw error; // ESRCH: all of it has ended
    }
  };
  const onProcessExit = () => {
    killGroup("SIGKILL");
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once("exit", onProcessExit);
  const stop = async () => {
    killGroup("SIGTERM");
    await Promise.race([exited, delay(5_000, undefined, { ref: false })]);
    process.removeListener("exit", onProcessExit);
    onProcessExit();
  };

  /** @type {number} */
  let port;
  try {
    port = await new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`it did not listen within ${START_TIMEOUT / 1000} s`)),
        START_TIMEOUT,
      );
      const onOutput = (/** @type {Buffer} */ chunk) => {
        output += chunk.toString();
        const listening = /Extension host agent listening on (\d+)/.exec(output);
        if (listening === null) return;
        clearTimeout(timer);
        resolve(Number(listening[1]));
      };
      child.stdout.on("data", onOutput);
      child.stderr.on("data", onOutput);
      child.once("error", reject);
      void exited.then((code) => reject(new Error(`it ended with exit code ${code}`)));
    });
  } catch (error) {
    await stop();
    throw new Error(
      `VS Code's server did not start: ${error instanceof Error ? error.message : error}\n${output}`,
    );
  }

  const remote = (/** @type {string} */ file) => `vscode-remote://localhost:${port}${file}`;
  return {
    pid: /** @type {number} */ (child.pid),
    port,
    url({ folder, file, development, tests }) {
      /** @type {[string, string][]} */
      const payload = [];
      if (development !== undefined) payload.push(["extensionDevelopmentPath", remote(development)]);
      if (tests !== undefined) payload.push(["extensionTestsPath", remote(tests)]);
      if (file !== undefined) payload.push(["openFile", remote(file)]);
      const query = new URLSearchParams({ tkn: token });
      if (folder !== undefined) query.set("folder", folder);
      if (payload.length > 0) query.set("payload", JSON.stringify(payload));
      return `http://localhost:${port}/?${query}`;
    },
    output: () => output,
    stop,
    exited,
  };
}
