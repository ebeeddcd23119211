import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { sortMembers, USUAL_ORDER } from "../../server/src/languageFeatures/sortMembers.js";

function sorted(text: string): string {
  const result = sortMembers(text);
  if ("refused" in result) throw new Error(result.refused);
  return TextDocument.applyEdits(TextDocument.create("", "", 0, text), [...result.edits]);
}

describe("sortMembers", () => {
  it("puts members into the usual order and keeps the text of values, white space and commas", () => {
    expect(
      sorted(`{
  "x_own": 1e0,
  "redirect_uris": [
      "http://127.0.0.1/callback"
  ],
  "client_name#de": "Acm\\u00e9",
  "client_name": "Acme",
    "a_own": { "b" : 1 , "a":2 },
  "client_id": "https://app.acme.dev/oauth/client"
}
`),
    ).toBe(`{
  "client_id": "https://app.acme.dev/oauth/client",
  "client_name#de": "Acm\\u00e9",
  "client_name": "Acme",
  "redirect_uris": [
      "http://127.0.0.1/callback"
  ],
    "x_own": 1e0,
  "a_own": { "b" : 1 , "a":2 }
}
`);
  });

  it("edits nothing where the order is the usual one", () => {
    expect(sortMembers('{ "client_id": "a", "client_name": "b", "own": 1 }')).toEqual({ edits: [] });
  });

  it.each([
    ['{ "client_name": "a" "client_id": "b" }', "not valid JSON"],
    ['{ "client_name": "a", "client_id": "b", }', "not valid JSON"],
    ['{ "client_name": "a", // who\n "client_id": "b" }', "not valid JSON"],
    ["[1]", "an object"],
    ["", "not valid JSON"],
  ])("refuses %j", (text, why) => {
    expect(sortMembers(text)).toEqual({ refused: expect.stringContaining(why) });
  });

  it("changes nothing but the order, and nothing at the second time", () => {
    const name = fc.oneof(fc.constantFrom(...USUAL_ORDER), fc.string({ maxLength: 8 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.jsonValue({ maxDepth: 2 }))), fc.nat(4), (members, indent) => {
        const body = members.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
        const text = `{${body.join(`,\n${" ".repeat(indent)}`)}}`;
        const once = sorted(text);
        expect(JSON.parse(once)).toEqual(JSON.parse(text));
        expect(once.length).toBe(text.length);
        expect(sorted(once)).toBe(once);
      }),
    );
  });
});
