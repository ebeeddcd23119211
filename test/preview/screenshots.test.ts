import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SERVERS } from "../../server/src/servers/servers.js";
import { closeBrowser, WebviewPage } from "./browser.js";
import { THEMES, type Theme } from "./themes.js";
import { GOOD, viewOf } from "./view.js";

/** Where the pictures go, for people to look at. `vitest run … preview/screenshots` makes them anew. */
const FOLDER = fileURLToPath(new URL("../../.cache/preview-screenshots/", import.meta.url));

const example = (name: string) => readFileSync(new URL(`../../examples/${name}`, import.meta.url), "utf8");

afterAll(closeBrowser);

const SCREENS = viewOf(GOOD, {}, SERVERS).servers.map(({ id }) => id);

describe.each(Object.keys(THEMES) as Theme[])("%s", (theme) => {
  let preview: WebviewPage;
  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    preview = await WebviewPage.open({ theme, width: 1100, height: 800 });
  });
  afterAll(() => preview.close());

  async function picture(name: string, document: string, server: string, width = 1100): Promise<void> {
    await preview.page.setViewportSize({ width, height: 800 });
    await preview.send({
      type: "frame",
      frame: {
        documentName: `${name}.cimd.json`,
        locked: false,
        view: viewOf(document, { server }, SERVERS),
      },
      state: { uri: `file:///${name}`, locked: false, choices: { server } },
    });
    const path = `${FOLDER}${theme}-${server}-${name}-${width}.png`;
    expect((await preview.page.screenshot({ path, fullPage: true })).length).toBeGreaterThan(10_000);
  }

  it.each(SCREENS)("the screen of %s", (server) => picture("web", example("web.cimd.json"), server));

  it("a document with every reason for doubt", () =>
    picture("look-alike", example("broken/look-alike.cimd.json"), "specification"));

  it("a document that is refused", () =>
    picture("wrong-values", example("broken/wrong-values.cimd.json"), "fastmcp"));

  it("320 pixels", () => picture("desktop", example("desktop.cimd.json"), "fastmcp", 320));
});
