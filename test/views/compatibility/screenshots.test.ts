import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CompatibilityChoices } from "../../../client/src/compatibility/messages.js";
import { closeBrowser, WebviewPage } from "../../preview/browser.js";
import { THEMES, type Theme } from "../../preview/themes.js";
import { frameOf, viewOf } from "./view.js";

/** Where the pictures go, for people to look at. `vitest run … compatibility/screenshots` makes them anew. */
const FOLDER = fileURLToPath(new URL("../../../.cache/compatibility-screenshots/", import.meta.url));

const example = (name: string) => readFileSync(new URL(`../../../examples/${name}`, import.meta.url), "utf8");

afterAll(closeBrowser);

describe.each(Object.keys(THEMES) as Theme[])("%s", (theme) => {
  let page: WebviewPage;
  beforeAll(() => mkdirSync(FOLDER, { recursive: true }));

  async function picture(
    name: string,
    document: string,
    choices: Partial<CompatibilityChoices>,
    width: number,
    targets: readonly string[] = [],
  ): Promise<void> {
    page = await WebviewPage.open({ theme, width, height: 900, bundle: "compatibility" });
    await page.send(frameOf(viewOf(document, targets), choices, { documentName: `${name}.cimd.json` }));
    const path = `${FOLDER}${theme}-${name}-${width}.png`;
    expect((await page.page.screenshot({ path })).length).toBeGreaterThan(10_000);
    await page.close();
  }

  it("a document with a wildcard, as wide as half a window", () =>
    picture("fastmcp", example("fastmcp.cimd.json"), {}, 660));

  it("beside an editor", () =>
    picture("beside", example("fastmcp.cimd.json"), { expanded: ["better-auth"] }, 440));

  it("the reasons of a server", () =>
    picture(
      "reasons",
      example("desktop.cimd.json"),
      { expanded: ["django-oauth-toolkit", "fastmcp"], collapsed: ["refuses", "limited"] },
      1000,
    ));

  it("target servers", () =>
    picture("targets", example("private-key-jwt.cimd.json"), { expanded: ["fastmcp"] }, 800, [
      "fastmcp",
      "keycloak",
      "better-auth",
    ]));

  it("320 pixels", () =>
    picture("narrow", example("desktop.cimd.json"), { expanded: ["fastmcp"], collapsed: ["refuses"] }, 320));
});
