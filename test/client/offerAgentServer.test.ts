import { beforeEach, expect, it, vi } from "vitest";
import type { ExtensionContext, McpServerDefinitionProvider, McpStdioServerDefinition } from "vscode";

const editor = vi.hoisted(() => ({
  isTrusted: true,
  proxy: "",
  grantTrust: () => {},
  provider: undefined as McpServerDefinitionProvider<McpStdioServerDefinition> | undefined,
}));

vi.mock("vscode", () => {
  class Disposable {
    static from = () => new Disposable();
    dispose(): void {}
  }
  return {
    Disposable,
    EventEmitter: class {
      #heard: () => void = () => {};
      readonly event = (heard: () => void) => {
        this.#heard = heard;
      };
      fire(): void {
        this.#heard();
      }
      dispose(): void {}
    },
    McpStdioServerDefinition: class {
      constructor(
        readonly label: string,
        public command: string,
        public args: string[],
        public env: Record<string, string>,
        public version: string,
      ) {}
    },
    lm: {
      registerMcpServerDefinitionProvider(id: string, provider: typeof editor.provider) {
        editor.provider = id === "cimd.agentServer" ? provider : undefined;
      },
    },
    workspace: {
      get isTrusted() {
        return editor.isTrusted;
      },
      onDidGrantWorkspaceTrust(heard: () => void) {
        editor.grantTrust = heard;
      },
      getConfiguration: () => ({
        get: (name: string, otherwise?: unknown) =>
          ({ proxy: editor.proxy, noProxy: ["acme.dev", "10.0.0.0/8"] })[name] ?? otherwise,
      }),
    },
  };
});

const vscode = await import("vscode");
const { offerAgentServer } = await import("../../client/src/agents/offerAgentServer.js");

const context = {
  extensionPath: "/extension",
  extension: { packageJSON: { version: "1.2.3" } },
} as unknown as ExtensionContext;

/** The servers that the editor is offered now. */
async function offered(): Promise<readonly McpStdioServerDefinition[]> {
  const none = { isCancellationRequested: false } as never;
  return (await editor.provider?.provideMcpServerDefinitions(none)) ?? [];
}

beforeEach(() => {
  Object.assign(editor, { isTrusted: true, proxy: "", provider: undefined });
});

it("runs cimd mcp of the extension on the editor's own Node.js", async () => {
  offerAgentServer(context);
  const [server, ...more] = await offered();
  expect(more).toEqual([]);
  expect(server).toMatchObject({ label: "CIMD", command: process.execPath, version: "1.2.3" });
  expect(server?.args.map((argument) => argument.replaceAll("\\", "/"))).toEqual([
    "/extension/server/dist/cimd.js",
    "mcp",
  ]);
  expect(server?.env).toEqual({ ELECTRON_RUN_AS_NODE: "1" });
});

it("takes the editor's proxy along, as it is when the server starts", async () => {
  offerAgentServer(context);
  const [server] = await offered();
  if (!server) throw new Error("none is offered");
  editor.proxy = "http://proxy.acme.dev:3128";
  const started = await editor.provider?.resolveMcpServerDefinition?.(server, {} as never);
  expect(started?.env).toEqual({
    ELECTRON_RUN_AS_NODE: "1",
    https_proxy: "http://proxy.acme.dev:3128",
    no_proxy: "acme.dev,10.0.0.0/8",
  });
});

it("offers nothing in Restricted Mode, and says when that has changed", async () => {
  editor.isTrusted = false;
  offerAgentServer(context);
  expect(await offered()).toEqual([]);
  const changed = vi.fn();
  editor.provider?.onDidChangeMcpServerDefinitions?.(changed);
  editor.isTrusted = true;
  editor.grantTrust();
  expect(changed).toHaveBeenCalledOnce();
  expect(await offered()).toHaveLength(1);
});

it("is silent in an editor that has no such thing", () => {
  const register = vscode.lm.registerMcpServerDefinitionProvider;
  Object.assign(vscode.lm, { registerMcpServerDefinitionProvider: undefined });
  try {
    expect(() => offerAgentServer(context).dispose()).not.toThrow();
  } finally {
    Object.assign(vscode.lm, { registerMcpServerDefinitionProvider: register });
  }
});
