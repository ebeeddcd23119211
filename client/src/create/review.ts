import * as vscode from "vscode";
import type { CreateDocumentResult } from "../../../server/src/lsp/protocol.js";
import type { Step } from "./steps.js";
import { type Answer, askPick, type StepPlace } from "./wizard.js";

type Problem = CreateDocumentResult["problems"][number];

/** What the person decided about a document that is not free of problems. */
export type Review = { readonly changes: Step } | "create";

const ICONS: Readonly<Record<string, string>> = { error: "error", warning: "warning", information: "info" };

/**
 * The problems worth a second look: hints are for later, and that a URL is a placeholder the person knows, who gave none.
 */
export function problemsToReview({ problems }: CreateDocumentResult): readonly Problem[] {
  return problems.filter(({ severity, rule }) => severity !== "hint" && rule !== "document/placeholder");
}

/**
 * Shows what is left to fix, and leads back to the question behind a chosen problem.
 *
 * @param asked the questions that were asked
 */
export function askReview(
  place: StepPlace,
  problems: readonly Problem[],
  asked: readonly Step[],
): Promise<Answer<Review>> {
  const items = problems.map(({ message, severity, pointer, rule }) => {
    const step = asked.findLast((one) => one.pointer !== "" && pointer.startsWith(one.pointer));
    return {
      label: `$(${ICONS[severity]}) ${rule}`,
      detail: message,
      choice: step ? ({ changes: step } satisfies Review) : ("create" as const),
    };
  });
  return askPick<Review>({
    ...place,
    placeholder: vscode.l10n.t("Choose a problem to change its answer, or create the document as it is"),
    active: undefined,
    items: [
      ...items,
      { label: `$(new-file) ${vscode.l10n.t("Create the document as it is")}`, choice: "create" },
    ],
  });
}
