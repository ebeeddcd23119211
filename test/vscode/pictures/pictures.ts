// Makes the pictures of the README (light and dark) and of the walkthrough from the real VS Code, each by a person's
// actions: `npm run pictures`. A scene that cannot be played any more fails.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { Authority } from "../../hosted/certificates.js";
import { Host } from "../e2e/host.js";
import { McpClient } from "../e2e/mcpClient.js";
import { Workbench } from "../e2e/workbench.js";
import { ROOT } from "../harness/paths.mjs";

/** For the README: the repository and the marketplaces show them, the VSIX does not contain them. */
const README_PICTURES = path.join(ROOT, "client", "media", "pictures");
/** For the walkthrough: inside the VSIX, so they are small. */
const WALKTHROUGH_PICTURES = path.join(ROOT, "client", "media", "walkthrough");

const SIZE = { width: 1200, height: 720 };

/** A part of the window, in CSS pixels. */
interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A file with one mistake that specifications know, and one that only servers know. */
const NOTES = `{
  "client_id": "http://notes.acme.dev/oauth/client.cimd.json",
  "client_name": "Acme Notes",
  "client_uri": "https://notes.acme.dev/",
  "redirect_uris": [
    "http://localhost:*/callback",
    "https://notes.acme.dev/callback"
  ],
  "grant_types": ["authorization_code", "refresh_token"],
  "response_types": ["code"],
  "token_endpoint_auth_method": "none"
}
`;

const themes = [
  { name: "light", setting: "Default Light Modern" },
  { name: "dark", setting: "Default Dark Modern" },
] as const;

describe.each(themes)("Pictures, $name", ({ name: theme, setting }) => {
  const authority = Authority.root("Pictures Root");
  const host = new Host(authority);
  const scratch = mkdtempSync(path.join(tmpdir(), "cimd-pictures-"));
  let vscode: Workbench;

  beforeAll(async () => {
    const address = await host.listen();
    host.text = NOTES.replace(
      "http://notes.acme.dev/oauth/client.cimd.json",
      `https://${address}/client.json`,
    );
    const certificate = path.join(scratch, "root.pem");
    writeFileSync(certificate, authority.identity.cert);
    process.env["NODE_EXTRA_CA_CERTS"] = certificate;
    vscode = await Workbench.open({
      trusted: true,
      files: {
        "notes.cimd.json": NOTES,
        "acme.cimd.json": NOTES.replace("http://notes", "https://notes"),
        "published.cimd.json": host.text,
      },
      settings: {
        "workbench.colorTheme": setting,
        "editor.minimap.enabled": false,
        "window.commandCenter": false,
        "workbench.layoutControl.enabled": false,
        // No tooltip lies over a picture because the pointer rested somewhere.
        "workbench.hover.delay": 60_000,
        "cimd.hosted.allowPrivateNetwork": true,
        "cimd.rules": {
          "document/placeholder": "off",
          "uri/special-use-host": "off",
          "client-id/special-use-host": "off",
        },
      },
    });
    await vscode.page.setViewportSize(SIZE);
    mkdirSync(README_PICTURES, { recursive: true });
  });
  afterAll(async () => {
    delete process.env["NODE_EXTRA_CA_CERTS"];
    await vscode?.close();
    host.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  /** Opens a file alone, without the explorer beside it and the panel below. */
  async function open(file: string): Promise<void> {
    await hidePanel();
    await vscode.run("View: Close All Editors");
    await vscode.run("Explorer: Focus on Folders View");
    await vscode.openFile(file);
    await vscode.run("View: Close Primary Side Bar");
    await vscode.focusFirstGroup();
  }

  async function hidePanel(): Promise<void> {
    const close = vscode.page.locator(".part.panel .codicon-panel-close:visible");
    if ((await close.count()) > 0) await close.first().click();
  }

  /**
   * Keeps what the window shows, for the README and, where the walkthrough has a page for it, a part of it for that.
   *
   * @param walkthrough the page's name, and what is shown there, in CSS pixels
   */
  async function keep(scene: string, walkthrough?: { page: string; clip: Clip }): Promise<void> {
    await vscode.page.mouse.move(0, SIZE.height);
    // What is still fading or sliding comes to rest.
    await vscode.page.waitForTimeout(700);
    await vscode.page.screenshot({ path: path.join(README_PICTURES, `${scene}-${theme}.png`) });
    if (!walkthrough || theme !== "dark") return;
    const part = await vscode.page.screenshot({ clip: walkthrough.clip });
    writeFileSync(path.join(WALKTHROUGH_PICTURES, `${walkthrough.page}.webp`), await asWebP(vscode, part));
  }

  it("problems: what is wrong, and for whom", async () => {
    await open("notes.cimd.json");
    await vscode.squiggles("error").first().waitFor();
    await vscode.showProblems();
    await vscode.goTo(2, 20);
    await vscode.run("Show or Focus Hover");
    await vscode.page.locator(".monaco-hover:visible", { hasText: "https" }).first().waitFor();
    await keep("problems");
    await vscode.page.keyboard.press("Escape");
  });

  it("fixes: the light bulb", async () => {
    await open("acme.cimd.json");
    await vscode.squiggles("info").first().waitFor();
    await vscode.goTo(6, 23);
    await vscode.page.keyboard.press("Control+.");
    await vscode.page.locator(".action-widget:visible .monaco-list-row").first().waitFor();
    await keep("fixes", { page: "understand", clip: { x: 52, y: 40, width: 700, height: 270 } });
    await vscode.page.keyboard.press("Escape");
  });

  it("preview: the consent screen", async () => {
    await open("acme.cimd.json");
    await vscode.run("CIMD: Preview Consent Screen to the Side");
    await vscode.webview.getByText("Acme Notes").first().waitFor();
    await keep("preview", { page: "preview", clip: { x: 626, y: 220, width: 560, height: 440 } });
  });

  it("compatibility: which servers take it", async () => {
    await open("acme.cimd.json");
    await vscode.run("CIMD: Show Server Compatibility");
    await vscode.webview.getByText("Nobody can sign in").first().waitFor();
    await keep("compatibility");
  });

  it("rehearse: a sign-in before anything is hosted", async () => {
    const client = new McpClient(vscode.browser, "https://notes.acme.dev/oauth/client.cimd.json");
    await client.listen();
    try {
      await open("acme.cimd.json");
      await vscode.run("CIMD: Rehearse Sign-In");
      const address = (await vscode.webview.locator(".url").textContent()) ?? "";
      await client.whoAmI(address);
      await vscode.webview.locator(".step-failed").first().waitFor();
      await keep("rehearse", { page: "rehearse", clip: { x: 626, y: 50, width: 560, height: 520 } });
      await vscode.run("View: Close All Editors");
    } finally {
      client.close();
    }
  });

  it("validate: the hosted document", async () => {
    await open("published.cimd.json");
    await vscode.run("CIMD: Validate Hosted Document");
    await vscode.quickInputWidget.filter({ hasText: "The request goes to" }).waitFor();
    await vscode.page.keyboard.press("Enter");
    await vscode.webview.locator(".step-passed").first().waitFor();
    await vscode.webview.getByRole("button", { name: "Run again" }).waitFor();
    await keep("validate", { page: "validate", clip: { x: 626, y: 50, width: 560, height: 330 } });
  });

  it("create: a new document by questions", async () => {
    await open("acme.cimd.json");
    await vscode.run("CIMD: Create Document");
    await vscode.quickInputWidget.locator(".monaco-list-row").first().waitFor();
    await keep("create", { page: "create", clip: { x: 290, y: 0, width: 620, height: 252 } });
    await vscode.dismiss();
  });
});

/** A picture small enough for the VSIX, whose size has a budget. */
async function asWebP({ page }: Workbench, png: Buffer): Promise<Buffer> {
  const encoded = await page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * 0.8);
    canvas.height = Math.round(image.height * 0.8);
    const context = canvas.getContext("2d");
    if (!context) throw new Error("This browser draws nothing.");
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/webp", 0.35).split(",")[1] ?? "";
  }, png.toString("base64"));
  return Buffer.from(encoded, "base64");
}
