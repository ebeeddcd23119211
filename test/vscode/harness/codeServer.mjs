// A real VS Code from the npm registry alone: the package `code-server` contains Code-OSS with its workbench, server
// and built-in extensions. Fetched once into the cache folder, as `@vscode/test-electron` fetches the desktop build.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ensureNode } from "./nodeRuntime.mjs";
import { CACHE } from "./paths.mjs";

/** code-server 4.139.1 is Code-OSS 1.139.1. */
export const CODE_SERVER_VERSION = "4.139.1";

const PREFIX = path.join(CACHE, "code-server");
const VSCODE = path.join(PREFIX, "node_modules", "code-server", "lib", "vscode");
const SERVER_MAIN = path.join(VSCODE, "out", "server-main.js");

/** Written last: an installation without it, or with another content, was interrupted or is another version. */
const MARKER = path.join(PREFIX, ".complete");
const MARKER_CONTENT = `code-server ${CODE_SERVER_VERSION}, layout 1\n`;

/**
 * VS Code's `server-main.js`, installed first if it is not there yet (two to three minutes and 500 MB, once).
 * @returns {string} its absolute path
 * @throws {Error} where npm fails
 */
export function ensureCodeServer() {
  if (existsSync(MARKER) && readFileSync(MARKER, "utf8") === MARKER_CONTENT && existsSync(SERVER_MAIN)) {
    return SERVER_MAIN;
  }
  console.log(
    `Installing VS Code (npm package code-server@${CODE_SERVER_VERSION}, 500 MB) into .vscode-test, once: two to three minutes`,
  );
  rmSync(PREFIX, { recursive: true, force: true });
  mkdirSync(PREFIX, { recursive: true });
  // Its own install script insists on the Node.js that npm itself runs on, so the script's steps are done here.
  npm(["install", "--prefix", PREFIX, "--ignore-scripts", `code-server@${CODE_SERVER_VERSION}`], CACHE);
  npm(["install", "--omit=dev", "--omit=optional", "--ignore-scripts"], VSCODE);
  buildNativeModules();
  writeFileSync(MARKER, MARKER_CONTENT);
  console.log("VS Code is installed");
  return SERVER_MAIN;
}

/**
 * The two native modules that matter here: the extension host does not start without the watchdog, and `spdlog` writes
 * the log files. Without a compiler, or without Node's headers, the watchdog is replaced by one in JavaScript, and VS Code
 * does without log files.
 */
function buildNativeModules() {
  console.log("Compiling two small native modules of VS Code");
  try {
    npm(["rebuild", "--ignore-scripts=false", "@vscode/native-watchdog", "@vscode/spdlog"], VSCODE);
  } catch (error) {
    console.log(
      `They could not be compiled (${firstLine(error)}): VS Code runs without log files, and with a watchdog in JavaScript`,
    );
    const release = path.join(VSCODE, "node_modules", "@vscode", "native-watchdog", "build", "Release");
    mkdirSync(release, { recursive: true });
    writeFileSync(path.join(release, "watchdog.js"), WATCHDOG_IN_JAVASCRIPT);
  }
}

/** What the native one does: end this process (exit code 87) when the process that started it is gone. */
const WATCHDOG_IN_JAVASCRIPT = `"use strict";
exports.start = (pid) => {
  const timer = setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      process.exit(87);
    }
  }, 1000);
  timer.unref();
};
exports.exit = (code) => process.exit(code);
`;

/**
 * Runs npm on the project's own Node.js; its output is shown only when it fails.
 * @param {string[]} args
 * @param {string} cwd
 */
function npm(args, cwd) {
  const command = process.platform === "win32" ? "npm.cmd" : "npm";
  const env = { ...process.env };
  // Inside `npm test`, npm hands its own settings (prefix, workspaces …) down in the environment. They are the
  // repository's and must not reach an installation elsewhere; what the user configured comes from the npmrc again.
  for (const name of Object.keys(env)) {
    if (
      /^npm_(package|lifecycle|config_(local_prefix|prefix|workspaces?|include_workspace_root))/i.test(name)
    )
      delete env[name];
  }
  env["PATH"] = path.dirname(ensureNode()) + path.delimiter + (env["PATH"] ?? "");
  execFileSync(command, [...args, "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === "win32",
  });
}

/**
 * @param {unknown} error
 * @returns {string}
 */
function firstLine(error) {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";
}
