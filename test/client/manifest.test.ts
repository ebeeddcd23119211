import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Step {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly markdown: string };
  readonly completionEvents: readonly string[];
}

const root = (path: string): URL => new URL(`../../${path}`, import.meta.url);
const read = (path: string): string => readFileSync(root(path), "utf8");

const texts: Readonly<Record<string, string>> = JSON.parse(read("package.nls.json"));
const { contributes, files: packaged } = JSON.parse(
  read("package.json").replace(/"%([^%"]+)%"/g, (_all, key) => JSON.stringify(texts[key])),
);
const commands = new Set<string>(contributes.commands.map(({ command }: { command: string }) => command));
const settings = new Set(Object.keys(contributes.configuration.properties));
const steps: readonly Step[] = contributes.walkthroughs[0].steps;

describe("the walkthrough", () => {
  it.each(steps)("$id shows a page that is packaged", ({ media }) => {
    expect(existsSync(root(media.markdown))).toBe(true);
    expect(packaged).toContain("client/media/walkthrough/*.md");
  });

  it.each(steps)("$id names only commands and settings that exist", ({ description, completionEvents }) => {
    const named = [
      ...`${description} ${completionEvents.join(" ")}`.matchAll(/(?:command|onCommand):(cimd\.\w+)/gi),
    ];
    expect(named.map(([, command]) => command).filter((command) => !commands.has(command ?? ""))).toEqual([]);
    const set = [
      ...`${description} ${completionEvents.join(" ")}`.matchAll(/(?:%3A|onSettingChanged:)(cimd\.\w+)/g),
    ];
    expect(set.map(([, setting]) => setting).filter((setting) => !settings.has(setting ?? ""))).toEqual([]);
    expect(named.length + set.length).toBeGreaterThan(0);
  });
});

describe("a command", () => {
  it("has a file of its name in client/src/commands, and nothing else is there", () => {
    const files = readdirSync(root("client/src/commands"));
    expect(files.map((file) => `cimd.${file.replace(/\.ts$/, "")}`).sort()).toEqual([...commands].sort());
  });

  it.each([...commands].map((command) => command.replace("cimd.", "")))(
    "%s is what its file exports",
    (name) => {
      const exported = [...read(`client/src/commands/${name}.ts`).matchAll(/^export (?:async )?\w+ (\w+)/gm)];
      expect(exported.map(([, found = ""]) => found.charAt(0).toLowerCase() + found.slice(1))).toEqual([
        name,
      ]);
    },
  );
});

describe("the language", () => {
  it("has an icon for light and for dark themes, and both are packaged", () => {
    const { icon } = contributes.languages.find(({ id }: { id: string }) => id === "cimd");
    for (const path of [icon.light, icon.dark]) expect(read(path)).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
    expect(packaged).toContain("client/icons/*.svg");
  });

  it("takes a part of a URI as one word", () => {
    const { wordPattern } = JSON.parse(read("syntaxes/language-configuration.json"));
    const words = '"redirect_uris": ["https://app.acme-notes.dev:8443/oauth/call_back?a=b#c"]'.match(
      new RegExp(wordPattern, "g"),
    );
    expect(words).toEqual([
      "redirect_uris",
      "https",
      "app.acme-notes.dev",
      "8443",
      "oauth",
      "call_back",
      "a",
      "b",
      "c",
    ]);
  });
});
