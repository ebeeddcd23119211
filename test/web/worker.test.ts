import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type {
  CodeAction,
  CodeLens,
  CompletionList,
  Diagnostic,
  Hover,
  TextEdit,
} from "vscode-languageserver-types";
import { WorkerPage } from "./workerPage.js";

const URI = "vscode-vfs://github/acme/notes/client.cimd.json";
const HOSTED = "https://app.acme.dev/client.json";
const TEXT = `{
  "client_id": "${HOSTED}",
  "client_name": "Notes",
  "redirect_uris": ["http://localhost:3000/callback"],
  "token_endpoint_auth_method": "none"
}
`;
const CORS = {
  "access-control-allow-origin": "*",
  "content-type": "application/json",
  "cache-control": "max-age=3600",
};

interface Report {
  ok: boolean;
  steps: { id: string; state: string; sentence: string; fix?: string }[];
  document?: { text: string };
}

let editor: WorkerPage;

beforeAll(async () => {
  editor = await WorkerPage.open();
  const { serverInfo } = await editor.request<{ serverInfo: { name: string } }>("initialize", {
    processId: null,
    rootUri: null,
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true },
      textDocument: {
        diagnostic: {},
        hover: { contentFormat: ["markdown"] },
        completion: { completionItem: { snippetSupport: true } },
        codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } },
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      },
    },
    initializationOptions: { clientCommands: ["cimd.previewConsentToSide", "cimd.validateHosted"] },
    workspaceFolders: [{ uri: "vscode-vfs://github/acme/notes", name: "notes" }],
  });
  expect(serverInfo.name).toBe("cimd-language-server");
  await editor.notify("initialized", {});
}, 60_000);
afterAll(() => editor?.close());

let version = 0;
/** Opens the document with a text. */
async function open(text: string): Promise<void> {
  if (version > 0) await editor.notify("textDocument/didClose", { textDocument: { uri: URI } });
  version += 1;
  await editor.notify("textDocument/didOpen", {
    textDocument: { uri: URI, languageId: "cimd", version, text },
  });
}

const textDocument = { uri: URI };
const pull = async () =>
  (await editor.request<{ items: Diagnostic[] }>("textDocument/diagnostic", { textDocument })).items;

describe("the language server in a web worker", () => {
  beforeEach(() => open(TEXT));

  it("finds problems and fixes them", async () => {
    await open(TEXT.replace('"https://app', '"http://app'));
    const problem = (await pull()).find(({ code }) => code === "client-id/https");
    expect(problem).toBeDefined();
    const actions = await editor.request<CodeAction[]>("textDocument/codeAction", {
      textDocument,
      range: problem?.range,
      context: { diagnostics: [problem] },
    });
    const edits = actions.flatMap(({ edit }) => edit?.changes?.[URI] ?? []);
    expect(edits.map(({ newText }) => newText).join()).toContain("https");
  });

  it("completes, explains on hover, and offers lenses", async () => {
    const completed = await editor.request<CompletionList>("textDocument/completion", {
      textDocument,
      position: { line: 2, character: 2 },
    });
    const items = Array.isArray(completed) ? completed : completed.items;
    expect(items.map(({ label }: { label: string }) => label).join()).toContain("logo_uri");
    const hover = await editor.request<Hover>("textDocument/hover", {
      textDocument,
      position: { line: 3, character: 30 },
    });
    expect(JSON.stringify(hover)).toContain("RFC 8252");
    const lenses = await editor.request<CodeLens[]>("textDocument/codeLens", { textDocument });
    expect(lenses.map(({ command }) => command?.command)).toContain("cimd.validateHosted");
  });

  it("formats, folds, selects and outlines", async () => {
    await open('{"client_id":"x",\n"redirect_uris":[\n"y"\n]}');
    const options = { tabSize: 2, insertSpaces: true };
    const edits = await editor.request<TextEdit[]>("textDocument/formatting", { textDocument, options });
    expect(edits.length).toBeGreaterThan(0);
    expect(await editor.request("textDocument/foldingRange", { textDocument })).toHaveLength(2);
    expect(
      await editor.request("textDocument/selectionRange", {
        textDocument,
        positions: [{ line: 0, character: 3 }],
      }),
    ).toHaveLength(1);
    const symbols = await editor.request<{ name: string }[]>("textDocument/documentSymbol", { textDocument });
    expect(symbols.map(({ name }) => name)).toEqual(["client_id", "redirect_uris"]);
  });

  it("answers what the extension's commands ask", async () => {
    const rule = await editor.request<{ markdown: string }>("cimd/explainRule", { rule: "client-id/https" });
    expect(rule.markdown).toContain("client-id/https");
    expect((await editor.request<unknown[]>("cimd/listRules", {})).length).toBeGreaterThan(50);
    expect((await editor.request<unknown[]>("cimd/listServers", {})).length).toBeGreaterThan(10);
    const sorted = '{ "client_name": "Notes", "client_id": "x" }';
    expect(await editor.request("cimd/sortMembers", { uri: URI, text: sorted })).toHaveProperty("edits");
    const { matches } = await editor.request<{ matches: { server: string; group: string }[] }>(
      "cimd/matchRedirectUri",
      { uri: URI, text: TEXT, redirectUri: "http://localhost:3000/callback", verdicts: "group" },
    );
    expect(matches.find(({ server }) => server === "fastmcp")?.group).toBe("allowed");
    const problems = await editor.request<{ code: string }[]>("cimd/checkText", {
      uri: URI,
      text: TEXT.replace('"https://app', '"http://app'),
    });
    expect(problems.map(({ code }) => code)).toContain("client-id/https");
  });

  it("creates documents, client code and hosting configurations", async () => {
    const created = await editor.request<{ text: string }>("cimd/createDocument", {
      kind: "native",
      name: "Notes",
      clientId: HOSTED,
      redirectUris: ["http://127.0.0.1/callback"],
      refresh: true,
      scope: "",
      clientUri: "",
      logoUri: "",
      authentication: "none",
    });
    expect(JSON.parse(created.text).client_id).toBe(HOSTED);
    const code = await editor.request<{ code: string }>("cimd/clientCode", {
      text: TEXT,
      library: "fastmcp",
    });
    expect(code.code).toContain(HOSTED);
    const hosting = { text: TEXT, host: "netlify", existing: "", file: "" };
    expect(await editor.request("cimd/hostingConfiguration", hosting)).toMatchObject({ state: "written" });
  });

  it("draws the consent screen", async () => {
    const choices = { server: "fastmcp" };
    const view = await editor.request("cimd/consentView", { uri: URI, text: TEXT, choices });
    expect(JSON.stringify(view)).toContain("Notes");
  });

  it("draws what servers make of it", async () => {
    const asked = { uri: URI, text: TEXT, targets: [] };
    const view = await editor.request("cimd/compatibility", asked);
    expect(JSON.stringify(view)).toContain("FastMCP");
  });

  it("publishes a key that the editor made, and no private member of it", async () => {
    const key = { kty: "EC", crv: "P-256", x: "x", y: "y", kid: "one", use: "sig", alg: "ES256" };
    const asked = { text: TEXT, algorithm: "ES256", place: "jwks", keySet: "" };
    const answer = await editor.request<{ state: string; document: string }>("cimd/addSigningKey", {
      ...asked,
      publicKey: { ...key, d: "secret" },
    });
    expect(answer.state).toBe("added");
    expect(JSON.parse(answer.document).jwks.keys).toEqual([key]);
    await expect(
      editor.request("cimd/addSigningKey", { ...asked, privateKeyFile: "/tmp/key.json" }),
    ).rejects.toThrow("public key is needed");
  });
});

describe("a hosted check in a web worker", () => {
  beforeEach(() => {
    editor.hosts.clear();
    editor.requests.length = 0;
  });
  const validate = (url = HOSTED) => editor.request<Report>("cimd/validateHosted", { url, token: "one" });
  const stepOf = ({ steps }: Report, id: string) => steps.find((step) => step.id === id);

  it("reads what a host allows it to read, without cookies, and names what it cannot see", async () => {
    editor.hosts.set(HOSTED, { headers: CORS, body: TEXT });
    await editor.page
      .context()
      .addCookies([{ name: "session", value: "secret", url: HOSTED, sameSite: "None", secure: true }]);
    const report = await validate();
    expect(report.document?.text).toBe(TEXT);
    expect(report.ok).toBe(true);
    for (const id of ["identity", "json", "content-type", "cache", "size"])
      expect(stepOf(report, id), id).toMatchObject({ state: "passed" });
    for (const id of ["addresses", "connection", "tls", "cookies"])
      expect(stepOf(report, id), id).toMatchObject({
        state: "skipped",
        fix: expect.stringContaining("cimd validate"),
      });
    expect(editor.requests.map(({ url }) => url)).toEqual([HOSTED]);
    const headers = editor.requests[0]?.headers ?? {};
    expect(headers["cookie"]).toBeUndefined();
    expect(headers["referer"]).toBeUndefined();
    const steps = await editor.notifications("cimd/hostedStep");
    expect(steps.length).toBeGreaterThan(3);
  });

  it("blames nobody for an answer without CORS, and for a host that is not there", async () => {
    // Playwright adds the header that allows everybody where there is none.
    const others = { ...CORS, "access-control-allow-origin": "https://other.acme.dev" };
    editor.hosts.set(HOSTED, { headers: others, body: TEXT });
    const withoutCors = await validate();
    editor.hosts.clear();
    const unreachable = await validate();
    for (const report of [withoutCors, unreachable]) {
      expect(report.ok).toBe(false);
      expect(report.document).toBeUndefined();
      expect(new Set(report.steps.map(({ state }) => state))).toEqual(new Set(["passed", "skipped"]));
      expect(stepOf(report, "response")?.sentence).toMatch(/^This browser does not show/);
    }
  });

  it("follows no redirect", async () => {
    editor.hosts.set(HOSTED, {
      status: 302,
      headers: { ...CORS, location: "https://app.acme.dev/other.json" },
    });
    editor.hosts.set("https://app.acme.dev/other.json", { headers: CORS, body: TEXT });
    const report = await validate();
    expect(stepOf(report, "response")).toMatchObject({ state: "failed" });
    expect(stepOf(report, "response")?.sentence).toMatch(/must not follow redirects/);
    expect(editor.requests.map(({ url }) => url)).toEqual([HOSTED]);
  });

  it("asks nothing of special-use hosts", async () => {
    for (const url of ["https://127.0.0.1/c", "https://localhost/c", "https://printer.local/c"]) {
      expect(stepOf(await validate(url), "addresses"), url).toMatchObject({ state: "failed" });
    }
    expect(editor.requests).toEqual([]);
  });
});

describe("the end", () => {
  it("comes in order", async () => {
    expect(await editor.request("shutdown", undefined)).toBeNull();
    await editor.notify("exit", undefined);
    await expect.poll(() => editor.page.workers().length).toBe(0);
  });
});
