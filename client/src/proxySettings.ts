import * as vscode from "vscode";
import type { EditorProxy } from "../../server/src/lsp/protocol.js";

/** VS Code's proxy settings, which a child process does not inherit. */
export function proxySettings(): EditorProxy | undefined {
  const http = vscode.workspace.getConfiguration("http");
  const url = http.get<string>("proxy");
  if (!url || http.get<string>("proxySupport") === "off") return undefined;
  return {
    url,
    noProxy: http.get<string[]>("noProxy", []),
    strictSSL: http.get<boolean>("proxyStrictSSL", true),
  };
}
