import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLIENT_ID, DOCUMENT, type Run, rehearse } from "./support/rehearse.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const inModules = (...parts: string[]) => path.join(ROOT, "node_modules", ...parts);
const BROWSER = pathToFileURL(path.join(ROOT, "test/rehearsal/support/browser.mjs")).href;

/** Both programs come back to `/oauth/callback`, one to `localhost` and one to `127.0.0.1`. */
const PROGRAMS_DOCUMENT = {
  ...DOCUMENT,
  redirect_uris: ["http://localhost/oauth/callback", "http://127.0.0.1/oauth/callback"],
};

let home: string;

beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), "cimd-rehearsal-"));
});

afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

/** What the programs store is in a folder of the test's own. */
const environment = (): Record<string, string> => ({
  PATH: process.env["PATH"] ?? "",
  HOME: home,
  USERPROFILE: home,
  MCP_REMOTE_CONFIG_DIR: path.join(home, "mcp-remote"),
  MCP_INSPECTOR_SECRET_STORE: "memory",
  MCP_AUTO_OPEN_ENABLED: "true",
});

async function freePort(): Promise<string> {
  const http = createServer();
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;
  await new Promise((resolve) => http.close(resolve));
  return String(port);
}

function expectFine(run: Run): void {
  const wrong = run.steps.filter(({ outcome }) => outcome === "failed" || outcome === "warning");
  expect(wrong.map(({ sentence }) => sentence)).toEqual([]);
  expect(run.step("registration")).toBeUndefined();
  expect(run.signIns()).toBe(1);
}

// On Windows the address of a browser is inside an encoded script, which the stand-in does not read.
describe.skipIf(process.platform === "win32")("programs that sign in with their own code:", () => {
  it("mcp-remote", { timeout: 60_000 }, async () => {
    const run = await rehearse(PROGRAMS_DOCUMENT);
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [
        "--import",
        BROWSER,
        inModules("mcp-remote", "dist", "proxy.js"),
        run.rehearsal.address,
        await freePort(),
        "--client-metadata-url",
        CLIENT_ID,
      ],
      env: environment(),
      stderr: "ignore",
    });
    const client = new Client({ name: "acme", version: "1.0.0" });
    await client.connect(transport);
    const { structuredContent } = await client.callTool({ name: "whoami" });
    await client.close();
    expect(structuredContent).toMatchObject({ client: CLIENT_ID, audience: [run.rehearsal.address] });
    expectFine(run);
  });

  it("MCP Inspector's command line", { timeout: 60_000 }, async () => {
    const run = await rehearse(PROGRAMS_DOCUMENT);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        "--import",
        BROWSER,
        inModules("@modelcontextprotocol", "inspector", "clients", "cli", "build", "index.js"),
        run.rehearsal.address,
        "--method",
        "tools/call",
        "--tool-name",
        "whoami",
        "--client-metadata-url",
        CLIENT_ID,
        "--callback-url",
        `http://127.0.0.1:${await freePort()}/oauth/callback`,
      ],
      { env: environment() },
    );
    expect(JSON.parse(stdout)).toMatchObject({ structuredContent: { client: CLIENT_ID } });
    expectFine(run);
  });
});
