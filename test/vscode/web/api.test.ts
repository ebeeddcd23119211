import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { format } from "node:util";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BROWSER_FLAGS, ensureBrowser } from "../harness/browser.mjs";
import { type RunningServer, startCodeServer } from "../harness/codeServerProcess.mjs";
import { EXAMPLES } from "../harness/paths.mjs";
import { bundleWebSuite } from "./bundleWebSuite.mjs";
import { RESULTS, type Results } from "./suite/runner.js";
import { copyWebExtension } from "./webExtension.mjs";

describe("the extension in the web worker extension host, through VS Code's API", () => {
  const scratch = mkdtempSync(path.join(tmpdir(), "cimd-web-"));
  let server: RunningServer;
  let browser: Browser;

  beforeAll(async () => {
    server = await startCodeServer({ trusted: true });
    browser = await chromium.launch({ executablePath: ensureBrowser(), args: BROWSER_FLAGS });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  });

  it("passes every test of its suite", async () => {
    const folder = path.join(scratch, "examples");
    cpSync(EXAMPLES, folder, { recursive: true });
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const lines: string[] = [];
    const ended = new Promise<number>((resolve) => {
      void page.exposeFunction("codeAutomationExit", resolve);
    });
    await page.exposeFunction("codeAutomationLog", (_type: string, given: unknown[]) => {
      lines.push(format(...given));
    });
    await page.route("https://extensions.acme.dev/served.txt", (route) => route.fulfill({ body: "served" }));
    const development = copyWebExtension(path.join(scratch, "extension"));
    await page.goto(server.url({ folder, development, tests: await bundleWebSuite(development) }));
    const code = await ended;
    const line = lines.find((text) => text.includes(RESULTS));
    if (line === undefined) throw new Error(`There are no results:\n${lines.slice(-40).join("\n")}`);
    const { passed, failed }: Results = JSON.parse(line.slice(line.indexOf(RESULTS) + RESULTS.length));
    expect(failed).toEqual([]);
    expect(passed.length).toBeGreaterThan(9);
    expect(code).toBe(0);
  });
});
