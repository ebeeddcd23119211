import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import {
  Client,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
  type OAuthTokens,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from "@modelcontextprotocol/client";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { SCREENSHOTS } from "../harness/paths.mjs";
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

const screenshotOf = (name: string) => path.join(SCREENSHOTS, `${name}.png`);

/** Waits as long as a person would on a busy machine. */
const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 30_000 });

/** A client that nobody here wrote, where it ends up with a code, and the browser it opens. */
class McpClient {
  readonly #openBrowser: (url: URL) => Promise<void>;
  readonly #answers: URLSearchParams[] = [];
  readonly #listener: Server;
  #redirectUrl = "";

  constructor(openBrowser: (url: URL) => Promise<void>) {
    this.#openBrowser = openBrowser;
    this.#listener = createServer(({ url = "" }, response) => {
      const { pathname, searchParams } = new URL(url, this.#redirectUrl);
      // Browsers ask for an icon, too.
      if (pathname === "/callback") this.#answers.push(searchParams);
      response.end("Back in the client.");
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#listener.listen(0, "127.0.0.1", resolve));
    this.#redirectUrl = `http://127.0.0.1:${(this.#listener.address() as AddressInfo).port}/callback`;
  }

  /** Signs in, and calls the tool. @returns what the tool says, or undefined where the browser did not come back */
  async whoAmI(address: string): Promise<string | undefined> {
    let tokens: OAuthTokens | undefined;
    let verifier = "";
    let discovered: OAuthDiscoveryState | undefined;
    const provider: OAuthClientProvider = {
      redirectUrl: this.#redirectUrl,
      clientMetadataUrl: CLIENT_ID,
      clientMetadata: { redirect_uris: [this.#redirectUrl], token_endpoint_auth_method: "none" },
      clientInformation: () => ({ client_id: CLIENT_ID }),
      tokens: () => tokens,
      saveTokens: (given) => {
        tokens = given;
      },
      redirectToAuthorization: (url) => this.#openBrowser(url),
      saveCodeVerifier: (given) => {
        verifier = given;
      },
      codeVerifier: () => verifier,
      saveDiscoveryState: (given) => {
        discovered = given;
      },
      discoveryState: () => discovered,
    };
    const transport = () => new StreamableHTTPClientTransport(new URL(address), { authProvider: provider });
    const first = transport();
    const unauthorized = await new Client({ name: "e2e", version: "1.0.0" }).connect(first).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(unauthorized).toBeInstanceOf(UnauthorizedError);
    const answer = this.#answers.pop();
    if (!answer) return undefined;
    await first.finishAuth(answer);
    const client = new Client({ name: "e2e", version: "1.0.0" });
    await client.connect(transport());
    const result = await client.callTool({ name: "whoami", arguments: {} });
    await client.close();
    return JSON.stringify(result);
  }

  close(): void {
    this.#listener.closeAllConnections();
    this.#listener.close();
  }
}

describe("CIMD: Rehearse Sign-In", () => {
  let vscode: Workbench;
  let client: McpClient;
  let address = "";
  /** What the browser showed when it was opened. */
  let shownInBrowser = "";

  beforeAll(async () => {
    vscode = await Workbench.open({
      trusted: true,
      files: { "rehearsed.cimd.json": DOCUMENT },
      // What is typed stays unsaved.
      settings: { "files.autoSave": "off" },
    });
    await vscode.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const opener = vscode.page.context().browser();
    if (!opener) throw new Error("VS Code runs in no browser.");
    client = new McpClient(async (url) => {
      const page = await opener.newPage();
      await page.goto(url.href);
      shownInBrowser = (await page.locator("body").textContent()) ?? "";
      const allow = page.getByRole("link", { name: /allow|approve|yes|accept|continue/i });
      if ((await allow.count()) > 0) {
        await page.screenshot({ path: screenshotOf("rehearsal-consent") });
        await allow.first().click();
        await page.getByText("Back in the client.").waitFor();
      }
      await page.close();
    });
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
    expect(shownInBrowser).toContain("redirect");
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
    expect(await client.whoAmI(address)).toContain(CLIENT_ID);
    expect(shownInBrowser).toContain("Acme Notes");
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
    await vscode.webview.getByText("Nobody listens at this address now.").waitFor();
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
