import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../../server/src/", import.meta.url));

/** The files of the command line and of the agents' server in which the code (not a comment) has the pattern. */
function filesWith(pattern: RegExp): string[] {
  return ["agent", "cli"]
    .flatMap((folder) =>
      readdirSync(path.join(SRC, folder), { recursive: true, encoding: "utf8" }).map((name) =>
        path.join(folder, name),
      ),
    )
    .filter((name) => name.endsWith(".ts"))
    .filter((name) => {
      const code = readFileSync(path.join(SRC, name), "utf8").replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, "");
      return pattern.test(code);
    });
}

describe("what the command line and the agents' server write", () => {
  it("goes through one place", () => {
    expect(filesWith(/\bprocess\s*\.\s*(?:stdout|stderr)\b|\bconsole\b|\bwriteSync\b/)).toEqual([
      path.join("cli", "processIo.ts"),
    ]);
  });

  it("is made printable in one place", () => {
    expect(filesWith(/\bnew Printable\b/)).toEqual([path.join("cli", "printable.ts")]);
    expect(filesWith(/\bas (?:unknown as )?Printable\b/)).toEqual([]);
  });

  it("was made printable by another thread before, where a format takes it over", () => {
    const users = filesWith(/\breceived\b/).sort();
    expect(users).toEqual(
      [
        "agent/tools/checkDocument.ts",
        "cli/formats/github.ts",
        "cli/formats/json.ts",
        "cli/formats/junit.ts",
        "cli/formats/text.ts",
        "cli/printable.ts",
      ].map(path.normalize),
    );
  });

  it("turns no value of a document into JSON by itself", () => {
    expect(filesWith(/JSON\.stringify/)).toEqual(
      ["cli/createOptions.ts", "cli/printable.ts"].map(path.normalize),
    );
  });
});
