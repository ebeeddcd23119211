import { expect, it } from "vitest";
import { RunHistory } from "../../client/src/report/runHistory.js";

it("shows the newest run until another one is chosen, and again when that is asked for", () => {
  const history = new RunHistory<string>();
  expect(history.chosen).toBeUndefined();
  history.add("a");
  history.add("b");
  expect(history.chosen?.run).toBe("b");
  expect(history.choose(1)).toBe(true);
  history.add("c");
  expect(history.chosen).toEqual({ id: 1, run: "a" });
  history.chooseNewest();
  expect(history.chosen?.run).toBe("c");
});

it("keeps ten, and falls back to the newest when the chosen one is forgotten", () => {
  const history = new RunHistory<number>();
  for (let run = 1; run <= 3; run += 1) history.add(run);
  history.choose(2);
  for (let run = 4; run <= 11; run += 1) history.add(run);
  expect(history.runs.map(({ run }) => run)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
  expect(history.chosen?.run).toBe(2);
  history.add(12);
  expect(history.chosen?.run).toBe(12);
  expect(history.choose(2)).toBe(false);
});
