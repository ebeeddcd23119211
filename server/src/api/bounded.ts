import { UNSEEN } from "../document/unseen.js";
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
  { most: 1000, each: 100 },
  { most: 500, each: 10 },
  { most: 50, each: 1 },
] as const;

interface Result<V extends Verdict> {
  readonly problems: readonly Problem[];
  readonly verdicts: readonly V[];
}

/** A result that was cut to a size. */
export interface BoundedResult<V extends Verdict> {
  readonly problems: Problem[];
  readonly verdicts: V[];
  /** How many problems are not listed; absent where all are. A verdict says the same of its lists. */
  readonly omittedProblems?: number;
}

/**
 * A result of a size that can be printed or sent, whatever the document holds: texts are cut off, and of long lists the
 * beginning is left.
 *
 * @param mostBytes as JSON
 */
export function boundedResult<V extends Verdict>(
  { problems, verdicts }: Result<V>,
  mostBytes: number = MOST_BYTES,
): BoundedResult<V> {
  const short = { problems: problems.map(shortProblem), verdicts: verdicts.map(shortVerdict) };
  let cut: BoundedResult<V> = short;
  for (const { most, each } of COUNTS) {
    const omittedProblems = problems.length - most;
    cut = {
      problems: short.problems.slice(0, most),
      verdicts: short.verdicts.map((verdict) => listed(verdict, each)),
      ...(omittedProblems > 0 ? { omittedProblems } : {}),
    };
    if (jsonBytes(cut, mostBytes) <= mostBytes) break;
  }
  return cut;
}

function listed<V extends Verdict>(verdict: V, most: number): V {
  const { reasons, signIn, omitted = { reasons: 0, signIn: 0 } } = verdict;
  if (reasons.length <= most && signIn.length <= most) return verdict;
  return {
    ...verdict,
    // What refuses the document comes first.
    reasons: reasons.toSorted((a, b) => weight(a) - weight(b)).slice(0, most),
    signIn: signIn.slice(0, most),
    omitted: {
      reasons: omitted.reasons + Math.max(0, reasons.length - most),
      signIn: omitted.signIn + Math.max(0, signIn.length - most),
    },
  };
}

function weight({ effect }: Verdict["reasons"][number]): number {
  return effect === "blocks" ? 0 : 1;
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

/** The size as JSON in UTF-8, with escapes for what a terminal understands; exact only where it could be too much. */
export function jsonBytes(value: unknown, enough: number = MOST_BYTES): number {
  const text = JSON.stringify(value);
  // An escape is the most that a UTF-16 code unit takes.
  if (text.length * ESCAPE.length <= enough) return text.length;
  return new TextEncoder().encode(text.replace(UNSEEN, (character) => ESCAPE.repeat(character.length)))
    .length;
}

const ESCAPE = "\\u0000";
