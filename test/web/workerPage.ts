import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { BROWSER_FLAGS, ensureBrowser } from "../vscode/harness/browser.mjs";

const SCRIPT = fileURLToPath(new URL("../../server/dist/languageServer.web.js", import.meta.url));
const ORIGIN = "https://editor.invalid";

/** What the page has beside the worker: an LSP client as small as can be. */
interface WorkerClient {
  request(method: string, params: unknown): Promise<unknown>;
  notify(method: string, params: unknown): void;
  readonly notifications: { method: string; params: unknown }[];
  readonly settings: { value: unknown };
}

/** The built language server in a web worker of a real Chromium, with an LSP client on the page. */
export class WorkerPage {
  readonly page: Page;
  readonly #browser: Browser;
  /** What the worker asked of the network, and what it is answered; everything else is refused. */
  readonly hosts = new Map<string, { status?: number; headers?: Record<string, string>; body?: string }>();
  readonly requests: { url: string; headers: Record<string, string> }[] = [];

  private constructor(page: Page, browser: Browser) {
    this.page = page;
    this.#browser = browser;
  }

  static async open(): Promise<WorkerPage> {
    const browser = await chromium.launch({ executablePath: ensureBrowser(), args: BROWSER_FLAGS });
    const page = await browser.newPage();
    const opened = new WorkerPage(page, browser);
    await page.context().route("**", async (route) => {
      const request = route.request();
      const url = request.url();
      if (url === `${ORIGIN}/`) return route.fulfill({ body: "<!doctype html>", contentType: "text/html" });
      opened.requests.push({ url, headers: await request.allHeaders() });
      const answer = opened.hosts.get(url);
      if (!answer) return route.abort("connectionrefused");
      return route.fulfill({ status: 200, ...answer });
    });
    await page.goto(`${ORIGIN}/`);
    await page.evaluate(startClient, readFileSync(SCRIPT, "utf8"));
    return opened;
  }

  request<T>(method: string, params: unknown): Promise<T> {
    return this.page.evaluate(
      ([name, given]) =>
        (globalThis as unknown as { client: WorkerClient }).client.request(name as string, given),
      [method, params],
    ) as Promise<T>;
  }

  async notify(method: string, params: unknown): Promise<void> {
    await this.page.evaluate(
      ([name, given]) =>
        (globalThis as unknown as { client: WorkerClient }).client.notify(name as string, given),
      [method, params],
    );
  }

  /** The notifications of a kind so far. */
  notifications(method: string): Promise<unknown[]> {
    return this.page.evaluate(
      (wanted) =>
        (globalThis as unknown as { client: WorkerClient }).client.notifications
          .filter(({ method: name }) => name === wanted)
          .map(({ params }) => params),
      method,
    );
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

/** Runs in the page: starts the worker and waits until it listens. */
async function startClient(script: string): Promise<void> {
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  const pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const notifications: { method: string; params: unknown }[] = [];
  const settings = { value: {} as unknown };
  let last = 0;
  await new Promise<void>((resolve, reject) => {
    worker.addEventListener("message", ({ data }) => (data === "ready" ? resolve() : undefined));
    worker.addEventListener("error", ({ message }) => reject(new Error(message)));
  });
  worker.addEventListener("message", ({ data }) => {
    if (data.method !== undefined && data.id !== undefined) {
      const result = data.method === "workspace/configuration" ? [settings.value] : null;
      worker.postMessage({ jsonrpc: "2.0", id: data.id, result });
    } else if (data.method !== undefined) {
      notifications.push({ method: data.method, params: data.params });
    } else {
      const waiting = pending.get(data.id);
      pending.delete(data.id);
      if (data.error) waiting?.reject(new Error(data.error.message));
      else waiting?.resolve(data.result);
    }
  });
  const client: WorkerClient = {
    notifications,
    settings,
    notify: (method, params) => worker.postMessage({ jsonrpc: "2.0", method, params }),
    request: (method, params) =>
      new Promise((resolve, reject) => {
        last += 1;
        pending.set(last, { resolve, reject });
        worker.postMessage({ jsonrpc: "2.0", id: last, method, params });
      }),
  };
  Object.assign(globalThis, { client });
}
