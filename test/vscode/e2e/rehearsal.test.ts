import path from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { SCREENSHOTS } from "../harness/paths.mjs";
import { McpClient } from "./mcpClient.js";
import { Workbench } from "./workbench.js";

const CLIENT_ID = "https://notes.acme.dev/oauth/client.json";
const DOCUMENT = `{
  "client_id": "${CLIENT_ID}",
  "client_name": "Acme Notes",
  "redirect_uris": ["http://127.0.0.1/elsewhere"],
  "application_type": "native",
  "grant_types": ["authorization_code", "refresh_token"],
  "response_types": ["code"],
  "token_endpoint_auth_method": "none"
}
`;

/** Waits as long as a person would on a busy machine. */
const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 30_000 });

describe("CIMD: Rehearse Sign-In", () => {
  let vscode: Workbench;
  let client: McpClient;
  let address = "";

  beforeAll(async () => {
    vscode = await Workbench.open({
      trusted: true,
      files: { "rehearsed.cimd.json": DOCUMENT },
      // What is typed stays unsaved.
      settings: { "files.autoSave": "off" },
    });
    await vscode.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    client = new McpClient(vscode.browser, CLIENT_ID);
    await client.listen();
  });
  afterAll(async () => {
    client?.close();
    await vscode?.close();
  });

  const steps = (): Locator => vscode.webview.locator(".step");
  const lastStep = () => steps().last().textContent();
  const clipboard = () => vscode.page.evaluate(() => navigator.clipboard.readText());
  const listens = () =>
    fetch(address, { method: "POST" }).then(
      () => true,
      () => false,
    );

  it("starts from the palette and shows the address beside the document", async () => {
    onTestFailed(() => vscode.screenshot("rehearsal-start-failed"));
    await vscode.openFile("rehearsed.cimd.json");
    await vscode.run("CIMD: Rehearse Sign-In");
    await vscode.tab("Rehearsal: rehearsed.cimd.json").waitFor();
    address = (await vscode.webview.locator(".url").textContent()) ?? "";
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
    expect(await listens()).toBe(true);
    await vscode.screenshot("rehearsal");
  });

  it("copies the address, and the configuration of a client", async () => {
    onTestFailed(() => vscode.screenshot("rehearsal-copy-failed"));
    await vscode.webview.getByRole("button", { name: "Copy Address" }).click();
    await eventually(clipboard).toBe(address);
    await vscode.webview.getByRole("button", { name: "Copy Configuration…" }).click();
    await vscode.quickInputWidget.locator(".monaco-list-row", { hasText: "Codex" }).waitFor();
    await vscode.screenshot("rehearsal-configurations");
    await vscode.page.keyboard.type("Claude Code");
    await vscode.page.keyboard.press("Enter");
    await eventually(clipboard).toBe(
      `claude mcp add --transport http --client-id ${CLIENT_ID} cimd-rehearsal ${address}`,
    );
  });

  it("says what is wrong with a redirect URI that the document does not have", async () => {
    onTestFailed(() => vscode.screenshot("rehearsal-refused-failed"));
    expect(await client.whoAmI(address)).toBeUndefined();
    expect(client.shown).toContain("redirect");
    await vscode.webview.locator(".step-failed").first().waitFor();
    expect(await vscode.webview.locator(".step-failed").last().textContent()).toContain("/elsewhere");
    await vscode.screenshot("rehearsal-refused");
  });

  it("follows what is typed, and a sign-in succeeds", async () => {
    onTestFailed(() => vscode.screenshot("rehearsal-signed-in-failed"));
    await vscode.focusFirstGroup();
    await vscode.editor.locator(".view-line", { hasText: "elsewhere" }).click();
    await vscode.goTo(4, DOCUMENT.split("\n")[3]?.indexOf("elsewhere") ?? 0);
    await vscode.page.keyboard.press("ArrowRight");
    for (const _letter of "elsewhere") await vscode.page.keyboard.press("Delete");
    await vscode.page.keyboard.type("callback");
    await vscode.editor.locator(".view-line", { hasText: "http://127.0.0.1/callback" }).waitFor();
    const said = await client.whoAmI(address, (page) =>
      page.screenshot({ path: path.join(SCREENSHOTS, "rehearsal-consent.png") }),
    );
    expect(said).toContain(CLIENT_ID);
    expect(client.shown).toContain("Acme Notes");
    await vscode.webview.getByText("Signed in: your client got a token and used it.").waitFor();
    expect(await lastStep()).toContain("passed");
    await vscode.screenshot("rehearsal-signed-in");
    await vscode.page.locator(".tab.dirty[data-resource-name='rehearsed.cimd.json']").waitFor();
  });

  it("answers as another server at the same address", async () => {
    onTestFailed(() => vscode.screenshot("rehearsal-server-failed"));
    await vscode.webview.getByRole("button", { name: "Clear" }).click();
    await steps().first().waitFor({ state: "detached" });
    await vscode.webview.getByLabel("Answers as").selectOption("keycloak");
    await steps().filter({ hasText: "Keycloak" }).first().waitFor();
    expect(await vscode.webview.locator(".url").textContent()).toBe(address);
    await vscode.screenshot("rehearsal-keycloak");
  });

  it("is in the language status, from where it is stopped; what happened stays", async () => {
    onTestFailed(() => vscode.screenshot("rehearsal-status-failed"));
    await vscode.focusFirstGroup();
    const rows = await vscode.showLanguageStatus();
    const row = rows.filter({ hasText: new URL(address).host });
    await vscode.screenshot("rehearsal-status");
    await row.getByText("Stop", { exact: true }).click();
    await vscode.webview.getByText("Nothing listens at this address now.").waitFor();
    expect(await steps().count()).toBeGreaterThan(0);
    expect(await listens()).toBe(false);
  });

  it("starts again at the same address, and ends with the document", async () => {
    onTestFailed(() => vscode.screenshot("rehearsal-end-failed"));
    await vscode.webview.getByRole("button", { name: "Start Again" }).click();
    await vscode.webview.getByRole("button", { name: "Stop" }).waitFor();
    expect(await vscode.webview.locator(".url").textContent()).toBe(address);
    expect(await listens()).toBe(true);
    await vscode.focusFirstGroup();
    await vscode.run("File: Save");
    await vscode.focusFirstGroup();
    await vscode.run("View: Close Editor");
    await vscode.webview.getByText("The document was closed.").waitFor();
    expect(await listens()).toBe(false);
    await vscode.screenshot("rehearsal-ended");
  });

  it("ends with its panel", async () => {
    onTestFailed(() => vscode.screenshot("rehearsal-close-failed"));
    await vscode.webview.getByRole("button", { name: "Start Again" }).click();
    await vscode.webview.getByRole("button", { name: "Stop" }).waitFor();
    await vscode.page.locator(".tab[data-resource-name='rehearsed.cimd.json']").waitFor();
    expect(await listens()).toBe(true);
    await vscode.tab("Rehearsal: rehearsed.cimd.json").click({ button: "middle" });
    await eventually(listens).toBe(false);
  });
});
