import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { CompatibilityChoices } from "../../../client/src/compatibility/messages.js";
import { FIRST_CHOICES, FromPage } from "../../../client/src/compatibility/messages.js";
import { SERVERS } from "../../../server/src/servers/servers.js";
import { violations } from "../../preview/axe.js";
import { closeBrowser, WebviewPage } from "../../preview/browser.js";
import { THEMES, type Theme } from "../../preview/themes.js";
import { XSS_CORPUS } from "../../preview/xssCorpus.js";
import { frameOf, viewOf } from "./view.js";

const GOOD = {
  client_id: "https://notes.example.com/oauth/client.cimd.json",
  client_name: "Example Notes",
  redirect_uris: ["http://127.0.0.1/callback", "https://notes.example.com/callback"],
  application_type: "native",
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  token_endpoint_auth_method: "none",
};
/** Refused by many, with a refresh that FastMCP does not give. */
const WILDCARD = {
  ...GOOD,
  redirect_uris: ["http://localhost:*/callback"],
  grant_types: ["authorization_code"],
};

let shown: WebviewPage;
afterEach(() => shown.close());
afterAll(closeBrowser);

async function open(
  document: object | string,
  choices: Partial<CompatibilityChoices> = {},
  options: { theme?: Theme; width?: number; height?: number; targets?: readonly string[] } = {},
): Promise<WebviewPage["page"]> {
  const { targets = [], ...rest } = options;
  shown = await WebviewPage.open({ ...rest, bundle: "compatibility" });
  await show(document, choices, targets);
  return shown.page;
}

function show(
  document: object | string,
  choices: Partial<CompatibilityChoices> = {},
  targets: readonly string[] = [],
  uri?: string,
): Promise<void> {
  return shown.send(frameOf(viewOf(document, targets), choices, uri === undefined ? {} : { uri }));
}

/** What the page said, as the extension reads it. */
async function sent(): Promise<FromPage[]> {
  return (await shown.sent()).map((message) => FromPage.parse(message));
}

const focused = () => shown.page.evaluate(() => document.activeElement?.id);
const row = (server: string) => shown.page.locator(`#server-${server}`);

describe("hostile texts", () => {
  it("run nothing, load nothing and show as they are", async () => {
    const page = await open({});
    const hostile = (text: string) => ({
      client_id: `https://app.example.com/${text}`,
      client_name: text,
      client_uri: text,
      logo_uri: text,
      scope: text,
      application_type: text,
      redirect_uris: [text, `https://${text}/cb`],
      token_endpoint_auth_method: text,
      grant_types: [text],
      [text]: text,
    });
    const expanded = SERVERS.map(({ id }) => id);
    await page.evaluate((ids) => Object.assign(globalThis, { ids }), expanded);
    for (const text of XSS_CORPUS) {
      await shown.send(frameOf(viewOf(hostile(text)), {}, { documentName: text }));
      // What a person could press, pressed.
      await page.evaluate(() => {
        for (const element of document.querySelectorAll<HTMLElement>("#page [role=row][aria-expanded]"))
          element.click();
        for (const element of document.querySelectorAll<HTMLElement>("#page *")) element.click();
      });
    }
    await shown.close();
    await open(hostile(XSS_CORPUS.join(" ")), { expanded });
    expect(await shown.page.locator("#grid").evaluate((grid) => grid.textContent)).toContain(XSS_CORPUS[0]);
    const elements = await shown.page.evaluate(() =>
      [...document.querySelectorAll("#page *")].map(({ localName }) => localName),
    );
    for (const name of ["script", "style", "img", "svg", "a", "form", "iframe", "object", "embed", "link"])
      expect(elements).not.toContain(name);
    expect(await shown.page.evaluate(() => "pwned" in globalThis)).toBe(false);
    expect(shown.requests).toEqual([]);
    expect(shown.incidents).toEqual([]);
  }, 120_000);

  it("cannot make the page say anything but what its messages allow", async () => {
    const page = await open(GOOD);
    const before = await page.locator("#page").textContent();
    for (const message of ["text", { type: "frame" }, { type: "eval", code: "pwned=1" }, { type: "nothing" }])
      await shown.send(message as object);
    expect(await page.locator("#page").textContent()).toBe(before);
    expect(shown.incidents).toEqual([]);
  });
});

describe("what a person sees", () => {
  it("is a row for every server, in groups with their number", async () => {
    const page = await open(WILDCARD);
    const badges = await page.locator(".group-row .badge").allTextContents();
    expect(badges.length).toBeGreaterThan(2);
    const counted = badges.reduce((sum, count) => sum + Number(count), 0);
    expect(counted).toBe(SERVERS.length);
    expect(await page.locator(".server-row").count()).toBe(SERVERS.length);
  });

  it("tells what is unknown by word and shape, not by colour alone", async () => {
    const page = await open(WILDCARD);
    const cell = row("clerk").locator("[data-cell=refresh]");
    expect(await cell.textContent()).toContain("Unknown");
    const shapes = await page.evaluate(() =>
      ["works", "limited", "never", "unreached", "unknown", "told"].map((outcome) => {
        const icon = document.querySelector(`.icon-${outcome}`);
        return icon && getComputedStyle(icon).maskImage;
      }),
    );
    expect(new Set(shapes).size).toBe(6);
    expect(shapes).not.toContain(null);
  });

  it("is why a row is bad, before it is opened", async () => {
    await open(WILDCARD);
    expect(await row("oidc-provider").locator(".headline").textContent()).toBe(
      "Document: redirect_uris must only contain valid uris",
    );
    expect(await row("fastmcp").locator(".headline").textContent()).toContain("Refresh: Unsupported grant");
    expect(await row("clerk").locator(".headline").count()).toBe(1);
  });

  it("is every reason of a row that is opened, with ways to the line, the rule and the evidence", async () => {
    const page = await open(WILDCARD);
    await row("oidc-provider").click();
    const reasons = page.locator("#reasons-oidc-provider");
    expect(await reasons.textContent()).toContain("redirect_uris must only contain valid uris");
    await reasons.getByRole("button", { name: "Line 5: go to redirect_uris" }).first().click();
    await reasons
      .getByRole("button", { name: "Explain the rule redirect-uris/wildcard-port" })
      .first()
      .click();
    await reasons.getByRole("button", { name: "Open in browser" }).first().click();
    expect(await sent()).toEqual(
      expect.arrayContaining([
        { type: "reveal", server: "oidc-provider", question: "loads", index: 0 },
        { type: "explainRule", server: "oidc-provider", question: "loads", index: 0 },
        { type: "openEvidence", server: "oidc-provider", index: 0 },
      ]),
    );
    await row("oidc-provider").click();
    expect(await reasons.count()).toBe(0);
  });

  it("can be copied, tested and locked", async () => {
    const page = await open(GOOD);
    for (const name of ["Copy as Markdown", "Test a Redirect URI…", "Lock"])
      await page.getByRole("button", { name, exact: true }).click();
    const said = (await sent()).map(({ type }) => type);
    expect(said).toEqual(expect.arrayContaining(["copyMarkdown", "testRedirectUri", "toggleLock"]));
  });
});

describe("the filter", () => {
  it("leaves the rows that have its words, and says how many", async () => {
    const page = await open(WILDCARD);
    await page.getByRole("searchbox").fill("keycloak refused");
    expect(await page.locator(".server-row").count()).toBe(1);
    expect(await page.locator(".count").textContent()).toBe(`1 of ${SERVERS.length} servers`);
    expect(await sent()).toContainEqual({
      type: "choose",
      choices: { ...FIRST_CHOICES, filter: "keycloak refused" },
    });
    await page.getByRole("searchbox").press("Escape");
    expect(await page.getByRole("searchbox").inputValue()).toBe("");
    expect(await page.locator(".server-row").count()).toBe(SERVERS.length);
  });

  it("offers a way back where nothing is left", async () => {
    const page = await open(WILDCARD);
    await page.getByRole("searchbox").fill("no such server");
    expect(await page.locator("[role=treegrid]").count()).toBe(0);
    await page.getByRole("button", { name: "Show all servers" }).click();
    expect(await page.locator(".server-row").count()).toBe(SERVERS.length);
    expect(await page.getByRole("searchbox").inputValue()).toBe("");
    expect(await focused()).toBe("filter");
  });

  it("shows the targets alone, until the person wants all", async () => {
    const page = await open(WILDCARD, {}, { targets: ["fastmcp", "keycloak"] });
    expect(await page.locator(".server-row").count()).toBe(2);
    await page.getByRole("button", { name: "Targets only" }).click();
    expect(await page.locator(".server-row").count()).toBe(SERVERS.length);
    expect(await page.locator(".pill").count()).toBe(2);
    await row("fastmcp").click();
    await page.getByRole("button", { name: "Remove FastMCP from the targets" }).click();
    expect(await sent()).toContainEqual({ type: "setTarget", server: "fastmcp", target: false });
  });

  it("has no targets to offer where the settings name none", async () => {
    const page = await open(WILDCARD);
    expect(await page.getByRole("button", { name: "Targets only" }).count()).toBe(0);
    await row("fastmcp").click();
    await page.getByRole("button", { name: "Set FastMCP as a target" }).click();
    expect(await sent()).toContainEqual({ type: "setTarget", server: "fastmcp", target: true });
  });
});

describe("while typing", () => {
  it("keeps what is open, focused, filtered and scrolled, also where servers change their group", async () => {
    const page = await open(WILDCARD, {}, { height: 500 });
    await page.getByRole("searchbox").fill("o");
    await row("oidc-provider").click();
    await page.locator("#reasons-oidc-provider").waitFor();
    const link = page.locator("#reveal-oidc-provider-signIn-0, #evidence-oidc-provider-0").first();
    await link.focus();
    const before = await focused();
    await page.evaluate(() => window.scrollTo(0, 120));

    // Now oidc-provider takes the document: its row moves down to another group.
    await show(GOOD);
    expect(await row("oidc-provider").textContent()).toContain("Loads");
    expect(await page.locator("#reasons-oidc-provider").count()).toBe(1);
    expect(await focused()).toBe(before);
    expect(await page.getByRole("searchbox").inputValue()).toBe("o");
    expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(0);
  });

  it("keeps the row that has the focus where the row moves to another group", async () => {
    await open(WILDCARD);
    await row("logto").focus();
    await show(GOOD);
    expect(await focused()).toBe("server-logto");
    expect(await row("logto").getAttribute("tabindex")).toBe("0");
    await show(WILDCARD);
    expect(await focused()).toBe("server-logto");
  });

  it("touches only what changed", async () => {
    const page = await open(GOOD, { expanded: ["fastmcp"] });
    const changesSoFar = await shown.countChanges();
    await show({ ...GOOD, client_name: "Example Notebook" });
    expect(await page.locator("#reasons-fastmcp").textContent()).toContain("Example Notebook");
    const changes = await changesSoFar();
    expect(changes).toBeGreaterThan(0);
    expect(changes).toBeLessThan(10);
  });

  it("keeps the last good rows while the text cannot be read, says why, and offers to go there", async () => {
    const page = await open(GOOD);
    const before = await page.locator("#grid").textContent();
    await show('{ "client_name": "Half');
    expect(await page.locator("#grid").textContent()).toBe(before);
    expect(await page.locator(".notice").textContent()).toContain("The string is not closed");
    await page.getByRole("button", { name: "Go to it" }).click();
    expect(await sent()).toContainEqual({ type: "revealBroken" });
    await show(GOOD);
    expect(await page.locator(".notice").count()).toBe(0);
  });

  it("does not show one document's rows for another that is broken", async () => {
    await open(GOOD);
    const before = await row("oidc-provider").textContent();
    await show("{", {}, [], "file:///other.cimd.json");
    expect(await row("oidc-provider").textContent()).not.toBe(before);
  });
});

describe("after a reload", () => {
  it("shows what was chosen before, and where the page was", async () => {
    const page = await open(GOOD, { filter: "fast", expanded: ["fastmcp"], scroll: 40 }, { height: 300 });
    expect(await page.getByRole("searchbox").inputValue()).toBe("fast");
    expect(await page.locator("#reasons-fastmcp").count()).toBe(1);
    expect(await page.evaluate(() => window.scrollY)).toBe(40);
  });

  it("has kept a URI, a lock and choices, and nothing else", async () => {
    const page = await open(GOOD);
    await page.getByRole("searchbox").fill("fast");
    expect(await page.evaluate(() => (globalThis as unknown as { state: object }).state)).toEqual({
      uri: "file:///client.cimd.json",
      locked: false,
      choices: { ...FIRST_CHOICES, filter: "fast" },
    });
  });
});

describe("a person without a mouse", () => {
  it("tabs through the controls to the grid, which is one stop", async () => {
    const page = await open(WILDCARD);
    const stops: string[] = [];
    for (let at = 0; at < 5; at++) {
      await page.keyboard.press("Tab");
      stops.push(
        await page.evaluate(
          () => document.activeElement?.id || (document.activeElement?.textContent ?? "").trim(),
        ),
      );
    }
    expect(stops).toEqual(["Lock", "Test a Redirect URI…", "Copy as Markdown", "filter", "group-refuses"]);
  });

  it("moves between rows as in VS Code's trees", async () => {
    const page = await open(WILDCARD);
    const first = await page.locator(".server-row").first().getAttribute("id");
    const [, second] = await page
      .locator("[role=row][id^=group-]")
      .evaluateAll((rows) => rows.map(({ id }) => id));
    await page.getByRole("searchbox").focus();
    const steps = [
      ["ArrowDown", "group-refuses"],
      ["ArrowDown", first],
      ["ArrowLeft", "group-refuses"],
      ["ArrowRight", first],
      ["ArrowUp", "group-refuses"],
      ["ArrowLeft", "group-refuses"],
      ["ArrowDown", second],
      ["Home", "group-refuses"],
      ["ArrowRight", "group-refuses"],
      ["ArrowDown", first],
      ["ArrowRight", first],
      ["ArrowRight", first?.replace("server-", "reasons-")],
      ["ArrowLeft", first],
      ["ArrowLeft", first],
      ["Enter", first],
      ["ArrowDown", first?.replace("server-", "reasons-")],
    ] as const;
    for (const [key, id] of steps) {
      await page.keyboard.press(key);
      expect(await focused(), key).toBe(id);
    }
    await page.keyboard.press("End");
    expect(await focused()).toBe(await page.locator("[role=row][id]").last().getAttribute("id"));
  });

  it("opens reasons, follows a link of them, and comes back", async () => {
    const page = await open(WILDCARD);
    await row("fastmcp").focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("reasons-fastmcp");
    await page.keyboard.press("Tab");
    expect(await focused()).toMatch(/^(reveal|rule)-fastmcp-/);
    await page.keyboard.press("Enter");
    expect((await sent()).map(({ type }) => type)).toContain("reveal");
    await page.keyboard.press("Escape");
    expect(await focused()).toBe("reasons-fastmcp");
  });

  it.each(Object.keys(THEMES) as Theme[])(
    "finds nothing in the way in the theme %s",
    async (theme) => {
      const page = await open(
        WILDCARD,
        { expanded: ["fastmcp", "oidc-provider", "clerk"], targetsOnly: false },
        { theme, targets: ["fastmcp"] },
      );
      expect(await violations(page)).toEqual([]);
      await row("fastmcp").hover();
      expect(await violations(page)).toEqual([]);
      await page.getByRole("searchbox").fill("no such server");
      expect(await violations(page)).toEqual([]);
    },
    60_000,
  );

  it("hears a row as its server and its outcomes", async () => {
    const page = await open(WILDCARD);
    const cells = page.getByRole("row", { name: /^oidc-provider/ }).getByRole("gridcell");
    expect((await cells.allTextContents()).join(" ")).toMatch(/Refused.*Not reached/);
    expect(
      await page.getByRole("treegrid", { name: "Server compatibility of client.cimd.json" }).count(),
    ).toBe(1);
    expect(await page.getByRole("columnheader").allTextContents()).toEqual([
      "Server",
      "Document",
      "Sign-in",
      "Refresh",
      "Token endpoint",
      "Consent",
    ]);
  });
});

describe("every size", () => {
  it.each([320, 380, 480, 610, 640, 660, 1100, 2000])(
    "fits %i px without scrolling sideways",
    async (width) => {
      const long = {
        ...GOOD,
        client_name: "W".repeat(300),
        redirect_uris: [`https://${"a".repeat(300)}.example/cb`],
      };
      const page = await open(long, { expanded: ["fastmcp", "keycloak"] }, { width });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    },
  );

  it("moves nothing for those who want no motion", async () => {
    const page = await open(GOOD);
    await page.emulateMedia({ reducedMotion: "reduce" });
    expect(
      await page
        .locator(".chevron")
        .first()
        .evaluate((chevron) => getComputedStyle(chevron).transitionDuration),
    ).toBe("0s");
  });
});
