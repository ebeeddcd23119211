import { type HostedReport, STEP_TITLES, type Step, type StepState } from "./report.js";

const MARKS: Readonly<Record<StepState, string>> = { passed: "✓", failed: "✗", warning: "!", skipped: "-" };

/**
 * A report's steps as lines of text; what was not reached is one line.
 *
 * @param printable makes text from the network safe for where the lines go
 */
export function toPlainText(report: HostedReport, printable: (text: string) => string): string {
  const skipped = report.steps.filter(({ state }) => state === "skipped");
  const lines = report.steps.filter(({ state }) => state !== "skipped").flatMap((step) => stepLines(step));
  if (skipped.length > 0) {
    lines.push(`${MARKS.skipped} Not looked at: ${skipped.map(({ id }) => STEP_TITLES[id]).join(", ")}.`);
  }
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function stepLines({ id, state, sentence, fix, details = [] }: Step): string[] {
  return [
    `${MARKS[state]} ${STEP_TITLES[id]}: ${sentence}`,
    ...(fix === undefined ? [] : [`    → ${fix}`]),
    ...details.map((detail) => `    · ${detail}`),
  ];
}
