import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openVsxRehearsal } from "./openVsxRehearsal.js";
import { packVsix, ROOT, readZip, run, withoutHash } from "./tools.js";

/** DESIGN.md §7, in bytes. */
const BUDGET = { vsix: 2_500_000, editorWithoutDocument: 80_000 };

const folder = mkdtempSync(path.join(tmpdir(), "cimd-vsix-"));
let vsix = "";
let files = new Map<string, Buffer>();

beforeAll(() => {
  vsix = packVsix(folder);
  files = readZip(vsix);
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Loads the extension as VS Code does, with an API that has everything, and prints which files that takes. */
const LOADED = `
  const Module = require("node:module");
  const load = Module._load;
  const anything = new Proxy(class {}, { get: (type, name) => (name === "prototype" ? type.prototype : anything) });
  const vscode = Object.create(anything);
  Module._load = (name, ...rest) => (name === "vscode" ? vscode : load(name, ...rest));
  require(${JSON.stringify(path.join(ROOT, "client", "dist", "extension.cjs"))});
  console.log(JSON.stringify(Object.keys(require.cache)));`;

const text = (file: string): string => {
  const found = files.get(`extension/${file}`);
  if (!found) throw new Error(`${file} is not in the VSIX`);
  return found.toString("utf8");
};

describe("the VSIX", () => {
  it("holds exactly the files of the list (after a change that is meant: vitest -u)", async () => {
    await expect(
      `${[...new Set([...files.keys()].map(withoutHash))].sort().join("\n")}\n`,
    ).toMatchFileSnapshot("vsixFiles.txt");
  });

  it("is within its budget", () => {
    expect(statSync(vsix).size).toBeLessThanOrEqual(BUDGET.vsix);
  });

  it("gives an editor without a client metadata document little to load", () => {
    const { stdout, stderr } = run(process.execPath, ["-e", LOADED], { cwd: ROOT });
    expect(stderr).toBe("");
    const loaded: string[] = JSON.parse(stdout);
    expect(loaded.map((file) => path.basename(file))).toContain("extension.cjs");
    const bytes = loaded.map((file) => statSync(file).size);
    expect(bytes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(BUDGET.editorWithoutDocument);
  });

  it("holds no sources, tests or source maps, and nothing of the machine it was built on", () => {
    for (const [file, content] of files) {
      expect(file).not.toMatch(/\.(ts|map|tsbuildinfo)$|(^|\/)(src|test|scripts|node_modules|\.[^/]*)\//);
      expect(content.includes("sourceMappingURL=") && file.endsWith("js"), file).toBe(false);
      expect(content.includes(ROOT), file).toBe(false);
    }
  });

  it("has every file that its manifest names", () => {
    const named = [
      ...text("package.json").matchAll(/"(?:\.\/)?((?:client|server|syntaxes|snippets)\/[^"*!]+\.[a-z]+)"/g),
    ]
      .map(([, file = ""]) => file)
      .concat("icon.png", "package.nls.json");
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((file) => !files.has(`extension/${file}`))).toEqual([]);
  });

  it("has every file that its programs load, beside them", () => {
    const loaded: string[] = [];
    for (const [file, content] of files) {
      if (!/\.c?js$/.test(file)) continue;
      for (const [, name = ""] of content
        .toString("utf8")
        .matchAll(/\b(?:from|import|require\(|import\()"(\.{1,2}\/[^"]+)"/g)) {
        loaded.push(path.posix.join(path.posix.dirname(file), name));
      }
    }
    expect(loaded).toContain("extension/client/dist/languageClient.cjs");
    expect(loaded.join("\n")).toMatch(/^extension\/server\/dist\/chunks\/otherRequests-\w+\.js$/m);
    expect(loaded.filter((file) => !files.has(file))).toEqual([]);
  });

  it("shows readers of the Marketplace no link that leads nowhere", () => {
    for (const file of ["readme.md", "changelog.md"]) {
      const targets = [...text(file).matchAll(/\]\(([^)\s]+)/g)].map(([, target = ""]) => target);
      expect(targets.length, file).toBeGreaterThan(0);
      expect(
        targets.filter((target) => !/^(https:\/\/|#)/.test(target)),
        file,
      ).toEqual([]);
    }
  });
});

describe.each(["client", "server"])("third-party notices of %s", (part) => {
  it("name every package that its sources import, with a licence text", () => {
    const notices = text(`${part}/dist/THIRD-PARTY-NOTICES.txt`);
    const imported = new Set<string>();
    const sources = path.join(ROOT, part, "src");
    for (const entry of readdirSync(sources, { recursive: true, encoding: "utf8" })) {
      if (!entry.endsWith(".ts")) continue;
      const code = readFileSync(path.join(sources, entry), "utf8");
      for (const [, specifier = ""] of code.matchAll(
        /^(?:import|export)\s(?!type\b)[^;]*?from "([^".][^"]*)";/gm,
      )) {
        if (specifier === "vscode" || specifier.startsWith("node:")) continue;
        imported.add(
          specifier
            .split("/")
            .slice(0, specifier.startsWith("@") ? 2 : 1)
            .join("/"),
        );
      }
    }
    expect(imported.size).toBeGreaterThan(1);
    for (const name of imported)
      expect(notices).toMatch(new RegExp(`^${name.replace(".", "\\.")} \\d+\\.\\S+ \\(`, "m"));
    const entries = notices.split(/^-{80}$/m).slice(1);
    expect(entries.length).toBeGreaterThanOrEqual(imported.size);
    for (const entry of entries) expect(entry).toMatch(/^\n.+ \(.+\)\nhttps:\/\/\S+\n\n[\s\S]{200,}$/);
  });
});

describe("Open VSX", () => {
  it("gets the VSIX from the release workflow's own command, which proves who it is by OpenID Connect", async () => {
    const workflow = readFileSync(path.join(ROOT, ".github", "workflows", "release.yml"), "utf8");
    const [, options = ""] = /npx --no -- ovsx (publish .*)$/m.exec(workflow) ?? [];
    const { requests, exitCode, printed } = await openVsxRehearsal(
      options.replace("release/*.vsix", vsix).split(" "),
    );
    expect(printed).toContain("Published cimd.cimd");
    expect(exitCode).toBe(0);
    const asked = (path: string) => requests.find((request) => request.path === path);
    expect(JSON.parse(String(asked("/api/-/trusted-publishing/token")?.body))).toEqual({
      namespace: "cimd",
      extension: "cimd",
      token: "id-token-for-open-vsx",
    });
    const upload = asked("/api/-/publish");
    expect(upload?.token).toBe("short-lived-token");
    expect(upload?.body.equals(readFileSync(vsix))).toBe(true);
  });
});
