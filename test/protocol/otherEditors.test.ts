import { afterEach, describe, expect, it } from "vitest";
import type {
  ClientCapabilities,
  CompletionClientCapabilities,
  HoverClientCapabilities,
} from "vscode-languageserver-protocol";
import { PlainClient } from "./plainClient.js";
import { BUNDLE } from "./testClient.js";

/*
 * What other editors get from `cimd-language-server --stdio`. Each client here declares what its editor declares and refuses
 * every request it has not declared, so that nothing of VS Code can be taken for granted.
 */

const URI = "file:///work/client.cimd.json";
const TEXT = `{
  "client_id": "http://app.acme.dev/oauth/client",
  "client_name": "Acme",
  "redirect_uris": ["https://app.acme.dev/callback"],
  "token_endpoint_auth_method": "none"
}
`;
const SCHEME = { start: { line: 1, character: 16 }, end: { line: 1, character: 20 } };
const OFF = { rules: { "client-id/https": "off" }, servers: ["fastmcp"] };

const CODE_ACTION_LITERALS = {
  codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source.fixAll"] } },
};
const MARKDOWN_HOVER: HoverClientCapabilities = { contentFormat: ["markdown", "plaintext"] };
const SNIPPETS: CompletionClientCapabilities = {
  completionItem: { snippetSupport: true, documentationFormat: ["markdown", "plaintext"] },
};

/** The parts of what each editor declares that this language server can depend on. */
const EDITORS: readonly { readonly editor: string; readonly capabilities: ClientCapabilities }[] = [
  { editor: "an editor that supports nothing optional", capabilities: {} },
  {
    editor: "Vim with a plain client",
    capabilities: {
      textDocument: { codeAction: CODE_ACTION_LITERALS, publishDiagnostics: { relatedInformation: true } },
      workspace: { applyEdit: true },
    },
  },
  {
    editor: "Emacs with Eglot",
    capabilities: {
      workspace: { applyEdit: true, configuration: true, workspaceFolders: true },
      textDocument: {
        codeAction: CODE_ACTION_LITERALS,
        hover: MARKDOWN_HOVER,
        completion: { completionItem: { snippetSupport: false, documentationFormat: ["plaintext"] } },
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      },
    },
  },
  {
    editor: "Helix",
    capabilities: {
      workspace: { applyEdit: true, configuration: true, workspaceFolders: true },
      textDocument: {
        codeAction: CODE_ACTION_LITERALS,
        hover: { contentFormat: ["markdown"] },
        completion: SNIPPETS,
        diagnostic: { relatedDocumentSupport: true },
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      },
      general: { positionEncodings: ["utf-8", "utf-32", "utf-16"] },
    },
  },
  {
    editor: "Neovim",
    capabilities: {
      workspace: {
        applyEdit: true,
        configuration: true,
        workspaceFolders: true,
        didChangeConfiguration: { dynamicRegistration: false },
      },
      textDocument: {
        codeAction: CODE_ACTION_LITERALS,
        hover: MARKDOWN_HOVER,
        completion: SNIPPETS,
        diagnostic: { dynamicRegistration: false },
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      },
      general: { positionEncodings: ["utf-8", "utf-16", "utf-32"] },
    },
  },
  {
    editor: "Zed or Sublime Text, which register capabilities while they run",
    capabilities: {
      workspace: {
        configuration: true,
        didChangeConfiguration: { dynamicRegistration: true },
        diagnostics: { refreshSupport: true },
      },
      textDocument: {
        codeAction: CODE_ACTION_LITERALS,
        hover: MARKDOWN_HOVER,
        completion: SNIPPETS,
        diagnostic: { dynamicRegistration: true },
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      },
    },
  },
];

let client: PlainClient | undefined;
afterEach(async () => {
  const running = client;
  client = undefined;
  expect(await running?.stop()).toBe(0);
});

describe.each(EDITORS)("$editor", ({ capabilities }) => {
  const { workspace = {}, textDocument = {} } = capabilities;

  /** What the editor answers to the requests it has declared. */
  const answers = (settings: unknown) => ({
    ...(workspace.configuration ? { "workspace/configuration": () => [settings] } : {}),
    ...(workspace.diagnostics?.refreshSupport ? { "workspace/diagnostic/refresh": () => null } : {}),
    ...(workspace.didChangeConfiguration?.dynamicRegistration
      ? { "client/registerCapability": () => null }
      : {}),
  });

  async function start(settings: unknown = {}): Promise<PlainClient> {
    client = await PlainClient.start(process.execPath, [BUNDLE, "--stdio"], {
      capabilities,
      answers: answers(settings),
    });
    client.notify("textDocument/didOpen", {
      textDocument: { uri: URI, languageId: "cimd", version: 1, text: TEXT },
    });
    return client;
  }

  /** The codes of the errors that a person sees now. */
  async function errors(of: PlainClient): Promise<string[]> {
    const { diagnostic } = textDocument;
    const shown =
      diagnostic === undefined
        ? (await of.notification("textDocument/publishDiagnostics")).diagnostics
        : (await of.request("textDocument/diagnostic", { textDocument: { uri: URI } })).items;
    return shown
      .filter(({ severity }: { severity: number }) => severity === 1)
      .map(({ code }: { code: string }) => code);
  }

  it("gets diagnostics, in the one way it understands, and again after an edit", async () => {
    const server = await start();
    expect(server.initialized.capabilities.diagnosticProvider === undefined).toBe(
      textDocument.diagnostic === undefined,
    );
    expect(await errors(server)).toEqual(["client-id/https"]);
    server.notify("textDocument/didChange", {
      textDocument: { uri: URI, version: 2 },
      contentChanges: [{ range: SCHEME, text: "https" }],
    });
    expect(await errors(server)).toEqual([]);
  });

  it("gets hovers it can show", async () => {
    const server = await start();
    const { contents, range } = await server.request("textDocument/hover", {
      textDocument: { uri: URI },
      position: { line: 3, character: 6 },
    });
    expect(range.start.line).toBe(3);
    expect(contents.kind).toBe(textDocument.hover === undefined ? "plaintext" : "markdown");
    expect(contents.value).toContain("send people back");
    if (contents.kind === "plaintext") expect(contents.value).not.toMatch(/\*\*|`|\]\(/);
  });

  it("gets completions it can insert", async () => {
    const server = await start();
    server.notify("textDocument/didChange", {
      textDocument: { uri: URI, version: 2 },
      contentChanges: [{ text: TEXT.replace('"none"\n', '"none",\n  \n') }],
    });
    const { items } = await server.request("textDocument/completion", {
      textDocument: { uri: URI },
      position: { line: 5, character: 2 },
    });
    const scope = items.find(({ label }: { label: string }) => label === "scope");
    expect(items.map(({ label }: { label: string }) => label)).not.toContain("client_id");
    const text: string = scope.textEdit.newText;
    if (textDocument.completion?.completionItem?.snippetSupport) expect(text).toMatch(/^"scope": "?\$/);
    else {
      expect(text).toMatch(/^"scope": [^$]*$/);
      expect(
        items.filter(({ insertTextFormat }: { insertTextFormat?: number }) => insertTextFormat === 2),
      ).toEqual([]);
    }
  });

  it("gets fixes that carry their edit, if it knows such", async () => {
    const server = await start();
    const actions = await server.request("textDocument/codeAction", {
      textDocument: { uri: URI },
      range: SCHEME,
      context: { diagnostics: [] },
    });
    if (textDocument.codeAction === undefined) expect(actions).toEqual([]);
    else {
      const [{ title, kind, edit, command }] = actions;
      expect({ title, kind, command }).toEqual({
        title: "Use https: https://app.acme.dev/oauth/client",
        kind: "quickfix",
      });
      expect(edit.changes[URI]).toHaveLength(1);
    }
    // Commands of VS Code's client are for those who have said that they have them.
    for (const { command } of actions) expect(command).toBeUndefined();
  });

  it("gets an outline and formatting", async () => {
    const server = await start();
    const symbols = await server.request("textDocument/documentSymbol", { textDocument: { uri: URI } });
    expect(symbols.map(({ name }: { name: string }) => name)).toContain("redirect_uris");
    expect("location" in symbols[0]).toBe(textDocument.documentSymbol === undefined);
    const edits = await server.request("textDocument/formatting", {
      textDocument: { uri: URI },
      options: { tabSize: 4, insertSpaces: true },
    });
    expect(edits.length).toBeGreaterThan(0);
  });

  it("is only asked what it has declared, and its settings count", async () => {
    const server = await start(OFF);
    if (!workspace.configuration) {
      await errors(server);
      server.notify("workspace/didChangeConfiguration", { settings: { cimd: OFF } });
    }
    expect(await errors(server)).not.toContain("client-id/https");
    const declared = Object.keys(answers(OFF));
    expect(server.requested.filter((method) => !declared.includes(method))).toEqual([]);
  });
});

describe("an editor of before workspace folders", () => {
  it("has settings that name files below its root, and the URL they are published at", async () => {
    client = await PlainClient.start(process.execPath, [BUNDLE, "--stdio"], { rootUri: "file:///work" });
    client.notify("workspace/didChangeConfiguration", {
      settings: { cimd: { hosting: { "*.cimd.json": "https://clients.acme.dev/" } } },
    });
    client.notify("textDocument/didOpen", {
      textDocument: { uri: URI, languageId: "cimd", version: 1, text: TEXT.replace("http:", "https:") },
    });
    const { diagnostics } = await client.notification("textDocument/publishDiagnostics");
    expect(diagnostics.map(({ code }: { code: string }) => code)).toContain("client-id/url-mismatch");
  });
});
