import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Problem, Severity } from "../../rules/problem.js";
import { rulePageUrl } from "../../rules/rulePageUrl.js";
import { ruleById } from "../../rules/rules.js";
import { VERSION } from "../../version.js";
import { json, print } from "../printable.js";
import type { CheckedFile, Format } from "./resultWriter.js";

const LEVEL: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

/** SARIF 2.1.0, for code scanning services. Columns are UTF-16 code units, paths relative to the current folder. */
export const sarif: Format<Pick<CheckedFile, "path" | "problems" | "omittedProblems">> = {
  part: ({ path, problems, omittedProblems }) => ({
    path,
    problems,
    ...(omittedProblems === undefined ? {} : { omittedProblems }),
  }),
  writer(io) {
    const results: unknown[] = [];
    /** The rules with results, each with its place in `tool.driver.rules`. */
    const indexes = new Map<string, number>();
    let notListed = 0;
    return {
      file(file) {
        notListed += file.omittedProblems ?? 0;
        for (const problem of file.problems) {
          const index = indexes.get(problem.rule) ?? indexes.size;
          indexes.set(problem.rule, index);
          results.push(result(file.path, problem, index));
        }
      },
      end() {
        const log = {
          $schema: "https://json.schemastore.org/sarif-2.1.0.json",
          version: "2.1.0",
          runs: [
            {
              tool: {
                driver: {
                  name: "cimd",
                  version: VERSION,
                  semanticVersion: VERSION,
                  informationUri: "https://github.com/cimd-tools/vscode-cimd",
                  rules: [...indexes.keys()].map(describe),
                },
              },
              columnKind: "utf16CodeUnits",
              originalUriBaseIds: { ROOT: { uri: `${pathToFileURL(io.cwd).href}/` } },
              results,
              ...(notListed > 0 ? { properties: { problemsNotListed: notListed } } : {}),
            },
          ],
        };
        io.stdout(print`${json(log, 2)}\n`);
      },
    };
  },
};

/** What code scanning shows beside a result; GitHub wants `shortDescription`, `fullDescription` and `help` of each. */
function describe(id: string): unknown {
  const rule = ruleById(id);
  if (!rule) return { id };
  const { title, why, severity, sources } = rule;
  const [{ label, url }] = sources;
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    helpUri: rulePageUrl(id),
    help: { text: `${why}\n\n${label}: ${url}`, markdown: `${why}\n\n[${label}](${url})` },
    ...(severity === "off" ? {} : { defaultConfiguration: { level: LEVEL[severity] } }),
  };
}

function result(file: string, { rule, severity, message, range }: Problem, ruleIndex: number): unknown {
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVEL[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifact(file),
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
