import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { workerScript } from "../../client/src/web/workerScript.js";

/** Runs a script as a worker does, with a list that files write into. */
function run(files: Record<string, string>): string[] {
  const said: string[] = [];
  runInNewContext(workerScript("main.cjs", Object.entries(files)).join(""), { said });
  return said;
}

describe("the worker's script", () => {
  it("runs the main file, and others when they are first required", () => {
    expect(
      run({
        "main.cjs": 'said.push("main"); said.push(require("./other.cjs").name); require("./other.cjs");',
        "other.cjs": 'said.push("other"); module.exports = { name: "exported" };',
        "unused.cjs": 'said.push("unused");',
      }),
    ).toEqual(["main", "other", "exported"]);
  });

  it("lets files require each other, and keeps their variables apart", () => {
    expect(
      run({
        "main.cjs": 'var a = "main"; require("./b.cjs"); said.push(a);',
        "b.cjs": 'var a = "b"; exports.early = 1; require("./c.cjs"); said.push(a); // a comment at the end',
        "c.cjs": 'said.push(`early ${require("./b.cjs").early}`);',
      }),
    ).toEqual(["early 1", "b", "main"]);
  });

  it("names a file that is missing", () => {
    expect(() => run({ "main.cjs": 'require("./nowhere.cjs")' })).toThrow("no file ./nowhere.cjs");
    expect(() => run({ "main.cjs": 'require("toString")' })).toThrow("no file toString");
  });
});
