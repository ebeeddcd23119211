import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { Workbench } from "./workbench.js";

/** For each row of the list: whether its icon is one that VS Code has. An unknown name leaves a gap. */
function drawnIcons({ quickInputWidget }: Workbench): Promise<boolean[]> {
  return quickInputWidget
    .locator(".monaco-list-row .monaco-icon-label .codicon")
    .evaluateAll((icons) => icons.map((icon) => getComputedStyle(icon, "::before").content !== "none"));
}

describe("CIMD: Create Document…", () => {
  let vscode: Workbench;

  beforeAll(async () => {
    vscode = await Workbench.open({ trusted: true });
  });
  afterAll(() => vscode?.close());

  it("asks, refuses a bad answer while it is typed, and opens an untitled document free of errors", async () => {
    onTestFailed(() => vscode.screenshot("create-failed"));
    await vscode.run("CIMD: Create Document");
    await vscode.quickInputWidget.filter({ hasText: "Desktop or command line" }).waitFor();
    expect(await drawnIcons(vscode)).toEqual([true, true, true, true]);
    await vscode.page.keyboard.press("Enter");

    await vscode.quickInputWidget.filter({ hasText: "FastMCP" }).waitFor();
    await vscode.page.keyboard.press("Enter"); // no target servers

    await vscode.quickInputWidget.filter({ hasText: "client_name" }).waitFor();
    await vscode.page.keyboard.type("Acme Notes");
    await vscode.screenshot("create-name");
    await vscode.page.keyboard.press("Enter");

    await vscode.quickInputWidget.filter({ hasText: "client_id" }).waitFor();
    await vscode.page.keyboard.type("http://acme.example.com/client.json");
    const refusal = vscode.quickInputWidget.locator(".quick-input-message", { hasText: "uses http" });
    await refusal.waitFor();
    await vscode.screenshot("create-client-id-refused");
    await vscode.quickInput.fill("https://acme.example.com/oauth/client.json");
    await refusal.waitFor({ state: "detached" });
    await vscode.page.keyboard.press("Enter");

    await vscode.quickInputWidget.filter({ hasText: "http://127.0.0.1/callback" }).waitFor();
    await vscode.screenshot("create-redirect-uris");
    await vscode.page.keyboard.press("Enter"); // the two that are checked

    await vscode.quickInputWidget.filter({ hasText: "with refresh tokens" }).waitFor();
    await vscode.page.keyboard.press("Enter");
    for (const member of ["Scopes", "client_uri", "logo_uri"]) {
      await vscode.quickInputWidget.filter({ hasText: member }).waitFor();
      await vscode.page.keyboard.press("Enter"); // none
    }
    await vscode.quickInputWidget.filter({ hasText: "public client" }).waitFor();
    await vscode.screenshot("create-authentication");
    await vscode.page.keyboard.press("Enter");

    await vscode.tab("Untitled-1").waitFor();
    await vscode.editor.locator(".view-line", { hasText: "Acme Notes" }).waitFor();
    await expect.poll(() => vscode.languageMode()).toBe("Client ID Metadata Document");
    await vscode.showProblems();
    // A documentation name is worth a remark: with it the document has been checked.
    await vscode.problems.filter({ hasText: "document/placeholder" }).first().waitFor();
    await vscode.screenshot("created");
    expect(await vscode.squiggles("error").count()).toBe(0);
  });

  it("goes back, and leaves nothing behind when it is left", async () => {
    onTestFailed(() => vscode.screenshot("create-back-failed"));
    const tabs = await vscode.page.locator(".tab").count();
    await vscode.run("CIMD: Create Document");
    await vscode.quickInputWidget.filter({ hasText: "Desktop or command line" }).waitFor();
    await vscode.page.keyboard.press("Enter");
    await vscode.quickInputWidget.filter({ hasText: "FastMCP" }).waitFor();
    await vscode.page.keyboard.press("Enter");
    await vscode.quickInputWidget.filter({ hasText: "client_name" }).waitFor();
    await vscode.quickInputWidget.getByRole("button", { name: "Back" }).click();
    await vscode.quickInputWidget.filter({ hasText: "FastMCP" }).waitFor();
    await vscode.page.keyboard.press("Escape");
    await vscode.quickInputWidget.waitFor({ state: "hidden" });
    expect(await vscode.page.locator(".tab").count()).toBe(tabs);
  });

  it("writes client code and a hosting configuration for the open document", async () => {
    onTestFailed(() => vscode.screenshot("create-more-failed"));
    await vscode.openFile("desktop.cimd.json");
    await vscode.run("CIMD: Copy Client Code");
    await vscode.quickInputWidget.filter({ hasText: "FastMCP" }).waitFor();
    await vscode.page.keyboard.press("Enter");
    await vscode.quickInputWidget.waitFor({ state: "hidden" });
    const notifications = await vscode.showNotifications();
    await notifications.filter({ hasText: "FastMCP is on the clipboard" }).waitFor();
    await vscode.page.keyboard.press("Escape");
    await vscode.run("CIMD: Add Hosting Configuration");
    await vscode.quickInputWidget.filter({ hasText: "nginx" }).waitFor();
    await vscode.page.keyboard.type("nginx");
    await vscode.page.keyboard.press("Enter");
    await vscode.editor.locator(".view-line", { hasText: "default_type" }).waitFor();
    await vscode.screenshot("create-hosting-configuration");
  });
});
