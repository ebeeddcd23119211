import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { XSS_CORPUS } from "../../preview/xssCorpus.js";
import { Workbench } from "./workbench.js";

const GOOD = {
  client_id: "https://notes.example.com/oauth/client.json",
  client_name: "Notes",
  redirect_uris: ["https://notes.example.com/callback"],
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  token_endpoint_auth_method: "none",
};
const WILDCARD = { ...GOOD, client_name: "Wild", redirect_uris: ["http://localhost:*/callback"] };
const HOSTILE = { ...GOOD, client_name: XSS_CORPUS.join(" "), redirect_uris: XSS_CORPUS };

/** JSON in ASCII: VS Code asks about raw U+2028 before it shows a file. */
const json = (document: object) =>
  JSON.stringify(document, undefined, 2).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** Waits as long as a person would on a busy machine. */
const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 30_000 });

describe("CIMD: Show Server Compatibility", () => {
  let vscode: Workbench;

  beforeAll(async () => {
    vscode = await Workbench.open({
      trusted: true,
      files: {
        "good.cimd.json": json(GOOD),
        "wildcard.cimd.json": json(WILDCARD),
        "hostile-rows.cimd.json": json(HOSTILE),
      },
    });
    await vscode.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    vscode.page.on("dialog", (dialog) => {
      // VS Code's own question about unsaved files, when the window is reloaded.
      if (dialog.type() === "beforeunload") void dialog.accept();
      else throw new Error(`A dialog: ${dialog.message()}`);
    });
  });
  afterAll(() => vscode?.close());

  /** Opens a file in the first editor group, where the view is not. */
  const open = (name: string) => vscode.openInFirstGroup(name);

  const grid = (): Locator => vscode.webview.locator("#grid");
  const row = (server: string): Locator => vscode.webview.locator(`#server-${server}`);
  const group = (name: string): Locator => vscode.webview.locator(`#group-${name}`);
  const heading = () => vscode.webview.locator("h1").textContent();
  const selected = (): Locator =>
    vscode.page.locator("#status\\.editor\\.selection", { hasText: "selected" });
  /** The id of what has the focus in the view. */
  const focused = () =>
    vscode.webview.locator("body").evaluate((body) => body.ownerDocument.activeElement?.id ?? "");

  it("opens from the lens above client_id, which says the same", async () => {
    onTestFailed(() => vscode.screenshot("compatibility-lens-failed"));
    await open("wildcard.cimd.json");
    const lens = vscode.page.locator(".codelens-decoration a", { hasText: /^\d+ of \d+ works?/ });
    const said = await lens.textContent();
    await lens.click();
    await grid().waitFor();
    await vscode.tab("Servers: wildcard.cimd.json").waitFor();
    expect(await vscode.webview.locator(".summary").textContent()).toBe(said);
    await eventually(() => row("oidc-provider").textContent()).toContain("Refused");
    await vscode.screenshot("compatibility");
  });

  it("filters, opens the reasons of a server, and jumps to the line, with the mouse", async () => {
    onTestFailed(() => vscode.screenshot("compatibility-mouse-failed"));
    await vscode.webview.getByRole("searchbox").fill("better auth");
    await eventually(() => vscode.webview.locator(".server-row").count()).toBe(2);
    await row("better-auth").click();
    const reasons = vscode.webview.locator("#reasons-better-auth");
    await reasons.waitFor();
    await vscode.screenshot("compatibility-reasons");
    await reasons.getByRole("button", { name: "Line 5: go to redirect_uris" }).first().click();
    await selected().waitFor();
    expect(await vscode.page.locator("#status\\.editor\\.selection").textContent()).toContain("Ln 5");
    await vscode.webview.getByRole("searchbox").fill("");
    expect(await reasons.count()).toBe(1);
    await row("better-auth").click();
    await reasons.waitFor({ state: "detached" });
  });

  it("follows what is typed, and keeps what is open", async () => {
    onTestFailed(() => vscode.screenshot("compatibility-typing-failed"));
    await open("wildcard.cimd.json");
    await row("fastmcp").click();
    await vscode.webview.locator("#reasons-fastmcp").waitFor();
    await vscode.focusFirstGroup();
    await vscode.editor.locator(".view-line", { hasText: "client_name" }).click();
    await vscode.page.keyboard.press("End");
    await vscode.page.keyboard.press("ArrowLeft");
    await vscode.page.keyboard.press("ArrowLeft");
    await vscode.page.keyboard.type(" and free");
    await vscode.webview.getByText("Wild and free").waitFor();
    // Out with the wildcard: oidc-provider takes the document then.
    await vscode.goTo(5, 6);
    for (const key of ["Shift+End", "Shift+ArrowLeft"]) await vscode.page.keyboard.press(key);
    await vscode.page.keyboard.type("https://notes.example.com/callback");
    await eventually(() => row("oidc-provider").textContent()).toContain("Loads");
    expect(await vscode.webview.locator("#reasons-fastmcp").count()).toBe(1);
    await row("fastmcp").click();
  });

  it("keeps the last rows while the text is broken, and leads to the mistake", async () => {
    onTestFailed(() => vscode.screenshot("compatibility-broken-failed"));
    await open("good.cimd.json");
    await eventually(heading).toContain("good.cimd.json");
    await vscode.goTo(3, 25);
    await vscode.page.keyboard.press("Backspace");
    await vscode.webview.locator(".notice").waitFor();
    expect(await row("fastmcp").textContent()).toContain("Loads");
    await vscode.webview.getByRole("button", { name: "Go to it" }).click();
    await selected().waitFor();
    await vscode.editor.locator(".view-line").first().click();
    await vscode.goTo(3, 24);
    await vscode.page.keyboard.type('"');
    await vscode.webview.locator(".notice").waitFor({ state: "detached" });
  });

  it("copies what is shown as Markdown", async () => {
    onTestFailed(() => vscode.screenshot("compatibility-copy-failed"));
    await vscode.webview.getByRole("searchbox").fill("fastmcp");
    await vscode.webview.getByRole("button", { name: "Copy as Markdown" }).click();
    const clipboard = () => vscode.page.evaluate(() => navigator.clipboard.readText());
    await eventually(clipboard).toContain("# Server compatibility of good.cimd.json");
    const lines = (await clipboard()).split("\n").filter((line) => line.startsWith("| **"));
    expect(lines.length).toBe(await vscode.webview.locator(".server-row").count());
    expect(lines.some((line) => line.startsWith("| **FastMCP** "))).toBe(true);
    await vscode.webview.getByRole("searchbox").fill("");
  });

  it("stays with a document when it is locked", async () => {
    onTestFailed(() => vscode.screenshot("compatibility-lock-failed"));
    await vscode.webview.getByRole("button", { name: "Lock" }).click();
    await vscode.tab("[Servers] good.cimd.json").waitFor();
    await open("desktop.cimd.json");
    await vscode.webview.getByRole("button", { name: "Locked" }).waitFor();
    expect(await heading()).toContain("good.cimd.json");
    await vscode.webview.getByRole("button", { name: "Locked" }).click();
    await eventually(heading).toContain("desktop.cimd.json");
  });

  it("makes a server a target, and shows the targets alone", async () => {
    onTestFailed(() => vscode.screenshot("compatibility-targets-failed"));
    await row("keycloak").click();
    await vscode.webview.getByRole("button", { name: "Set Keycloak as a target" }).click();
    await eventually(() => vscode.webview.locator(".server-row").count()).toBe(1);
    await eventually(() => row("keycloak").textContent()).toContain("target");
    await vscode.screenshot("compatibility-targets");
    await vscode.webview.getByRole("button", { name: "Targets only" }).click();
    expect(await vscode.webview.locator(".server-row").count()).toBeGreaterThan(10);
    await vscode.webview.getByRole("button", { name: "Remove Keycloak from the targets" }).click();
    await vscode.webview.locator(".pill").waitFor({ state: "detached" });
    await row("keycloak").click();
  });

  it("opens from the palette and is used with the keyboard alone", async () => {
    onTestFailed(() => vscode.screenshot("compatibility-keyboard-failed"));
    const { keyboard } = vscode.page;
    await open("fastmcp.cimd.json");
    await vscode.run("CIMD: Show Server Compatibility");
    await eventually(heading).toContain("fastmcp.cimd.json");
    // The second editor group has the view.
    await keyboard.press("Control+2");
    await eventually(async () => {
      await keyboard.press("Tab");
      return focused();
    }).toBe("filter");
    await keyboard.type("oidc-provider");
    await eventually(() => vscode.webview.locator(".server-row").count()).toBe(1);
    for (const key of ["ArrowDown", "ArrowDown"]) await keyboard.press(key);
    expect(await focused()).toBe("server-oidc-provider");
    await keyboard.press("ArrowRight");
    await vscode.webview.locator("#reasons-oidc-provider").waitFor();
    await keyboard.press("ArrowRight");
    expect(await focused()).toBe("reasons-oidc-provider");
    await vscode.screenshot("compatibility-keyboard");
    await keyboard.press("Tab");
    expect(await focused()).toMatch(/^reveal-oidc-provider-loads-/);
    await keyboard.press("Enter");
    await selected().waitFor();
  });

  it("runs nothing and loads nothing, whatever a document holds", async () => {
    onTestFailed(() => vscode.screenshot("compatibility-hostile-failed"));
    const requests: string[] = [];
    vscode.page.on("request", (request) => requests.push(request.url()));
    await open("hostile-rows.cimd.json");
    await eventually(heading).toContain("hostile-rows.cimd.json");
    await vscode.webview.getByRole("searchbox").fill("");
    await row("cloudflare-workers-oauth-provider").click();
    await vscode.webview.locator("#reasons-cloudflare-workers-oauth-provider").waitFor();
    await vscode.screenshot("compatibility-hostile");
    const found = await vscode.webview.locator("#page").evaluate((page) => ({
      names: [...new Set([...page.querySelectorAll("*")].map(({ localName }) => localName))],
      pwned: "pwned" in globalThis,
    }));
    expect(found.pwned).toBe(false);
    for (const name of ["script", "img", "svg", "iframe", "a", "form"])
      expect(found.names).not.toContain(name);
    expect(requests.filter((url) => url.includes("evil.invalid"))).toEqual([]);
    await row("cloudflare-workers-oauth-provider").click();
  });

  it("is there again after a reload of the window, as it was", async () => {
    onTestFailed(() => vscode.screenshot("compatibility-reload-failed"));
    await open("good.cimd.json");
    await eventually(heading).toContain("good.cimd.json");
    await group("unknown").click();
    await row("fastmcp").click();
    await vscode.webview.getByRole("searchbox").fill("server");
    await vscode.page.waitForTimeout(500); // what was chosen last is on its way
    // Unlike the browser's own reload, this one lets VS Code keep what is open as it is now.
    await vscode.run("Developer: Reload Window");
    await grid().waitFor({ state: "detached" });
    await vscode.tab("Servers: good.cimd.json").waitFor({ timeout: 60_000 });
    // VS Code brings a panel back when all its extension hosts run, which takes long on a busy machine.
    await vscode.webview.locator("#reasons-fastmcp").waitFor({ timeout: 90_000 });
    expect(await vscode.webview.getByRole("searchbox").inputValue()).toBe("server");
    expect(await group("unknown").getAttribute("aria-expanded")).toBe("false");
    await vscode.screenshot("compatibility-restored");
  });
});
