import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (page: string): string => readFileSync(path.join(root, page), "utf8");

describe.each([".github/CONTRIBUTING.md", ".github/ARCHITECTURE.md"])("%s", (page) => {
  it("names files and folders that exist", () => {
    const named = [...read(page).matchAll(/(?<=^|`)(?:server|client|test)\/[\w./-]+(?=`|\s)/gm)].map(
      ([found]) => found,
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });
});

/** The examples of CONTRIBUTING that are whole files: the first line says where the file would be. */
function exampleFiles(): { file: string; text: string }[] {
  return [...read(".github/CONTRIBUTING.md").matchAll(/^ {3}```ts\n {3}\/\/ (\S+)\n(.*?)^ {3}```$/gms)]
    .map(([, file = "", text = ""]) => ({ file, text: text.replaceAll(/^ {3}/gm, "") }))
    .filter(({ file }) => !existsSync(path.join(root, file)));
}

describe("the examples of CONTRIBUTING", () => {
  it("compile", { timeout: 60_000 }, () => {
    const folder = path.join(root, ".cache", "guides");
    rmSync(folder, { recursive: true, force: true });
    const examples = exampleFiles();
    expect(examples.map(({ file }) => file.split("/")[0])).toEqual(
      expect.arrayContaining(["client", "server", "test"]),
    );
    for (const { file, text } of examples) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    }
    const options = { noEmit: true, composite: false, emitDeclarationOnly: false, declaration: false };
    const config = {
      extends: "../../.tsconfig.base.json",
      compilerOptions: {
        ...options,
        // As if the examples stood at their places.
        rootDirs: [root, folder],
        lib: ["ES2024", "DOM"],
        types: ["node", "vscode"],
      },
      files: [...examples.map(({ file }) => file), "../../client/src/preview/page/css.d.ts"],
    };
    writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(config));
    const tsc = path.join(root, "node_modules", "typescript", "bin", "tsc");
    const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });
});
