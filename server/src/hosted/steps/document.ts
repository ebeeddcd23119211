import { say } from "../../localisation/say.js";
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
      warnings.length > 0
        ? say`The document has problems. Errors: ${errors.length}, warnings: ${warnings.length}.`
        : errors.length === 1
          ? say`The document has 1 error.`
          : say`The document has ${errors.length} errors.`,
      {
        fix: say`Correct the local file and deploy it again.`,
        details,
      },
    );
  }
  if (warnings.length > 0) {
    return step(
      "document",
      "warning",
      warnings.length === 1
        ? say`The document has 1 warning.`
        : say`The document has ${warnings.length} warnings.`,
      {
        fix: say`Look at each in the local file.`,
        details,
      },
    );
  }
  return step("document", "passed", say`No errors and no warnings.`);
}
