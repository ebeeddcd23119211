import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { PlainClient } from "../protocol/plainClient.js";
import { output, ROOT } from "./tools.js";

const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
const json = (file: string) => JSON.parse(read(file));
const { version } = json("package.json");

/** The headings of releases, newest first. */
const RELEASES = [...read("CHANGELOG.md").matchAll(/^## \[(.+)\](.*)$/gm)].map(
  ([, name = "", rest = ""]) => ({
    name,
    rest,
  }),
);

describe("the version", () => {
  it("is the same in every manifest and in the lock file", () => {
    const { packages } = json("package-lock.json");
    const found = [
      json("client/package.json").version,
      json("client/package.json").devDependencies["cimd-language-server"],
      json("server/package.json").version,
      ...["", "client", "server"].map((folder) => packages[folder].version),
    ];
    expect(found).toEqual(found.map(() => version));
  });

  it("is the newest release of the change log", () => {
    expect(RELEASES[1]?.name).toBe(version);
  });

  it("is what cimd --version and the language server say", async () => {
    const bin = (name: string): string => path.join(ROOT, "server", "dist", `${name}.js`);
    expect(output(process.execPath, [bin("cimd"), "--version"], ROOT).trim()).toBe(version);
    const client = await PlainClient.start(process.execPath, [bin("languageServer"), "--stdio"]);
    expect(client.initialized.serverInfo.version).toBe(version);
    await client.stop();
  });
});

/** https://keepachangelog.com/en/1.1.0/ */
describe("the change log", () => {
  const text = read("CHANGELOG.md");

  it("has what is not released yet on top, then releases with their days, newest first", () => {
    const [unreleased, ...released] = RELEASES;
    expect(unreleased).toEqual({ name: "Unreleased", rest: "" });
    for (const { name, rest } of released) {
      expect(name).toMatch(/^\d+\.\d+\.\d+$/);
      expect(rest).toMatch(/^ - \d{4}-\d\d-\d\d$/);
    }
    const days = released.map(({ rest }) => rest);
    expect(days).toEqual(days.toSorted().reverse());
  });

  it("sorts changes by kind, each kind once a release", () => {
    for (const release of text.split(/^## /m).slice(1)) {
      const kinds = [...release.matchAll(/^### (.*)$/gm)].map(([, kind = ""]) => kind);
      const known = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];
      expect(kinds).toEqual(known.filter((kind) => kinds.includes(kind)));
    }
  });

  it("links every release to what changed in it", () => {
    for (const { name } of RELEASES)
      expect(text).toMatch(
        new RegExp(`^\\[${name}\\]: https://github\\.com/\\S+/(compare|releases/tag)/\\S+$`, "m"),
      );
  });
});
