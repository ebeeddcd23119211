import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { FromPage, type RehearsalView, type ToPage } from "../../../client/src/rehearsal/messages.js";
import { violations } from "../../preview/axe.js";
import { closeBrowser, WebviewPage } from "../../preview/browser.js";
import { THEMES, type Theme } from "../../preview/themes.js";
import { XSS_CORPUS } from "../../preview/xssCorpus.js";

/** Where the pictures go, for people to look at. */
const FOLDER = fileURLToPath(new URL("../../../.cache/rehearsal-screenshots/", import.meta.url));

type Step = RehearsalView["steps"][number];

const step = (title: string, outcome: Step["outcome"], sentence: string, ...detail: string[]): Step => ({
  title,
  outcome,
  sentence,
  detail,
  at: 1234,
});

const STEPS: readonly Step[] = [
  step("Document", "passed", "FastMCP loads the document."),
  step(
    "First request",
    "passed",
    "The client asked without a token and was sent to the authorization server.",
  ),
  step("Dynamic registration", "warning", "The client registered itself instead of using the document."),
  step(
    "Authorization request",
    "failed",
    "`redirect_uri` http://localhost:51353/cb is not one of the document's entries.",
    "The nearest entry is http://127.0.0.1/callback: host and path differ.",
    "PKCE with S256: right.",
  ),
  step("Consent", "note", "The consent page was shown."),
];

const RUNNING: RehearsalView = {
  documentName: "client.cimd.json",
  phase: "running",
  reason: "",
  address: "http://127.0.0.1:49152/mcp",
  signedIn: false,
  server: "specification",
  servers: [
    { id: "fastmcp", name: "FastMCP" },
    { id: "specification", name: "Any server (specifications)" },
    { id: "keycloak", name: "Keycloak" },
  ],
  earlier: 0,
  steps: [],
};

let shown: WebviewPage;
afterEach(() => shown.close());
afterAll(closeBrowser);

async function open(
  change: Partial<RehearsalView> = {},
  options: { theme?: Theme; width?: number; height?: number } = {},
): Promise<WebviewPage["page"]> {
  shown = await WebviewPage.open({ ...options, bundle: "rehearsal" });
  await show(change);
  return shown.page;
}

function show(change: Partial<RehearsalView> = {}): Promise<void> {
  const message: ToPage = { type: "rehearsal", view: { ...RUNNING, ...change } };
  return shown.send(message);
}

/** What the page said, as the extension reads it. */
async function sent(): Promise<FromPage[]> {
  return (await shown.sent()).map((message) => FromPage.parse(message));
}

const announced = () => shown.page.locator("#announcer").textContent();

describe("hostile texts", () => {
  it("run nothing, load nothing and show as they are", async () => {
    const hostile = XSS_CORPUS.map((text) => ({ ...step(text, "failed", text, text), at: 0 }));
    const page = await open({
      documentName: XSS_CORPUS.join(" "),
      reason: XSS_CORPUS.join(" "),
      address: XSS_CORPUS[0] ?? "",
      servers: [{ id: XSS_CORPUS[1] ?? "", name: XSS_CORPUS[2] ?? "" }],
      remote: XSS_CORPUS[0] ?? "",
      steps: hostile,
    });
    await page.evaluate(() => {
      for (const element of document.querySelectorAll<HTMLElement>("#page *")) element.click();
    });
    expect(await page.locator(".steps").textContent()).toContain(XSS_CORPUS[0]);
    const elements = await page.evaluate(() =>
      [...document.querySelectorAll("#page *")].map(({ localName }) => localName),
    );
    for (const name of ["script", "style", "img", "svg", "a", "form", "iframe", "object", "embed", "link"])
      expect(elements).not.toContain(name);
    expect(await page.evaluate(() => "pwned" in globalThis)).toBe(false);
    expect(shown.requests).toEqual([]);
    expect(shown.incidents).toEqual([]);
  });

  it("cannot make the page say anything but what its messages allow", async () => {
    const page = await open();
    const before = await page.locator("#page").textContent();
    for (const message of ["text", { type: "rehearsal" }, { type: "nothing", reason: "x" }])
      await shown.send(message as object);
    expect(await page.locator("#page").textContent()).toBe(before);
    expect(shown.incidents).toEqual([]);
  });
});

describe("what a person sees", () => {
  it("is the address, and that the client is waited for", async () => {
    const page = await open();
    expect(await page.locator(".url").textContent()).toBe("http://127.0.0.1:49152/mcp");
    expect(await page.locator("main").textContent()).toContain(
      "Waiting for the first request of your client…",
    );
    expect(await page.locator(".limits").textContent()).toContain(
      "Only clients on the same machine reach it.",
    );
  });

  it("is each step, by word and not by colour alone, with what was right and wrong in it", async () => {
    const page = await open({ steps: [...STEPS] });
    const items = page.getByRole("list").first().getByRole("listitem");
    expect(await page.locator(".step-state").allTextContents()).toEqual([
      "passed",
      "passed",
      "warning",
      "failed",
      "note",
    ]);
    expect(await items.first().getByRole("heading", { level: 3 }).textContent()).toBe("Document 1.2 s");
    expect(await page.locator(".step-failed .step-more li").allTextContents()).toEqual(STEPS[3]?.detail);
    expect(await page.locator(".step-failed code").textContent()).toBe("redirect_uri");
  });

  it("is that the client has signed in, that it ended and why, and where the address is", async () => {
    const page = await open({ signedIn: true, remote: "ssh-remote" });
    expect(await page.locator(".address").textContent()).toContain("Signed in");
    expect(await page.locator(".address").textContent()).toContain("another machine (ssh-remote)");
    await show({ phase: "ended", reason: "The document was closed." });
    expect(await page.getByRole("status").first().textContent()).toBe("The document was closed.");
    expect(await page.locator(".address").textContent()).toContain("Nothing listens at this address now.");
    expect(await page.getByRole("button").allTextContents()).toEqual(["Start Again"]);
    await show({ earlier: 7, steps: [...STEPS] });
    expect(await page.locator("main").textContent()).toContain("Earlier steps that are no longer shown: 7.");
  });

  it("says what is pressed and chosen", async () => {
    const page = await open({ steps: [...STEPS] });
    for (const name of ["Copy Address", "Copy Configuration…", "Stop", "Clear"])
      await page.getByRole("button", { name }).click();
    await page.getByLabel("Answers as").selectOption("keycloak");
    await show({ phase: "ended" });
    await page.getByRole("button", { name: "Start Again" }).click();
    expect((await sent()).slice(1)).toEqual([
      { type: "copyAddress" },
      { type: "copyConfiguration" },
      { type: "stop" },
      { type: "clear" },
      { type: "chooseServer", server: "keycloak" },
      { type: "startAgain" },
    ]);
  });
});

describe("with a keyboard and a screen reader", () => {
  it("is told of each new step, and of none that was there before", async () => {
    await open({ steps: STEPS.slice(0, 1) });
    expect(await announced()).toBe("");
    await show({ steps: STEPS.slice(0, 3) });
    expect(await announced()).toBe(
      "First request, passed: The client asked without a token and was sent to the authorization server. " +
        "Dynamic registration, warning: The client registered itself instead of using the document.",
    );
    await show({ steps: [] });
    await show({ steps: STEPS.slice(4) });
    expect(await announced()).toBe("Consent, note: The consent page was shown.");
    // The oldest went, and one came.
    await show({ earlier: 1, steps: STEPS.slice(0, 1) });
    expect(await announced()).toBe("Document, passed: FastMCP loads the document.");
  });

  it("keeps the focus where it was when steps come, and on Stop when that starts again", async () => {
    const page = await open();
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Copy Address");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Stop");
    await show({ steps: [...STEPS] });
    expect(await focused()).toBe("Stop");
    await page.keyboard.press("Enter");
    await show({ phase: "ended", steps: [...STEPS] });
    expect(await focused()).toBe("Start Again");
  });

  it("follows the newest step, but not for somebody who reads further up", async () => {
    const many = (count: number): Step[] =>
      Array.from({ length: count }, (_none, at) => step("MCP request", "passed", `Call ${at}.`));
    const page = await open({ steps: many(3) }, { height: 400 });
    await show({ steps: many(40) });
    const isSeen = () =>
      page.evaluate(() => {
        const newest = [...document.querySelectorAll(".step")].at(-1)?.getBoundingClientRect();
        return newest !== undefined && newest.top >= 0 && newest.bottom <= innerHeight;
      });
    expect(await isSeen()).toBe(true);
    await page.evaluate(() => scrollTo(0, 0));
    await show({ steps: many(60) });
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });
});

describe.each(Object.keys(THEMES) as Theme[])("%s", (theme) => {
  it.each([
    ["steps", { steps: [...STEPS] }, 700],
    ["signed-in", { steps: STEPS.slice(0, 2), signedIn: true, remote: "ssh-remote" }, 420],
    ["ended", { phase: "ended", reason: "The document was closed.", steps: [...STEPS] }, 320],
  ] as const)(
    "%s: no violation of accessibility, nothing cut off, and a picture",
    async (name, change, width) => {
      mkdirSync(FOLDER, { recursive: true });
      const page = await open({ ...change, steps: [...change.steps] }, { theme, width });
      await page.waitForTimeout(600); // the notice appears slowly
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      const path = `${FOLDER}${theme}-${name}-${width}.png`;
      expect((await page.screenshot({ path, fullPage: true })).length).toBeGreaterThan(5_000);
    },
  );
});
