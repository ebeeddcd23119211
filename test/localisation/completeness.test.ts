import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { collectTexts, ROOT } from "./collectTexts.js";
import { dataTexts } from "./dataTexts.js";

const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
const table = (file: string): Readonly<Record<string, string>> => JSON.parse(read(file));
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\d+\}/g))].sort();

/** English is in the code; every other language has a bundle. */
const LANGUAGES = readdirSync(path.join(ROOT, "client/l10n")).map((name) => name.split(".")[2] ?? name);

describe("package.json", () => {
  const used = [...new Set([...read("package.json").matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key ?? ""))];

  it.each(["package.nls.json", ...LANGUAGES.map((language) => `package.nls.${language}.json`)])(
    "has each of its texts in %s, which has no others",
    (file) => {
      expect(Object.keys(table(file)).sort()).toEqual(used.sort());
    },
  );

  it("has no text of its own where VS Code shows one", () => {
    const shown =
      /"(?:displayName|title|description|markdownDescription|enumDescription|deprecationMessage)": "(?!%)/;
    const { contributes, ...manifest } = JSON.parse(read("package.json"));
    delete contributes.configuration.title;
    expect(JSON.stringify({ manifest, contributes }, null, 1).match(shown)).toBeNull();
  });

  it.each(LANGUAGES)("has the links, commands and code of its texts in %s as well", (language) => {
    const targets = (file: string) =>
      Object.entries(table(file)).map(([key, text]) => [key, text.match(/\]\([^)]*\)|`[^`]*`/g)]);
    expect(Object.fromEntries(targets(`package.nls.${language}.json`))).toEqual(
      Object.fromEntries(targets("package.nls.json")),
    );
  });
});

describe("the walkthrough", () => {
  const folder = "client/media/walkthrough";
  const pages = readdirSync(path.join(ROOT, folder)).filter((name) => /^[^.]+\.md$/.test(name));

  describe.each(LANGUAGES)("in %s", (language) => {
    it.each(pages)("has %s, with the same code", (name) => {
      const page = `${folder}/${name.replace(/\.md$/, `.nls.${language}.md`)}`;
      expect(existsSync(path.join(ROOT, page))).toBe(true);
      const code = (file: string) => read(file).match(/```[\s\S]*?```/g);
      expect(code(page)).toEqual(code(`${folder}/${name}`));
    });
  });
});

describe.each(LANGUAGES)("the bundle %s", async (language) => {
  const bundle = table(`client/l10n/bundle.l10n.${language}.json`);
  const { texts, computed } = await collectTexts("client/src");
  const server = await collectTexts("server/src");
  const data = dataTexts().map((key) => ({ key, where: "a rule or a field" }));
  const all = [...texts, ...server.texts, ...data];

  it("is looked up by literals only", () => {
    expect([...computed, ...server.computed]).toEqual([]);
  });

  it("translates every text", () => {
    expect(all.filter(({ key }) => !Object.hasOwn(bundle, key))).toEqual([]);
  });

  it("has no line that nothing says", () => {
    const said = new Set(all.map(({ key }) => key));
    expect(Object.keys(bundle).filter((key) => !said.has(key))).toEqual([]);
  });

  it("has the values of the English text in each line, and its code", () => {
    for (const [english, translation] of Object.entries(bundle)) {
      expect(placeholders(translation), english).toEqual(placeholders(english));
      const code = (text: string) => [...(text.match(/`[^`]*`/g) ?? [])].sort();
      expect(code(translation), english).toEqual(code(english));
    }
  });
});

describe("German", () => {
  it("has quotation marks of its own, except around what is code in both languages", () => {
    for (const [english, translation] of Object.entries(table("client/l10n/bundle.l10n.de.json"))) {
      const quoted = translation.match(/"[^"]*"/g) ?? [];
      expect(quoted.filter((code) => !english.includes(code))).toEqual([]);
    }
  });
});
