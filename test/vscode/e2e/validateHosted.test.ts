import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { Workbench } from "./workbench.js";

/** Nothing may be asked there: a server that fetched it would reach into its own network (CIMD draft-03 §9.6). */
const LOOPBACK_URL = "https://127.0.0.1/client.json";

const FILE = "inside.cimd.json";
const TEXT = `{
  "client_id": "${LOOPBACK_URL}",
  "client_name": "Notes",
  "redirect_uris": ["https://notes.example.com/callback"],
  "token_endpoint_auth_method": "none"
}
`;

describe("CIMD: Validate Hosted Document…", () => {
  let vscode: Workbench;

  beforeAll(async () => {
    vscode = await Workbench.open({ trusted: true, files: { [FILE]: TEXT } });
  });
  afterAll(() => vscode?.close());

  it("names the host before it asks, refuses an address of this machine, and says so in a report", async () => {
    onTestFailed(() => vscode.screenshot("validate-failed"));
    await vscode.openFile(FILE);
    const status = await vscode.showLanguageStatus();
    await status.getByText("Hosted: never checked").waitFor();
    await status.getByText("Servers that many people meet").waitFor();
    await status.getByText(/CIMD language server \d/).waitFor();
    await vscode.screenshot("hosted-status-before");
    await vscode.page.keyboard.press("Escape");

    await vscode.run("CIMD: Validate Hosted Document");
    await vscode.quickInputWidget
      .filter({ hasText: "The request goes to 127.0.0.1, once, without cookies or credentials." })
      .waitFor();
    expect(await vscode.quickInput.inputValue()).toBe(LOOPBACK_URL);
    await vscode.page.keyboard.press("Enter");

    await vscode.webview.getByText(LOOPBACK_URL).first().waitFor();
    await vscode.webview.locator(".step-failed", { hasText: "127.0.0.1" }).first().waitFor();
    expect(await vscode.webview.locator("#runs").count()).toBe(0);
    await vscode.screenshot("hosted-report");
  });

  it("puts what failed under the file's client_id, and into its language status", async () => {
    onTestFailed(() => vscode.screenshot("hosted-problems-failed"));
    await vscode.showProblems();
    const problem = vscode.problems.filter({ hasText: "cimd hosted" });
    await problem.first().waitFor();
    expect(await problem.first().textContent()).toMatch(
      /^Hosted Addresses: 127\.0\.0\.1 is .*cimd hosted\W*addresses\W*Ln 2, Col 16/s,
    );
    const status = await vscode.showLanguageStatus();
    await status.getByText("Hosted: failing").waitFor();
    await status.getByText(/checked \d/).waitFor();
    await vscode.screenshot("hosted-problems");
    await vscode.page.keyboard.press("Escape");
  });

  it("runs it again from the report, and keeps the earlier runs at hand for the keyboard", async () => {
    onTestFailed(() => vscode.screenshot("hosted-history-failed"));
    await vscode.webview.getByRole("button", { name: "Run again" }).click();
    const runs = vscode.webview.getByRole("combobox", { name: "Run" });
    await expect.poll(() => runs.locator("option").count(), { timeout: 30_000 }).toBe(2);
    expect(await runs.inputValue()).toBe("2");
    await runs.focus();
    await vscode.page.keyboard.press("ArrowDown");
    await expect.poll(() => runs.inputValue()).toBe("1");
    await vscode.screenshot("hosted-history");
    await vscode.webview.getByRole("button", { name: "Run again" }).click();
    await expect.poll(() => runs.locator("option").count(), { timeout: 30_000 }).toBe(3);
    expect(await runs.inputValue()).toBe("3");
  });

  it("takes its problems back when the file names another URL", async () => {
    onTestFailed(() => vscode.screenshot("hosted-forgotten-failed"));
    await vscode.focusFirstGroup();
    await vscode.goTo(2, 17 + LOOPBACK_URL.length);
    await vscode.page.keyboard.type("x");
    await vscode.problems.filter({ hasText: "cimd hosted" }).first().waitFor({ state: "detached" });
    const status = await vscode.showLanguageStatus();
    await status.getByText("Hosted: never checked").waitFor();
    await vscode.page.keyboard.press("Escape");
  });
});

describe("Commands that fetch, in Restricted Mode", () => {
  let vscode: Workbench;

  beforeAll(async () => {
    vscode = await Workbench.open({ trusted: false, files: { [FILE]: TEXT } });
  });
  afterAll(() => vscode?.close());

  it("are not offered", async () => {
    onTestFailed(() => vscode.screenshot("restricted-validate-failed"));
    await vscode.openFile(FILE);
    await vscode.searchCommand("CIMD: ", "CIMD: Create Document");
    for (const command of ["Validate Hosted", "Compare with Hosted", "Check an MCP Server"]) {
      expect(await vscode.quickInputWidget.getByText(command).count()).toBe(0);
    }
    await vscode.screenshot("restricted-commands");
    await vscode.dismiss();
  });

  it("are refused where they are reached all the same", async () => {
    onTestFailed(() => vscode.screenshot("restricted-refusal-failed"));
    const status = await vscode.showLanguageStatus();
    await status.getByText("Validate", { exact: true }).click();
    const notifications = await vscode.showNotifications();
    await notifications.filter({ hasText: "Hosted documents are not fetched in Restricted Mode." }).waitFor();
    expect(await vscode.quickInput.count()).toBe(0);
    await vscode.screenshot("restricted-refusal");
  });
});
