import { say } from "../localisation/say.js";
import type { Finding } from "./problem.js";

/** At most this many problems of one rule are listed, then one says how many more there are. */
export const MAX_PER_RULE = 20;
/** At most this many problems of one document are listed. */
export const MAX_PER_DOCUMENT = 500;

interface Tally {
  listed: number;
  /** How many came after the limit was reached. */
  over: number;
  /** How many another list had counted. */
  inherited: number;
  /** Makes the one at whose place the rest is told. */
  last: (() => Finding) | undefined;
}

/**
 * A list of findings that takes {@link MAX_PER_RULE} of each rule and counts the rest. What is only counted is not made:
 * a document may have 100,000 of a kind.
 */
export class LimitedFindings {
  readonly #listed: Finding[] = [];
  readonly #tallies = new Map<string, Tally>();

  /**
   * @param rule the finding's rule
   * @param make called once, now or in `close`, or never
   */
  add(rule: string, make: () => Finding): void {
    const tally = this.#tallyOf(rule);
    if (tally.listed < MAX_PER_RULE) {
      tally.listed++;
      this.#listed.push(make());
    } else {
      tally.over++;
      tally.last = make;
    }
  }

  /** Takes over the entry with which another list ended a rule. What is counted here is taken to be among it. */
  inherit(rest: Finding): void {
    const tally = this.#tallyOf(rest.rule);
    tally.inherited = rest.more ?? 0;
    tally.last = () => rest;
  }

  #tallyOf(rule: string): Tally {
    let tally = this.#tallies.get(rule);
    if (!tally) {
      tally = { listed: 0, over: 0, inherited: 0, last: undefined };
      this.#tallies.set(rule, tally);
    }
    return tally;
  }

  /** The findings, with one for each rule that went past its limit: it says by how many, at the place of the last. */
  close(): Finding[] {
    const all = this.#listed;
    for (const { over, inherited, last } of this.#tallies.values()) {
      if (last) all.push(restOf(last(), Math.max(over, inherited)));
    }
    return all;
  }
}

function restOf(last: Finding, more: number): Finding {
  return {
    ...last,
    data: undefined,
    related: undefined,
    message: say`… and ${more} more of ${last.rule}.`,
    more,
  };
}

/** Sorts findings by their place in the text and holds them to the document's limit. */
export function inTextOrder(findings: Finding[]): Finding[] {
  findings.sort((a, b) => a.offset - b.offset || a.end - b.end);
  const over = findings.length - MAX_PER_DOCUMENT;
  const first = findings[MAX_PER_DOCUMENT - 1];
  if (over <= 0 || !first) return findings;
  const kept = findings.slice(0, MAX_PER_DOCUMENT - 1);
  kept.push({
    ...first,
    data: undefined,
    related: undefined,
    message: say`… and ${over + 1} more problems.`,
  });
  return kept;
}
