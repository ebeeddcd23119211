import type { Severity } from "../../rules/problem.js";
import { printable } from "../printable.js";
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
    const paint = (code: string, words: string): string =>
      colour ? `\u001b[${code}m${words}\u001b[0m` : words;
    const path = printable(file.path);
    let lines = "";
    for (const { rule, severity, message, range } of file.problems) {
      const place = `${path}:${range.start.line + 1}:${range.start.character + 1}`;
      lines += `${place}: ${paint(COLOUR[severity], severity)} ${printable(message)} ${paint("90", `[${rule}]`)}\n`;
    }
    const sum = verdictSum(file);
    return sum ? `${lines}${path}: ${sum}\n` : lines;
  },
  writer: (io) => ({
    file: (part) => io.stdout(part),
    end({ files, errors, warnings }) {
      io.stdout(
        `${count(files, "file")} checked: ${count(errors, "error")}, ${count(warnings, "warning")}\n`,
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
