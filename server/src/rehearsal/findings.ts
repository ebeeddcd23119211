import type { RehearsalStep, StepName } from "./rehearsal.js";

/** One thing that is right or wrong in a request. */
export interface Finding {
  readonly outcome: RehearsalStep["outcome"];
  readonly sentence: string;
}

export const passed = (sentence: string): Finding => ({ outcome: "passed", sentence });
export const failed = (sentence: string): Finding => ({ outcome: "failed", sentence });
export const warning = (sentence: string): Finding => ({ outcome: "warning", sentence });
export const note = (sentence: string): Finding => ({ outcome: "note", sentence });

/** What a step says, before anybody looks at the clock. */
export type Judgement = Omit<RehearsalStep, "at">;

/**
 * Makes a step of what was found: the first of the worst findings is its sentence, the others are its details.
 *
 * @param fine the sentence where nothing is wrong, and its outcome
 */
export function judgement(name: StepName, findings: readonly Finding[], fine: Finding): Judgement {
  const worst =
    findings.find(({ outcome }) => outcome === "failed") ??
    findings.find(({ outcome }) => outcome === "warning");
  const detail = findings.filter((finding) => finding !== worst).map(({ sentence }) => sentence);
  return { name, ...(worst ?? fine), detail };
}
