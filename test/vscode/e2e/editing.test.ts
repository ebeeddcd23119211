import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { Workbench } from "./workbench.js";

/** A document under a name that no setting knows. */
const LOOK_ALIKE = `{
  "client_id": "https://notes.example.com/oauth/oauth-client.json",
  "client_name": "Notes",
  "redirect_uris": ["https://notes.example.com/callback"]
}
`;

describe("Commands for editing", () => {
  let vscode: Workbench;

  beforeAll(async () => {
    vscode = await Workbench.open({ trusted: true, files: { "oauth-client.json": LOOK_ALIKE } });
  });
  afterAll(() => vscode?.close());

  it("CIMD: Test a Redirect URI or an Authorization Request… lists who allows it, by which entry, and why others do not", async () => {
    onTestFailed(() => vscode.screenshot("test-redirect-uri-failed"));
    await vscode.openFile("fastmcp.cimd.json");
    await vscode.run("CIMD: Test a Redirect URI");
    await vscode.quickInputWidget.filter({ hasText: "character by character" }).waitFor();
    await vscode.page.keyboard.type("http://localhost:51353/callback");
    await vscode.page.keyboard.press("Enter");

    await vscode.quickInputWidget.filter({ hasText: "authorization servers allow it" }).waitFor();
    const row = (text: string) => vscode.quickInputWidget.locator(".monaco-list-row", { hasText: text });
    await row("FastMCP")
      .filter({ hasText: "Allowed by the entry http://localhost:*/callback" })
      .first()
      .waitFor();
    await vscode.screenshot("test-redirect-uri");

    await vscode.quickInput.fill("oidc-provider");
    await row("oidc-provider").first().waitFor();
    await vscode.dismiss();
  });

  it("compares a pasted authorization URL with the document", async () => {
    onTestFailed(() => vscode.screenshot("test-authorization-request-failed"));
    await vscode.run("CIMD: Test a Redirect URI");
    await vscode.quickInputWidget.filter({ hasText: "character by character" }).waitFor();
    await vscode.page.keyboard.insertText(
      "https://auth.acme.dev/authorize?client_id=abc&response_type=code&redirect_uri=http://localhost:1/callback",
    );
    await vscode.page.keyboard.press("Enter");
    await vscode.quickInputWidget.filter({ hasText: "authorization servers take it" }).waitFor();
    await vscode.quickInputWidget
      .locator(".monaco-list-row", { hasText: "client_id is abc, no URL" })
      .first()
      .waitFor();
    await vscode.screenshot("test-authorization-request");
    await vscode.dismiss();
  });

  it("CIMD: Check Workspace lists the problems of files that are not open", async () => {
    onTestFailed(() => vscode.screenshot("check-workspace-failed"));
    await vscode.run("CIMD: Check Workspace");
    await vscode.showProblems();
    await vscode.page.locator(".markers-panel .monaco-list-row", { hasText: "broken" }).first().waitFor();
    await vscode.screenshot("check-workspace");
    const notifications = await vscode.showNotifications();
    await notifications.filter({ hasText: "Checked" }).getByText("Clear", { exact: true }).click();
    await vscode.page
      .locator(".markers-panel .monaco-list-row", { hasText: "broken" })
      .first()
      .waitFor({ state: "detached" });
  });

  it("offers once to check a JSON file that looks like a client metadata document", async () => {
    onTestFailed(() => vscode.screenshot("association-failed"));
    await vscode.openFile("oauth-client.json");
    expect(await vscode.languageMode()).toBe("JSON");
    const notifications = await vscode.showNotifications();
    const offer = notifications.filter({ hasText: "oauth-client.json looks like" });
    await offer.waitFor();
    await vscode.screenshot("association");
    await offer.getByText("Check This File", { exact: true }).click();
    await expect.poll(() => vscode.languageMode()).toBe("Client ID Metadata Document");
    const settings = path.join(vscode.folder, ".vscode", "settings.json");
    await expect
      .poll(() => JSON.parse(readFileSync(settings, "utf8")))
      .toMatchObject({ "files.associations": { "oauth-client.json": "cimd" } });
  });
});
