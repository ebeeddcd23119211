import { describe, expect, it } from "vitest";
import { isWithin, touches } from "../../server/src/languageFeatures/ranges.js";

type Place = readonly [line: number, character: number];
const range = (start: Place, end: Place) => ({
  start: { line: start[0], character: start[1] },
  end: { line: end[0], character: end[1] },
});
const outer = range([1, 4], [3, 2]);

describe("isWithin", () => {
  it.each([
    [true, "the range itself", range([1, 4], [3, 2])],
    [true, "a line inside", range([2, 0], [2, 90])],
    [true, "the empty range at its end", range([3, 2], [3, 2])],
    [false, "one that begins earlier on the line", range([1, 3], [2, 0])],
    [false, "one that begins on an earlier line", range([0, 9], [2, 0])],
    [false, "one that ends later on the line", range([2, 0], [3, 3])],
    [false, "one that ends on a later line", range([2, 0], [4, 0])],
  ])("is %s for %s", (held, _name, inner) => {
    expect(isWithin(inner, outer)).toBe(held);
  });
});

describe("touches", () => {
  it.each([
    [true, "a line inside", range([2, 0], [2, 5])],
    [true, "one that ends where the other starts", range([0, 0], [1, 4])],
    [true, "one that starts where the other ends", range([3, 2], [9, 0])],
    [false, "one that ends a character earlier", range([0, 0], [1, 3])],
    [false, "one that starts a character later", range([3, 3], [9, 0])],
    [false, "one on other lines", range([4, 0], [4, 9])],
  ])("is %s for %s, either way round", (touching, _name, other) => {
    expect([touches(other, outer), touches(outer, other)]).toEqual([touching, touching]);
  });
});
