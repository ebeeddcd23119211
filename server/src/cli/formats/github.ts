import type { Problem, Severity } from "../../rules/problem.js";
import type { Format } from "./resultWriter.js";

const COMMAND: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
};

/** GitHub Actions workflow commands, which show up as annotations on a pull request. */
export const github: Format<string> = {
  part: ({ path, problems }) => problems.map((problem) => command(path, problem)).join(""),
  writer: (io) => ({
    file: (part) => io.stdout(part),
    end() {},
  }),
};

function command(path: string, { rule, severity, message, range }: Problem): string {
  const properties = [
    `file=${property(path)}`,
    `line=${range.start.line + 1}`,
    `endLine=${range.end.line + 1}`,
    `col=${range.start.character + 1}`,
    `endColumn=${range.end.character + 1}`,
    `title=${property(rule)}`,
  ];
  return `::${COMMAND[severity]} ${properties.join(",")}::${data(message)}\n`;
}

/** Escapes as the runner's command parser undoes it. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
