import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import type {
  CodeLens,
  CompletionItem,
  CompletionList,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  SelectionRange,
  TextEdit,
} from "vscode-languageserver-types";
import { TestClient } from "./testClient.js";

const DOCUMENT = `{
  "client_id": "https://app.acme.dev/oauth/client",
  "client_name": "Acme",
  "redirect_uris": ["https://app.acme.dev/callback"],
  "grant_types": ["authorization_code", "refresh_token"],
  "response_types": ["code"],
  "token_endpoint_auth_method": "none"
}
`;

/** The example key of RFC 7638 §3.1 and its thumbprint. */
const RFC_7638_KEY =
  '"kty": "RSA", "e": "AQAB", "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"';
const RFC_7638_THUMBPRINT = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";

/** Takes the `|` out of a text and says where it was. */
function cursor(marked: string): { text: string; position: { line: number; character: number } } {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return { text, position: TextDocument.create("", "", 0, text).positionAt(offset) };
}

describe.each(["in-band", "spawn"] as const)("editing, %s", (mode) => {
  let client: TestClient;
  let opened = 0;

  beforeAll(async () => {
    client = await TestClient.start({
      mode,
      initializationOptions: { clientCommands: ["cimd.previewConsentToSide", "cimd.validateHosted"] },
    });
  });

  afterAll(() => client.stop());

  async function ask<T>(method: string, marked: string, more: object = {}, languageId = "cimd"): Promise<T> {
    const { text, position } = marked.includes("|") ? cursor(marked) : { text: marked, position: undefined };
    const uri = `file:///work/${opened++}.cimd.json`;
    await client.open(uri, text, languageId);
    const answer = await client.connection.sendRequest<T>(method, {
      textDocument: { uri },
      position,
      ...more,
    });
    await client.close(uri);
    return answer;
  }

  const complete = async (marked: string): Promise<readonly CompletionItem[]> =>
    (await ask<CompletionList>("textDocument/completion", marked)).items;

  function accept(marked: string, item: CompletionItem | undefined): string {
    const { text } = cursor(marked);
    const document = TextDocument.create("", "", 0, text);
    const edit = item?.textEdit;
    if (!item || !edit || !("range" in edit)) throw new Error("no edit");
    return TextDocument.applyEdits(document, [edit, ...(item.additionalTextEdits ?? [])]);
  }

  it("completes members that are not there yet", async () => {
    const marked = '{\n  "client_name": "Acme",\n  |\n}';
    const labels = (await complete(marked)).map(({ label }) => label);
    expect(labels).toContain("client_id");
    expect(labels).not.toContain("client_name");
    expect(labels).not.toContain("client_secret");
  });

  it("completes values of closed lists with their meaning", async () => {
    const items = await complete('{ "application_type": "|" }');
    expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(['"native"', '"web"']));
  });

  it("completes redirect URIs for this client's host and says who accepts them", async () => {
    const marked = DOCUMENT.replace('"https://app.acme.dev/callback"', '"|"');
    const items = await complete(marked);
    const own = items.find(({ label }) => label === '"https://app.acme.dev/callback"');
    expect(JSON.parse(accept(marked, own)).redirect_uris).toEqual(["https://app.acme.dev/callback"]);
    const wildcard = items.find(({ label }) => label === '"http://localhost:*/callback"');
    expect(JSON.stringify(wildcard?.documentation)).toContain("is refused by");
  });

  it("completes into an empty slot of an array", async () => {
    const marked = DOCUMENT.replace('"https://app.acme.dev/callback"', "|");
    const items = await complete(marked);
    const loopback = items.find(({ label }) => label === '"http://127.0.0.1/callback"');
    expect(JSON.parse(accept(marked, loopback)).redirect_uris).toEqual(["http://127.0.0.1/callback"]);
  });

  it.each([
    ["a comma is missing before", '{\n  "client_name": "Acme"\n  "grant_types": ["|"]\n}', '"refresh_token"'],
    ["a comma is missing after", '{\n  "grant_types": [|]\n  "client_name": "Acme"\n}', '"refresh_token"'],
    ["nothing is closed", '{\n  "grant_types": ["|', '"refresh_token"'],
    ["the value is missing", '{\n  "token_endpoint_auth_method": |\n}', '"private_key_jwt"'],
    ["the value is half typed", '{\n  "token_endpoint_auth_method": "pri|"\n}', '"private_key_jwt"'],
  ])("completes enums with their meaning while %s", async (_, marked, label) => {
    const item = (await complete(marked)).find((found) => found.label === label);
    expect(JSON.stringify(item?.documentation)).toMatch(/\w{3,}/);
    const before = marked.slice(0, marked.indexOf("|")).replace(/"(?:pri)?$/, "");
    expect(accept(marked, item).startsWith(`${before}${label}`)).toBe(true);
  });

  it.each([
    ["in front of a member", '{\n  |\n  "client_name": "Acme"\n}', ',\n  "client_name"'],
    ["after a member without a comma", '{\n  "client_name": "Acme"\n  |\n}', '"Acme",\n  "client_uri"'],
    [
      "while its name is half typed",
      '{\n  "client_name": "Acme"\n  "client_u|"\n}',
      '"Acme",\n  "client_uri"',
    ],
    [
      "after an item without a comma",
      '{ "grant_types": ["authorization_code" "|"] }',
      '"authorization_code", "refresh_token"]',
      '"refresh_token"',
    ],
  ])("adds the comma %s", async (_, marked, expected, label = "client_uri") => {
    const item = (await complete(marked)).find((found) => found.label === label);
    expect(accept(marked, item)).toContain(expected);
  });

  it("completes scopes seen in other open documents", async () => {
    const other = "file:///work/other.cimd.json";
    await client.open(other, '{ "scope": "files:read openid" }');
    const items = await complete('{ "scope": "openid |" }');
    await client.close(other);
    expect(items.map(({ label }) => label)).toContain('"openid files:read"');
    expect((await complete('{ "scope": "openid |" }')).map(({ label }) => label)).not.toContain(
      '"openid files:read"',
    );
  });

  it("completes a key's id with its thumbprint", async () => {
    const items = await complete(`{ "jwks": { "keys": [{ "kid": "|", ${RFC_7638_KEY} }] } }`);
    expect(items.map(({ label }) => label)).toContain(`"${RFC_7638_THUMBPRINT}"`);
    const incomplete = await complete('{ "jwks": { "keys": [{ "kid": "|", "kty": "RSA" }] } }');
    expect(incomplete.filter(({ detail }) => detail?.includes("thumbprint"))).toEqual([]);
  });

  it("tells a key's thumbprint, kind and strength on hover", async () => {
    const { contents } = await ask<Hover>(
      "textDocument/hover",
      `{ "jwks": { "keys": [{ "k|ty": "RSA", ${RFC_7638_KEY} }] } }`,
    );
    const { value } = contents as { value: string };
    expect(value).toContain(RFC_7638_THUMBPRINT);
    expect(value).toContain("`RSA 2048 bits`");
    expect(value).toContain("112 bits of security");
    expect(value).toContain("The kind of key");
  });

  it("tells the type of what a key signs on hover, where the client signs", async () => {
    const hoverOf = async (method: string) => {
      const { contents } = await ask<Hover>(
        "textDocument/hover",
        `{ "token_endpoint_auth_method": "${method}", "jwks": { "keys": [{ "k|ty": "RSA", ${RFC_7638_KEY} }] } }`,
      );
      return (contents as { value: string }).value;
    };
    expect(await hoverOf("private_key_jwt")).toContain('`"typ": "oauth-client-auth+jwt"` ([CIMD draft-03 §6');
    expect(await hoverOf("none")).not.toContain("oauth-client-auth+jwt");
  });

  it("says nothing of a thumbprint where the key lacks what it is made of", async () => {
    const { contents } = await ask<Hover>(
      "textDocument/hover",
      '{ "jwks": { "keys": [{ "kty": "EC", "cr|v": "P-256", "x": "AA" }] } }',
    );
    const { value } = contents as { value: string };
    expect(value).toContain("`EC P-256`");
    expect(value).not.toContain("Thumbprint");
  });

  it("explains members, redirect URIs and problems on hover", async () => {
    const member = await ask<Hover>(
      "textDocument/hover",
      DOCUMENT.replace('"grant_types"', '"grant|_types"'),
    );
    expect(JSON.stringify(member.contents)).toContain("rfc7591");
    const redirect = await ask<Hover>(
      "textDocument/hover",
      DOCUMENT.replace("dev/callback", "dev/call|back"),
    );
    expect(JSON.stringify(redirect.contents)).toMatch(/Claimed https redirect.*works \(\d+\): .*FastMCP/);
    const problem = await ask<Hover>(
      "textDocument/hover",
      DOCUMENT.replace("https://app.acme.dev/oauth", "ht|tp://app.acme.dev/oauth"),
    );
    expect(JSON.stringify(problem.contents)).toContain("client-id/https");
  });

  it("shows what a document says as text, never as Markdown", async () => {
    const marked = DOCUMENT.replace("app.acme.dev/oauth", "a`](b)[`.acme.dev/o|auth");
    const { contents } = await ask<Hover>("textDocument/hover", marked);
    expect((contents as { value: string }).value).toContain("``a`](b)[`.acme.dev``");
  });

  it("outlines, folds, selects and formats", async () => {
    const symbols = await ask<DocumentSymbol[]>("textDocument/documentSymbol", DOCUMENT);
    expect(symbols.map(({ name }) => name)).toContain("redirect_uris");
    expect(await ask<FoldingRange[]>("textDocument/foldingRange", DOCUMENT)).toContainEqual(
      expect.objectContaining({ startLine: 0 }),
    );
    const [selection] = await ask<SelectionRange[]>("textDocument/selectionRange", DOCUMENT, {
      positions: [{ line: 1, character: 20 }],
    });
    expect(selection?.parent).toBeDefined();
    const compact = JSON.stringify(JSON.parse(DOCUMENT));
    const edits = await ask<TextEdit[]>("textDocument/formatting", compact, {
      options: { tabSize: 2, insertSpaces: true },
    });
    const formatted = TextDocument.applyEdits(TextDocument.create("", "", 0, compact), edits);
    expect(formatted).toBe(JSON.stringify(JSON.parse(DOCUMENT), undefined, 2));
  });

  it("formats the list that a typed bracket closes", async () => {
    const compact = JSON.stringify(JSON.parse(DOCUMENT));
    const edits = await ask<TextEdit[]>("textDocument/onTypeFormatting", compact, {
      position: { line: 0, character: compact.length },
      ch: "}",
      options: { tabSize: 2, insertSpaces: true },
    });
    const formatted = TextDocument.applyEdits(TextDocument.create("", "", 0, compact), edits);
    expect(formatted).toBe(JSON.stringify(JSON.parse(DOCUMENT), undefined, 2));
  });

  it("shows only lenses that the editor can run", async () => {
    const lenses = await ask<CodeLens[]>("textDocument/codeLens", DOCUMENT);
    expect(lenses.map(({ command }) => command?.command)).toEqual([
      "cimd.previewConsentToSide",
      "cimd.validateHosted",
    ]);
    expect(lenses[0]?.range.start).toEqual({ line: 1, character: 2 });
  });

  it("links what a person may want to look at, also where JSON escapes it", async () => {
    const links = await ask<DocumentLink[]>(
      "textDocument/documentLink",
      DOCUMENT.replace(
        '"client_name"',
        '"jwks_uri": "https:\\/\\/app.acme.dev\\/jwks.json", "client_uri#de": "javascript:alert(1)", "client_name"',
      ),
    );
    expect(links.map(({ target }) => target)).toEqual([
      "https://app.acme.dev/oauth/client",
      "https://app.acme.dev/jwks.json",
    ]);
  });

  it("shows inlay hints only where they are switched on", async () => {
    const marked = DOCUMENT.replace(
      '"https://app.acme.dev/callback"',
      '"https://app.acme.dev/callback", "http://localhost:*/cb"',
    ).replace('"client_name"', `"jwks": { "keys": [{ ${RFC_7638_KEY} }] }, "client_name"`);
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    expect(await ask("textDocument/inlayHint", marked, { range })).toBeNull();
    client.settings = { inlayHints: { enabled: true } };
    const hints = await ask<InlayHint[]>("textDocument/inlayHint", marked, { range });
    const first = await ask<InlayHint[]>("textDocument/inlayHint", marked, {
      range: { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } },
    });
    client.settings = {};
    expect(hints.map(({ label }) => label)).toEqual([
      "claimed https",
      "loopback, pattern",
      "RSA 2048 bits, thumbprint NzbLsXh8…",
    ]);
    expect(hints[2]?.tooltip).toContain(RFC_7638_THUMBPRINT);
    expect(first).toEqual([]);
  });

  it("leaves a text alone that is too deep for recursive code", async () => {
    expect(await ask("textDocument/documentSymbol", "[".repeat(50_000))).toBeNull();
  });

  it("leaves editing to VS Code where the file is mapped to json", async () => {
    expect(
      await ask("textDocument/hover", DOCUMENT.replace('"grant_types"', '"grant|_types"'), {}, "json"),
    ).toBeNull();
  });
});

describe("a rule's page", () => {
  it("is made from the rule, for every rule", async () => {
    const client = await TestClient.start({ mode: "spawn" });
    try {
      const rules = await client.connection.sendRequest<{ id: string; title: string }[]>("cimd/listRules");
      expect(rules.length).toBeGreaterThan(100);
      for (const { id, title } of rules) {
        const { markdown } = await client.connection.sendRequest<{ markdown: string }>("cimd/explainRule", {
          rule: id,
        });
        expect(markdown.startsWith(`# ${title}\n`)).toBe(true);
        expect(markdown).toContain("## With the problem");
        expect(markdown).toContain("```json");
      }
      await expect(client.connection.sendRequest("cimd/explainRule", { rule: "no/rule" })).rejects.toThrow(
        "no/rule",
      );
    } finally {
      await client.stop();
    }
  });
});
