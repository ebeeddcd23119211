import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { Workbench } from "./workbench.js";

/** Nothing may be asked there: a server that fetched it would reach into its own network (CIMD draft-02 §8.6). */
const LOOPBACK_URL = "https://127.0.0.1/client.json";

describe("CIMD: Validate Hosted Document…", () => {
  let vscode: Workbench;

  beforeAll(async () => {
    vscode = await Workbench.open({ trusted: true });
  });
  afterAll(() => vscode?.close());

  it("names the host before it asks, refuses an address of this machine, and says so in a report", async () => {
    onTestFailed(() => vscode.screenshot("validate-failed"));
    await vscode.run("CIMD: Validate Hosted Document");
    await vscode.quickInputWidget.filter({ hasText: "without cookies or credentials" }).waitFor();
    await vscode.quickInput.fill(LOOPBACK_URL);
    await vscode.quickInputWidget.filter({ hasText: "The request goes to 127.0.0.1" }).waitFor();
    await vscode.page.keyboard.press("Enter");

    await vscode.webview.getByText(LOOPBACK_URL).first().waitFor();
    await vscode.webview.locator(".step-failed", { hasText: "127.0.0.1" }).first().waitFor();
    await vscode.screenshot("hosted-report");
  });
});

describe("CIMD: Validate Hosted Document… in Restricted Mode", () => {
  let vscode: Workbench;

  beforeAll(async () => {
    vscode = await Workbench.open({ trusted: false });
  });
  afterAll(() => vscode?.close());

  it("is not offered", async () => {
    onTestFailed(() => vscode.screenshot("restricted-validate-failed"));
    await vscode.searchCommand("CIMD: ", "CIMD: Create Document");
    expect(await vscode.quickInputWidget.getByText("Validate Hosted").count()).toBe(0);
    await vscode.screenshot("restricted-commands");
  });
});
