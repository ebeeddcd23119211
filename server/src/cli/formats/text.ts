import type { Severity } from "../../rules/problem.js";
import { serverById } from "../../servers/servers.js";
import { type Sum, summaryOf } from "../../views/compatibility/summary.js";
import { joined, line, type Printable, painted, received } from "../printable.js";
import type { CheckedFile, Format } from "./resultWriter.js";

const COLOUR: Readonly<Record<Severity, string>> = {
  error: "31",
  warning: "33",
  information: "36",
  hint: "90",
};

/** For people: one line a problem, `path:line:column: severity message [rule]`, and what servers make of the document. */
export const text: Format<string> = {
  part(file, colour) {
    const paint = (code: string, words: string) => (colour ? painted(code, words) : words);
    const lines = file.problems.map(({ rule, severity, message, range }) => {
      const place = `${range.start.line + 1}:${range.start.character + 1}`;
      return line`${file.path}:${place}: ${paint(COLOUR[severity], severity)} ${message} ${paint("90", `[${rule}]`)}`;
    });
    const more = file.omittedProblems ?? 0;
    if (more > 0) lines.push(line`${file.path}: ${count(more, "more problem")}`);
    lines.push(...serverLines(file));
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

/** Outcomes as they are listed: what a person has to know first. */
const OUTCOMES: readonly (readonly [sum: Sum, words: string])[] = [
  ["refuses", "refuse"],
  ["limited", "limited"],
  ["unknown", "unknown"],
  ["works", "work"],
];

/**
 * The sum of the servers that the problems speak for, and who does not simply work; where all known servers were asked, their
 * sum as well, and everybody by outcome.
 */
function serverLines({ path, sums }: CheckedFile): Printable[] {
  if (sums.length === 0) return [];
  const counted = sums.filter(({ counted }) => counted);
  const lines = [line`${path}: ${summaryOf(counted.map(({ sum }) => sum))}`];
  const all = counted.length < sums.length;
  if (all) lines.push(line`${path}: all known servers: ${summaryOf(sums.map(({ sum }) => sum))}`);
  for (const [outcome, words] of OUTCOMES) {
    const names = sums
      .filter(({ sum }) => sum === outcome)
      .map(({ server }) => serverById(server)?.name ?? server);
    if (names.length > 0 && (all || outcome !== "works")) lines.push(line`  ${words}: ${names.join(", ")}`);
  }
  return lines;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
