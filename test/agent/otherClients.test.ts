import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as OldStdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { ListRootsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CIMD = path.join(ROOT, "server", "dist", "cimd.js");
const tool = (...names: string[]) => path.join(ROOT, "node_modules", "@modelcontextprotocol", ...names);
const INSPECTOR = tool("inspector", "clients", "launcher", "build", "index.js");
const CONFORMANCE = tool("conformance", "dist", "index.js");

const DOCUMENT = '{ "client_id": "http://app.acme.dev/oauth/client", "client_name": "Acme" }';

let home = "";
beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), "cimd-agent-"));
  writeFileSync(path.join(home, "a.cimd.json"), DOCUMENT);
});
afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));

/** Runs a program of npm's with a home of its own, to its end. */
function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, HOME: home, USERPROFILE: home };
    execFile(process.execPath, args, { cwd: home, env }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

/** These programs take seconds to start. */
const SLOW = { timeout: 60_000 };

describe("MCP Inspector's command line", SLOW, () => {
  const inspect = async (...args: string[]) => {
    const options = ["--cli", "--format", "json", ...args];
    const { code, out, err } = await run(
      INSPECTOR,
      ...options,
      "--",
      process.execPath,
      CIMD,
      "mcp",
      "--root",
      home,
    );
    expect(err).toBe("");
    expect(code).toBe(0);
    return JSON.parse(out).result;
  };

  it("lists the tools, whose schemas every client understands", async () => {
    const { tools } = await inspect("--method", "tools/list", "--strict");
    expect(tools.map(({ name }: { name: string }) => name)).toEqual([
      "check_document",
      "match_redirect_uri",
      "create_document",
      "explain_rule",
      "list_servers",
      "validate_hosted_document",
    ]);
  });

  it.each<[string, object, object]>([
    ["check_document", { path: "a.cimd.json" }, { errors: 2 }],
    [
      "match_redirect_uri",
      { text: DOCUMENT, redirectUri: "http://127.0.0.1/" },
      { matches: expect.any(Array) },
    ],
    ["create_document", { name: "Acme", redirectUris: ["http://127.0.0.1/cb"] }, { isPlaceholder: true }],
    ["explain_rule", { rule: "client-id/https" }, { rule: "client-id/https" }],
    ["list_servers", { ids: ["fastmcp"] }, { servers: [{ id: "fastmcp" }] }],
    ["validate_hosted_document", { url: "https://127.0.0.1/client" }, { ok: false }],
  ])("calls %s", async (name, args, data) => {
    const json = JSON.stringify(args);
    const result = await inspect("--method", "tools/call", "--tool-name", name, "--tool-args-json", json);
    expect(result.structuredContent).toMatchObject(data);
  });

  it("does so in the protocol's revision of 2026-07-28 too", async () => {
    const call = [
      "--method",
      "tools/call",
      "--tool-name",
      "explain_rule",
      "--tool-arg",
      "rule=client-id/https",
    ];
    const result = await inspect("--protocol-era", "modern", ...call);
    expect(result.structuredContent).toMatchObject({ rule: "client-id/https" });
  });

  it("lists and reads the rules", async () => {
    const { resources } = await inspect("--method", "resources/list");
    expect(resources[0].uri).toBe("cimd://rules");
    const { contents } = await inspect("--method", "resources/read", "--uri", "cimd://rules/client-id/https");
    expect(contents[0].text).toMatch(/^# client_id is an https URL\n/);
  });
});

describe("the MCP TypeScript SDK 1.x", () => {
  it("shares its roots, and gets a file below them checked", async () => {
    const client = new Client({ name: "test", version: "1.0.0" }, { capabilities: { roots: {} } });
    client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [{ uri: pathToFileURL(home).href }] }));
    const transport = new OldStdioClientTransport({ command: process.execPath, args: [CIMD, "mcp"] });
    await client.connect(transport);
    const inside = await client.callTool({ name: "check_document", arguments: { path: "a.cimd.json" } });
    expect(inside).toMatchObject({ structuredContent: { errors: 2 } });
    const outside = await client.callTool({ name: "check_document", arguments: { path: CIMD } });
    expect(outside).toMatchObject({ isError: true });
    await client.close();
  });
});

describe("MCP's conformance suite, over HTTP", SLOW, () => {
  it.each(["server-initialize", "ping", "tools-list", "resources-list"])("%s", async (scenario) => {
    const bridge = await httpBridge();
    const results = mkdtempSync(path.join(home, "results-"));
    try {
      const { code, out } = await run(
        CONFORMANCE,
        ...["server", "--url", bridge.url, "--scenario", scenario, "--output-dir", results],
      );
      expect(out).not.toContain("FAILURE");
      expect(code, out).toBe(0);
      const [folder = ""] = readdirSync(results);
      const checks = JSON.parse(readFileSync(path.join(results, folder, "checks.json"), "utf8"));
      expect(checks.length).toBeGreaterThan(0);
      expect(checks.filter(({ status }: { status: string }) => status !== "SUCCESS")).toEqual([]);
    } finally {
      await bridge.close();
    }
  });
});

/** Streamable HTTP for a client, standard input and output for `cimd mcp`: messages are handed on as they are. */
async function httpBridge(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const outer = new StreamableHTTPServerTransport({ sessionIdGenerator: () => "one" });
  const inner = new StdioClientTransport({ command: process.execPath, args: [CIMD, "mcp"] });
  outer.onmessage = (message) => void inner.send(message);
  inner.onmessage = (message) => void outer.send(message);
  await inner.start();
  await outer.start();
  const server = createServer((request, response) => void outer.handleRequest(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    async close() {
      await outer.close();
      await inner.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
