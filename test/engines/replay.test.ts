import { describe, expect, it } from "vitest";
import { SERVERS } from "../../server/src/servers/servers.js";
import { ROOT } from "../package/tools.js";
import { findEngines } from "./lab/engines.js";
import { LEAST_DOCUMENTS, LEAST_REDIRECTS } from "./lab/record.js";
import { readRun } from "./lab/recordedRun.js";
import { agrees, isNeeded, subjectOf } from "./lab/subject.js";

const ENGINES = findEngines(ROOT).map((engine) => ({ id: engine.id, engine, run: readRun(engine) }));
const RUNS = ENGINES.flatMap(({ run, ...about }) => (run ? [{ ...about, run }] : []));

it("has a recorded run of every engine", () => {
  expect(ENGINES.filter(({ run }) => !run).map(({ id }) => `npm run engines -- ${id} --record`)).toEqual([]);
});

it("of a server runs it, or its profile says why none does", () => {
  const executed = new Set(ENGINES.map(({ engine }) => engine.server));
  const unexplained = SERVERS.filter(
    ({ id, notExecuted }) => executed.has(id) === (notExecuted !== undefined),
  );
  expect(unexplained.map(({ id }) => id)).toEqual([]);
});

it("says which engines are replayed", () => {
  console.log(
    `Replayed: ${RUNS.map(({ run: { package: name, version } }) => `${name}@${version}`).join(", ")}`,
  );
  expect(RUNS).not.toEqual([]);
});

describe.each(RUNS)("the recorded run of $id", ({ engine, run }) => {
  const subject = subjectOf(engine);
  const cases = run.cases.map((asked) => ({ asked, prediction: subject.predict(asked) }));

  it("is of the release that the driver installs, and long enough", () => {
    const documents = cases.filter(({ asked }) => asked.redirectUri === undefined).length;
    expect(run).toMatchObject({ package: engine.package, version: engine.version });
    expect(documents).toBeGreaterThanOrEqual(engine.stages.includes("url") ? 100 : LEAST_DOCUMENTS);
    if (engine.stages.includes("authorize"))
      expect(cases.length - documents).toBeGreaterThanOrEqual(LEAST_REDIRECTS);
  });

  it("is what the profile says", () => {
    const wrong = cases.filter(({ asked, prediction }) => !agrees(prediction, asked.answer));
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it("has a case for each blocking constraint that nothing else in the profile explains", () => {
    const undecided = subject.blocking.filter((constraint) => {
      const less = subject.without(constraint);
      return !cases.some(
        ({ asked, prediction }) =>
          prediction.reasons.includes(constraint.id) &&
          isNeeded(prediction, less.predict(asked), asked.answer),
      );
    });
    expect(undecided.map(({ id }) => id)).toEqual([]);
  });
});
