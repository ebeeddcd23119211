import { describe, expect, it } from "vitest";
import { membersOfJson, selectionRangesOfJson } from "../../server/src/languageFeatures/jsonService.js";

const START = { line: 0, character: 0 };

describe("the JSON service", () => {
  it.each([
    // This project's parser ends the value at the stray bracket and never sees how deep it gets behind it.
    ["behind the end of the value", "["],
    ["among brackets that close nothing", "[{]}"],
  ])("is not asked about a text nested too deeply for recursive code, %s", async (_, bracket) => {
    const json = {
      uri: "file:///client.cimd.json",
      version: 1,
      text: `{ "a" ], "b": ${bracket.repeat(50_000)}`,
    };
    expect(await membersOfJson(json, START)).toEqual([]);
    expect(selectionRangesOfJson(json, [START])).toEqual([]);
  });

  it.each([
    { line: -1, character: -1 },
    { line: 0, character: 1e9 },
    { line: 7, character: 3 },
    { line: 1e9, character: 1e9 },
  ])("answers with places in the text, asked about one outside: %j", async (position) => {
    const text = '{ "client_name": "Acme", "re';
    const json = { uri: "file:///client.cimd.json", version: 1, text };
    const items = await membersOfJson(json, position);
    const places = [...items.map(({ textEdit }) => textEdit), ...selectionRangesOfJson(json, [position])];
    expect(places.length).toBeGreaterThan(0);
    for (const place of places) {
      if (!place || !("range" in place)) continue;
      const { start, end } = place.range;
      expect([start.line, end.line]).toEqual([0, 0]);
      expect(start.character).toBeGreaterThanOrEqual(0);
      expect(end.character).toBeLessThanOrEqual(text.length);
    }
  });
});
