import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { Workbench } from "./workbench.js";

/** For each row of the list: whether its icon is one that VS Code has. An unknown name leaves a gap. */
function drawnIcons({ quickInputWidget }: Workbench): Promise<boolean[]> {
  return quickInputWidget
    .locator(".monaco-list-row .monaco-icon-label .codicon")
    .evaluateAll((icons) => icons.map((icon) => getComputedStyle(icon, "::before").content !== "none"));
}

/** Which question it is, and of how many: `2/10`. */
async function steps({ quickInputWidget }: Workbench): Promise<string | undefined> {
  const title = await quickInputWidget.locator(".quick-input-title").textContent();
  return /\((\d+\/\d+)\)/.exec(title ?? "")?.[1];
}

/** The texts of the list, and of the hint above it, that do not fit their line. */
async function cutOff({ quickInput, quickInputWidget }: Workbench): Promise<string[]> {
  const labels = await quickInputWidget
    .locator(".monaco-list-row .monaco-icon-label-container, .monaco-list-row .label-name")
    .evaluateAll((all) =>
      all
        .filter((label) => label.scrollWidth > label.clientWidth + 1 && label.clientWidth > 0)
        .map((label) => label.textContent ?? ""),
    );
  const count = await quickInputWidget.locator(".quick-input-count").boundingBox();
  const hint = await quickInput.evaluate((input: HTMLInputElement, countStart) => {
    const context = document.createElement("canvas").getContext("2d");
    if (!context) throw new Error("nothing to measure with");
    context.font = getComputedStyle(input).font;
    const { left, right } = input.getBoundingClientRect();
    const width = context.measureText(input.placeholder).width;
    return width > (countStart ?? right) - left ? [input.placeholder] : [];
  }, count?.x);
  return [...labels, ...hint];
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
    expect(await steps(vscode)).toBe("2/10");
    expect(await cutOff(vscode)).toEqual([]);
    await vscode.page.keyboard.type("nhost");
    await vscode.page.keyboard.press("Enter"); // takes the only match

    await vscode.quickInputWidget.filter({ hasText: "client_name" }).waitFor();
    await vscode.page.keyboard.type("Acme Notes");
    await vscode.quickInputWidget.getByRole("button", { name: "Back" }).click();
    await vscode.quickInputWidget.filter({ hasText: "1 Selected" }).waitFor();
    await vscode.screenshot("create-servers");
    const [first] = await vscode.quickInputWidget.locator(".monaco-list-row").all();
    expect(await first?.textContent()).toContain("Nhost");
    await first?.click();
    await vscode.page.keyboard.press("Enter"); // no target servers
    await vscode.quickInputWidget.filter({ hasText: "client_name" }).waitFor();
    // What was typed before going back is still there.
    expect(await vscode.quickInput.inputValue()).toBe("Acme Notes");
    await vscode.screenshot("create-name");
    await vscode.page.keyboard.press("Enter");

    await vscode.quickInputWidget.filter({ hasText: "client_id" }).waitFor();
    await vscode.page.keyboard.type("http://acme.example.com/client.json");
    const refusal = vscode.quickInputWidget.locator(".quick-input-message", { hasText: "uses http" });
    await refusal.waitFor();
    await vscode.screenshot("create-client-id-refused");
    await vscode.quickInput.fill("https://acme.example.com/oauth/client.json");
    await refusal.waitFor({ state: "detached" });
    expect(await steps(vscode)).toBe("4/10");
    await vscode.page.keyboard.press("Enter");

    await vscode.quickInputWidget.filter({ hasText: "http://127.0.0.1/callback" }).waitFor();
    expect(await steps(vscode)).toBe("5/10");
    expect(await cutOff(vscode)).toEqual([]);
    await vscode.screenshot("create-redirect-uris");
    await vscode.page.keyboard.press("Enter"); // the two that are checked

    await vscode.quickInputWidget.filter({ hasText: "with refresh tokens" }).waitFor();
    await vscode.page.keyboard.press("Enter");
    for (const member of ["Scopes", "client_uri", "logo_uri"]) {
      await vscode.quickInputWidget.filter({ hasText: member }).waitFor();
      await vscode.page.keyboard.press("Enter"); // none
    }
    await vscode.quickInputWidget.filter({ hasText: "public client" }).waitFor();
    expect(await steps(vscode)).toBe("10/10");
    expect(await cutOff(vscode)).toEqual([]);
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

  it("does not ask an AT Protocol client for servers of MCP, and says what an empty list means", async () => {
    onTestFailed(() => vscode.screenshot("create-atproto-failed"));
    await vscode.run("CIMD: Create Document");
    await vscode.quickInputWidget.filter({ hasText: "AT Protocol client" }).waitFor();
    await vscode.page.keyboard.type("AT Protocol");
    await vscode.page.keyboard.press("Enter");
    await vscode.quickInputWidget.filter({ hasText: "client_name" }).waitFor();
    await vscode.page.keyboard.type("Acme Notes");
    await vscode.page.keyboard.press("Enter");
    await vscode.quickInputWidget.filter({ hasText: "client_id" }).waitFor();
    await vscode.page.keyboard.press("Enter"); // not known yet
    await vscode.quickInputWidget.filter({ hasText: "Nothing to suggest without a client_id" }).waitFor();
    expect(await steps(vscode)).toBe("4/8");
    expect(await cutOff(vscode)).toEqual([]);
    await vscode.screenshot("create-atproto");
    await vscode.page.keyboard.press("Escape");
    await vscode.quickInputWidget.waitFor({ state: "hidden" });
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
