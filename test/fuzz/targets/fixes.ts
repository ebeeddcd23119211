import { type AnalyseOptions, type Analysis, analyse } from "../../../server/src/check/analyse.js";
import { fixAllEdits, fixesOf } from "../../../server/src/languageFeatures/codeActions.js";
import { applyEdits } from "../../../server/src/rules/edits.js";
import type { TextEdit } from "../../../server/src/rules/rule.js";
import { exampleDocuments } from "../seeds.js";
import { type FuzzTarget, holds, parsed } from "./target.js";

/** Findings and fixes that are tried; every fix costs several analyses. */
const MOST_FINDINGS = 6;
/** Fixes of longer texts are not tried before they are offered (`languageFeatures/codeActions.ts`). */
const LONGEST_TRIED = 65_536;

/** Longer texts, in UTF-16 units, are fixed one by one only. */
const LONGEST_IN_ROUNDS = 8_192;

/**
 * Rounds in which fix-all comes to rest: a fix that overlaps another waits for the next, and so does what is beyond the
 * number of problems that a rule may tell at once. And more for each so many characters.
 */
const MOST_ROUNDS = { least: 8, charactersEach: 40 };

function errors({ findings }: Analysis): number {
  return findings.filter(({ severity }) => severity === "error").length;
}

function areProper(edits: readonly TextEdit[], length: number): boolean {
  const sorted = [...edits].sort((a, b) => a.offset - b.offset);
  return sorted.every(
    ({ offset, end }, index) =>
      0 <= offset && offset <= end && end <= length && end <= (sorted[index + 1]?.offset ?? length),
  );
}

/** Every fix of every rule, and fix-all. */
export const fixes: FuzzTarget = {
  name: "fixes",
  holds: "fixes keep JSON JSON, never leave more errors, and are done after once",
  seeds: exampleDocuments,
  run(text) {
    // With the servers for some texts, without them (and ten times faster) for the others.
    const options: AnalyseOptions = text.length % 4 === 0 ? {} : { servers: { mode: "none" } };
    const before = analyse(text, options);
    const wasJson = parsed(text) !== undefined;
    for (const finding of before.findings.slice(0, MOST_FINDINGS)) {
      for (const { title, edits } of fixesOf(before, finding)) {
        const told = () => `${finding.rule}, ${title}`;
        holds(areProper(edits, text.length), "edits lie inside the text and apart", told);
        const next = applyEdits(text, edits);
        holds(next !== text, "a fix changes something", told);
        if (wasJson) holds(parsed(next) !== undefined, "a fix leaves JSON", () => `${told()}\n→ ${next}`);
        const after = analyse(next, options);
        if (text.length <= LONGEST_TRIED)
          holds(errors(after) <= errors(before), "a fix leaves no more errors", () => `${told()}\n→ ${next}`);
        // Deleting or replacing one of several moves the next to its place.
        const again = after.findings
          .filter(({ rule, pointer }) => rule === finding.rule && pointer === finding.pointer)
          .flatMap((left) => fixesOf(after, left))
          .some((fix) => fix.title === title && applyEdits(next, fix.edits) === next);
        holds(!again, "a fix is done after once", told);
      }
    }
    // A long text has more to fix than a round may tell, so its rounds say nothing.
    if (text.length > LONGEST_IN_ROUNDS) return;
    let current = before;
    for (let round = 0; ; round++) {
      const edits = fixAllEdits(current);
      if (edits.length === 0) break;
      holds(
        round < MOST_ROUNDS.least + text.length / MOST_ROUNDS.charactersEach,
        "fix-all comes to rest",
        () => current.document.text,
      );
      holds(areProper(edits, current.document.text.length), "edits of fix-all lie inside the text and apart");
      const next = analyse(applyEdits(current.document.text, edits), options);
      if (wasJson)
        holds(parsed(next.document.text) !== undefined, "fix-all leaves JSON", () => next.document.text);
      current = next;
    }
    holds(errors(current) <= errors(before), "fix-all leaves no more errors", () => current.document.text);
  },
};
