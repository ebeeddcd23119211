import { strictEqual } from "node:assert";
import * as vscode from "vscode";

describe("smoke", () => {
  it("has a workspace", () => {
    strictEqual(vscode.workspace.workspaceFolders?.length, 1);
  });
});
