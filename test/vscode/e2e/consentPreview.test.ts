import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { XSS_CORPUS } from "../../preview/xssCorpus.js";
import { Workbench } from "./workbench.js";

const GOOD = {
  client_id: "https://notes.example.com/oauth/client.json",
  client_name: "Notes",
  client_uri: "https://notes.example.com/",
  redirect_uris: ["http://127.0.0.1/callback", "https://notes.example.com/callback"],
  application_type: "native",
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  token_endpoint_auth_method: "none",
};

/** Every hostile text in every place a document has for one. */
const HOSTILE = {
  client_id: `https://notes.example.com/${XSS_CORPUS[0]}`,
  client_name: XSS_CORPUS.join(" "),
  client_uri: XSS_CORPUS.join(" "),
  logo_uri: XSS_CORPUS.join(" "),
  tos_uri: XSS_CORPUS.join(" "),
  scope: XSS_CORPUS.join(" "),
  redirect_uris: XSS_CORPUS,
  ...Object.fromEntries(XSS_CORPUS.map((text) => [text, text])),
};

/** JSON in ASCII: VS Code asks about raw U+2028 before it shows a file. */
const json = (document: object) =>
  JSON.stringify(document, undefined, 2).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** Waits as long as a person would on a busy machine. */
const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 20_000 });

/** About 5 KB. */
const LARGE = { ...GOOD, contacts: Array.from({ length: 110 }, (_, at) => `person-${at}@notes.example.com`) };

describe("The consent preview", () => {
  let vscode: Workbench;

  beforeAll(async () => {
    vscode = await Workbench.open({
      trusted: true,
      files: {
        "first.cimd.json": json(GOOD),
        "second.cimd.json": json({ ...GOOD, client_name: "Other Notes" }),
        "hostile-all.cimd.json": json(HOSTILE),
        "large.cimd.json": json(LARGE),
      },
    });
  });
  afterAll(() => vscode?.close());

  /** Opens a file in the first editor group, where the preview is not. */
  const open = (name: string) => vscode.openInFirstGroup(name);

  const screen = () => vscode.webview.locator(".screen");

  it("runs nothing and loads nothing, whatever a document holds", async () => {
    onTestFailed(() => vscode.screenshot("preview-hostile-failed"));
    const requests: string[] = [];
    const dialogs: string[] = [];
    vscode.page.on("request", (request) => requests.push(request.url()));
    vscode.page.on("dialog", (dialog) => {
      // VS Code's own question about unsaved files, when the window is reloaded.
      if (dialog.type() === "beforeunload") return void dialog.accept();
      dialogs.push(dialog.message());
      return void dialog.dismiss();
    });
    await open("hostile-all.cimd.json");
    await vscode.run("CIMD: Preview Consent Screen to the Side");
    await screen().waitFor();
    await eventually(() => screen().textContent()).toContain(XSS_CORPUS[0]);
    for (const server of ["specification", "fastmcp"]) {
      await vscode.webview.getByLabel("Authorization server").selectOption(server);
      await eventually(() => vscode.webview.getByLabel("Authorization server").inputValue()).toBe(server);
      await vscode.webview.locator("summary").first().click();
    }
    await vscode.screenshot("preview-hostile");
    const tags = await vscode.webview.locator("#page").evaluate((page) => {
      const names = new Set([...page.querySelectorAll("*")].map(({ localName }) => localName));
      return { names: [...names], pwned: "pwned" in globalThis };
    });
    expect(tags.pwned).toBe(false);
    for (const name of ["script", "img", "svg", "iframe", "a", "form"])
      expect(tags.names).not.toContain(name);
    expect(requests.filter((url) => url.includes("evil.invalid"))).toEqual([]);
    expect(dialogs).toEqual([]);
  });

  it("follows the active document, and stays when it is locked", async () => {
    onTestFailed(() => vscode.screenshot("preview-follow-failed"));
    await open("first.cimd.json");
    await eventually(() => screen().textContent()).toContain("The application Notes wants");
    await vscode.webview.getByRole("button", { name: "Lock" }).click();
    await vscode.tab("[Consent] first.cimd.json").waitFor();
    await open("second.cimd.json");
    await vscode.webview.getByRole("button", { name: "Locked" }).waitFor();
    expect(await screen().textContent()).toContain("The application Notes wants");
    await vscode.webview.getByRole("button", { name: "Locked" }).click();
    await eventually(() => screen().textContent()).toContain("Other Notes");
  });

  it("keeps the last good screen while the text is broken, and leads to the mistake", async () => {
    onTestFailed(() => vscode.screenshot("preview-broken-failed"));
    await open("first.cimd.json");
    await eventually(() => screen().textContent()).toContain("The application Notes wants");
    await vscode.goTo(3, 25);
    await vscode.page.keyboard.press("Backspace");
    await vscode.webview.locator(".notice").waitFor();
    expect(await screen().textContent()).toContain("The application Notes wants");
    await vscode.screenshot("preview-broken");
    await vscode.webview.getByRole("button", { name: "Go to it" }).click();
    await vscode.page.locator("#status\\.editor\\.selection", { hasText: "selected" }).waitFor();
    await vscode.editor.locator(".view-line").first().click();
    await vscode.goTo(3, 24);
    await vscode.page.keyboard.type('"');
    await vscode.webview.locator(".notice").waitFor({ state: "detached" });
  });

  it("remembers the choices of each file", async () => {
    onTestFailed(() => vscode.screenshot("preview-choices-failed"));
    await open("second.cimd.json");
    await eventually(() => screen().textContent()).toContain("Other Notes");
    await vscode.webview.getByLabel("Redirect URI").selectOption("1");
    await vscode.webview.getByLabel("MCP server name").fill("Acme Files");
    await eventually(() => screen().textContent()).toContain("Acme Files");
    await open("first.cimd.json");
    await eventually(() => screen().textContent()).toContain("The application Notes wants");
    expect(await screen().textContent()).not.toContain("Acme Files");
    await open("second.cimd.json");
    await eventually(() => screen().textContent()).toContain("Acme Files");
    expect(await screen().textContent()).toContain("https://notes.example.com/callback");
  });

  it("exports what it shows as one file without a script", async () => {
    onTestFailed(() => vscode.screenshot("preview-export-failed"));
    await open("second.cimd.json");
    await eventually(() => screen().textContent()).toContain("Other Notes");
    await vscode.webview.getByRole("button", { name: "Export…" }).click();
    await vscode.quickInput.waitFor();
    await eventually(() => vscode.quickInput.inputValue()).toContain("second.consent.html");
    await vscode.quickInput.press("Enter");
    const file = path.join(vscode.folder, "second.consent.html");
    await eventually(async () => existsSync(file)).toBe(true);
    const html = readFileSync(file, "utf8");
    expect(html).toContain("Other Notes");
    expect(html).toContain("default-src &#39;none&#39;");
    expect(html).not.toContain("<script");
  });

  it("follows typing in a 5 KB document (measured, not judged)", async () => {
    onTestFailed(() => vscode.screenshot("preview-typing-failed"));
    await open("large.cimd.json");
    await eventually(() => vscode.webview.locator("h1").textContent()).toContain("large.cimd.json");
    await vscode.goTo(3, 24);
    const times: number[] = [];
    for (let at = 0; at < 15; at++) {
      const text = `Notes${"x".repeat(at + 1)} wants`;
      const start = performance.now();
      await vscode.page.keyboard.press("x");
      await vscode.webview.locator(".screen-text", { hasText: text }).waitFor();
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    console.log(`Key to preview: median ${times[7]?.toFixed(0)} ms, slowest ${times[14]?.toFixed(0)} ms`);
    expect(times).toHaveLength(15);
    await vscode.screenshot("preview-large");
  });

  it("is there again after a reload of the window", async () => {
    onTestFailed(() => vscode.screenshot("preview-reload-failed"));
    await vscode.page.reload();
    await vscode.tab("Consent: ").waitFor({ timeout: 60_000 });
    // VS Code brings a panel back when all its extension hosts run, which takes long on a busy machine.
    await screen().waitFor({ timeout: 90_000 });
    await eventually(() => screen().textContent()).toContain("Application Access Request");
    await vscode.screenshot("preview-restored");
  });
});
