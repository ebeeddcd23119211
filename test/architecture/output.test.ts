import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const CLI = fileURLToPath(new URL("../../server/src/cli/", import.meta.url));

/** The files of the command line in which the code (not a comment) has the pattern. */
function filesWith(pattern: RegExp): string[] {
  return readdirSync(CLI, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .filter((name) => {
      const code = readFileSync(path.join(CLI, name), "utf8").replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, "");
      return pattern.test(code);
    });
}

describe("what the command line writes", () => {
  it("goes through one place", () => {
    expect(filesWith(/\bprocess\s*\.\s*(?:stdout|stderr)\b|\bconsole\b|\bwriteSync\b/)).toEqual([
      "processIo.ts",
    ]);
  });

  it("is made printable in one place", () => {
    expect(filesWith(/\bnew Printable\b/)).toEqual(["printable.ts"]);
    expect(filesWith(/\bas (?:unknown as )?Printable\b/)).toEqual([]);
  });

  it("was made printable by another thread before, where a format takes it over", () => {
    const users = filesWith(/\breceived\b/).sort();
    expect(users).toEqual(
      ["formats/github.ts", "formats/json.ts", "formats/junit.ts", "formats/text.ts", "printable.ts"].map(
        path.normalize,
      ),
    );
  });

  it("turns no value of a document into JSON by itself", () => {
    expect(filesWith(/JSON\.stringify/)).toEqual(["createOptions.ts", "printable.ts"]);
  });
});
