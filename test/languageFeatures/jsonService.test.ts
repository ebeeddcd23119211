import { describe, expect, it } from "vitest";
import { completeJson, selectionRangesOfJson } from "../../server/src/languageFeatures/jsonService.js";

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
    expect((await completeJson(json, START)).items).toEqual([]);
    expect(selectionRangesOfJson(json, [START])).toEqual([]);
  });
});
