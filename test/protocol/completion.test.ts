import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { CompletionItem, CompletionList } from "vscode-languageserver-types";
import { TestClient } from "./testClient.js";

/** How an editor asks: because somebody asked or types a word, or for a character that was typed. */
const ASKED = { triggerKind: 1 };
const typed = (triggerCharacter: string) => ({ triggerKind: 2, triggerCharacter });

const OWN = '"client_id": "https://app.acme.dev/c"';

describe("completion", () => {
  let client: TestClient;
  let opened = 0;

  beforeAll(async () => {
    client = await TestClient.start({
      mode: "in-band",
      initializationOptions: { clientCommands: ["cimd.addSigningKey"] },
    });
  });

  afterAll(() => client.stop());

  /** @returns the offers in the order in which an editor shows them before anything is typed */
  async function complete(marked: string, context: object = ASKED): Promise<readonly CompletionItem[]> {
    const offset = marked.indexOf("|");
    const text = marked.replace("|", "");
    const uri = `file:///work/${opened++}.cimd.json`;
    await client.open(uri, text, "cimd");
    const { items } = await client.connection.sendRequest<CompletionList>("textDocument/completion", {
      textDocument: { uri },
      position: TextDocument.create("", "", 0, text).positionAt(offset),
      context,
    });
    await client.close(uri);
    const key = ({ sortText, label }: CompletionItem): string => sortText ?? label;
    return [...items].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  }

  const labels = async (marked: string, context?: object): Promise<string[]> =>
    (await complete(marked, context)).map(({ label }) => label);

  /** The document after an offer is taken; tab stops stand as they are. */
  async function accept(marked: string, label: string): Promise<string> {
    const item = (await complete(marked)).find((found) => found.label === label);
    if (!item?.textEdit || !("range" in item.textEdit)) throw new Error(`${label} is not offered`);
    const document = TextDocument.create("", "", 0, marked.replace("|", ""));
    return TextDocument.applyEdits(document, [item.textEdit, ...(item.additionalTextEdits ?? [])]);
  }

  it.each<[where: string, marked: string, first: readonly string[]]>([
    [
      "an object without members",
      "{|}",
      ["client_id", "client_name", "redirect_uris", "token_endpoint_auth_method", "grant_types"],
    ],
    [
      "behind a member of an atproto client",
      '{ "scope": "atproto", | }',
      ["client_id", "client_name", "redirect_uris", "dpop_bound_access_tokens"],
    ],
    [
      "redirect_uris",
      `{ ${OWN}, "redirect_uris": | }`,
      [
        '["http://127.0.0.1/callback", "http://localhost/callback"]',
        '["https://app.acme.dev/callback"]',
        '["dev.acme.app:/callback"]',
        '["http://localhost:*/callback"]',
      ],
    ],
    [
      "redirect_uris of a web client",
      `{ ${OWN}, "application_type": "web", "redirect_uris": | }`,
      ['["https://app.acme.dev/callback"]'],
    ],
    [
      "an item of redirect_uris",
      `{ ${OWN}, "redirect_uris": ["http://127.0.0.1/callback", |] }`,
      ['"http://localhost/callback"', '"http://[::1]/callback"', '"https://app.acme.dev/callback"'],
    ],
    ["the authentication method", '{ "token_endpoint_auth_method": | }', ['"none"', '"private_key_jwt"']],
    [
      "grant_types",
      '{ "grant_types": | }',
      ['["authorization_code", "refresh_token"]', '["authorization_code"]'],
    ],
    [
      "an item of grant_types",
      '{ "grant_types": ["authorization_code", "|"] }',
      ['"refresh_token"', '"client_credentials"'],
    ],
    ["a boolean", '{ "dpop_bound_access_tokens": | }', ["true", "false"]],
    ["jwks", '{ "jwks": | }', ["Add a Key…", '{ "keys": [] }']],
    [
      "the scope of an atproto client",
      '{ "dpop_bound_access_tokens": true, "scope": | }',
      ['"atproto"', '"transition:generic"'],
    ],
    [
      "one more scope",
      '{ "scope": "openid |" }',
      ['"openid profile"', '"openid email"', '"openid offline_access"'],
    ],
    ["a key", '{ "jwks": { "keys": [{|}] } }', ["kty", "use"]],
    ["an empty document", "|", ["mcp-desktop", "mcp-web", "mcp-web-confidential", "atproto-web"]],
  ])("starts with what people need most: %s", async (_, marked, first) => {
    const all = await labels(marked);
    expect(all.slice(0, first.length)).toEqual(first);
    expect(new Set(all).size, "each once").toBe(all.length);
  });

  it("says what is required, and offers nothing that a server's answer or a server has", async () => {
    const items = await complete("{|}");
    const required = items.filter(({ detail }) => detail === "required").map(({ label }) => label);
    expect(required).toEqual(["client_id", "client_name", "redirect_uris"]);
    const all = items.map(({ label }) => label);
    for (const name of [
      "client_secret",
      "client_id_issued_at",
      "registration_client_uri",
      "registration_access_token",
      "client_id_expires_at",
      "authorization_endpoint",
      "code_challenge_methods_supported",
    ]) {
      expect(all).not.toContain(name);
    }
  });

  it("sorts what begins alike the same way, so that two letters are enough", async () => {
    const all = (await labels('{ "cl|" }')).filter((label) => label.startsWith("cl"));
    expect(all.slice(0, 3)).toEqual(["client_id", "client_name", "client_uri"]);
  });

  it.each([
    ["a space behind a comma", `{ "client_name": "Acme", |\n}`, " "],
    ["a space in a name", '{ "client_name": "Acme |" }', " "],
    ["a space in an empty document", " |", " "],
    ["a closing quote", '{ "client_name": "Acme"| }', '"'],
  ])("opens no list for %s", async (_, marked, character) => {
    expect(await complete(marked, typed(character))).toEqual([]);
  });

  it("opens the list for a space behind a colon and between scopes", async () => {
    expect(await labels('{ "application_type": | }', typed(" "))).toEqual(['"native"', '"web"']);
    expect(await labels('{ "scope": "openid |" }', typed(" "))).toContain('"openid profile"');
  });

  it.each([
    '{ "logo_uri": "https://p.co/l.png|" }',
    '{ "logo_uri": "https://p.co/l.png"| }',
    '{ "client_name": "Ac|me" }',
    '{ "redirect_uris": ["http://127.0.0.1/cb|"] }',
    '{ "redirect_uris": "http|" }',
    '{ "contacts": ["a|"] }',
    `{ ${OWN}, "tos_uri": "https://app.acme.dev/tos|" }`,
  ])("replaces nothing that somebody wrote: %s", async (marked) => {
    expect(await complete(marked)).toEqual([]);
  });

  it("goes on with what is typed, and changes one known value for another", async () => {
    expect(await labels('{ "redirect_uris": ["http://l|"] }')).toEqual([
      '"http://localhost/callback"',
      '"http://localhost:*/callback"',
    ]);
    expect(await labels('{ "scope": "op|" }')).toEqual(['"openid"']);
    expect(await labels('{ "application_type": "native|" }')).toEqual(['"native"', '"web"']);
  });

  it("offers whole documents in an empty one only", async () => {
    expect(await labels("mcp|")).toContain("mcp-desktop");
    for (const marked of ['{ "dpop_bound_access_tokens": | }', "{ mcp| }", '{ "client_name": "x" } mcp|'])
      expect(await labels(marked)).not.toContain("mcp-desktop");
    expect(await accept("mcp|", "mcp-desktop")).toMatch(/^\{\n\t"client_id": "\$\{1:https:[^}]*\}",/);
  });

  it("publishes no key that others have: a new key, or none", async () => {
    const items = await complete('{ "jwks": { "keys": [|] } }');
    expect(items.map(({ label, command }) => [label, command?.command])).toEqual([
      ["Add a Key…", "cimd.addSigningKey"],
    ]);
    expect(await accept('{ "jwks": | }', "Add a Key…")).toBe('{ "jwks": { "keys": [] } }');
    expect(await labels('{ "jwks": { "keys": [{ "x": | }] } }')).toEqual([]);
    expect(await accept("{|}", "jwks")).toBe('{"jwks": $1}');
  });

  it.each([
    ['{ "grant_types": pri| }', '["authorization_code"]', '{ "grant_types": ["authorization_code"] }'],
    [
      '{ "redirect_uris": "|" }',
      '["http://localhost:*/callback"]',
      '{ "redirect_uris": ["http://localhost:*/callback"] }',
    ],
    ["{|}", "logo_uri", '{"logo_uri": "${1:https://app.example.com/logo.png}"}'],
    [`{ ${OWN}, | }`, "logo_uri", `{ ${OWN}, "logo_uri": "\${1:https://app.acme.dev/logo.png}" }`],
    ["{|}", "response_types", '{"response_types": ["code"]}'],
    ["{|}", "grant_types", '{"grant_types": $1}'],
    ['{ "grant_types": ["|', '"refresh_token"', '{ "grant_types": ["refresh_token"'],
    ['{ "application_type": |\n  "scope": "" }', '"web"', '{ "application_type": "web",\n  "scope": "" }'],
  ])("%s takes %s", async (marked, label, expected) => {
    expect(await accept(marked, label)).toBe(expected);
  });
});
