import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { Workbench } from "../e2e/workbench.js";
import { NAME, PublicHost } from "./publicHost.js";

const URL_ = `https://${NAME}/client.json`;
const FILE = "published.cimd.json";
const TEXT = `{
  "client_id": "${URL_}",
  "client_name": "Notes",
  "redirect_uris": ["https://${NAME}/callback"],
  "token_endpoint_auth_method": "none"
}
`;
const JSON_TYPE = { "content-type": "application/json", "cache-control": "max-age=3600" };
const CORS = { "access-control-allow-origin": "*" };

describe("A person in VS Code for the Web", () => {
  let host: PublicHost;
  let vscode: Workbench;

  beforeAll(async () => {
    host = await PublicHost.listen();
    vscode = await Workbench.open({
      trusted: true,
      web: true,
      browserFlags: host.browserFlags,
      settings: { "files.autoSave": "off" },
      files: { [FILE]: TEXT, "inside.cimd.json": TEXT },
    });
  });
  afterAll(async () => {
    await vscode?.close();
    host?.close();
  });

  /** Answers VS Code's question for a path. */
  async function choosePath(file: string): Promise<void> {
    const ok = vscode.quickInputWidget.getByRole("button", { name: "OK", exact: true });
    await ok.waitFor();
    // The folder's list arrives after the box, and puts the proposed path into it once more.
    const keepsPath = async () => {
      await vscode.quickInput.fill(file);
      await vscode.page.waitForTimeout(500);
      return vscode.quickInput.inputValue();
    };
    await expect.poll(keepsPath, { timeout: 20_000 }).toBe(file);
    await ok.click();
  }

  it("sees a wrong scheme underlined, reads why on hover, and fixes it with a quick fix", async () => {
    onTestFailed(() => vscode.screenshot("web-typing-failed"));
    await vscode.openFile(FILE);
    await vscode.goTo(2, 22);
    await vscode.page.keyboard.press("Backspace"); // http://
    await vscode.squiggles("error").first().waitFor();
    await vscode.hoverError("client-id/https");
    await vscode.screenshot("web-hover");
    await vscode.page.keyboard.press("Escape");
    await vscode.goTo(2, 19);
    await vscode.page.keyboard.press("Control+.");
    await vscode.page.locator(".action-widget", { hasText: "Use https" }).waitFor();
    await vscode.page.keyboard.press("Enter");
    await vscode.squiggles("error").first().waitFor({ state: "detached" });
  });

  it("is offered members while typing", async () => {
    onTestFailed(() => vscode.screenshot("web-completion-failed"));
    await vscode.goTo(3, 26);
    await vscode.page.keyboard.press("Enter");
    await vscode.page.keyboard.type('"logo');
    const offered = vscode.page.locator(".suggest-widget .monaco-list-row", { hasText: "logo_uri" });
    await offered.first().waitFor();
    await vscode.screenshot("web-completion");
    await vscode.page.keyboard.press("Escape");
    await vscode.run("File: Revert File");
  });

  it("sees the consent screen and what servers make of the document", async () => {
    onTestFailed(() => vscode.screenshot("web-preview-failed"));
    await vscode.run("CIMD: Preview Consent Screen to the Side");
    await vscode.webview.getByText("Notes").first().waitFor();
    await vscode.screenshot("web-preview");
    await vscode.run("View: Close All Editors");
    await vscode.openFile(FILE);
    await vscode.run("CIMD: Show Server Compatibility");
    await vscode.webview.getByText("FastMCP").first().waitFor();
    await vscode.screenshot("web-compatibility");
    await vscode.run("View: Close All Editors");
  });

  it("creates a document, step by step", async () => {
    onTestFailed(() => vscode.screenshot("web-create-failed"));
    await vscode.run("CIMD: Create Document");
    for (const question of ["Desktop or command line", "FastMCP"]) {
      await vscode.quickInputWidget.filter({ hasText: question }).waitFor();
      await vscode.page.keyboard.press("Enter");
    }
    await vscode.quickInputWidget.filter({ hasText: "client_name" }).waitFor();
    await vscode.quickInput.fill("Acme Web");
    await vscode.page.keyboard.press("Enter");
    const rest = [
      "client_id",
      "http://127.0.0.1/callback",
      "with refresh tokens",
      "Scopes",
      "client_uri",
      "logo_uri",
    ];
    for (const question of rest) {
      await vscode.quickInputWidget.filter({ hasText: question }).waitFor();
      await vscode.page.keyboard.press("Enter");
    }
    await vscode.editor.locator(".view-line", { hasText: "Acme Web" }).waitFor();
    await vscode.screenshot("web-created");
    await vscode.run("View: Revert and Close Editor");
  });

  it("copies client code", async () => {
    onTestFailed(() => vscode.screenshot("web-code-failed"));
    await vscode.openFile("desktop.cimd.json");
    await vscode.run("CIMD: Copy Client Code");
    await vscode.quickInputWidget.filter({ hasText: "FastMCP" }).waitFor();
    await vscode.page.keyboard.press("Enter");
    const notifications = await vscode.showNotifications();
    await notifications.filter({ hasText: "FastMCP is on the clipboard" }).waitFor();
    await vscode.page.keyboard.press("Escape");
  });

  it("adds a key whose private half is made here and kept in a file, which is never overwritten", async () => {
    onTestFailed(() => vscode.screenshot("web-key-failed"));
    const file = path.resolve(vscode.folder, "..", "web-key.json");
    const choose = async (label: string) =>
      vscode.quickInputWidget.locator(".monaco-list-row", { hasText: label }).first().click();
    await vscode.openFile("inside.cimd.json");
    await vscode.run("CIMD: Add a Key for private_key_jwt");
    await choose("ES256");
    await choose("In the document");
    await choosePath(file);
    await vscode.editor.locator(".view-line", { hasText: '"jwks"' }).waitFor();
    const written = readFileSync(file, "utf8");
    const { d, kid, kty } = JSON.parse(written);
    expect(kty).toBe("EC");
    expect(d).toMatch(/^[\w-]{43}$/);

    await vscode.run("CIMD: Add a Key for private_key_jwt");
    await choose("ES256"); // where it is published is known
    await choosePath(file);
    await vscode.quickInputWidget.filter({ hasText: "already exists" }).waitFor();
    await vscode.page.keyboard.press("Enter");
    const notifications = await vscode.showNotifications();
    await notifications.filter({ hasText: "exists already and was kept" }).waitFor();
    await vscode.page.keyboard.press("Escape");
    expect(readFileSync(file, "utf8")).toBe(written);
    await vscode.page.keyboard.press("Control+s");
    const inside = path.join(vscode.folder, "inside.cimd.json");
    await expect.poll(() => readFileSync(inside, "utf8")).toContain(kid);
    expect(readFileSync(inside, "utf8")).not.toContain(d);
    await vscode.screenshot("web-key");
    await vscode.run("View: Close All Editors");
  });

  describe("validates a hosted document", () => {
    /** Runs the command and agrees to the host that it names. */
    async function validate(): Promise<void> {
      await vscode.run("CIMD: Validate Hosted Document");
      await vscode.quickInputWidget
        .filter({ hasText: `The request goes to ${NAME}, once, without cookies or credentials.` })
        .waitFor();
      expect(await vscode.quickInput.inputValue()).toBe(URL_);
      await vscode.page.keyboard.press("Enter");
    }

    it("and reads what the browser shows, what it does not, and where the rest is to be seen", async () => {
      onTestFailed(() => vscode.screenshot("web-hosted-failed"));
      host.answers.set("/client.json", {
        headers: { ...JSON_TYPE, ...CORS, "set-cookie": "a=b" },
        body: TEXT,
      });
      await vscode.openFile(FILE);
      await validate();
      await vscode.webview.getByText("A browser cannot make every check.").waitFor();
      await vscode.webview.getByText("Not visible in a browser").waitFor();
      await vscode.webview.getByText("npx -p cimd-language-server cimd validate").first().waitFor();
      await vscode.webview.locator(".step-passed", { hasText: "Identity" }).waitFor();
      expect(await vscode.webview.locator(".step-failed").count()).toBe(0);
      await vscode.screenshot("web-hosted");
      await vscode.webview.getByText("Not visible in a browser").scrollIntoViewIfNeeded();
      await vscode.screenshot("web-hosted-hidden");
      expect(host.asked.map(({ path: asked, cookie }) => [asked, cookie])).toEqual([
        ["/client.json", undefined],
      ]);
    });

    it("and is told that the browser shows nothing, where the host does not allow it", async () => {
      onTestFailed(() => vscode.screenshot("web-hosted-cors-failed"));
      host.answers.set("/client.json", { headers: JSON_TYPE, body: TEXT });
      await vscode.focusFirstGroup();
      await validate();
      await vscode.webview.getByText(`This browser does not show the document at ${NAME}.`).waitFor();
      await vscode.webview.getByText("Authorization servers do not need CORS").waitFor();
      expect(await vscode.webview.locator(".step-failed, .step-warning").count()).toBe(0);
      await vscode.screenshot("web-hosted-cors");
      await vscode.focusFirstGroup();
      const status = await vscode.showLanguageStatus();
      await status.getByText("Hosted: not visible in a browser").waitFor();
      await vscode.page.keyboard.press("Escape");
      await vscode.showProblems();
      expect(await vscode.problems.filter({ hasText: "cimd hosted" }).count()).toBe(0);
      await vscode.run("View: Close All Editors");
    });
  });

  it("compares a document with its published copy", async () => {
    onTestFailed(() => vscode.screenshot("web-compare-failed"));
    const served = TEXT.replace("Notes", "Old Notes");
    host.answers.set("/client.json", { headers: { ...JSON_TYPE, ...CORS }, body: served });
    await vscode.openFile(FILE);
    await vscode.run("CIMD: Compare with Hosted Document");
    await vscode.quickInputWidget.filter({ hasText: `The request goes to ${NAME}` }).waitFor();
    await vscode.page.keyboard.press("Enter");
    await vscode.tab(`${NAME} ↔ local`).waitFor();
    await vscode.page.locator(".monaco-diff-editor .view-line", { hasText: "Old Notes" }).first().waitFor();
    await vscode.screenshot("web-compare");
    await vscode.run("View: Close All Editors");
  });

  it("asks an MCP server for its support, as far as it and its authorization server allow", async () => {
    onTestFailed(() => vscode.screenshot("web-discovery-failed"));
    const issuer = `https://${NAME}`;
    const json = (body: object) => ({ headers: { ...JSON_TYPE, ...CORS }, body: JSON.stringify(body) });
    host.answers.set("/mcp", { status: 401, headers: CORS });
    host.answers.set(
      "/.well-known/oauth-protected-resource/mcp",
      json({ resource: `${issuer}/mcp`, authorization_servers: [issuer] }),
    );
    host.answers.set(
      "/.well-known/oauth-authorization-server",
      json({
        issuer,
        client_id_metadata_document_supported: true,
        code_challenge_methods_supported: ["S256"],
        token_endpoint_auth_methods_supported: ["none"],
      }),
    );
    await vscode.run("CIMD: Check an MCP Server for CIMD Support");
    await vscode.quickInput.waitFor();
    await vscode.quickInput.fill(`${issuer}/mcp`);
    await vscode.page.keyboard.press("Enter");
    await vscode.webview.getByText(`${NAME} accepts client metadata documents`).first().waitFor();
    await vscode.screenshot("web-discovery");
  });
});
