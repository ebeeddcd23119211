import { readFileSync } from "node:fs";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { exportedHtml } from "../../client/src/preview/exportHtml.js";
import type { Frame } from "../../client/src/preview/messages.js";
import type { ConsentChoices, ConsentView } from "../../server/src/views/consent/consentView.js";
import { violations } from "./axe.js";
import { closeBrowser, WebviewPage } from "./browser.js";
import { THEMES, type Theme } from "./themes.js";
import { GOOD, viewOf } from "./view.js";
import { XSS_CORPUS } from "./xssCorpus.js";

const CSS = new URL("../../client/dist/page.css", import.meta.url);

let preview: WebviewPage;
afterEach(() => preview.close());
afterAll(closeBrowser);

function frame(view: ConsentView, documentName = "client.cimd.json"): Frame {
  return { documentName, locked: false, view };
}

async function show(
  document: object | string,
  choices: Partial<ConsentChoices> = {},
  uri = "file:///client.cimd.json",
): Promise<void> {
  const state = {
    uri,
    locked: false,
    choices: { server: "fastmcp", ...choices },
  };
  await preview.send({
    type: "frame",
    frame: frame(viewOf(document, choices)),
    state,
  });
}

/** Everything a document can say, said with one text. */
function hostileDocument(text: string): object {
  return {
    client_id: `https://app.example.com/${text}`,
    client_name: text,
    client_uri: text,
    logo_uri: text,
    tos_uri: text,
    policy_uri: text,
    jwks_uri: text,
    contacts: [text],
    scope: text,
    application_type: text,
    redirect_uris: [text, `https://${text}/cb`],
    token_endpoint_auth_method: text,
    grant_types: [text],
    [text]: text,
  };
}

describe("hostile texts", () => {
  it.each(["fastmcp", "specification", "cloudflare-workers-oauth-provider"])(
    "run nothing, load nothing and show as they are, on the screen of %s",
    async (server) => {
      preview = await WebviewPage.open();
      for (const text of XSS_CORPUS) {
        await show(hostileDocument(text), {
          server,
          mcpServerName: text.slice(0, 200),
        });
        const shown = await preview.page.locator(".screen").evaluate((screen) => screen.textContent);
        expect(shown).toContain(text);
        // What a person could press, pressed.
        await preview.page.evaluate(() => {
          for (const element of document.querySelectorAll<HTMLElement>("#page *")) element.click();
        });
      }
      // The corpus once more, all in one text.
      await show(hostileDocument(XSS_CORPUS.join(" ")), { server });
      const elements = await preview.page.evaluate(() =>
        [...document.querySelectorAll("#page *")].map(({ localName }) => localName),
      );
      for (const name of [
        "script",
        "style",
        "img",
        "svg",
        "a",
        "form",
        "iframe",
        "object",
        "embed",
        "link",
      ]) {
        expect(elements).not.toContain(name);
      }
      expect(await preview.page.evaluate(() => "pwned" in globalThis)).toBe(false);
      expect(preview.requests).toEqual([]);
      expect(preview.incidents).toEqual([]);
    },
    90_000,
  );

  it("run nothing in the hosted report", async () => {
    preview = await WebviewPage.open();
    for (const text of XSS_CORPUS) {
      await preview.send({
        type: "report",
        view: {
          run: 1,
          runs: [
            { id: 2, label: text },
            { id: 1, label: text },
          ],
          shown: {
            kind: "hosted",
            report: {
              url: text,
              startedAt: text,
              durationMs: 1,
              steps: [
                {
                  id: text,
                  title: text,
                  state: "failed",
                  sentence: text,
                  fix: text,
                  details: [text],
                  durationMs: 1,
                },
              ],
              document: { text, bytes: 1 },
              summary: text,
              ok: false,
              extras: [{ id: "logo", hosts: [text] }],
              markdown: text,
            },
          },
        },
      });
      expect(await preview.page.locator(".report").evaluate((report) => report.textContent)).toContain(text);
    }
    expect(await preview.page.evaluate(() => "pwned" in globalThis)).toBe(false);
    expect(preview.requests).toEqual([]);
    expect(preview.incidents).toEqual([]);
  });

  it("run nothing in an exported file", async () => {
    preview = await WebviewPage.open();
    const view = viewOf(hostileDocument(XSS_CORPUS.join(" ")), {
      server: "specification",
    });
    const html = await exportedHtml(frame(view, XSS_CORPUS.join(" ")), readFileSync(CSS, "utf8"));
    await preview.openHtml(html);
    expect(await preview.page.locator("body").evaluate((body) => getComputedStyle(body).fontSize)).toBe(
      "13px",
    );
    expect(await preview.page.evaluate(() => "pwned" in globalThis)).toBe(false);
    expect(preview.requests).toEqual([]);
    expect(preview.incidents).toEqual([]);
  });

  it("cannot make the page say anything but what its messages allow", async () => {
    preview = await WebviewPage.open();
    await show(GOOD);
    const before = await preview.page.locator("#page").textContent();
    for (const message of [
      "text",
      { type: "frame" },
      { type: "eval", code: "pwned=1" },
      { type: "nothing", reason: { toString: "x" } },
      {
        type: "frame",
        frame: { documentName: "x", locked: false, view: { screen: {} } },
        state: {},
      },
    ]) {
      await preview.page.evaluate((data) => window.postMessage(data, "*"), message);
    }
    await preview.page.waitForTimeout(50);
    expect(await preview.page.locator("#page").textContent()).toBe(before);
    expect(preview.incidents).toEqual([]);
  });
});

describe("while typing", () => {
  it("keeps what is open, focused and scrolled, and touches only what changed", async () => {
    preview = await WebviewPage.open({ height: 400 });
    const { page } = preview;
    await show(GOOD);
    await page.locator("summary", { hasText: "Advanced Details" }).click();
    await page.locator("#choose-scopes").fill("files:re");
    await page.evaluate(() => window.scrollTo(0, 200));
    const changesSoFar = await preview.countChanges();

    await show({ ...GOOD, client_name: "Example Notebook" }, { scopes: "files:re" });

    await expect.poll(() => page.locator(".screen").textContent()).toContain("Example Notebook");
    expect(await page.locator(".screen-details").getAttribute("open")).not.toBeNull();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("choose-scopes");
    expect(await page.locator("#choose-scopes").inputValue()).toBe("files:re");
    expect(await page.evaluate(() => window.scrollY)).toBe(200);
    const changes = await changesSoFar();
    expect(changes).toBeGreaterThan(0);
    expect(changes).toBeLessThan(10);
  });

  it("keeps the last good screen while the text cannot be read, says why, and offers to go there", async () => {
    preview = await WebviewPage.open();
    const { page } = preview;
    await show(GOOD);
    await show('{ "client_name": "Half', {});
    expect(await page.locator(".screen").textContent()).toContain("Example Notes");
    await expect.poll(() => page.locator(".notice").textContent()).toContain("The string is not closed");
    await expect
      .poll(() => page.locator(".columns").evaluate((columns) => Number(getComputedStyle(columns).opacity)))
      .toBeLessThan(0.6);
    await page.getByRole("button", { name: "Go to it" }).click();
    expect(await preview.sent()).toContainEqual({ type: "revealBroken" });

    await show({ ...GOOD, client_name: "Whole again" });
    expect(await page.locator(".screen").textContent()).toContain("Whole again");
    expect(await page.locator(".notice").count()).toBe(0);
  });

  it("does not show one document's screen for another that is broken", async () => {
    preview = await WebviewPage.open();
    await show(GOOD, {}, "file:///a.cimd.json");
    await show('{ "client_name": "Other"', {}, "file:///b.cimd.json");
    expect(await preview.page.locator(".screen").textContent()).not.toContain("Example Notes");
  });
});

describe("the logo", () => {
  const document = { ...GOOD, logo_uri: "https://cdn.example.net/l.png" };
  const shown = async (logo?: Frame["logo"]) =>
    preview.send({
      type: "frame",
      frame: { ...frame(viewOf(document, { server: "specification" })), ...(logo ? { logo } : {}) },
      state: { uri: "file:///a", locked: false, choices: { server: "specification" } },
    });

  it("is a placeholder with the host's name until the person asks for it", async () => {
    preview = await WebviewPage.open();
    await shown();
    expect(await preview.page.locator(".screen img").count()).toBe(0);
    await preview.page.getByRole("button", { name: "Show logo from cdn.example.net" }).click();
    expect(await preview.sent()).toContainEqual({ type: "showLogo" });
    expect(preview.requests).toEqual([]);
  });

  it("is shown from the bytes that were fetched, also an SVG, which runs and loads nothing", async () => {
    preview = await WebviewPage.open();
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" onload="parent.pwned=1"><script>pwned=1</script><image href="https://evil.invalid/i.png"/><rect width="64" height="64"/></svg>`;
    await shown({
      state: "shown",
      src: `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`,
      description: "SVG, 1 KB",
    });
    const image = preview.page.getByRole("img", { name: "Logo from cdn.example.net" });
    await expect.poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBe(64);
    expect(await preview.page.evaluate(() => "pwned" in globalThis)).toBe(false);
    expect(preview.requests).toEqual([]);
    expect(preview.incidents).toEqual([]);
  });

  it("says why there is none", async () => {
    preview = await WebviewPage.open();
    await shown({ state: "refused", reason: "The logo's URL answers 404 instead of 200." });
    expect(await preview.page.locator(".logo-note").textContent()).toContain("answers 404");
    expect(await preview.page.getByRole("button", { name: "Show logo" }).count()).toBe(1);
  });
});

describe("a person without a mouse", () => {
  it("reaches every control in reading order and works it with the keyboard", async () => {
    preview = await WebviewPage.open();
    const { page } = preview;
    await show({ ...GOOD, client_name: "" });
    const stops: string[] = [];
    for (let at = 0; at < 14; at++) {
      await page.keyboard.press("Tab");
      stops.push(
        await page.evaluate(
          () => document.activeElement?.id || (document.activeElement?.textContent ?? "").trim(),
        ),
      );
    }
    expect(stops.slice(0, 12)).toEqual([
      "Lock",
      "Export…",
      "choose-server",
      "choose-redirectIndex",
      "choose-port",
      "choose-scopes",
      "choose-mcpServerName",
      "Advanced Details",
      "Allow Access",
      "Deny",
      "Why am I seeing this?",
      expect.any(String),
    ]);
    await page.getByRole("button", { name: "Allow Access" }).press("Enter");
    await expect.poll(() => page.getByRole("status").last().textContent()).toContain("Nothing was sent");
  });

  it("chooses, and the choice is sent whole", async () => {
    preview = await WebviewPage.open();
    const { page } = preview;
    await show(GOOD);
    await page.getByLabel("Authorization server").selectOption("specification");
    await page.getByLabel("Redirect URI").selectOption("1");
    await page.getByLabel("MCP server name").fill("Acme Files");
    await expect
      .poll(() => preview.sent())
      .toContainEqual({
        type: "choose",
        choices: {
          server: "specification",
          redirectIndex: 1,
          mcpServerName: "Acme Files",
        },
      });
    await page.getByLabel("Port").fill("");
    await page.getByLabel("Port").fill("99999");
    await page.waitForTimeout(250);
    expect(JSON.stringify(await preview.sent())).not.toContain("99999");
  });

  it.each(Object.keys(THEMES) as Theme[])("finds nothing in the way in the theme %s", async (theme) => {
    preview = await WebviewPage.open({ theme });
    const hard = {
      ...GOOD,
      client_id: "https://xn--bcher-kva.example/c.json",
      client_name: "Ex\u0430mple",
      logo_uri: "https://cdn.example.net/l.png",
      redirect_uris: ["http://localhost:*/callback"],
      scope: "files:read files:write",
    };
    for (const server of ["fastmcp", "specification"]) {
      await show(hard, { server });
      await preview.page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
      });
      expect(await violations(preview.page)).toEqual([]);
    }
    await show("{", {});
    await preview.page.waitForTimeout(600);
    expect((await violations(preview.page)).filter((found) => !found.startsWith("color-contrast"))).toEqual(
      [],
    );
  });
});

describe("every size and direction", () => {
  it.each([320, 480, 760, 1100, 2000])("fits %i px without scrolling sideways", async (width) => {
    preview = await WebviewPage.open({ width });
    await show({
      ...GOOD,
      client_name: "W".repeat(300),
      redirect_uris: [`https://${"a".repeat(300)}.example/cb`],
    });
    expect(await preview.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      width,
    );
  });

  it("keeps a right-to-left name and its override to themselves", async () => {
    preview = await WebviewPage.open();
    await show({ ...GOOD, client_name: "تطبيق \u202eالملاحظات" });
    const paragraph = preview.page.locator(".screen-text");
    expect(await paragraph.locator("bdi").first().textContent()).toContain("تطبيق");
    expect(await paragraph.evaluate((element) => getComputedStyle(element).direction)).toBe("ltr");
    // The words behind the name stay behind it.
    const [name, sentence] = await paragraph.evaluate((element) => {
      const range = document.createRange();
      const texts = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
      range.selectNode(texts[0] as Node);
      const before = range.getBoundingClientRect();
      const rtl = element.querySelector("bdi")?.getBoundingClientRect();
      return [rtl?.left ?? 0, before.left];
    });
    expect(name).toBeGreaterThan(sentence ?? 0);
  });
});
