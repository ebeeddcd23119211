import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { Authority } from "../../hosted/certificates.js";
import { Host } from "./host.js";
import { Workbench } from "./workbench.js";

const FILE = "published.cimd.json";

describe("A published document", () => {
  const authority = Authority.root("End-to-end Root");
  const host = new Host(authority);
  const scratch = mkdtempSync(path.join(tmpdir(), "cimd-e2e-ca-"));
  let address: string;
  let local: string;
  let vscode: Workbench;

  beforeAll(async () => {
    address = await host.listen();
    local = `${JSON.stringify(
      {
        client_id: `https://${address}/client.json`,
        client_name: "Notes",
        logo_uri: `https://${address}/logo.png`,
        redirect_uris: ["https://notes.example.com/callback"],
        token_endpoint_auth_method: "none",
      },
      undefined,
      2,
    )}\n`;
    host.text = local.replace("Notes", "Old Notes");
    const certificate = path.join(scratch, "root.pem");
    writeFileSync(certificate, authority.identity.cert);
    // The language server inherits the environment, and trusts this authority beside the public ones.
    process.env["NODE_EXTRA_CA_CERTS"] = certificate;
    vscode = await Workbench.open({
      trusted: true,
      files: { [FILE]: local },
      settings: {
        "cimd.hosted.allowPrivateNetwork": true,
        "cimd.rules": { "uri/special-use-host": "off" },
      },
    });
  });
  afterAll(async () => {
    delete process.env["NODE_EXTRA_CA_CERTS"];
    await vscode?.close();
    host.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  async function compare(): Promise<void> {
    await vscode.run("CIMD: Compare with Hosted Document");
    await vscode.quickInputWidget.filter({ hasText: `The request goes to ${address}` }).waitFor();
    await vscode.page.keyboard.press("Enter");
  }

  it("that differs is shown in VS Code's diff, the served side read-only", async () => {
    onTestFailed(() => vscode.screenshot("compare-failed"));
    await vscode.openFile(FILE);
    expect(host.asked).toEqual([]);
    await compare();

    const diff = vscode.page.locator(".monaco-diff-editor");
    await diff.locator(".editor.original", { hasText: "Old Notes" }).waitFor();
    await diff.locator(".editor.modified .line-insert").first().waitFor();
    await vscode.tab(`${FILE}: ${address}`).waitFor();
    expect(host.asked).toEqual(["/client.json"]);
    await vscode.screenshot("compare");
  });

  it("has its state in the language status, until the text changes", async () => {
    onTestFailed(() => vscode.screenshot("hosted-differs-failed"));
    await vscode.tab(FILE).first().click();
    const shown = async (text: string) => {
      await (await vscode.showLanguageStatus()).getByText(text).waitFor();
      await vscode.page.keyboard.press("Escape");
    };
    await shown("Hosted: differs from this file");
    await vscode.showProblems();
    const difference = vscode.problems.filter({ hasText: "Hosted Local file:" });
    await difference.waitFor();
    await vscode.screenshot("hosted-differs");

    await vscode.focusFirstGroup();
    await vscode.goTo(1, 2);
    await vscode.page.keyboard.type(" ");
    await difference.waitFor({ state: "detached" });
    await shown("Hosted: changed since the check");
    await vscode.focusFirstGroup();
    await vscode.goTo(1, 3);
    await vscode.page.keyboard.press("Backspace");
    await shown("Hosted: differs from this file");
  });

  it("that is the local file needs no diff", async () => {
    onTestFailed(() => vscode.screenshot("compare-same-failed"));
    host.text = local;
    await compare();
    const notifications = await vscode.showNotifications();
    await notifications.filter({ hasText: `${address} serves this file, character by character.` }).waitFor();
    await vscode.page.keyboard.press("Escape");
    await (await vscode.showLanguageStatus()).getByText("Hosted: in sync").waitFor();
    await vscode.screenshot("hosted-in-sync");
    await vscode.page.keyboard.press("Escape");
  });

  it("names further URLs, which are asked only after each host was agreed to", async () => {
    onTestFailed(() => vscode.screenshot("hosted-extras-failed"));
    await vscode.run("CIMD: Validate Hosted Document");
    await vscode.quickInputWidget.filter({ hasText: `The request goes to ${address}` }).waitFor();
    await vscode.page.keyboard.press("Enter");
    const extras = vscode.webview.getByRole("button", { name: "Also check the logo…" });
    await extras.click();
    const dialog = vscode.page.locator(".monaco-dialog-box", { hasText: `Logo: ${address}` });
    await dialog.waitFor();
    await vscode.screenshot("hosted-extras-question");
    expect(host.asked).not.toContain("/logo.png");

    await dialog.getByRole("button", { name: "Fetch", exact: true }).click();
    await vscode.webview.locator(".step-warning", { hasText: "The logo's URL answers 404" }).waitFor();
    expect(host.asked).toContain("/logo.png");
    expect(await extras.count()).toBe(0);
    await vscode.screenshot("hosted-extras");
  });
});
