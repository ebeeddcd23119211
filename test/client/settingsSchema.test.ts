import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { getLanguageService, TextDocument } from "vscode-json-languageservice";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const texts: Readonly<Record<string, string>> = JSON.parse(read("package.nls.json"));
const { contributes } = JSON.parse(
  read("package.json").replace(/"%([^%"]+)%"/g, (_all, key) => JSON.stringify(texts[key])),
);

/** What VS Code marks in a settings.json, with the message it shows. */
async function marked(settings: object): Promise<readonly (readonly [place: string, message: string])[]> {
  const service = getLanguageService({});
  const { properties } = contributes.configuration;
  service.configure({ schemas: [{ uri: "s://settings", fileMatch: ["*"], schema: { properties } }] });
  const text = JSON.stringify(settings);
  const document = TextDocument.create("file:///settings.json", "json", 1, text);
  const found = await service.doValidation(document, service.parseJSONDocument(document));
  return found.map(({ range, message }) => [document.getText(range), `${message}`]);
}

it("what the settings are good for is not marked", async () => {
  expect(
    await marked({
      "cimd.servers": ["fastmcp", "default"],
      "cimd.rules": {
        "client-id/https": "off",
        "redirect-uris/*": "warning",
        "redirect-uris/wild*": "hint",
        "*": "information",
        "client-*": "hint",
      },
      "cimd.hosting": { "public/**": "https://app.example.com/", "client.cimd.json": "https://a.dev/c" },
      "cimd.preview.server": "specification",
    }),
  ).toEqual([]);
});

it.each([
  ["a server", { "cimd.servers": ["fastmpc"] }, '"fastmpc"', "Value is not accepted"],
  ["the preview's server", { "cimd.preview.server": "fastmpc" }, '"fastmpc"', "Value is not accepted"],
  ["a rule", { "cimd.rules": { "client-id/htps": "off" } }, '"client-id/htps"', "No rule has this id"],
  [
    "a glob of rules",
    { "cimd.rules": { "redirect-uri/*": "off" } },
    '"redirect-uri/*"',
    "No rule has this id",
  ],
  ["a severity", { "cimd.rules": { "client-id/https": "loud" } }, '"loud"', "Value is not accepted"],
  [
    "a base without https",
    { "cimd.hosting": { "a/**": "http://a.dev/" } },
    '"http://a.dev/"',
    "over https only",
  ],
  [
    "a base with a query",
    { "cimd.hosting": { "a/**": "https://a.dev/?v=1" } },
    '"https://a.dev/?v=1"',
    "without query",
  ],
  ["a glob with a dot", { "cimd.hosting": { "./a/**": "https://a.dev/" } }, '"./a/**"', "Matches no file"],
  ["a glob with braces", { "cimd.hosting": { "{a,b}/*": "https://a.dev/" } }, '"{a,b}/*"', "Matches no file"],
])("%s that is good for nothing is marked where it stands", async (_, settings, place, message) => {
  const found = await marked(settings);
  expect(found.map(([text]) => text)).toEqual([place]);
  expect(found[0]?.[1]).toContain(message);
});

it("every rule is called by its name", async () => {
  const rules = Object.keys(contributes.configuration.properties["cimd.rules"].properties);
  expect(rules.length).toBeGreaterThan(100);
  expect(await marked({ "cimd.rules": Object.fromEntries(rules.map((rule) => [rule, "off"])) })).toEqual([]);
});

it("the description of the targets opens the picker", () => {
  expect(texts["configuration.servers"]).toContain("(command:cimd.chooseServers)");
});
