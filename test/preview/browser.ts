import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { createNonce, pageHtml } from "../../client/src/webview/pageHtml.js";
import { BROWSER_FLAGS, ensureBrowser } from "../vscode/harness/browser.mjs";
import { THEMES, type Theme } from "./themes.js";

const ORIGIN = "https://preview.invalid";
const DIST = fileURLToPath(new URL("../../client/dist/", import.meta.url));

let running: Promise<Browser> | undefined;

/** One Chromium a test file; each page gets a profile of its own in it. */
function browser(): Promise<Browser> {
  running ??= chromium.launch({ executablePath: ensureBrowser(), args: BROWSER_FLAGS });
  return running;
}

/** Ends the Chromium of this test file. */
export async function closeBrowser(): Promise<void> {
  await (await running)?.close();
  running = undefined;
}

/** The built pages, by the name of their script and style sheet. */
type Bundle = "page" | "compatibility" | "rehearsal";

/** A built page of the extension in Chromium, without VS Code around it. */
export class WebviewPage {
  readonly page: Page;
  /** Every address the page asked for, but its own three files; all are refused. */
  readonly requests: string[] = [];
  /** Dialogs, console errors, policy violations and exceptions: what must not happen. */
  readonly incidents: string[] = [];
  private constructor(page: Page) {
    this.page = page;
  }

  /** @returns the page once its script has said that it can draw */
  static async open(
    options: { theme?: Theme; width?: number; height?: number; bundle?: Bundle } = {},
  ): Promise<WebviewPage> {
    const { theme = "light", width = 1100, height = 900, bundle = "page" } = options;
    const context = await (await browser()).newContext({ viewport: { width, height } });
    const shown = new WebviewPage(await context.newPage());
    await shown.#load(theme, bundle);
    return shown;
  }

  async #load(theme: Theme, bundle: Bundle): Promise<void> {
    const html = pageHtml(createNonce(), `${ORIGIN}/page.js`, `${ORIGIN}/page.css`, "Consent preview");
    const files: Record<string, { body: string; contentType: string }> = {
      "/": { body: html, contentType: "text/html" },
      "/page.js": {
        body: readFileSync(`${DIST}${bundle}.js`, "utf8"),
        contentType: "text/javascript",
      },
      "/page.css": {
        body: readFileSync(`${DIST}${bundle}.css`, "utf8"),
        contentType: "text/css",
      },
    };
    const { page } = this;
    await page.route("**", (route) => {
      const url = new URL(route.request().url());
      const file = url.origin === ORIGIN ? files[url.pathname] : undefined;
      if (file) return route.fulfill(file);
      this.requests.push(url.href);
      return route.abort();
    });
    page.on("dialog", (dialog) => {
      this.incidents.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("pageerror", (error) => this.incidents.push(`exception: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") this.incidents.push(`console: ${message.text()}`);
    });
    page.on("popup", (popup) => this.incidents.push(`popup: ${popup.url()}`));
    page.on("framenavigated", (frame) => {
      if (!frame.url().startsWith(`${ORIGIN}/`) && frame.url() !== "about:blank")
        this.incidents.push(`navigation: ${frame.url()}`);
    });
    await page.addInitScript(
      ({ bodyClass, variables }) => {
        const sent: unknown[] = [];
        Object.assign(globalThis, {
          sent,
          acquireVsCodeApi: () => ({
            postMessage: (message: unknown) => sent.push(message),
            setState: (state: unknown) => Object.assign(globalThis, { state }),
            getState: () => undefined,
          }),
        });
        document.addEventListener("securitypolicyviolation", (violation) => {
          console.error(`policy: ${violation.violatedDirective} ${violation.blockedURI}`);
        });
        document.addEventListener("DOMContentLoaded", () => {
          if (location.pathname !== "/") return;
          document.body.className = bodyClass;
          for (const [name, value] of Object.entries(variables)) {
            document.documentElement.style.setProperty(name, value);
          }
        });
      },
      { ...THEMES[theme], variables: { ...THEMES[theme].variables } },
    );
    await page.goto(`${ORIGIN}/`);
    await page.waitForFunction(
      () => (globalThis as { sent?: { type: string }[] }).sent?.[0]?.type === "ready",
    );
  }

  /** Gives the page a message, as the extension does, and waits until it has been drawn. */
  async send(message: object): Promise<void> {
    await this.page.evaluate(
      (data) =>
        new Promise<void>((resolve) => {
          window.postMessage(data, "*");
          requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
        }),
      message,
    );
  }

  /**
   * Counts from now on how often an element of the page is changed.
   *
   * @returns what gives the number so far
   */
  async countChanges(): Promise<() => Promise<number>> {
    const counter = await this.page.evaluateHandle(() => {
      const counted = { changes: 0 };
      new MutationObserver((records) => {
        counted.changes += records.length;
      }).observe(document.querySelector("#page") as Element, {
        childList: true,
        subtree: true,
        characterData: true,
      });
      return counted;
    });
    return () => counter.evaluate(({ changes }) => changes);
  }

  /** Opens another page in its place, such as an exported file; it may load nothing. */
  async openHtml(html: string): Promise<void> {
    await this.page.route(`${ORIGIN}/exported.html`, (route) =>
      route.fulfill({ body: html, contentType: "text/html" }),
    );
    await this.page.goto(`${ORIGIN}/exported.html`);
  }

  /** What the page said to the extension so far. */
  sent(): Promise<{ readonly type: string; readonly [member: string]: unknown }[]> {
    return this.page.evaluate(() => (globalThis as unknown as { sent: { readonly type: string }[] }).sent);
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
