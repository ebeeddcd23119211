import type { Severity } from "../../rules/problem.js";
import { joined, line, painted, received } from "../printable.js";
import type { CheckedFile, Format } from "./resultWriter.js";

const COLOUR: Readonly<Record<Severity, string>> = {
  error: "31",
  warning: "33",
  information: "36",
  hint: "90",
};

/** For people: one line a problem, `path:line:column: severity message [rule]`, and a sum. */
export const text: Format<string> = {
  part(file, colour) {
    const paint = (code: string, words: string) => (colour ? painted(code, words) : words);
    const lines = file.problems.map(({ rule, severity, message, range }) => {
      const place = `${range.start.line + 1}:${range.start.character + 1}`;
      return line`${file.path}:${place}: ${paint(COLOUR[severity], severity)} ${message} ${paint("90", `[${rule}]`)}`;
    });
    const more = file.omittedProblems ?? 0;
    if (more > 0) lines.push(line`${file.path}: ${count(more, "more problem")}`);
    const sum = verdictSum(file);
    if (sum) lines.push(line`${file.path}: ${sum}`);
    return joined(lines).text;
  },
  writer: (io) => ({
    file: (part) => io.stdout(received(part)),
    end({ files, errors, warnings }) {
      io.stdout(
        line`${count(files, "file")} checked: ${count(errors, "error")}, ${count(warnings, "warning")}`,
      );
    },
  }),
};

function verdictSum({ verdicts }: CheckedFile): string {
  if (verdicts.length === 0) return "";
  const refusing = verdicts.filter(({ verdict }) => verdict === "refuses");
  const accepting = verdicts.filter(({ verdict }) => verdict === "accepts").length;
  const names = refusing.length > 0 ? ` (${refusing.map(({ server }) => server).join(", ")})` : "";
  return `loads on ${accepting} of ${verdicts.length} servers, refused by ${refusing.length}${names}`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
