import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violations } from "../preview/axe.js";
import { BROWSER_FLAGS, ensureBrowser } from "../vscode/harness/browser.mjs";
import { DOCUMENT, rehearse } from "./support/rehearse.js";

let browser: Browser;
let client: Server;
let redirectUri: string;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: ensureBrowser(), args: BROWSER_FLAGS });
  client = createServer((_request, response) => response.end("back"));
  await new Promise<void>((resolve) => client.listen(0, "127.0.0.1", resolve));
  redirectUri = `http://127.0.0.1:${(client.address() as AddressInfo).port}/callback`;
}, 240_000);

afterAll(async () => {
  await browser?.close();
  client?.close();
});

interface Shown {
  readonly page: Page;
  /** Errors, policy violations, and requests of other origins. */
  readonly incidents: string[];
}

async function open(document: object, server?: string): Promise<Shown> {
  const run = await rehearse({ ...document, redirect_uris: [redirectUri] }, { consent: "ask", server });
  const page = await browser.newPage({ bypassCSP: false });
  const incidents: string[] = [];
  page.on("console", (message) => message.type() === "error" && incidents.push(message.text()));
  page.on("dialog", (dialog) => incidents.push(dialog.message()));
  page.on("request", (request) => {
    if (!request.url().startsWith(run.origin) && !request.url().startsWith(redirectUri))
      incidents.push(request.url());
  });
  const parameters = new URLSearchParams({
    response_type: "code",
    client_id: DOCUMENT.client_id,
    redirect_uri: redirectUri,
    state: "mine",
    code_challenge: "a".repeat(43),
    code_challenge_method: "S256",
    resource: run.rehearsal.address,
    scope: "read",
  });
  await page.goto(`${run.origin}/authorize?${parameters}`);
  return { page, incidents };
}

describe("the consent page in a browser", () => {
  it.each([undefined, "fastmcp", "keycloak", "logto"])(
    "(%s) leads back to the client",
    { timeout: 60_000 },
    async (server) => {
      const { page, incidents } = await open(DOCUMENT, server);
      if (process.env["CIMD_SCREENSHOTS"])
        await page.screenshot({ path: `${process.env["CIMD_SCREENSHOTS"]}/${server}.png`, fullPage: true });
      await page.locator(".decision a.allow").click();
      await page.waitForURL(`${redirectUri}?**`);
      const back = new URL(page.url()).searchParams;
      expect(back.get("code")).toBeTruthy();
      expect(back.get("state")).toBe("mine");
      expect(incidents).toEqual([]);
      await page.close();
    },
  );

  it("says no with the keyboard alone", { timeout: 60_000 }, async () => {
    const { page } = await open(DOCUMENT);
    await page.locator(".decision a").last().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(`${redirectUri}?**`);
    expect(new URL(page.url()).searchParams.get("error")).toBe("access_denied");
    await page.close();
  });

  it("is no page of the document's author", { timeout: 60_000 }, async () => {
    const attack = '"><script>alert(1)</script><img src=http://127.0.0.1:9/x onerror=alert(2)>';
    const { page, incidents } = await open({
      ...DOCUMENT,
      client_name: attack,
      client_uri: `https://app.acme.dev/${encodeURIComponent(attack)}`,
      logo_uri: "https://app.acme.dev/logo.png",
    });
    expect(await page.locator("script, img").count()).toBe(0);
    expect(incidents).toEqual([]);
    await page.close();
  });

  it("has nothing that axe finds", { timeout: 60_000 }, async () => {
    const { page } = await open(DOCUMENT);
    // Axe is a script, which the page's own policy would stop.
    const context = await browser.newContext({ bypassCSP: true });
    const free = await context.newPage();
    await free.setContent(await page.content());
    expect(await violations(free)).toEqual([]);
    await context.close();
    await page.close();
  });
});
