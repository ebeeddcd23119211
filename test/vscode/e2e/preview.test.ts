import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { Workbench } from "./workbench.js";

const FILE = "hostile.cimd.json";

/** What a document says about itself is text, whatever it looks like. */
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

describe("CIMD: Preview Consent Screen", () => {
  let vscode: Workbench;

  beforeAll(async () => {
    vscode = await Workbench.open({ trusted: true, files: { [FILE]: TEXT } });
  });
  afterAll(() => vscode?.close());

  it("shows a hostile name as text, beside the editor, and follows what is typed", async () => {
    onTestFailed(() => vscode.screenshot("preview-failed"));
    await vscode.openFile(FILE);
    await vscode.run("CIMD: Preview Consent Screen to the Side");

    await vscode.webview.getByText(HOSTILE_NAME).first().waitFor();
    expect(await vscode.webview.locator("img, b").count()).toBe(0);
    await vscode.screenshot("preview");

    await vscode.editor.locator(".view-line", { hasText: "client_name" }).click();
    await vscode.page.keyboard.press("End");
    await vscode.page.keyboard.press("ArrowLeft");
    await vscode.page.keyboard.press("ArrowLeft");
    await vscode.page.keyboard.type(" live");
    await vscode.webview.getByText(`${HOSTILE_NAME} live`).first().waitFor();
    await vscode.screenshot("preview-after-typing");
  });
});
