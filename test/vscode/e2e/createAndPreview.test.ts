import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { Workbench } from "./workbench.js";

const FILE = "hostile.cimd.json";

/** What a document may say about itself is text, whatever it looks like. */
const HOSTILE_NAME = "<img src=x onerror=alert(1)><b>Notes</b>";

const TEXT = JSON.stringify(
  {
    client_id: "https://notes.example.com/oauth/client.json",
    client_name: HOSTILE_NAME,
    redirect_uris: ["https://notes.example.com/oauth/callback"],
    token_endpoint_auth_method: "none",
  },
  undefined,
  2,
);

let vscode: Workbench;

beforeAll(async () => {
  vscode = await Workbench.open({ trusted: true, files: { [FILE]: TEXT } });
});
afterEach(() => vscode.dismiss());
afterAll(() => vscode?.close());

describe("CIMD: Create Document…", () => {
  it("asks, refuses a bad answer while it is typed, and opens an untitled document free of errors", async () => {
    onTestFailed(() => vscode.screenshot("create-failed"));
    await vscode.run("CIMD: Create Document");
    await vscode.quickInputWidget.filter({ hasText: "Desktop or command line" }).waitFor();
    await vscode.page.keyboard.press("Enter"); // desktop or command line

    await vscode.quickInputWidget.filter({ hasText: "client_name" }).waitFor();
    await vscode.page.keyboard.type("Acme Notes");
    await vscode.screenshot("create-name");
    await vscode.page.keyboard.press("Enter");

    await vscode.quickInputWidget.filter({ hasText: "http://127.0.0.1/callback" }).waitFor();
    await vscode.screenshot("create-redirect-uris");
    await vscode.page.keyboard.press("Enter"); // the two that are suggested

    await vscode.quickInputWidget.filter({ hasText: "client_id" }).waitFor();
    await vscode.page.keyboard.type("http://acme.example.com/client.json");
    const refusal = vscode.quickInputWidget.locator(".quick-input-message", { hasText: "https" });
    await refusal.waitFor();
    await vscode.screenshot("create-client-id-refused");
    await vscode.quickInput.fill("https://acme.example.com/oauth/client.json");
    await refusal.waitFor({ state: "detached" });
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
});

describe("CIMD: Preview Consent Screen", () => {
  it("shows a hostile name as text, beside the editor, and follows what is typed", async () => {
    onTestFailed(() => vscode.screenshot("preview-failed"));
    await vscode.openFile(FILE);
    await vscode.run("CIMD: Preview Consent Screen to the Side");

    const page = vscode.webview.locator("body");
    await page.getByText(HOSTILE_NAME).first().waitFor();
    expect(await vscode.webview.locator("img, b").count()).toBe(0);
    await vscode.screenshot("preview");

    await vscode.editor.locator(".view-line", { hasText: "client_name" }).click();
    await vscode.page.keyboard.press("End");
    await vscode.page.keyboard.press("ArrowLeft");
    await vscode.page.keyboard.press("ArrowLeft");
    await vscode.page.keyboard.type(" live");
    await page.getByText(`${HOSTILE_NAME} live`).first().waitFor();
    await vscode.screenshot("preview-after-typing");
  });
});
