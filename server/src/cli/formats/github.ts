import type { Severity } from "../../rules/problem.js";
import { joined, received, workflowCommand } from "../printable.js";
import type { Format } from "./resultWriter.js";

const COMMAND: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
};

/** GitHub Actions workflow commands, which show up as annotations on a pull request. */
export const github: Format<string> = {
  part: ({ path, problems, omittedProblems = 0 }) =>
    joined([
      ...problems.map(({ rule, severity, message, range }) =>
        workflowCommand(
          COMMAND[severity],
          {
            file: path,
            line: range.start.line + 1,
            endLine: range.end.line + 1,
            col: range.start.character + 1,
            endColumn: range.end.character + 1,
            title: rule,
          },
          message,
        ),
      ),
      ...(omittedProblems > 0
        ? [workflowCommand("notice", { file: path }, `${omittedProblems} more problems are not listed.`)]
        : []),
    ]).text,
  writer: (io) => ({
    file: (part) => io.stdout(received(part)),
    end() {},
  }),
};
