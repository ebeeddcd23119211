import { ClientMetadataDocument } from "../../../server/src/document/clientMetadataDocument.js";
import type { Constraint } from "../../../server/src/servers/profile.js";
import { type EngineCase, textOf } from "./cases.js";
import type { Compared } from "./compare.js";
import { REALISTIC, singleChanges, textWith } from "./realisticDocuments.js";
import { simplerCases } from "./shrink.js";
import { isNeeded, type Prediction, type Subject } from "./subject.js";

/** A case with what the profile says of it. */
type Predicted = Pick<Compared, "asked" | "prediction">;

/** How many cases a search starts from, how many steps it takes from each, and how many candidates a step looks at. */
const STARTS = 10;
const STEPS = 20;
const TRIES = 150;

/**
 * Looks for cases that one constraint decides alone, which is that the profile says something else without it: first among
 * the cases that were asked, then by taking out of documents whatever else is wrong with them, and at last among those
 * where only the words differ.
 *
 * @param wanted how many, at most
 */
export function decisiveCases(
  subject: Subject,
  constraint: Constraint,
  cases: readonly Compared[],
  wanted: number,
): EngineCase[] {
  const less = subject.without(constraint);
  const decided = ({ asked, prediction }: Predicted) =>
    prediction.reasons.includes(constraint.id) && less.predict(asked).outcome !== prediction.outcome;
  const found: EngineCase[] = [];
  for (const one of cases) {
    if (found.length >= wanted) return found;
    if (decided(one)) found.push(one.asked);
  }
  if (found.length > 0) return found;
  const starts = cases.filter(
    ({ asked, prediction }) =>
      prediction.outcome !== "accepts" &&
      (constraint.stage === "authorize") === (asked.redirectUri !== undefined) &&
      reports(constraint, asked),
  );
  for (const start of starts.slice(0, STARTS)) {
    const isolated = isolate(subject, constraint, start, decided);
    if (isolated) return [isolated];
  }
  return starts
    .filter(({ asked, prediction, answer }) => isNeeded(prediction, less.predict(asked), answer))
    .slice(0, wanted)
    .map(({ asked }) => asked);
}

/**
 * Looks for cases that one constraint decides alone among all changes of one member, in documents that the profile takes.
 *
 * @param constraints those to look for
 * @param redirects whether requests are asked about as well
 * @returns a case for each that is found, by the constraint's id
 */
export function decisiveChanges(
  subject: Subject,
  constraints: readonly Constraint[],
  redirects: boolean,
): Map<string, EngineCase> {
  const found = new Map<string, EngineCase>();
  const open = new Map(constraints.map((constraint) => [constraint.id, subject.without(constraint)]));
  for (const members of REALISTIC) {
    const url = String(members["client_id"]);
    const [redirectUri = ""] = members["redirect_uris"] as string[];
    const request = redirects ? { redirectUri } : {};
    if (!isTaken(subject.predict({ url, body: textWith(members), ...request }))) continue;
    for (const body of singleChanges(members)) {
      if (open.size === 0) return found;
      const asked = { url, body, ...request };
      const { outcome, reasons } = subject.predict(asked);
      for (const id of reasons) {
        const less = open.get(id);
        if (!less || less.predict(asked).outcome === outcome) continue;
        found.set(id, asked);
        open.delete(id);
      }
    }
  }
  return found;
}

function isTaken({ outcome }: Prediction): boolean {
  return outcome === "accepts" || outcome === "allowed";
}

/** Takes what else is wrong out of a case, as long as the constraint still reports. */
function isolate(
  subject: Subject,
  constraint: Constraint,
  start: Predicted,
  decided: (one: Predicted) => boolean,
): EngineCase | undefined {
  let now = start;
  for (let step = 0; step < STEPS; step++) {
    let tries = 0;
    let better: Predicted | undefined;
    for (const asked of simplerCases(now.asked)) {
      if (++tries > TRIES) break;
      if (!reports(constraint, asked)) continue;
      const candidate = { asked, prediction: subject.predict(asked) };
      if (decided(candidate)) return asked;
      if (candidate.prediction.reasons.length < now.prediction.reasons.length) {
        better = candidate;
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
