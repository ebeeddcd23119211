import { afterEach, describe, expect, it, vi } from "vitest";
import { CancellationTokenSource, type Diagnostic, type Hover } from "vscode-languageserver-protocol/node";
import { checkDocument } from "../../server/src/api/checkDocument.js";
import { RULES } from "../../server/src/rules/rules.js";
import { defaultGroup } from "../../server/src/servers/groups.js";
import { TestClient } from "./testClient.js";

const HUGE = "file:///huge.cimd.json";
const SMALL = "file:///small.cimd.json";
const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
/** `LSPErrorCodes` of LSP 3.18. */
const REQUEST_CANCELLED = -32800;
const SERVER_CANCELLED = -32802;

function documentWith(redirectUris: readonly string[]): string {
  return JSON.stringify(
    {
      client_id: "https://app.acme.dev/client.json",
      client_name: "Acme",
      redirect_uris: redirectUris,
      token_endpoint_auth_method: "none",
    },
    undefined,
    2,
  );
}

const small = documentWith(["http://127.0.0.1/callback"]);
function documentOf(entries: number): string {
  return documentWith(
    Array.from({ length: entries }, (_, i) => `https://app.acme.dev/tenants/${i}/callback`),
  );
}

const clients: TestClient[] = [];

async function start(capabilities?: object): Promise<TestClient> {
  const client = await TestClient.start({ mode: "in-band", ...(capabilities ? { capabilities } : {}) });
  clients.push(client);
  return client;
}

afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(clients.splice(0).map((client) => client.stop()));
});

/** Counts how often documents are checked, by a rule that every document passes. */
function countChecks(): () => number {
  const rule = RULES.find(({ id }) => id === "client-id/https");
  if (!rule?.check) throw new Error("client-id/https has no check");
  const check = vi.spyOn(rule, "check");
  return () => check.mock.calls.length;
}

/** Counts how often the last constraint of the last authorization server of the group is reached. */
function countFinished(): () => number {
  const constraint = defaultGroup(["mcp"]).at(-1)?.constraints.at(-1);
  if (!constraint) throw new Error("the last server requires nothing");
  const check = vi.spyOn(constraint, "check");
  return () => check.mock.calls.length;
}

/** @returns a promise of the moment at which the first rule has looked at a document */
function checkBegins(): Promise<void> {
  const rule = RULES.find(({ check }) => check !== undefined);
  if (!rule?.check) throw new Error("no rule checks anything");
  const check = rule.check;
  return new Promise((resolve) => {
    vi.spyOn(rule, "check").mockImplementation((...given) => {
      check(...given);
      resolve();
    });
  });
}

function hover(client: TestClient, uri: string): Promise<Hover | null> {
  return client.connection.sendRequest("textDocument/hover", {
    textDocument: { uri },
    position: { line: 1, character: 5 },
  });
}

describe("while a document with 15,000 redirect URIs is checked", () => {
  const huge = documentOf(15_000);

  it("a hover in another document is answered first", async () => {
    const client = await start();
    await client.open(SMALL, small);
    await client.pull(SMALL);
    // What answers a hover is loaded with the first one.
    await hover(client, SMALL);
    await client.open(HUGE, huge);
    const answered: string[] = [];
    const checked = client.pull(HUGE).then((problems) => {
      answered.push("diagnostics");
      return problems;
    });
    for (let i = 0; i < 3; i++) {
      expect(await hover(client, SMALL)).not.toBeNull();
      answered.push("hover");
    }
    expect((await checked).length).toBeGreaterThan(0);
    expect(answered).toEqual(["hover", "hover", "hover", "diagnostics"]);
  });

  it("what comes out is what a check at one go finds", async () => {
    const client = await start();
    await client.open(HUGE, huge);
    const codes = (await client.pull(HUGE)).map(({ code }) => code);
    expect(codes).toEqual(checkDocument(huge).problems.map(({ rule }) => rule));
  });
});

describe("the check of a large document", () => {
  const huge = documentOf(15_000);

  it("ends with an edit, and the editor is told to ask again", async () => {
    const client = await start();
    const finished = countFinished();
    const begun = checkBegins();
    await client.open(HUGE, huge);
    const first = client.pull(HUGE).catch((error: unknown) => error);
    await begun;
    await client.change(HUGE, 2, START, " ");
    const second = client.pull(HUGE);
    expect(await first).toMatchObject({ code: SERVER_CANCELLED, data: { retriggerRequest: true } });
    expect((await second).length).toBeGreaterThan(0);
    expect(finished()).toBe(1);
  });

  it("ends when the request is withdrawn", async () => {
    const client = await start();
    const finished = countFinished();
    const begun = checkBegins();
    await client.open(HUGE, huge);
    const source = new CancellationTokenSource();
    const asked = client.connection
      .sendRequest("textDocument/diagnostic", { textDocument: { uri: HUGE } }, source.token)
      .catch((error: unknown) => error);
    await begun;
    source.cancel();
    expect(await asked).toMatchObject({ code: REQUEST_CANCELLED });
    expect(finished()).toBe(0);
  });

  it("goes on when only one of two who wait gives up", async () => {
    const client = await start();
    const finished = countFinished();
    const begun = checkBegins();
    await client.open(HUGE, huge);
    const source = new CancellationTokenSource();
    const first = client.connection
      .sendRequest("textDocument/diagnostic", { textDocument: { uri: HUGE } }, source.token)
      .catch((error: unknown) => error);
    const second = client.pull(HUGE);
    await begun;
    source.cancel();
    expect(await first).toMatchObject({ code: REQUEST_CANCELLED });
    expect((await second).length).toBeGreaterThan(0);
    expect(finished()).toBe(1);
  });

  it("ends when the document is closed", async () => {
    const client = await start();
    const finished = countFinished();
    const begun = checkBegins();
    await client.open(HUGE, huge);
    const asked = client.pull(HUGE).catch((error: unknown) => error);
    await begun;
    await client.close(HUGE);
    expect(await asked).toMatchObject({ code: SERVER_CANCELLED, data: { retriggerRequest: false } });
    expect(finished()).toBe(0);
  });
});

describe("many edits", () => {
  it("all get an answer; a burst of them is checked far less often than it has edits", async () => {
    const client = await start();
    await client.open(SMALL, small);
    await client.pull(SMALL);
    const checks = countChecks();
    const EDITS = 1000;
    const answers: Promise<Diagnostic[]>[] = [];
    for (let version = 2; version < EDITS + 2; version++) {
      void client.change(SMALL, version, START, " ");
      answers.push(client.pull(SMALL));
    }
    const problems = await Promise.all(answers);
    expect(problems).toHaveLength(EDITS);
    expect(checks()).toBeLessThan(EDITS / 5);
    const last = checkDocument(`${" ".repeat(EDITS)}${small}`).problems;
    expect(problems.at(-1)?.map(({ range, code }) => [range, code])).toEqual(
      last.map(({ range, rule }) => [range, rule]),
    );
  });

  it("do not keep pushed diagnostics back for as long as they last", async () => {
    const client = await start({});
    await client.open(SMALL, small);
    for (let version = 2; client.published.length === 0; version++) {
      await client.change(SMALL, version, START, " ");
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(client.published[0]?.version).toBeGreaterThan(2);
    await client.close(SMALL);
  });
});

describe("200 open documents", () => {
  it("are all checked, each once", async () => {
    const client = await start();
    const expected = checkDocument(small).problems.length;
    const checks = countChecks();
    const uris = Array.from({ length: 200 }, (_, i) => `file:///${i}.cimd.json`);
    for (const uri of uris) await client.open(uri, small);
    const problems = await Promise.all(uris.map((uri) => client.pull(uri)));
    expect(problems.map(({ length }) => length)).toEqual(uris.map(() => expected));
    expect(checks()).toBe(200);
  });
});
