import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const root = (path: string): URL => new URL(`../../${path}`, import.meta.url);

describe.each([".github/CONTRIBUTING.md", ".github/ARCHITECTURE.md"])("%s", (page) => {
  const text = readFileSync(root(page), "utf8");

  it("names files and folders that exist", () => {
    const named = [...text.matchAll(/(?<=^|`)(?:server|client|test)\/[\w./-]+(?=`|\s)/gm)].map(
      ([path]) => path,
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((path) => !existsSync(root(path)))).toEqual([]);
  });
});
