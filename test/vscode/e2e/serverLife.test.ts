import { setTimeout as delay } from "node:timers/promises";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFailed, vi } from "vitest";
import { languageServersBelow } from "../languageServerProcesses.js";
import { Workbench } from "./workbench.js";

const FILE = "life.cimd.json";

const TEXT = `{
  "client_id": "https://notes.example.com/oauth/client.json",
  "client_name": "Notes",
  "redirect_uris": ["https://notes.example.com/oauth/callback"],
  "token_endpoint_auth_method": "none"
}
`;

/** Right behind the `https` of the client identifier URL, one-based. */
const BEHIND_SCHEME = { line: 2, column: 22 };

/** Crashes in a row after which the client gives up, as a person reads it. */
const CRASHES = 5;

/** How long a silent language server, and a busy machine, may take to be noticed, in milliseconds. */
const PATIENCE = 60_000;

describe("A language server that fails", () => {
  let vscode: Workbench;

  beforeAll(async () => {
    vscode = await Workbench.open({ trusted: true, files: { [FILE]: TEXT } });
    await vscode.openFile(FILE);
    await waitForLanguageServers(1);
    await breakAndMend();
  });
  afterAll(() => vscode?.close());

  function languageServers(): number[] {
    return languageServersBelow(vscode.serverProcess);
  }

  async function waitForLanguageServers(count: number): Promise<void> {
    await vi.waitFor(() => expect(languageServers()).toHaveLength(count), {
      timeout: PATIENCE,
      interval: 50,
    });
  }

  /** A living language server underlines a wrong scheme, and takes it back. */
  async function breakAndMend(): Promise<void> {
    await vscode.focusFirstGroup();
    await vscode.goTo(BEHIND_SCHEME.line, BEHIND_SCHEME.column);
    await vscode.page.keyboard.press("Backspace");
    await vscode.squiggles("error").first().waitFor();
    await vscode.page.keyboard.type("s");
    await vscode.squiggles("error").first().waitFor({ state: "detached" });
  }

  /** The notification that says something, once it is there. */
  async function notification(message: RegExp): Promise<Locator> {
    const found = (await vscode.showNotifications()).filter({ hasText: message }).first();
    await found.waitFor({ timeout: PATIENCE });
    return found;
  }

  /** Presses a button of a notification. */
  async function press(shown: Locator, button: string): Promise<void> {
    await shown.locator(".monaco-button", { hasText: button }).click();
  }

  it("and does not answer is noticed, shown in the language status, and restarted with one click", async () => {
    onTestFailed(() => vscode.screenshot("hang-failed"));
    const [hanging = 0] = languageServers();
    process.kill(hanging, "SIGSTOP");
    await vscode.goTo(BEHIND_SCHEME.line, BEHIND_SCHEME.column);
    await vscode.page.keyboard.press("Backspace");
    const message = /has not answered for \d+ seconds/;
    await notification(message);
    await vscode.screenshot("language-server-hangs");
    const status = await vscode.showLanguageStatus();
    expect((await status.allTextContents()).join()).toContain("does not answer");
    await vscode.page.keyboard.press("Escape");
    await press(await notification(message), "Restart");
    await vscode.squiggles("error").first().waitFor({ timeout: PATIENCE });
    await waitForLanguageServers(1);
    expect(languageServers()).not.toContain(hanging);
    await vscode.focusFirstGroup();
    await vscode.goTo(BEHIND_SCHEME.line, BEHIND_SCHEME.column - 1);
    await vscode.page.keyboard.type("s");
    await vscode.squiggles("error").first().waitFor({ state: "detached" });
  });

  it(`and crashes ${CRASHES} times in a row stays down with a clear message and a button that works`, async () => {
    onTestFailed(() => vscode.screenshot("crashes-failed"));
    await vscode.run("CIMD: Restart Language Server");
    await delay(1_000); // The restart takes the old one's crashes from the count.
    for (let crash = 1; crash <= CRASHES; crash += 1) {
      await waitForLanguageServers(1);
      const [killed = 0] = languageServers();
      process.kill(killed, "SIGKILL");
      await vi.waitFor(() => expect(languageServers()).not.toContain(killed), { timeout: PATIENCE });
    }
    const shown = await notification(/crashed 5 times and was not started again/);
    await vscode.screenshot("language-server-stays-down");
    expect(await (await vscode.showNotifications()).allTextContents()).not.toContainEqual(
      expect.stringContaining("connection"),
    );
    await press(shown, "Restart");
    await waitForLanguageServers(1);
    await breakAndMend();
  });
});
