import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../server/src/cli/main.js";
import { checkDocument } from "../../server/src/index.js";
import { RULES } from "../../server/src/rules/rules.js";
import { VERSION } from "../../server/src/version.js";

/** Members in an order in which each kind of problem has a line of its own; the name of the file needs escapes everywhere. */
const FILE = "sub folder, 100%/käse:1.cimd.json";
const TEXT = `{
  "client_id": "http://app.acme.dev/oauth/client",
  "client_name": "Acme \u{1f511}",
  "redirect_uris": ["https://app.acme.dev/callback", "http://localhost:*/callback", "http://localhost:3*/cb"],
  "token_endpoint_auth_method": "none"
}
`;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "cimd-formats-"));
  // Windows knows no colon in file names.
  const file = process.platform === "win32" ? FILE.replace(":", "_") : FILE;
  mkdirSync(path.join(folder, path.dirname(file)));
  writeFileSync(path.join(folder, file), TEXT);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What `cimd check` prints for the folder. */
async function printed(format: string): Promise<string> {
  let out = "";
  const code = await run(["check", "--format", format], {
    cwd: folder,
    env: {},
    colour: false,
    readStdin: () => Promise.resolve(""),
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      throw new Error(text.text);
    },
  });
  expect(code).toBe(1);
  return out;
}

const { problems } = checkDocument(TEXT);

describe("--format sarif", () => {
  /** The schema of OASIS, and a validator of the draft it is written in, both as Microsoft's SARIF tools ship them. */
  function validator(): { validate(log: unknown): boolean; errors(): string } {
    const require = createRequire(import.meta.resolve("@microsoft/jest-sarif"));
    const Ajv = require("ajv");
    const ajv = new Ajv({ schemaId: "auto", allErrors: true });
    ajv.addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json"));
    const schema = new URL("schemas/sarif-2.1.0-rtm.5.json", import.meta.resolve("@microsoft/jest-sarif"));
    const validate = ajv.compile(JSON.parse(readFileSync(schema, "utf8")));
    return { validate, errors: () => ajv.errorsText(validate.errors) };
  }

  it("is valid by the schema of SARIF 2.1.0", async () => {
    const { validate, errors } = validator();
    expect(validate(JSON.parse(await printed("sarif"))), errors()).toBe(true);
    expect(validate({ version: "2.1.0", runs: [{ tool: {} }] })).toBe(false);
  });

  it("has every problem at its place, under its rule, and every rule with what code scanning shows", async () => {
    const [{ tool, results, originalUriBaseIds }] = JSON.parse(await printed("sarif")).runs;
    expect(tool.driver).toMatchObject({ name: "cimd", version: VERSION });
    expect(results).toHaveLength(problems.length);
    for (const [index, problem] of problems.entries()) {
      const found = results[index];
      expect(found).toMatchObject({ ruleId: problem.rule, message: { text: problem.message } });
      expect(tool.driver.rules[found.ruleIndex].id).toBe(problem.rule);
      const { artifactLocation, region } = found.locations[0].physicalLocation;
      expect(region).toMatchObject({
        startLine: problem.range.start.line + 1,
        startColumn: problem.range.start.character + 1,
      });
      const base = originalUriBaseIds[artifactLocation.uriBaseId].uri;
      expect(readFileSync(fileURLToPath(new URL(artifactLocation.uri, base)), "utf8")).toBe(TEXT);
    }
    for (const rule of tool.driver.rules) {
      expect(RULES.map(({ id }) => id)).toContain(rule.id);
      for (const text of [rule.shortDescription, rule.fullDescription, rule.help])
        expect(text.text.length).toBeGreaterThan(0);
      const [, anchor] = rule.helpUri.split("/server/docs/rules.md#");
      expect(anchor).toBe(rule.id);
      expect(readFileSync(new URL("../../server/docs/rules.md", import.meta.url), "utf8")).toContain(
        `<a id="${anchor}"></a>`,
      );
    }
    expect(new Set(tool.driver.rules.map(({ id }: { id: string }) => id)).size).toBe(
      tool.driver.rules.length,
    );
  });
});

describe("--format github", () => {
  /** As the runner reads a line (actions/toolkit, `core/src/command.ts`, and actions/runner, `ActionCommand.cs`). */
  function parsed(line: string): { command: string; properties: Record<string, string>; message: string } {
    const [, command = "", list = "", data = ""] = /^::(\w+) ([^:]*)::(.*)$/.exec(line) ?? [];
    const unescaped = (text: string): string =>
      text
        .replaceAll("%0D", "\r")
        .replaceAll("%0A", "\n")
        .replaceAll("%3A", ":")
        .replaceAll("%2C", ",")
        .replaceAll("%25", "%");
    const properties = list.split(",").map((property) => {
      const at = property.indexOf("=");
      return [property.slice(0, at), unescaped(property.slice(at + 1))];
    });
    return { command, properties: Object.fromEntries(properties), message: unescaped(data) };
  }

  it("gives one annotation a problem, with its file, place, title and severity", async () => {
    const commands = { error: "error", warning: "warning", information: "notice", hint: "notice" };
    const lines = (await printed("github")).trimEnd().split("\n").map(parsed);
    expect(lines).toEqual(
      problems.map(({ rule, severity, message, range }) => ({
        command: commands[severity],
        properties: {
          file: process.platform === "win32" ? FILE.replace(":", "_") : FILE,
          line: String(range.start.line + 1),
          endLine: String(range.end.line + 1),
          col: String(range.start.character + 1),
          endColumn: String(range.end.character + 1),
          title: rule,
        },
        message,
      })),
    );
  });
});

describe("--format junit", () => {
  it("is a suite a file and a case a problem, of which errors fail", async () => {
    // The XML parser of the Marketplace's packaging tool.
    const { parseStringPromise } = createRequire(import.meta.resolve("@vscode/vsce"))("xml2js");
    const { testsuites } = await parseStringPromise(await printed("junit"), {
      explicitArray: false,
      mergeAttrs: true,
    });
    const { testsuite } = testsuites;
    const errors = problems.filter(({ severity }) => severity === "error");
    expect(testsuite).toMatchObject({ tests: String(problems.length), failures: String(errors.length) });
    expect(testsuite.testcase).toHaveLength(problems.length);
    for (const [index, { rule, severity, message, range }] of problems.entries()) {
      const { name, line, failure, "system-out": told, file } = testsuite.testcase[index];
      expect(file).toBe(process.platform === "win32" ? FILE.replace(":", "_") : FILE);
      expect(name).toBe(`${rule} at ${range.start.line + 1}:${range.start.character + 1}`);
      expect(line).toBe(String(range.start.line + 1));
      if (severity === "error") expect(failure).toMatchObject({ type: "error", message });
      else expect(told).toContain(message);
    }
  });
});

describe("the problem matcher $cimd", () => {
  const { contributes } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const [matcher] = contributes.problemMatchers;

  it("reads every problem that --format text prints, and nothing else", async () => {
    const { regexp, ...groups } = matcher.pattern;
    const lines = (await printed("text")).trimEnd().split("\n");
    const found = lines.flatMap((line) => {
      const match = new RegExp(regexp).exec(line);
      return match
        ? [Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, match[group as number]]))]
        : [];
    });
    expect(found).toEqual(
      problems.map(({ rule, severity, message, range }) => ({
        file: process.platform === "win32" ? FILE.replace(":", "_") : FILE,
        line: String(range.start.line + 1),
        column: String(range.start.character + 1),
        severity: severity === "information" ? "info" : severity,
        message,
        code: rule,
      })),
    );
    const sum = lines.findIndex((line) => /: \d+ of \d+ works? · /.test(line));
    expect(sum).toBe(problems.length);
    expect(lines.slice(sum + 1, -1).every((line) => /^ {2}(?:refuse|limited|unknown): /.test(line))).toBe(
      true,
    );
  });

  it("is named as documented, and takes paths relative to the workspace folder", () => {
    expect(matcher).toMatchObject({ name: "cimd", fileLocation: ["relative", "${workspaceFolder}"] });
    // Open files have live problems; the two must not replace or repeat each other.
    expect(matcher).toMatchObject({ owner: "cimd.check", applyTo: "closedDocuments" });
  });
});
