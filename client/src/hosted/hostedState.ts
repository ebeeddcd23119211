import { say } from "../../../server/src/localisation/say.js";
import type { HostedReportShape } from "../../../server/src/lsp/protocol.js";
import { isUnseen } from "../report/wording.js";

/** A hosted check of a file's own client identifier URL. */
export interface FileCheck {
  readonly report: HostedReportShape;
  /** The editor's text when it was checked. */
  readonly text: string;
}

/** What is known about a file and its published copy. */
export type HostedState = "never checked" | "in sync" | "differs" | "changed" | "failing" | "unseen";

/**
 * Judges what the last check said against the text as it is now; nothing is fetched for it.
 *
 * @param check the last check of the file; undefined when there was none
 */
export function hostedStateOf(check: FileCheck | undefined, text: string): HostedState {
  if (!check) return "never checked";
  const { report } = check;
  if (isUnseen(report)) return "unseen";
  if (!report.ok) return "failing";
  if (report.document?.text === text) return "in sync";
  if (check.text !== text) return "changed";
  return sameMembers(report) ? "in sync" : "differs";
}

/** What a check says about a file, for the Problems panel. */
export interface HostedProblem {
  /** Of the step. */
  readonly id: string;
  readonly severity: "error" | "warning";
  readonly message: string;
}

/**
 * The steps that failed or warned. What the file itself shows as its own problems is left out, and so is a comparison
 * with a text that has changed since.
 *
 * @param text the editor's, now
 */
export function hostedProblems({ report, text: checked }: FileCheck, text: string): HostedProblem[] {
  return report.steps.flatMap(({ id, title, state, sentence, fix }): HostedProblem[] => {
    if (state !== "failed" && state !== "warning") return [];
    if (id === "document" && sameMembers(report)) return [];
    if (id === "drift" && text !== checked) return [];
    return [
      {
        id,
        severity: state === "failed" ? "error" : "warning",
        message: say`Hosted ${title}: ${fix === undefined ? sentence : `${sentence} ${fix}`}`,
      },
    ];
  });
}

function sameMembers({ steps }: HostedReportShape): boolean {
  return steps.some(({ id, state }) => id === "drift" && state === "passed");
}
