import type { Problem } from "../../rules/problem.js";
import { type Step, step } from "../report.js";

/** Sums up what the rules say about the text; the problems themselves are in the report's `document`. */
export function documentStep(problems: readonly Problem[]): Step {
  const errors = problems.filter(({ severity }) => severity === "error");
  const warnings = problems.filter(({ severity }) => severity === "warning");
  const details = [...errors, ...warnings].map(
    ({ rule, message, range }) => `${range.start.line + 1}:${range.start.character + 1} ${rule}: ${message}`,
  );
  if (errors.length > 0) {
    return step(
      "document",
      "failed",
      `The document has ${count(errors.length, "error")}${warnings.length > 0 ? ` and ${count(warnings.length, "warning")}` : ""}.`,
      {
        fix: "Mend the local file and deploy it again.",
        details,
      },
    );
  }
  if (warnings.length > 0) {
    return step("document", "warning", `The document has ${count(warnings.length, "warning")}.`, {
      fix: "Look at each in the local file.",
      details,
    });
  }
  return step("document", "passed", "No errors and no warnings.");
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
