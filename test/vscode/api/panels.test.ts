import { deepStrictEqual } from "node:assert/strict";
import * as vscode from "vscode";
import { closeAllEditors, DOCUMENT, eventually, openFile } from "./support.js";

/** The tabs of webviews, by their labels. */
function panels(): string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview)
    .map(({ label }) => label);
}

describe("The panels beside an editor", () => {
  afterEach(closeAllEditors);

  for (const [command, label] of [
    ["cimd.previewConsentToSide", "Consent: shown.cimd.json"],
    ["cimd.showCompatibility", "Servers: shown.cimd.json"],
  ] as const) {
    it(`${command} shows a client metadata document, and no other file`, async () => {
      await openFile("package.json", DOCUMENT);
      await vscode.commands.executeCommand(command);
      deepStrictEqual(panels(), []);

      await openFile("shown.cimd.json", DOCUMENT);
      await vscode.commands.executeCommand(command);
      await eventually("the panel", () => panels().includes(label));
    });
  }
});
