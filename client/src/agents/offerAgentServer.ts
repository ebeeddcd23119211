import * as path from "node:path";
import * as vscode from "vscode";
import { proxySettings } from "../proxySettings.js";

/** As in the manifest's `mcpServerDefinitionProviders`. */
const PROVIDER = "cimd.agentServer";

/**
 * Offers `cimd mcp` to the editor's agents. The editor's own Node.js runs it out of the extension, so that nothing else has
 * to be installed. Not in Restricted Mode: an agent may be told by a workspace what to fetch.
 */
export function offerAgentServer({ extension, extensionPath }: vscode.ExtensionContext): vscode.Disposable {
  // Some editors that are made of VS Code have no agents.
  if (vscode.lm?.registerMcpServerDefinitionProvider === undefined) return new vscode.Disposable(() => {});
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    vscode.lm.registerMcpServerDefinitionProvider(PROVIDER, {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions() {
        if (!vscode.workspace.isTrusted) return [];
        const script = path.join(extensionPath, "server", "dist", "cimd.js");
        const { version } = extension.packageJSON as { readonly version: string };
        return [
          new vscode.McpStdioServerDefinition(
            "CIMD",
            process.execPath,
            [script, "mcp"],
            environment(),
            version,
          ),
        ];
      },
      resolveMcpServerDefinition(server) {
        if (server instanceof vscode.McpStdioServerDefinition) server.env = environment();
        return server;
      },
    }),
  );
}

/** `process.execPath` may be Electron; the proxy is the editor's, which a child process does not inherit. */
function environment(): Record<string, string> {
  const proxy = proxySettings();
  return {
    ELECTRON_RUN_AS_NODE: "1",
    ...(proxy ? { https_proxy: proxy.url, no_proxy: (proxy.noProxy ?? []).join(",") } : {}),
  };
}
