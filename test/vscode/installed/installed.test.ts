import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { Workbench } from "../e2e/workbench.js";
import { ROOT } from "../harness/paths.mjs";
import { installExtension } from "./installExtension.js";

const FILE = "notes.cimd.json";
const TEXT = `{
  "client_id": "http://notes.example.com/oauth/client.json",
  "client_name": "Notes",
  "redirect_uris": ["https://notes.example.com/oauth/callback"],
  "token_endpoint_auth_method": ""
}
`;

/** The main journey again, with what people install instead of what is being developed. */
describe("The installed VSIX", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "cimd-installed-"));
  let extensionsDir = "";

  beforeAll(() => {
    extensionsDir = installExtension(folder);
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

  it("is there under its publisher, name and version, with no package of others beside it", () => {
    const { publisher, name, version } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8"));
    const installed = readdirSync(extensionsDir)
      .filter((entry) => !/^(\.|extensions\.json$)/.test(entry))
      .map((entry) => entry.replace(/-universal$/, ""));
    expect(installed).toEqual([`${publisher}.${name}-${version}`]);
  });

  describe("in a trusted window", () => {
    let vscode: Workbench;

    beforeAll(async () => {
      vscode = await Workbench.open({ trusted: true, files: { [FILE]: TEXT }, extensionsDir });
    });
    afterAll(() => vscode?.close());

    it("underlines what is wrong, and the light bulb fixes it", async () => {
      onTestFailed(() => vscode.screenshot("installed-fix-failed"));
      await vscode.openFile(FILE);
      await vscode.squiggles("error").first().waitFor();
      expect(await vscode.languageMode()).toBe("Client ID Metadata Document");
      await vscode.goTo(2, 18);
      const fixes = vscode.page.locator(".action-widget");
      await expect
        .poll(
          async () => {
            if ((await fixes.count()) === 0) await vscode.page.keyboard.press("Control+.");
            return fixes.filter({ hasText: "Use https" }).count();
          },
          { timeout: 30_000, interval: 500 },
        )
        .toBe(1);
      await vscode.screenshot("installed-fix");
      await vscode.page.keyboard.press("Enter");
      await vscode.editor
        .locator(".view-line", { hasText: "https://notes.example.com/oauth/client.json" })
        .waitFor();
    });

    it("completes values", async () => {
      onTestFailed(() => vscode.screenshot("installed-completion-failed"));
      await vscode.goTo(5, 34); // between the empty quotes
      await vscode.page.keyboard.press("Control+Space");
      const suggestions = vscode.page.locator(".suggest-widget.visible .monaco-list-row");
      await suggestions.filter({ hasText: "none" }).first().waitFor();
      await vscode.screenshot("installed-completion");
      await suggestions.filter({ hasText: "none" }).first().click();
      await vscode.editor
        .locator(".view-line", { hasText: '"token_endpoint_auth_method": "none"' })
        .waitFor();
    });

    it("explains a field on hover", async () => {
      onTestFailed(() => vscode.screenshot("installed-hover-failed"));
      await vscode.editor.getByText('"redirect_uris"').first().hover();
      await vscode.page.locator(".monaco-hover:visible", { hasText: "send people back" }).waitFor();
      await vscode.page.keyboard.press("Escape");
    });

    it("previews the consent screen", async () => {
      onTestFailed(() => vscode.screenshot("installed-preview-failed"));
      await vscode.run("CIMD: Preview Consent Screen to the Side");
      await vscode.webview.getByText("Notes").first().waitFor();
      await vscode.screenshot("installed-preview");
    });

    it("creates a document", async () => {
      onTestFailed(() => vscode.screenshot("installed-create-failed"));
      await vscode.focusFirstGroup();
      await vscode.run("CIMD: Create Document");
      const next = async (shown: string, typed = ""): Promise<void> => {
        await vscode.quickInputWidget.filter({ hasText: shown }).waitFor();
        if (typed !== "") await vscode.quickInput.fill(typed);
        await vscode.page.keyboard.press("Enter");
      };
      await next("Desktop or command line");
      await next("FastMCP");
      await next("client_name", "Acme Notes");
      await next("client_id", "https://acme.example.com/oauth/client.json");
      await next("http://127.0.0.1/callback");
      await next("with refresh tokens");
      for (const member of ["Scopes", "client_uri", "logo_uri"]) await next(member);
      await next("public client");
      await vscode.tab("Untitled-1").waitFor();
      await vscode.page.locator(".view-line", { hasText: "Acme Notes" }).first().waitFor();
    });

    it("asks before it fetches, and refuses an address of this machine", async () => {
      onTestFailed(() => vscode.screenshot("installed-validate-failed"));
      await vscode.run("CIMD: Validate Hosted Document");
      await vscode.quickInput.fill("https://127.0.0.1/client.json");
      await vscode.quickInputWidget.filter({ hasText: "The request goes to 127.0.0.1" }).waitFor();
      await vscode.page.keyboard.press("Enter");
      await vscode.webview.locator(".step-failed", { hasText: "127.0.0.1" }).first().waitFor();
    });
  });

  describe("in a window in Restricted Mode", () => {
    let vscode: Workbench;

    beforeAll(async () => {
      vscode = await Workbench.open({ trusted: false, files: { [FILE]: TEXT }, extensionsDir });
    });
    afterAll(() => vscode?.close());

    it("checks what is typed, and fetches nothing", async () => {
      onTestFailed(() => vscode.screenshot("installed-restricted-failed"));
      await vscode.openFile(FILE);
      await vscode.squiggles("error").first().waitFor();
      const status = await vscode.showLanguageStatus();
      await status.getByText("Validate", { exact: true }).click();
      const notifications = await vscode.showNotifications();
      await notifications
        .filter({ hasText: "Hosted documents are not fetched in Restricted Mode." })
        .waitFor();
      expect(await vscode.quickInput.count()).toBe(0);
    });
  });
});
