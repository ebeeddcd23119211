import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { RedirectMatches } from "../../server/src/lsp/documentProtocol.js";
import { defaultGroup } from "../../server/src/servers/groups.js";
import { SERVERS } from "../../server/src/servers/servers.js";
import { TestClient } from "./testClient.js";

const URI = "file:///work/app/public/oauth/client.cimd.json";
const DOCUMENT = `{
  "client_name": "Acme",
  "client_id": "https://app.acme.dev/oauth/client",
  "redirect_uris": ["http://localhost:*/callback"],
  "grant_types": ["authorization_code", "refresh_token"],
  "response_types": ["code"],
  "token_endpoint_auth_method": "none"
}
`;
const HOSTING = { "public/**": "https://app.acme.dev/" };

describe.each(["in-band", "spawn"] as const)("requests about one text, %s", (mode) => {
  let client: TestClient;

  beforeAll(async () => {
    client = await TestClient.start({
      mode,
      workspaceFolders: [{ uri: "file:///work/app", name: "app" }],
    });
  });

  afterAll(() => client.stop());

  /** Gives the language server other settings and waits until it asks for the diagnostics anew. */
  async function set(settings: unknown): Promise<void> {
    const { refreshes } = client;
    client.settings = settings;
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await expect.poll(() => client.refreshes).toBeGreaterThan(refreshes);
  }

  it("sorts members into the usual order", async () => {
    const { edits } = await client.connection.sendRequest<{
      edits: Parameters<typeof TextDocument.applyEdits>[1];
    }>("cimd/sortMembers", { uri: URI, text: DOCUMENT });
    const text = TextDocument.applyEdits(TextDocument.create("", "", 0, DOCUMENT), edits);
    expect(Object.keys(JSON.parse(text)).slice(0, 3)).toEqual(["client_id", "client_name", "redirect_uris"]);
  });

  it("says why it does not sort", async () => {
    expect(
      await client.connection.sendRequest("cimd/sortMembers", { uri: URI, text: '{ "a": 1' }),
    ).toHaveProperty("refused", expect.stringContaining("valid JSON"));
  });

  const ask = (redirectUri: string, verdicts = "group"): Promise<RedirectMatches> =>
    client.connection.sendRequest("cimd/matchRedirectUri", {
      uri: URI,
      text: DOCUMENT,
      redirectUri,
      verdicts,
    });

  it("says per server whether it lets a redirect URI through, by which entry, and why not", async () => {
    const { matches, advice } = await ask("http://localhost:4711/callback");
    expect(matches.find(({ server }) => server === "fastmcp")).toMatchObject({
      group: "allowed",
      matchedBy: "http://localhost:*/callback",
    });
    expect(matches.find(({ server }) => server === "oidc-provider")).toMatchObject({
      group: "document-refused",
      reason: expect.stringMatching(/\w/),
    });
    expect(advice?.entry).not.toBe("");
    const other = await ask("http://localhost:*/other");
    expect(other.matches.find(({ server }) => server === "fastmcp")).toMatchObject({ group: "refused" });
    expect(other.advice).toEqual({
      entry: "http://localhost:*/callback",
      sentences: [
        "The nearest entry is http://localhost:*/callback.",
        "The path differs: /other is sent, and /callback is listed.",
        "Add http://localhost:*/other to redirect_uris, or let the client send http://localhost:*/callback.",
      ],
    });
  });

  it("compares a whole authorization request with the document", async () => {
    const url = `https://auth.acme.dev/authorize?client_id=abc&response_type=code`;
    const { whole, findings, matches } = await ask(url);
    expect(whole).toBe(true);
    expect(findings).toEqual([
      { part: "client_id", severity: "error", message: expect.stringMatching(/^client_id is abc, no URL/) },
    ]);
    expect(new Set(matches.map(({ group }) => group))).toEqual(new Set(["refused"]));
    expect(await ask("http://localhost:1/callback")).toMatchObject({ whole: false, findings: [] });
  });

  it("asks the default group or the targets, and all known servers on demand", async () => {
    const servers = ({ matches }: RedirectMatches) => matches.map(({ server }) => server);
    const group = servers(await ask("http://localhost:1/callback"));
    expect(group).toEqual(defaultGroup(["mcp"]).map(({ id }) => id));
    expect(servers(await ask("http://localhost:1/callback", "all"))).toHaveLength(SERVERS.length);
    await set({ servers: ["fastmcp"] });
    const targets = await ask("http://localhost:1/callback");
    await set({});
    expect(servers(targets)).toEqual(["fastmcp"]);
  });

  it("checks a text that is not open", async () => {
    const text = DOCUMENT.replace("https://app", "http://app");
    const problems = await client.connection.sendRequest<{ code: string; severity: number }[]>(
      "cimd/checkText",
      { uri: URI, text },
    );
    expect(problems).toContainEqual(
      expect.objectContaining({
        code: "client-id/https",
        severity: 1,
        href: expect.stringMatching(/^https/),
      }),
    );
  });

  it("takes the URL a file is served from out of cimd.hosting, and fixes client_id", async () => {
    const codes = async (): Promise<unknown[]> => (await client.pull(URI)).map(({ code }) => code);
    await client.open(URI, DOCUMENT);
    expect(await codes()).not.toContain("client-id/url-mismatch");
    await set({ hosting: HOSTING });
    const mismatch = (await client.pull(URI)).find(({ code }) => code === "client-id/url-mismatch");
    if (!mismatch) throw new Error("no mismatch");
    const [fix] = await client.codeActions(URI, mismatch.range, ["quickfix"]);
    expect(fix?.title).toBe("Use https://app.acme.dev/oauth/client.cimd.json");
    await set({});
    expect(await codes()).not.toContain("client-id/url-mismatch");
    await client.close(URI);
  });

  it("shows on the consent preview what a server does with a file that cimd.hosting publishes elsewhere", async () => {
    const ask = (): Promise<{ flow: { id: string; state: string }[] }> =>
      client.connection.sendRequest("cimd/consentView", {
        uri: URI,
        text: DOCUMENT,
        choices: { server: "fastmcp" },
      });
    const fetched = async (): Promise<string | undefined> =>
      (await ask()).flow.find(({ id }) => id === "fetch")?.state;
    expect(await fetched()).not.toBe("failed");
    await set({ hosting: HOSTING });
    expect(await fetched()).toBe("failed");
    await set({});
  });

  it("completes client_id with the URL of cimd.hosting", async () => {
    await set({ hosting: HOSTING });
    await client.open(URI, '{ "client_id": "" }');
    const { items } = await client.connection.sendRequest<{ items: { label: string }[] }>(
      "textDocument/completion",
      { textDocument: { uri: URI }, position: { line: 0, character: 16 } },
    );
    await client.close(URI);
    expect(items[0]?.label).toBe('"https://app.acme.dev/oauth/client.cimd.json"');
  });

  it("complains about a base URL that no file can have", async () => {
    await set({ hosting: { "public/**": "http://app.acme.dev/" } });
    await client.open(URI, DOCUMENT);
    expect((await client.pull(URI)).map(({ code }) => code)).not.toContain("client-id/url-mismatch");
    await client.close(URI);
    expect(client.log.join("\n")).toContain('"http://app.acme.dev/" for public/**');
  });

  it("follows the workspace's folders", async () => {
    await set({ hosting: HOSTING });
    await client.open(URI, DOCUMENT);
    const { refreshes } = client;
    await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
      event: { added: [], removed: [{ uri: "file:///work/app", name: "app" }] },
    });
    await expect.poll(() => client.refreshes).toBeGreaterThan(refreshes);
    expect((await client.pull(URI)).map(({ code }) => code)).not.toContain("client-id/url-mismatch");
    await client.close(URI);
  });
});
