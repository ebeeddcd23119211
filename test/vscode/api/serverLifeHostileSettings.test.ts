import { deepStrictEqual, ok } from "node:assert/strict";
import * as vscode from "vscode";
import {
  closeAllEditors,
  DOCUMENT_WITH_HTTP_CLIENT_ID,
  languageServerProcesses,
  openFile,
  problem,
  replace,
  workspaceFolder,
} from "./support.js";

const RULE = "client-id/https";

/** What a repository from the internet may bring along. */
const HOSTILE = `{
  "cimd.servers": { "__proto__": ["fastmcp"], "length": 3 },
  "cimd.rules": { "__proto__": { "polluted": true }, "constructor": "off", "${"a*".repeat(2_000)}": "off", "client-id/https": ["off"] },
  "cimd.hosting": { "${"*a".repeat(2_000)}": "https://app.example.com/", "../../**": "https://app.example.com/" },
  "cimd.hosted.timeout": 100000,
  "cimd.hosted.allowPrivateNetwork": true,
  "cimd.preview.server": ["../../etc/passwd"],
  "cimd.codeLens.enabled": "maybe",
  "cimd.inlayHints.enabled": {}
}
`;

describe("Hostile settings of a workspace", () => {
  const file = () => vscode.Uri.joinPath(workspaceFolder(), ".vscode", "settings.json");

  afterEach(async () => {
    await closeAllEditors();
    await vscode.workspace.fs.delete(file());
  });

  it("do not count for the network, and leave the checks as they are", async () => {
    const document = await openFile("hostile.cimd.json", DOCUMENT_WITH_HTTP_CLIENT_ID);
    await problem(document.uri, RULE);
    const processes = languageServerProcesses();
    const changed = new Promise<void>((resolve) => {
      const listening = vscode.workspace.onDidChangeConfiguration((change) => {
        if (!change.affectsConfiguration("cimd")) return;
        listening.dispose();
        resolve();
      });
    });
    await vscode.workspace.fs.writeFile(file(), new TextEncoder().encode(HOSTILE));
    await changed;

    const hosted = vscode.workspace.getConfiguration("cimd.hosted", document.uri);
    deepStrictEqual(
      { timeout: hosted.get("timeout"), allowPrivateNetwork: hosted.get("allowPrivateNetwork") },
      { timeout: 10, allowPrivateNetwork: false },
    );
    await replace(document, "Notes", "More Notes");
    await problem(document.uri, RULE);
    ok(vscode.languages.getDiagnostics(document.uri).length < 50);
    deepStrictEqual(languageServerProcesses(), processes);
    ok(!("polluted" in {}));
  });
});
