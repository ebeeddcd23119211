import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { Workbench } from "./workbench.js";

/** A web client that has no key yet. */
const KEYLESS = {
  client_id: "https://files.example.com/oauth/keyless.cimd.json",
  client_name: "Example Files",
  client_uri: "https://files.example.com/",
  redirect_uris: ["https://files.example.com/callback"],
  grant_types: ["authorization_code"],
  response_types: ["code"],
  token_endpoint_auth_method: "none",
};

const HEADERS = "/assets/*\n  Cache-Control: max-age=31536000\n";
const VERCEL = `${JSON.stringify({ cleanUrls: true, headers: [] }, null, 2)}\n`;

/** What the commands of creation do to files; VS Code in the browser asks for a path in a quick input. */
describe("files of a created document", () => {
  let vscode: Workbench;

  beforeAll(async () => {
    vscode = await Workbench.open({
      trusted: true,
      settings: { "files.autoSave": "off" }, // in the browser VS Code saves by itself after a second
      files: {
        "inside.cimd.json": `${JSON.stringify(KEYLESS, null, 2)}\n`,
        "beside.cimd.json": `${JSON.stringify(KEYLESS, null, 2)}\n`,
        _headers: HEADERS,
        "vercel.json": VERCEL,
      },
    });
  });
  afterEach(async () => {
    await vscode.dismiss();
    await vscode.run("View: Close All Editors");
    await vscode.page.locator(".tabs-container .tab").first().waitFor({ state: "detached" });
  });
  afterAll(() => vscode?.close());

  const inFolder = (name: string) => path.join(vscode.folder, name);
  /** Beside the folder that is open: what is there is not published with it. */
  const outside = (name: string) => path.join(vscode.folder, "..", name);

  /** Answers VS Code's question for a path. */
  async function choosePath(file: string): Promise<void> {
    const ok = vscode.quickInputWidget.getByRole("button", { name: "OK", exact: true });
    await ok.waitFor();
    // The folder's list arrives after the box, and puts the proposed path into it once more.
    const keepsPath = async () => {
      await vscode.quickInput.fill(path.resolve(file));
      await vscode.page.waitForTimeout(500);
      return vscode.quickInput.inputValue();
    };
    await expect.poll(keepsPath, { timeout: 20_000 }).toBe(path.resolve(file));
    await ok.click();
  }

  /** Chooses a row of the quick pick that is open. */
  async function choose(label: string): Promise<void> {
    await vscode.quickInputWidget.locator(".monaco-list-row", { hasText: label }).first().click();
  }

  it("saves a document from the offer at the end, and overwrites nothing unasked", async () => {
    onTestFailed(() => vscode.screenshot("create-save-failed"));
    await vscode.run("CIMD: Create Document");
    await choose("Desktop or command line");
    await vscode.quickInputWidget.filter({ hasText: "FastMCP" }).waitFor();
    await vscode.page.keyboard.press("Enter");
    await vscode.quickInputWidget.filter({ hasText: "client_name" }).waitFor();
    await vscode.quickInput.fill("Acme Files");
    await vscode.page.keyboard.press("Enter");
    for (const question of ["client_id", "http://127.0.0.1/callback", "with refresh tokens"]) {
      await vscode.quickInputWidget.filter({ hasText: question }).waitFor();
      await vscode.page.keyboard.press("Enter");
    }
    for (const question of ["Scopes", "client_uri", "logo_uri"]) {
      await vscode.quickInputWidget.filter({ hasText: question }).waitFor();
      await vscode.page.keyboard.press("Enter");
    }
    await vscode.editor.locator(".view-line", { hasText: "Acme Files" }).waitFor();
    const offer = (await vscode.showNotifications()).filter({ hasText: "Save the document where" });
    await offer.getByRole("button", { name: "Save…" }).click();

    const before = readFileSync(inFolder("web.cimd.json"), "utf8");
    await choosePath(inFolder("web.cimd.json"));
    await vscode.quickInputWidget.filter({ hasText: "already exists" }).waitFor();
    await vscode.screenshot("create-save-overwrite");
    await vscode.page.keyboard.press("Escape");
    expect(readFileSync(inFolder("web.cimd.json"), "utf8")).toBe(before);

    await choosePath(inFolder("acme.cimd.json"));
    await vscode.tab("acme.cimd.json").waitFor();
    await vscode.screenshot("create-saved");
    expect(JSON.parse(readFileSync(inFolder("acme.cimd.json"), "utf8"))).toMatchObject({
      client_name: "Acme Files",
    });
    await expect.poll(() => vscode.languageMode()).toBe("Client ID Metadata Document");
  });

  it("adds a key to the document, and its private half to a file that only its owner reads", async () => {
    onTestFailed(() => vscode.screenshot("key-inside-failed"));
    await vscode.openFile("inside.cimd.json");
    await vscode.run("CIMD: Add a Key for private_key_jwt");
    await choose("ES256");
    await choose("In the document");
    await choosePath(outside("inside-key.json"));
    await vscode.editor.locator(".view-line", { hasText: '"jwks"' }).waitFor();
    const { d, kid } = JSON.parse(readFileSync(outside("inside-key.json"), "utf8"));
    expect(statSync(outside("inside-key.json")).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(inFolder("inside.cimd.json"), "utf8"))).toEqual(KEYLESS); // not saved yet

    await vscode.page.keyboard.press("Control+s");
    await expect.poll(() => readFileSync(inFolder("inside.cimd.json"), "utf8")).toContain(kid);
    const saved = readFileSync(inFolder("inside.cimd.json"), "utf8");
    expect(saved).not.toContain(d);
    expect(JSON.parse(saved)).toMatchObject({
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: "ES256",
      jwks: { keys: [{ kid, kty: "EC", crv: "P-256" }] },
    });
    await vscode.showProblems();
    // A remark on the new method: with it the document has been checked again.
    await vscode.problems.filter({ hasText: "auth-method/private-key-jwt-support" }).first().waitFor();
    await vscode.screenshot("key-inside");
    expect(await vscode.squiggles("error").count()).toBe(0);
    expect(await vscode.squiggles("warning").count()).toBe(0);
  });

  it("adds a key to jwks.json beside the document", async () => {
    onTestFailed(() => vscode.screenshot("key-beside-failed"));
    await vscode.openFile("beside.cimd.json");
    await vscode.run("CIMD: Add a Key for private_key_jwt");
    await choose("ES256");
    await choose("jwks.json beside the document");
    await choosePath(outside("beside-key.json"));
    await vscode.tab("jwks.json").waitFor();
    await vscode.editor.locator(".view-line", { hasText: '"keys"' }).waitFor();
    await vscode.screenshot("key-beside");
    const { d, kid } = JSON.parse(readFileSync(outside("beside-key.json"), "utf8"));
    expect(statSync(outside("beside-key.json")).mode & 0o777).toBe(0o600);
    expect(existsSync(inFolder("jwks.json"))).toBe(false); // for review first
    await vscode.page.keyboard.press("Control+s");
    await vscode.tab("jwks.json").and(vscode.page.locator(":not(.dirty)")).waitFor();
    await vscode.run("File: Save All Files");
    await expect.poll(() => readdirSync(vscode.folder)).toContain("jwks.json");
    const keySet = readFileSync(inFolder("jwks.json"), "utf8");
    expect(keySet).not.toContain(d);
    expect(JSON.parse(keySet)).toMatchObject({ keys: [{ kid, kty: "EC", crv: "P-256" }] });
    await expect
      .poll(() => JSON.parse(readFileSync(inFolder("beside.cimd.json"), "utf8")))
      .toMatchObject({ jwks_uri: "https://files.example.com/oauth/jwks.json" });
    await vscode.showProblems();
    await vscode.problems.filter({ hasText: "auth-method/private-key-jwt-support" }).first().waitFor();
    await vscode.screenshot("key-beside-saved");
    expect(await vscode.page.locator(".squiggly-error, .squiggly-warning").count()).toBe(0);
  });

  it("keeps a private key that is there, even where overwriting was allowed", async () => {
    onTestFailed(() => vscode.screenshot("key-kept-failed"));
    const before = readFileSync(outside("beside-key.json"), "utf8");
    const document = readFileSync(inFolder("inside.cimd.json"), "utf8");
    await vscode.openFile("inside.cimd.json");
    await vscode.run("CIMD: Add a Key for private_key_jwt");
    await choose("ES256"); // where it is published is known
    await choosePath(outside("beside-key.json"));
    await vscode.quickInputWidget.filter({ hasText: "already exists" }).waitFor();
    await vscode.screenshot("key-overwrite");
    await vscode.page.keyboard.press("Enter");
    const notifications = await vscode.showNotifications();
    await notifications.filter({ hasText: "exists already and was kept" }).waitFor();
    await vscode.screenshot("key-kept");
    expect(readFileSync(outside("beside-key.json"), "utf8")).toBe(before);
    expect(readFileSync(inFolder("inside.cimd.json"), "utf8")).toBe(document);
  });

  it("warns before a private key is written into the workspace, and writes none when left", async () => {
    onTestFailed(() => vscode.screenshot("key-exposed-failed"));
    const document = readFileSync(inFolder("inside.cimd.json"), "utf8");
    await vscode.openFile("inside.cimd.json");
    await vscode.run("CIMD: Add a Key for private_key_jwt");
    await choose("ES256");
    await choosePath(inFolder("exposed-key.json"));
    const dialog = vscode.page.locator(".monaco-dialog-box", { hasText: "may be published or committed" });
    await dialog.waitFor();
    await vscode.screenshot("key-exposed");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
    await vscode.page.waitForTimeout(1_000); // longer than writing a key takes
    expect(existsSync(inFolder("exposed-key.json"))).toBe(false);
    expect(readFileSync(inFolder("inside.cimd.json"), "utf8")).toBe(document);
  });

  it.each([
    ["Netlify", "_headers", "oauth/keyless.cimd.json", HEADERS],
    ["Vercel", "vercel.json", "oauth/keyless.cimd.json", VERCEL],
  ])("amends what %s reads, as an edit that is not saved", async (host, file, added, before) => {
    onTestFailed(() => vscode.screenshot(`hosting-${host}-failed`));
    await vscode.openFile("inside.cimd.json");
    await vscode.run("CIMD: Add Hosting Configuration");
    await choose(host);
    await vscode.quickInputWidget.filter({ hasText: "Edit the file" }).waitFor();
    await choose(file);
    await vscode.tab(file).and(vscode.page.locator(".dirty")).waitFor();
    await vscode.editor.locator(".view-line", { hasText: added }).waitFor();
    await vscode.screenshot(`hosting-${host}`);
    expect(readFileSync(inFolder(file), "utf8")).toBe(before);

    await vscode.page.keyboard.press("Control+s");
    await expect.poll(() => readFileSync(inFolder(file), "utf8")).toContain(added);
    const after = readFileSync(inFolder(file), "utf8");
    expect(after).toContain(file === "_headers" ? "max-age=31536000" : '"cleanUrls": true');
  });
});
