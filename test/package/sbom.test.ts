import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { output, ROOT } from "./tools.js";

const read = (...file: string[]): string => readFileSync(path.join(ROOT, ...file), "utf8");

describe("the software bill of materials of a release", () => {
  it("names, with its version, every package of which code is in the bundles", () => {
    const [, command = ""] = /run: npm (sbom .*?) > /.exec(read(".github", "workflows", "release.yml")) ?? [];
    const sbom = JSON.parse(output("npm", command.split(" "), ROOT));
    expect(sbom).toMatchObject({ bomFormat: "CycloneDX" });
    const components = new Set(
      sbom.components.map((component: { group?: string; name: string; version: string }) =>
        [component.group, component.name]
          .filter((part) => part !== undefined)
          .join("/")
          .concat(" ", component.version),
      ),
    );
    const notices = ["client", "server"]
      .map((part) => read(part, "dist", "THIRD-PARTY-NOTICES.txt"))
      .join("\n");
    // Data, such as the Public Suffix List, has no version.
    const bundled = [...notices.matchAll(/^-{80}\n(\S+ \d+\.\d+\.\d+\S*) \(/gm)].map(
      ([, title = ""]) => title,
    );
    expect(bundled.length).toBeGreaterThan(15);
    expect(bundled.filter((title) => !components.has(title))).toEqual([]);
  });
});
