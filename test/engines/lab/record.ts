import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type EngineCase, keyOf } from "./cases.js";
import { type Compared, compare } from "./compare.js";
import { decisiveCases } from "./decisiveCases.js";
import type { Driver } from "./driver.js";
import { type Engine, RECORDED_FILE } from "./engines.js";
import { encodeRun } from "./recordedRun.js";
import { agrees, type Subject } from "./subject.js";

/** A recorded run has at least so many documents and redirects where the driver goes that far, about half refused. */
export const LEAST_DOCUMENTS = 1_000;
export const LEAST_REDIRECTS = 500;

/** The size of the file that a run is recorded in, in bytes. */
export const LARGEST_RECORD = 200_000;

/** Cases of this size are recorded only where they decide something. */
const LONG = 3_000;

export interface Recording {
  readonly documents: number;
  readonly redirects: number;
  readonly bytes: number;
  /** Blocking constraints that no case was found for. */
  readonly undecided: readonly string[];
}

/**
 * Writes an engine's recorded run: every case that a constraint decides alone and the driver's own, and of the others a
 * choice with all reasons in it.
 *
 * @param compared the cases of a run without disagreement
 * @throws {Error} where the engine disagrees about a case that was searched for
 */
export async function record(
  engine: Engine,
  subject: Subject,
  driver: Driver,
  compared: readonly Compared[],
  about: { readonly version: string; readonly date: string; readonly seed: number },
): Promise<Recording> {
  const known = new Map(compared.map((one) => [keyOf(one.asked), one]));
  const { cases: decisive, undecided } = decisiveCases(
    subject,
    compared,
    engine.stages.includes("authorize"),
  );
  const searched = decisive.filter((asked) => !known.has(keyOf(asked)));
  for (const one of await compare(subject, driver, searched)) {
    if (!agrees(one.prediction, one.answer))
      throw new Error(`The engine disagrees about a case that was searched for: ${JSON.stringify(one)}`);
    known.set(keyOf(one.asked), one);
  }
  const chosen = new Map<string, Compared>();
  const choose = (asked: EngineCase) => {
    const key = keyOf(asked);
    chosen.set(key, known.get(key) as Compared);
  };
  for (const asked of [...decisive, ...engine.cases]) choose(asked);
  const short = compared.filter(({ asked }) => JSON.stringify(asked).length < LONG);
  const [documents, redirects] = [short.filter(isDocument), short.filter((one) => !isDocument(one))];
  for (const one of halfRefused(documents, LEAST_DOCUMENTS)) choose(one.asked);
  for (const one of halfRefused(redirects, LEAST_REDIRECTS)) choose(one.asked);
  // Neighbours that are alike make the file small.
  const recorded = [...chosen].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, found]) => found);
  const bytes = encodeRun({
    package: engine.package,
    ...about,
    cases: recorded.map(({ asked, answer }) => ({ ...asked, answer })),
  });
  if (bytes.length > LARGEST_RECORD)
    throw new Error(`The record would have ${bytes.length} bytes, more than ${LARGEST_RECORD}.`);
  mkdirSync(engine.folder, { recursive: true });
  writeFileSync(path.join(engine.folder, RECORDED_FILE), bytes);
  return {
    documents: recorded.filter(isDocument).length,
    redirects: recorded.filter((one) => !isDocument(one)).length,
    bytes: bytes.length,
    undecided: undecided.map(({ id }) => id),
  };
}

function isDocument({ asked }: Compared): boolean {
  return asked.redirectUri === undefined;
}

/** @returns a choice, half of it refused as far as there are so many, from all reasons in turn */
function halfRefused(all: readonly Compared[], count: number): Compared[] {
  const taken = all.filter(({ answer }) => answer.outcome === "accepts" || answer.outcome === "allowed");
  const refused = inTurn(all.filter((one) => !taken.includes(one)));
  const half = Math.max(Math.ceil(count / 2), count - Math.min(taken.length, refused.length));
  return [...taken.slice(0, half), ...refused.slice(0, Math.max(half, count - taken.length))];
}

/** @returns the cases in an order that has one of each reason before the second of any */
function inTurn(cases: readonly Compared[]): Compared[] {
  const groups = [...Map.groupBy(cases, ({ prediction }) => prediction.reasons.join(" ")).values()];
  const longest = Math.max(0, ...groups.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => groups.flatMap((group) => group[at] ?? [])).flat();
}
