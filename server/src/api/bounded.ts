import { clip } from "../document/valueText.js";
import type { Problem } from "../rules/problem.js";
import type { Verdict } from "../servers/profile.js";

/** What is printed or answered for one document, at most. */
export const MOST_BYTES = 4_000_000;

/** A message of ours with what it quotes. */
const LONGEST_MESSAGE = 1000;
/** A JSON pointer holds names of the document. */
const LONGEST_POINTER = 1000;

/** How many problems of a document, and reasons and entries of a verdict: as many of the first as fit. */
const COUNTS = [
  { problems: 1000, each: 100 },
  { problems: 500, each: 10 },
  { problems: 100, each: 1 },
] as const;

/** How much was left out of a result. */
export interface LeftOut {
  readonly problems: number;
  readonly reasons: number;
  readonly signIn: number;
}

interface Result<V extends Verdict> {
  readonly problems: readonly Problem[];
  readonly verdicts: readonly V[];
}

/**
 * A result of a size that can be printed or sent, whatever the document holds: texts are cut off, and of long lists the
 * beginning is left.
 *
 * @returns `leftOut` where something of a list is missing
 */
export function boundedResult<V extends Verdict>({
  problems,
  verdicts,
}: Result<V>): { problems: Problem[]; verdicts: V[]; leftOut?: LeftOut } {
  const short = { problems: problems.map(shortProblem), verdicts: verdicts.map(shortVerdict) };
  for (const counts of COUNTS) {
    const cut = {
      problems: short.problems.slice(0, counts.problems),
      verdicts: short.verdicts.map((verdict) => ({
        ...verdict,
        reasons: verdict.reasons.slice(0, counts.each),
        signIn: verdict.signIn.slice(0, counts.each),
      })),
    };
    if (counts === COUNTS.at(-1) || jsonBytes(cut) <= MOST_BYTES) return { ...cut, ...leftOut(short, cut) };
  }
  throw new Error("unreachable");
}

function shortProblem(problem: Problem): Problem {
  return {
    ...problem,
    message: clip(problem.message, LONGEST_MESSAGE),
    pointer: clip(problem.pointer, LONGEST_POINTER),
  };
}

function shortVerdict<V extends Verdict>(verdict: V): V {
  return {
    ...verdict,
    reasons: verdict.reasons.map((reason) => ({
      ...reason,
      message: clip(reason.message, LONGEST_MESSAGE),
      ...(reason.pointer === undefined ? {} : { pointer: clip(reason.pointer, LONGEST_POINTER) }),
    })),
    signIn: verdict.signIn.map((entry) => ({ ...entry, entry: clip(entry.entry) })),
  };
}

function leftOut(whole: Result<Verdict>, cut: Result<Verdict>): { leftOut?: LeftOut } {
  const missing = (count: (result: Result<Verdict>) => number) => count(whole) - count(cut);
  const sum = (list: "reasons" | "signIn") =>
    missing(({ verdicts }) => verdicts.reduce((total, verdict) => total + verdict[list].length, 0));
  const counts = {
    problems: missing(({ problems }) => problems.length),
    reasons: sum("reasons"),
    signIn: sum("signIn"),
  };
  return Object.values(counts).some((count) => count > 0) ? { leftOut: counts } : {};
}

/** The size as JSON in UTF-8, with escapes for what a terminal understands; exact only where it could be too much. */
export function jsonBytes(value: unknown): number {
  const text = JSON.stringify(value);
  // An escape is the most that a UTF-16 code unit takes.
  if (text.length * ESCAPE.length <= MOST_BYTES) return text.length;
  return new TextEncoder().encode(
    text.replace(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, ESCAPE),
  ).length;
}

const ESCAPE = "\\u0000";
