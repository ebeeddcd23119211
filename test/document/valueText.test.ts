import { describe, expect, it } from "vitest";
import { clip, describeValue } from "../../server/src/document/valueText.js";

/** A list in a list in a list …, made without recursion. */
function nested(levels: number): unknown {
  let value: unknown = [];
  for (let level = 1; level < levels; level++) value = [value];
  return value;
}

describe("the text of a value", () => {
  it.each<[string, unknown, string]>([
    ["a string", 'a"b\n', '"a\\"b\\n"'],
    ["half a surrogate pair", "\ud83d", '"\\ud83d"'],
    ["a number", 12.5, "12.5"],
    ["minus zero", -0, "-0"],
    ["a huge number", 1e308, "1e+308"],
    ["a number beyond all doubles", JSON.parse("1e999"), "Infinity"],
    ["null", null, "null"],
    ["nothing", undefined, "undefined"],
    ["a big integer", 2n ** 70n, "1180591620717411303424"],
    ["a symbol", Symbol("a"), "Symbol(a)"],
    ["a function", () => 1, "a function"],
    ["a list", [1, "a", [true]], '[1,"a",[true]]'],
    ["an object", { a: 1, b: {} }, '{"a":1,"b":{}}'],
    ["an object without prototype", Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
    ["a toString that is no function", { toString: [] }, '{"toString":[]}'],
    ["a list of those", [{ toString: null }], '[{"toString":null}]'],
    ["a member __proto__", JSON.parse('{"__proto__":{"a":1}}'), '{"__proto__":{"a":1}}'],
    ["a toJSON of its own", { toJSON: () => "b" }, '{"toJSON":a function}'],
    ["holes", new Array(2), "[undefined,undefined]"],
  ])("%s", (_name, value, text) => {
    expect(describeValue(value)).toBe(text);
  });

  it("is bare on request, for a string only", () => {
    expect(describeValue("none", { quotes: false })).toBe("none");
    expect(describeValue(["none"], { quotes: false })).toBe('["none"]');
  });

  it.each<[string, unknown]>([
    ["a list of 5,000 levels", nested(5000)],
    ["a list that holds itself", selfReferring()],
  ])("%s ends in an ellipsis after 32 levels", (_name, value) => {
    expect(describeValue(value)).toBe(`${"[".repeat(33)}…${"]".repeat(33)}`);
  });

  it.each<[string, unknown, string]>([
    ["a long string", "a".repeat(1e6), `"${"a".repeat(198)}…`],
    ["a long list", new Array(1e6).fill(1), `[${"1,".repeat(99)}…`],
    ["a long name", { ["a".repeat(1e6)]: 1 }, `{"${"a".repeat(197)}…`],
    ["a wide object", Object.fromEntries(Array.from({ length: 1e4 }, (_, at) => [at, 0])), ""],
  ])("%s is cut off at 200 characters", (_name, value, text) => {
    const described = describeValue(value);
    expect(described).toHaveLength(200);
    expect(described).toMatch(/…$/);
    if (text !== "") expect(described).toBe(text);
  });

  it("says of a value whose accessor throws that it cannot be read", () => {
    const value = {
      get a(): never {
        throw new Error("no");
      },
    };
    expect(describeValue(value)).toBe("a value that cannot be read");
  });
});

describe("a clipped text", () => {
  it.each([
    ["abc", 3, "abc"],
    ["abcd", 3, "ab…"],
    ["a😀b", 3, "a…"],
    ["😀😀", 3, "😀…"],
    ["abc", 1, "…"],
  ])("%s in %d", (text, length, clipped) => {
    expect(clip(text, length)).toBe(clipped);
  });
});

function selfReferring(): unknown {
  const list: unknown[] = [];
  list.push(list);
  return list;
}
