import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { Workbench } from "./workbench.js";

const MARKED = `{
  "client_id": "https://notes.acme.dev/oauth/client.cimd.json",
  "client_name": "Notes",
  "redirect_uris": ["https://notes.acme.dev/callback"],
  "grant_types": ["authorization_code", "refresh_token"],
  "response_types": ["code"],
  "token_endpoint_auth_method": "none"
}
`;

describe("The first minute of typing", () => {
  let vscode: Workbench;

  beforeAll(async () => {
    vscode = await Workbench.open({
      trusted: true,
      files: { "empty.cimd.json": "", "typed.cimd.json": "", "marked.cimd.json": `\ufeff${MARKED}` },
    });
    // The list comes from the language server, which starts with the first document.
    await vscode.openFile("desktop.cimd.json");
    await vscode.page.locator(".codelens-decoration").first().waitFor();
  });
  afterAll(() => vscode?.close());

  const suggestions = () => vscode.page.locator(".suggest-widget.visible .monaco-list-row");
  const text = (name: string): string => readFileSync(path.join(vscode.folder, name), "utf8");
  const saved = (name: string) =>
    expect.poll(
      async () => {
        await vscode.page.keyboard.press("Control+s");
        return text(name);
      },
      { timeout: 20_000 },
    );

  it("completes what a document needs first, and leaves what was written alone", async () => {
    onTestFailed(() => vscode.screenshot("typing-members-failed"));
    await vscode.openFile("typed.cimd.json");
    await vscode.page.keyboard.type('{\n"cl', { delay: 100 });
    await suggestions().filter({ hasText: "client_id" }).first().waitFor();
    await vscode.screenshot("typing-members");
    await vscode.page.keyboard.press("Enter");
    await vscode.page.keyboard.type("https://notes.acme.dev/c", { delay: 20 });
    await vscode.page.keyboard.press("End");
    await vscode.page.keyboard.type(", ", { delay: 100 });
    await vscode.page.waitForTimeout(1_000);
    expect(await suggestions().count()).toBe(0);
    await vscode.page.keyboard.press("Enter");
    await vscode.page.keyboard.type('"logo_uri": "https://p.co/l.png', { delay: 50 });
    await vscode.page.waitForTimeout(1_000);
    expect(await suggestions().count()).toBe(0);
    await vscode.page.keyboard.press("End");
    await vscode.page.keyboard.type(',\n"redirect_uris": ', { delay: 50 });
    await suggestions().filter({ hasText: "127.0.0.1" }).waitFor();
    await vscode.screenshot("typing-redirects");
    await vscode.page.keyboard.press("Enter");
    await saved("typed.cimd.json").toContain("callback");
    expect(JSON.parse(text("typed.cimd.json"))).toEqual({
      client_id: "https://notes.acme.dev/c",
      logo_uri: "https://p.co/l.png",
      redirect_uris: ["http://127.0.0.1/callback", "http://localhost/callback"],
    });
  });

  it("starts with a document whose client_id is replaced by a pasted one", async () => {
    onTestFailed(() => vscode.screenshot("typing-snippet-failed"));
    await vscode.openFile("empty.cimd.json");
    await vscode.page.keyboard.type("mcp", { delay: 100 });
    await suggestions().filter({ hasText: "mcp-desktop" }).waitFor();
    await vscode.screenshot("typing-snippet");
    await vscode.page.keyboard.press("Enter");
    await vscode.page.keyboard.insertText("https://notes.acme.dev/client.cimd.json");
    await vscode.page.keyboard.press("Escape");
    await saved("empty.cimd.json").toContain('"client_id": "https://notes.acme.dev/client.cimd.json"');
    expect(JSON.parse(text("empty.cimd.json")).redirect_uris).toHaveLength(2);
  });

  it("shows a byte order mark, and saves the file without it", async () => {
    onTestFailed(() => vscode.screenshot("typing-byte-order-mark-failed"));
    await vscode.openFile("marked.cimd.json");
    await vscode.showProblems();
    const problem = vscode.problems.filter({ hasText: "byte order mark" }).first();
    await problem.waitFor();
    await vscode.screenshot("typing-byte-order-mark");
    await vscode.focusFirstGroup();
    await vscode.goTo(1, 1);
    await vscode.page.keyboard.press("Control+.");
    await vscode.page
      .locator(".action-widget .monaco-list-row", { hasText: "Save without the byte order mark" })
      .click();
    await problem.waitFor({ state: "detached" });
    expect(text("marked.cimd.json")).toBe(MARKED);
  });
});
