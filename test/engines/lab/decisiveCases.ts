import { ClientMetadataDocument } from "../../../server/src/document/clientMetadataDocument.js";
import type { Constraint } from "../../../server/src/servers/profile.js";
import { type EngineCase, textOf } from "./cases.js";
import type { Compared } from "./compare.js";
import { REALISTIC, singleChanges, textWith } from "./realisticDocuments.js";
import { simplerCases } from "./shrink.js";
import { isNeeded, type Subject } from "./subject.js";

/** A case with what the profile says of it. */
type Predicted = Pick<Compared, "asked" | "prediction">;

/** So many cases are looked for of each constraint. */
const WANTED = 2;

/** How many cases a search starts from, how many steps it takes from each, and how many candidates a step looks at. */
const STARTS = 5;
const STEPS = 12;
const TRIES = 60;

/** Cases by the constraint that decides them, and the constraints for which there is none. */
export interface Decisive {
  readonly cases: readonly EngineCase[];
  readonly undecided: readonly Constraint[];
}

/**
 * Looks for cases that one constraint decides alone, which is that the profile says something else without it: among the
 * cases that were asked, among all changes of one member in good documents, and by taking out of documents whatever else is
 * wrong with them. Last come cases where only the words are the constraint's.
 *
 * @param redirects whether the driver answers requests as well
 */
export function decisiveCases(subject: Subject, asked: readonly Compared[], redirects: boolean): Decisive {
  const searches: ((open: readonly Search[]) => void)[] = [
    (open) => {
      for (const search of open) search.among(asked);
    },
    (open) => searchChanges(subject, open, redirects),
    (open) => {
      for (const search of open) search.isolated(asked);
    },
    (open) => {
      for (const search of open) search.byWords(asked);
    },
  ];
  const all = subject.blocking.map((constraint) => new Search(subject, constraint));
  for (const run of searches) run(all.filter(({ found }) => found.length === 0));
  return {
    cases: all.flatMap(({ found }) => found),
    undecided: all.filter(({ found }) => found.length === 0).map(({ constraint }) => constraint),
  };
}

/** The search for the cases of one constraint. */
class Search {
  readonly constraint: Constraint;
  readonly found: EngineCase[] = [];
  readonly #subject: Subject;
  readonly #less: Subject;

  constructor(subject: Subject, constraint: Constraint) {
    this.constraint = constraint;
    this.#subject = subject;
    this.#less = subject.without(constraint);
  }

  /** Takes a case that the constraint decides. */
  offer({ asked, prediction }: Predicted): boolean {
    const decides =
      prediction.reasons.includes(this.constraint.id) &&
      this.#less.predict(asked).outcome !== prediction.outcome;
    if (decides) this.found.push(asked);
    return decides;
  }

  among(cases: readonly Compared[]): void {
    for (const one of cases) {
      if (this.found.length >= WANTED) return;
      this.offer(one);
    }
  }

  isolated(cases: readonly Compared[]): void {
    for (const start of this.#reporting(cases).slice(0, STARTS)) if (this.#isolate(start)) return;
  }

  byWords(cases: readonly Compared[]): void {
    const said = this.#reporting(cases).filter(({ asked, prediction, answer }) =>
      isNeeded(prediction, this.#less.predict(asked), answer),
    );
    this.found.push(...said.slice(0, WANTED).map(({ asked }) => asked));
  }

  /** The cases that end at the constraint's stage or before, and about which it reports. */
  #reporting(cases: readonly Compared[]): Compared[] {
    const atRequest = this.constraint.stage === "authorize";
    return cases.filter(
      ({ asked, prediction: { outcome } }) =>
        outcome !== "accepts" &&
        outcome !== "allowed" &&
        atRequest === (asked.redirectUri !== undefined) &&
        this.#reports(asked),
    );
  }

  #reports({ url, body }: EngineCase): boolean {
    let reported = false;
    this.constraint.check(new ClientMetadataDocument(textOf(body), { url }), () => {
      reported = true;
    });
    return reported;
  }

  /** Takes what else is wrong out of a case, as long as the constraint still reports. */
  #isolate(start: Predicted): boolean {
    let now: Predicted | undefined = start;
    for (let step = 0; now && step < STEPS; step++) {
      let better: Predicted | undefined;
      for (const asked of firstOf(simplerCases(now.asked), TRIES)) {
        if (!this.#reports(asked)) continue;
        const candidate = { asked, prediction: this.#subject.predict(asked) };
        if (this.offer(candidate)) return true;
        if (candidate.prediction.reasons.length >= now.prediction.reasons.length) continue;
        better = candidate;
        break;
      }
      now = better;
    }
    return false;
  }
}

function* firstOf<T>(items: Iterable<T>, count: number): Generator<T> {
  let left = count;
  for (const item of items) {
    if (left-- <= 0) return;
    yield item;
  }
}

/** Tries all changes of one member in documents that the profile takes. */
function searchChanges(subject: Subject, searches: readonly Search[], redirects: boolean): void {
  const open = new Map(searches.map((search) => [search.constraint.id, search]));
  for (const members of REALISTIC) {
    const url = String(members["client_id"]);
    const [redirectUri = ""] = members["redirect_uris"] as string[];
    const request = redirects ? { redirectUri } : {};
    const { outcome } = subject.predict({ url, body: textWith(members), ...request });
    if (outcome !== "accepts" && outcome !== "allowed") continue;
    for (const body of singleChanges(members)) {
      if (open.size === 0) return;
      const asked = { url, body, ...request };
      const prediction = subject.predict(asked);
      for (const id of prediction.reasons) if (open.get(id)?.offer({ asked, prediction })) open.delete(id);
    }
  }
}
