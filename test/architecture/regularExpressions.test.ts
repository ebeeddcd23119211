import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type AnyNode, parse } from "acorn";
import { transformSync } from "esbuild";
import { checkSync } from "recheck";
import { analyse as analyseRegularExpression } from "scslre";
import { describe, expect, it } from "vitest";
import { expandExample } from "../../server/src/rules/example.js";

/**
 * Every regular expression of the language server, the command line and the extension takes linear time, whatever it is
 * given: `scslre` (https://github.com/RunDevelopment/scslre) finds those that backtrack in neighbours that take the same, and
 * those that try a long stretch anew from each of its characters; `recheck` (https://makenowjust-labs.github.io/recheck/)
 * those with two ways to take the same.
 */
// Plain JavaScript instead of a Java or native program.
process.env["RECHECK_BACKEND"] = "pure";
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

interface Found {
  readonly file: string;
  readonly source: string;
  readonly flags: string;
}

/** The files of a folder whose code is shipped. */
function sources(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
    .map((name) => path.join(folder, name));
}

function visit(node: unknown, each: (node: AnyNode) => void): void {
  if (Array.isArray(node)) for (const item of node) visit(item, each);
  else if (typeof node === "object" && node !== null && "type" in node) {
    each(node as AnyNode);
    for (const child of Object.values(node)) visit(child, each);
  }
}

const literals: Found[] = [];
/** Files that make a regular expression while they run. */
const makers = new Set<string>();

for (const file of [...sources("server/src"), ...sources("client/src")]) {
  const text = readFileSync(path.join(ROOT, file), "utf8");
  const { code } = transformSync(text, { loader: "ts", target: "esnext" });
  visit(parse(code, { ecmaVersion: "latest", sourceType: "module" }), (node) => {
    if (node.type === "Literal" && node.regex) {
      literals.push({ file, source: node.regex.pattern, flags: node.regex.flags });
    }
    if (node.type === "NewExpression" || node.type === "CallExpression") {
      if (node.callee.type === "Identifier" && node.callee.name === "RegExp") makers.add(file);
    }
  });
}

/** What makes the expression slow, in words; nothing where it is linear. */
function slow({ source, flags }: Omit<Found, "file">): string[] {
  // The expression is used as it stands, so only what it rejects itself can make it backtrack.
  const found = analyseRegularExpression({ source, flags }, { assumeRejectingSuffix: false });
  const stretches = found.reports.map(
    ({ type, character, exponential }) =>
      `${exponential ? "exponential" : "polynomial"} (${type}) for repeated ${JSON.stringify(character.pick)}`,
  );
  return [...stretches, ...ambiguous(source, flags)];
}

/** How long the second checker may look at one expression, in ms; what it has not found by then, it does not say. */
const PATIENCE = 1500;

/**
 * Two ways to take the same, such as `(?:\d|[^a])*`, which scslre does not look for; recheck does not know lookarounds, and
 * gives up on long alternatives.
 */
function ambiguous(source: string, flags: string): string[] {
  const known = flags.replace("d", "");
  const found = checkSync(source, known, { checker: "automaton", timeout: PATIENCE });
  return found.status === "vulnerable" ? [`${found.complexity.summary} (recheck)`] : [];
}

describe("the checker", () => {
  it.each([
    ["exponential backtracking", "^(?:a+)+$"],
    ["two neighbours that take the same", "^\\s*\\s*x"],
    ["two alternatives that take the same before the end", "^(?:\\d|[^a])*$"],
    ["a long stretch tried from each of its characters", "a+$"],
  ])("finds %s", (_name, source) => {
    expect(slow({ source, flags: "" })).not.toEqual([]);
  });
});

describe("regular expressions", () => {
  it("are found", () => {
    expect(literals.length).toBeGreaterThan(300);
    expect(makers.size).toBeGreaterThan(0);
  });

  const distinct = new Map(literals.map((found) => [`/${found.source}/${found.flags}`, found]));
  it.each([...distinct])("%s takes linear time", (_text, found) => {
    expect(slow(found), found.file).toEqual([]);
  });

  it("that are made while the language server runs take linear time", async () => {
    const made = new Map<string, Found>();
    const Native = RegExp;
    globalThis.RegExp = new Proxy(Native, {
      construct(target, [pattern, flags]: [string | RegExp, string | undefined]) {
        const result = new target(pattern, flags);
        const file = new Error().stack?.match(/(?:server|client)\/src\/[\w./-]+\.ts/)?.[0] ?? "";
        made.set(`${file} ${String(result)}`, { file, source: result.source, flags: result.flags });
        return result;
      },
    });
    try {
      const { checkDocument } = await import("../../server/src/api/checkDocument.js");
      const { RULES } = await import("../../server/src/rules/rules.js");
      for (const { bad, good } of RULES) {
        for (const example of [...bad, ...good]) checkDocument(expandExample(example).text);
      }
    } finally {
      globalThis.RegExp = Native;
    }
    const ours = [...made.values()].filter(({ file }) => file !== "");
    const files = new Set(ours.map(({ file }) => path.normalize(file)));
    expect([...makers].filter((file) => !files.has(file))).toEqual([]);
    expect(
      ours.flatMap((found) => slow(found).map((why) => `${found.file} ${found.source}: ${why}`)),
    ).toEqual([]);
  });
});
