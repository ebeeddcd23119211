import { afterEach, describe, expect, it, vi } from "vitest";
import { RULES } from "../../server/src/rules/rules.js";
import { PULLING, type Setup, TestClient } from "./testClient.js";

const URI = "file:///work/client.cimd.json";
const BAD = `{
  "client_id": "http://app.acme.dev/oauth/client",
  "client_name": "Acme",
  "redirect_uris": ["https://app.acme.dev/callback"],
  "grant_types": ["authorization_code", "refresh_token"],
  "response_types": ["code"],
  "token_endpoint_auth_method": "none"
}
`;
const SCHEME = { start: { line: 1, character: 16 }, end: { line: 1, character: 20 } };

let client: TestClient | undefined;

async function start(setup: Setup): Promise<TestClient> {
  client = await TestClient.start(setup);
  return client;
}

afterEach(async () => {
  vi.restoreAllMocks();
  await client?.stop();
  client = undefined;
});

describe.each(["in-band", "spawn"] as const)("diagnostics, %s", (mode) => {
  it("are pulled, and follow incremental edits", async () => {
    const server = await start({ mode });
    await server.open(URI, BAD);
    const before = await server.pull(URI);
    expect(before.filter(({ severity }) => severity === 1)).toMatchObject([
      {
        code: "client-id/https",
        range: SCHEME,
        source: "cimd",
        codeDescription: { href: expect.stringMatching(/\/server\/docs\/rules\.md#client-id\/https$/) },
      },
    ]);
    await server.change(URI, 2, SCHEME, "https");
    const after = await server.pull(URI);
    expect(after.filter(({ severity }) => severity === 1)).toEqual([]);
  });

  it("are pushed to a client that cannot pull, and vanish when the file is closed", async () => {
    const server = await start({ mode, capabilities: {} });
    expect(server.initialized.capabilities.diagnosticProvider).toBeUndefined();
    await server.open(URI, BAD);
    await vi.waitFor(() => expect(server.published).toHaveLength(1));
    expect(server.published[0]).toMatchObject({ uri: URI, version: 1 });
    expect(server.published[0]?.diagnostics.map(({ code }) => code)).toContain("client-id/https");
    await server.close(URI);
    await vi.waitFor(() => expect(server.published[1]).toEqual({ uri: URI, diagnostics: [] }));
  });

  it("answer for a closed file with nothing", async () => {
    const server = await start({ mode });
    await server.open(URI, BAD);
    await server.close(URI);
    expect(await server.pull(URI)).toEqual([]);
  });

  it("offer the fix of a problem and honour `only`", async () => {
    const server = await start({ mode });
    await server.open(URI, BAD);
    const [action] = await server.codeActions(URI, SCHEME);
    expect(action).toMatchObject({
      title: "Use https: https://app.acme.dev/oauth/client",
      kind: "quickfix",
      isPreferred: true,
      diagnostics: [{ code: "client-id/https" }],
    });
    expect(await server.codeActions(URI, SCHEME, ["refactor"])).toEqual([]);
  });

  it("take rule settings and target servers from the client", async () => {
    const server = await start({ mode, settings: { rules: { "client-id/*": "off" } } });
    await server.open(URI, BAD);
    expect((await server.pull(URI)).map(({ code }) => code)).not.toContain("client-id/https");
    server.settings = { rules: { "client-id/https": "hint" } };
    await server.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await vi.waitFor(() => expect(server.refreshes).toBe(1));
    const found = (await server.pull(URI)).find(({ code }) => code === "client-id/https");
    // Servers that refuse an http URL raise it again, but never above what the user chose.
    expect(found?.severity).toBe(4);
  });

  it("complain about settings that cannot be used, once", async () => {
    const server = await start({ mode, settings: { servers: ["no-such-server"], rules: { a: "loud" } } });
    await server.open(URI, BAD);
    await server.pull(URI);
    await server.pull(URI);
    await vi.waitFor(() =>
      expect(server.log.filter((line) => line.includes("no-such-server"))).toHaveLength(1),
    );
    expect(server.log.filter((line) => line.includes('"loud"'))).toHaveLength(1);
  });

  it("leave syntax to the JSON service where the file is mapped to json", async () => {
    const server = await start({ mode });
    await server.open(URI, `// note\n${BAD}`, "json");
    const codes = (await server.pull(URI)).map(({ code }) => code);
    expect(codes).not.toContain("document/comment");
    expect(codes).toContain("client-id/https");
  });

  it("answer a cancelled request as cancelled", async () => {
    const server = await start({ mode });
    await server.open(URI, BAD);
    const { CancellationTokenSource } = await import("vscode-languageserver-protocol/node");
    const source = new CancellationTokenSource();
    const asked = server.connection.sendRequest(
      "textDocument/diagnostic",
      { textDocument: { uri: URI } },
      source.token,
    );
    source.cancel();
    await expect(asked).rejects.toThrow(/cancel/i);
  });

  it("survive texts that nobody should send", async () => {
    const server = await start({ mode, capabilities: PULLING });
    const texts = [
      "[".repeat(100_000),
      `{"client_id": "${"a".repeat(5_000_000)}"}`,
      '{"a":"\u0000\ud800"}',
      "\ufeff{/* x */}",
      '{"client_id":"https://a.acme.dev/c","client_id":1,"__proto__":{"x":1},"constructor":null}',
    ];
    for (const [index, text] of texts.entries()) {
      const uri = `untitled:hostile-${index}`;
      await server.open(uri, text);
      expect((await server.pull(uri)).length).toBeGreaterThan(0);
      await server.close(uri);
    }
  });
});

describe("a rule that throws", () => {
  it("costs only itself and is logged once", async () => {
    const rule = RULES.find(({ id }) => id === "client-id/https");
    if (!rule?.check) throw new Error("client-id/https has no check");
    vi.spyOn(rule, "check").mockImplementation(() => {
      throw new Error("broken on purpose");
    });
    const server = await start({ mode: "in-band" });
    await server.open(URI, BAD.replace('"Acme"', '""'));
    for (const text of ["a", "b"]) {
      await server.change(URI, 2, { start: { line: 8, character: 0 }, end: { line: 8, character: 0 } }, text);
      expect((await server.pull(URI)).map(({ code }) => code)).toContain("client-name/empty");
    }
    const logged = server.log.filter((line) => line.includes("broken on purpose"));
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain("client-id/https");
  });
});
