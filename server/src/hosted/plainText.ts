import type { StepOf, StepState } from "./report.js";

const MARKS: Readonly<Record<StepState, string>> = {
  passed: "✓",
  failed: "✗",
  warning: "!",
  skipped: "-",
};

/** A report's steps as lines of text; what was not reached is one line. */
export function plainLines(steps: readonly StepOf<string>[]): string[] {
  const skipped = steps.filter(({ state }) => state === "skipped");
  const lines = steps.filter(({ state }) => state !== "skipped").flatMap((step) => stepLines(step));
  if (skipped.length > 0) {
    lines.push(`${MARKS.skipped} Not looked at: ${skipped.map(({ title }) => title).join(", ")}.`);
  }
  return lines;
}

function stepLines({ title, state, sentence, fix, details = [] }: StepOf<string>): string[] {
  return [
    `${MARKS[state]} ${title}: ${sentence}`,
    ...(fix === undefined ? [] : [`    → ${fix}`]),
    ...details.map((detail) => `    · ${detail}`),
  ];
}
