import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Problem, Severity } from "../../rules/problem.js";
import { RULES, ruleById } from "../../rules/rules.js";
import { VERSION } from "../../version.js";
import type { CliIo } from "../io.js";
import type { CheckedFile, ResultWriter } from "./resultWriter.js";

const LEVEL: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

/** SARIF 2.1.0, for code scanning services. */
export function sarif(io: CliIo): ResultWriter {
  const results: unknown[] = [];
  const used = new Set<string>();
  return {
    file(file) {
      for (const problem of file.problems) {
        used.add(problem.rule);
        results.push(result(file, problem));
      }
    },
    end() {
      const log = {
        $schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [
          {
            tool: { driver: { name: "cimd", version: VERSION, rules: rulesUsed(used) } },
            columnKind: "utf16CodeUnits",
            originalUriBaseIds: { ROOT: { uri: `${pathToFileURL(io.cwd).href}/` } },
            results,
          },
        ],
      };
      io.stdout(`${JSON.stringify(log, undefined, 2)}\n`);
    },
  };
}

function rulesUsed(used: ReadonlySet<string>): unknown[] {
  const known = RULES.filter(({ id }) => used.has(id)).map(({ id, title, why, sources }) => ({
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    helpUri: sources[0].url,
  }));
  const others = [...used].filter((id) => !ruleById(id)).map((id) => ({ id }));
  return [...known, ...others];
}

function result(file: CheckedFile, { rule, severity, message, range }: Problem): unknown {
  return {
    ruleId: rule,
    level: LEVEL[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifact(file.path),
          region: {
            startLine: range.start.line + 1,
            startColumn: range.start.character + 1,
            endLine: range.end.line + 1,
            endColumn: range.end.character + 1,
          },
        },
      },
    ],
  };
}

function artifact(file: string): unknown {
  if (file === "-") return { uri: "stdin" };
  if (path.isAbsolute(file)) return { uri: pathToFileURL(file).href };
  return { uri: file.split(path.sep).map(encodeURIComponent).join("/"), uriBaseId: "ROOT" };
}
