import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RULES } from "../../server/src/rules/rules.js";

const folder = new URL("../../server/src/rules/", import.meta.url);

/** The files that define a rule, by its id. */
const definedIn = new Map<string, string[]>();
for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
  if (!file.endsWith(".ts")) continue;
  const text = readFileSync(new URL(file, folder), "utf8");
  for (const [, id = ""] of text.matchAll(/\bid: "([a-z0-9-]+\/[a-z0-9-]+)"/g)) {
    definedIn.set(id, [...(definedIn.get(id) ?? []), file.replaceAll("\\", "/")]);
  }
}

/** `field/what.ts`, a group that the rest of the id begins with, or for a small field `field/field.ts`. */
function possibleFiles(id: string): string[] {
  const [field = "", what = ""] = id.split("/");
  const words = what.split("-");
  const names = [field, ...words.map((_word, index) => words.slice(0, index + 1).join("-"))];
  return names.map((name) => `${field}/${name}.ts`);
}

describe("a rule is found by its id:", () => {
  it.each(RULES.map(({ id }) => id))("%s", (id) => {
    const files = definedIn.get(id) ?? [];
    expect(files).toHaveLength(1);
    expect(possibleFiles(id)).toContain(files[0]);
  });

  it("every rule that is defined is in the catalogue", () => {
    const catalogue = new Set(RULES.map(({ id }) => id));
    expect([...definedIn.keys()].filter((id) => !catalogue.has(id))).toEqual([]);
  });
});
