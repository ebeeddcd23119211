import { ClientMetadataDocument } from "../../../server/src/document/clientMetadataDocument.js";
import type { Constraint } from "../../../server/src/servers/profile.js";
import { type EngineCase, textOf } from "./cases.js";
import { simplerCases } from "./shrink.js";
import type { Subject } from "./subject.js";

/** Whether a profile says something else of a case once a constraint is taken out. */
export function decides(subject: Subject, constraint: Constraint, asked: EngineCase): boolean {
  return subject.predict(asked).outcome !== subject.without(constraint).predict(asked).outcome;
}

/** Where a search stops looking at further starting points, and at further steps of one. */
const STARTS = 40;
const STEPS = 60;
const TRIES = 400;

/**
 * Looks for cases that one constraint decides alone: first among the cases at hand, then by taking out of documents
 * whatever else is wrong with them.
 *
 * @param subject a profile
 * @param wanted how many
 */
export function decisiveCases(
  subject: Subject,
  constraint: Constraint,
  cases: readonly EngineCase[],
  wanted: number,
): EngineCase[] {
  const less = subject.without(constraint);
  const decided = (asked: EngineCase) => subject.predict(asked).outcome !== less.predict(asked).outcome;
  const reporting = cases.filter((asked) => reports(constraint, asked));
  const found = reporting.filter(
    (asked) => subject.predict(asked).reasons.includes(constraint.id) && decided(asked),
  );
  if (found.length > 0) return found.slice(0, wanted);
  for (const start of reporting.slice(0, STARTS)) {
    const isolated = isolate(subject, constraint, start, decided);
    if (isolated) return [isolated];
  }
  return [];
}

/** Takes everything else that is wrong out of a case, as long as the constraint still reports. */
function isolate(
  subject: Subject,
  constraint: Constraint,
  start: EngineCase,
  decided: (asked: EngineCase) => boolean,
): EngineCase | undefined {
  let now = start;
  let reasons = subject.predict(now).reasons.length;
  for (let step = 0; step < STEPS; step++) {
    if (decided(now)) return now;
    let tries = 0;
    let better: EngineCase | undefined;
    for (const candidate of simplerCases(now)) {
      if (++tries > TRIES) break;
      if (!reports(constraint, candidate)) continue;
      const left = subject.predict(candidate).reasons.length;
      if (left < reasons || decided(candidate)) {
        better = candidate;
        reasons = left;
        break;
      }
    }
    if (!better) return undefined;
    now = better;
  }
  return undefined;
}

function reports({ check }: Constraint, { url, body }: EngineCase): boolean {
  let reported = false;
  check(new ClientMetadataDocument(textOf(body), { url }), () => {
    reported = true;
  });
  return reported;
}
