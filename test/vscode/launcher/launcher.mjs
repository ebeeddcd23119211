#!/usr/bin/env node
// Stands in for the VS Code executable on a machine that cannot download one: takes VS Code's own arguments, runs the
// npm-only VS Code server with its workbench in a headless browser, and ends with the exit code of the test run.
//
//   launcher.mjs [FOLDER] --extensionDevelopmentPath=DIR --extensionTestsPath=FILE [--disable-workspace-trust]
//                [--extensions-dir=DIR]
//
// Other arguments of VS Code concern the desktop window and are ignored.
import path from "node:path";
import { format } from "node:util";
import { chromium } from "playwright-core";
import { BROWSER_FLAGS, ensureBrowser } from "../harness/browser.mjs";
import { startCodeServer } from "../harness/codeServerProcess.mjs";

/** A run that has not ended after this many milliseconds never will. */
const RUN_TIMEOUT = 8 * 60_000;

/**
 * @param {string[]} args
 * @param {string} name
 * @returns {string | undefined} the value of `--name=value`, as an absolute path
 */
function pathArgument(args, name) {
  const found = args.findLast((arg) => arg.startsWith(`--${name}=`));
  return found === undefined ? undefined : path.resolve(found.slice(name.length + 3));
}

/**
 * @param {string[]} args VS Code's arguments
 * @returns {Promise<number>} the exit code of the test run
 */
async function launch(args) {
  const folder = args.find((arg) => !arg.startsWith("-"));
  const development = pathArgument(args, "extensionDevelopmentPath");
  const tests = pathArgument(args, "extensionTestsPath");
  const extensionsDir = pathArgument(args, "extensions-dir");
  if (tests === undefined)
    throw new Error("--extensionTestsPath=FILE is missing: this launcher runs tests only");

  const executablePath = ensureBrowser();
  const server = await startCodeServer({
    trusted: args.includes("--disable-workspace-trust"),
    ...(extensionsDir === undefined ? {} : { extensionsDir }),
  });
  try {
    const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      const ended = new Promise((/** @type {(code: number) => void} */ resolve, reject) => {
        void server.exited.then(() => reject(new Error(`VS Code's server ended early:\n${server.output()}`)));
        setTimeout(
          () => reject(new Error(`The tests did not end within ${RUN_TIMEOUT / 1000} s`)),
          RUN_TIMEOUT,
        ).unref();
        page.once("crash", () => reject(new Error("The workbench's page crashed")));
        void page.exposeFunction("codeAutomationExit", (/** @type {number} */ code) => resolve(code));
      });
      await page.exposeFunction(
        "codeAutomationLog",
        (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
          const line = format(...args);
          if (type === "error") console.error(line);
          else console.log(line);
        },
      );
      await page.goto(
        server.url({
          tests,
          ...(folder === undefined ? {} : { folder: path.resolve(folder) }),
          ...(development === undefined ? {} : { development }),
        }),
      );
      return await ended;
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.once(signal, () => process.exit(130)); // the server's exit handler ends its process group
}

process.exit(
  await launch(process.argv.slice(2)).catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }),
);
