import { type Answer, type EngineCase, keyOf } from "./cases.js";
import type { Driver } from "./driver.js";
import { simplerCases, weightOf } from "./shrink.js";
import { agrees, type Prediction, type Subject } from "./subject.js";

/** A case with what the profile said of it and what the engine did. */
export interface Compared {
  readonly asked: EngineCase;
  readonly prediction: Prediction;
  readonly answer: Answer;
}

/** Disagreements of one kind: the same constraints on one side, the same words on the other. */
export interface Disagreement {
  readonly kind: string;
  readonly count: number;
  /** A small case of this kind. */
  readonly example: Compared;
}

/** Asks engine and profile. */
export async function compare(
  subject: Subject,
  driver: Driver,
  cases: readonly EngineCase[],
): Promise<Compared[]> {
  const answers = await driver.ask(cases);
  return cases.map((asked, at) => ({
    asked,
    prediction: subject.predict(asked),
    answer: answers[at] as Answer,
  }));
}

/** Kinds of disagreement that are shrunk, the most frequent ones. */
const MOST_KINDS = 30;
const ROUNDS = 30;
const CANDIDATES = 40;

/** @returns the disagreements by kind, most frequent first, each with one small example */
export async function disagreements(
  subject: Subject,
  driver: Driver,
  compared: readonly Compared[],
): Promise<Disagreement[]> {
  const groups = Map.groupBy(
    compared.filter(({ prediction, answer }) => !agrees(prediction, answer)),
    kindOf,
  );
  const kinds = [...groups].sort(([, some], [, others]) => others.length - some.length);
  const examples = kinds.map(([, group]) =>
    group.reduce((least, one) => (weightOf(one.asked) < weightOf(least.asked) ? one : least)),
  );
  await shrink(subject, driver, examples, Math.min(MOST_KINDS, kinds.length));
  return kinds.map(([kind, { length: count }], at) => ({
    kind,
    count,
    example: examples[at] as Compared,
  }));
}

/** Makes the first of some examples smaller, all at once: each round asks the driver about the next step of every one. */
async function shrink(subject: Subject, driver: Driver, examples: Compared[], count: number): Promise<void> {
  /** Of each example, the candidates that were not tried yet, and those that failed. */
  const open = examples.slice(0, count).map(({ asked }) => simplerCases(asked));
  const tried = open.map(() => new Set<string>());
  for (let round = 0; round < ROUNDS; round++) {
    const candidates = open.flatMap((generator, at) => {
      const now = examples[at] as Compared;
      const found: { at: number; asked: EngineCase }[] = [];
      for (const asked of generator) {
        const key = keyOf(asked);
        if (tried[at]?.has(key) || weightOf(asked) >= weightOf(now.asked)) continue;
        tried[at]?.add(key);
        found.push({ at, asked });
        if (found.length >= CANDIDATES) break;
      }
      return found;
    });
    if (candidates.length === 0) return;
    const results = await compare(
      subject,
      driver,
      candidates.map(({ asked }) => asked),
    );
    for (const [index, result] of results.entries()) {
      const { at } = candidates[index] as { at: number };
      const now = examples[at] as Compared;
      if (agrees(result.prediction, result.answer) || kindOf(result) !== kindOf(now)) continue;
      if (weightOf(result.asked) >= weightOf(now.asked)) continue;
      examples[at] = result;
      open[at] = simplerCases(result.asked);
    }
  }
}

/** What a disagreement is about, without the values of the case. */
function kindOf({ prediction, answer }: Compared): string {
  const said =
    prediction.reasons.length > 0
      ? `${prediction.outcome} (${prediction.reasons.join(", ")})`
      : prediction.outcome;
  return `profile ${said} → engine ${answer.outcome}${answer.message === "" ? "" : `: ${generalised(answer.message)}`}`;
}

/** An engine's words without what differs from case to case. */
function generalised(message: string): string {
  return message
    .replace(/"(?:[^"\\]|\\.)*"|'[^']*'|`[^`]*`/g, "…")
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/\S*/gi, "…")
    .replace(/\d+/g, "#")
    .replace(/\s+/g, " ")
    .slice(0, 140);
}
