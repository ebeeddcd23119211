import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Browser, chromium, type FrameLocator, type Locator, type Page } from "playwright-core";
import { BROWSER_FLAGS, ensureBrowser } from "../harness/browser.mjs";
import { type RunningServer, startCodeServer } from "../harness/codeServerProcess.mjs";
import { EXAMPLES, ROOT, SCREENSHOTS } from "../harness/paths.mjs";
import { copyWebExtension } from "../web/webExtension.mjs";

/** How long anything in the workbench may take on a busy machine, in milliseconds. */
const PATIENCE = 30_000;

/** A window of VS Code with the extension loaded, on a copy of examples/, and what a person does in it. */
export class Workbench {
  readonly page: Page;
  /** The folder that is open: a copy, so that nothing a test saves reaches the repository. */
  readonly folder: string;
  readonly #server: RunningServer;
  readonly #browser: Browser;

  private constructor(page: Page, folder: string, server: RunningServer, browser: Browser) {
    this.page = page;
    this.folder = folder;
    this.#server = server;
    this.#browser = browser;
  }

  /**
   * @param trusted whether every folder is trusted; otherwise the window opens in Restricted Mode
   * @param files further files in the folder: name and text
   * @param settings further settings of the machine
   * @param extensionsDir installed extensions, instead of the one that is being developed
   * @param language of VS Code, as a BCP 47 tag; extensions see it, and VS Code's own texts stay English without its
   *   language pack
   * @param web runs the extension in the web worker extension host, as VS Code for the Web does
   * @param browserFlags further flags of Chromium
   * @returns the window, once its workbench can be used
   */
  static async open({
    trusted,
    files = {},
    settings = {},
    extensionsDir,
    language,
    web = false,
    browserFlags = [],
  }: {
    trusted: boolean;
    files?: Record<string, string>;
    settings?: Record<string, unknown>;
    extensionsDir?: string;
    language?: string;
    web?: boolean;
    browserFlags?: readonly string[];
  }): Promise<Workbench> {
    const executablePath = ensureBrowser();
    const folder = path.join(mkdtempSync(path.join(tmpdir(), "cimd-e2e-")), "examples");
    cpSync(EXAMPLES, folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    const server = await startCodeServer({
      trusted,
      settings,
      ...(extensionsDir === undefined ? {} : { extensionsDir }),
    });
    const browser = await chromium.launch({ executablePath, args: [...BROWSER_FLAGS, ...browserFlags] });
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(PATIENCE);
    if (language !== undefined) await page.addInitScript(setLanguage, language);
    const workbench = new Workbench(page, folder, server, browser);
    const development = web ? copyWebExtension(path.join(path.dirname(folder), "extension")) : ROOT;
    await page.goto(server.url({ folder, ...(extensionsDir === undefined ? { development } : {}) }));
    await page
      .locator(".monaco-workbench .explorer-folders-view .monaco-list-row")
      .first()
      .waitFor({ timeout: 60_000 });
    return workbench;
  }

  /** Where the window is; what else a person has open can be in it, too. */
  get browser(): Browser {
    return this.#browser;
  }

  /** Process id of VS Code's server, below which the extension host and the language server run. */
  get serverProcess(): number {
    return this.#server.pid;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
    rmSync(path.dirname(this.folder), { recursive: true, force: true, maxRetries: 3 });
  }

  /** Keeps a picture of the window as a build artefact. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await this.page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) });
  }

  /** Opens a file by a double click in the explorer and puts the cursor into it. */
  async openFile(name: string): Promise<void> {
    await this.page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).dblclick();
    await this.tab(name).waitFor();
    await this.editor.locator(".view-line").first().click();
  }

  /** As {@link openFile}, in the first editor group, when a webview in another one may have the focus. */
  async openInFirstGroup(name: string): Promise<void> {
    await this.focusFirstGroup();
    await this.page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).dblclick();
    const tab = `.tab.active[data-resource-name="${name}"]`;
    await this.page.locator(tab).waitFor();
    await this.focusFirstGroup();
    await this.page.locator(`.editor-group-container.active ${tab}`).waitFor();
    await this.editor.locator(".view-line").first().click();
  }

  /** The tab of an open editor. */
  tab(name: string): Locator {
    return this.page.locator(".tabs-container .tab", { hasText: name });
  }

  /** The text editor that is in front. */
  get editor(): Locator {
    return this.page.locator(".editor-group-container.active .monaco-editor[role='code']").first();
  }

  /** Squiggly underlines of a severity in the editor, as far as they are in view. */
  squiggles(severity: "error" | "warning" | "info" | "hint"): Locator {
    return this.editor.locator(`.squiggly-${severity}`);
  }

  /**
   * Points at the first error until its hover shows a text. A code lens that arrives pushes the line away from under the
   * pointer, so it is pointed at again.
   */
  async hoverError(text: string): Promise<void> {
    const hover = this.page.locator(".monaco-hover:visible", { hasText: text });
    for (const deadline = Date.now() + PATIENCE; ; ) {
      await this.squiggles("error").first().hover({ force: true });
      try {
        await hover.waitFor({ timeout: 3_000 });
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await this.page.mouse.move(0, 0);
      }
    }
  }

  /**
   * Times, inside the page, what a person sees: from a key press until the editor shows its first error squiggle, or has
   * lost its last one.
   *
   * @param key what is pressed
   * @param appears which of the two
   * @returns milliseconds
   */
  async timeUntilSquiggle(key: string, appears: boolean): Promise<number> {
    const stopwatch = await this.page.evaluateHandle((wanted) => {
      const time = new Promise<number>((resolve) => {
        const onKey = () => {
          const pressed = performance.now();
          const observer = new MutationObserver(() => {
            if ((document.querySelector(".squiggly-error") !== null) !== wanted) return;
            observer.disconnect();
            resolve(performance.now() - pressed);
          });
          observer.observe(document.body, { childList: true, subtree: true, attributes: true });
        };
        addEventListener("keydown", onKey, { capture: true, once: true });
      });
      return { time };
    }, appears);
    await this.page.keyboard.press(key);
    return stopwatch.evaluate(({ time }) => time);
  }

  /** Puts the cursor into the text editor of the first group. A click is not lost in a webview, as a key press can be. */
  async focusFirstGroup(): Promise<void> {
    const group = this.page.locator(".editor-group-container").first();
    const lines = group.locator(".view-line");
    if ((await lines.count()) === 0) return;
    for (let attempt = 0; attempt < 5; attempt++) {
      // What the pointer was on last may have a tooltip over the text.
      await this.page.mouse.move(0, 0);
      await lines.first().click();
      await this.page.waitForTimeout(100); // a webview may take the focus back
      if (await group.evaluate(({ classList }) => classList.contains("active"))) return;
    }
  }

  /** Moves the cursor with Go to Line/Column, both one-based. */
  async goTo(line: number, column: number): Promise<void> {
    // A webview that has the focus may not let go of it at once: put the cursor into the editor and ask again.
    for (let attempt = 0; attempt < 5; attempt++) {
      await this.page.keyboard.press("Control+g");
      const shown = await this.quickInput.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
      if (shown) break;
      await this.page.locator(".monaco-editor[role='code'] .view-line").first().click();
    }
    await this.quickInput.waitFor();
    await this.page.keyboard.type(`${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await this.quickInput.waitFor({ state: "hidden" });
  }

  /** The box of the command palette, of a quick pick and of an input box. */
  get quickInput(): Locator {
    return this.page.locator(".quick-input-widget input[type='text']:visible");
  }

  /** The whole quick input widget, with its title, its list and its messages. */
  get quickInputWidget(): Locator {
    return this.page.locator(".quick-input-widget");
  }

  /**
   * Opens the command palette and types into it until a command is listed. A list that was opened before VS Code knew the
   * command does not change, so it is opened again.
   *
   * @returns the command's row
   */
  async searchCommand(typed: string, title: string): Promise<Locator> {
    const row = this.quickInputWidget.locator(".monaco-list-row", { hasText: title }).first();
    for (const deadline = Date.now() + PATIENCE; ; ) {
      await this.page.keyboard.press("F1");
      await this.quickInput.fill(`>${typed}`);
      try {
        await row.waitFor({ timeout: 2_000 });
        return row;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await this.dismiss();
      }
    }
  }

  /** Runs a command from the command palette; the beginning of its full title is enough. */
  async run(title: string): Promise<void> {
    const row = await this.searchCommand(title, title);
    await row.click();
  }

  /** The name of the language of the file in front, as the status bar shows it. */
  async languageMode(): Promise<string> {
    return (await this.page.locator("#status\\.editor\\.mode").textContent()) ?? "";
  }

  /** Leaves whatever asks for something, as a person does with Escape. */
  async dismiss(): Promise<void> {
    while ((await this.quickInput.count()) > 0) {
      await this.page.keyboard.press("Escape");
      await this.page.waitForTimeout(50); // it fades
    }
  }

  /** Opens the Problems panel. */
  async showProblems(): Promise<void> {
    if ((await this.problems.count()) === 0) await this.run("Problems: Focus on Problems View");
    await this.page.locator(".markers-panel").first().waitFor();
  }

  /** The rows of the Problems panel. */
  get problems(): Locator {
    return this.page.locator(".markers-panel .monaco-list-row");
  }

  /** Opens the language status of the file in front. @returns its rows, one for each item */
  async showLanguageStatus(): Promise<Locator> {
    const rows = this.page.locator(".hover-language-status");
    if ((await rows.count()) === 0) await this.page.locator("#status\\.languageStatus").click();
    await rows.first().waitFor();
    return rows;
  }

  /** Opens the list of notifications, which stay there when their toasts are gone. @returns its rows */
  async showNotifications(): Promise<Locator> {
    const center = this.page.locator(".notifications-center.visible");
    if ((await center.count()) === 0) await this.page.locator("#status\\.notifications").click();
    await center.waitFor();
    return center.locator(".notification-list-item");
  }

  /** What runs inside the webview that is in front. */
  get webview(): FrameLocator {
    return this.page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
  }
}

/** In the page, before VS Code: what its language packs do (`getNLSLanguage` in `vs/nls.messages.ts`). */
function setLanguage(language: string): void {
  Object.defineProperty(globalThis, "_VSCODE_NLS_LANGUAGE", { value: language });
}
