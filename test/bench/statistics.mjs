/** @param {number[]} values @param {number} share 0.5 for the median */
function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

const median = (values) => quantile(values, 0.5);

/** Of fewer values, what is slower than nineteen in twenty is one of them, and chance. */
const ENOUGH_FOR_P95 = 20;

/** @param {number[]} values @returns {{ median: number, p95?: number }} */
export function summary(values) {
  return {
    median: median(values),
    ...(values.length >= ENOUGH_FOR_P95 ? { p95: quantile(values, 0.95) } : {}),
  };
}

/** How far the middle half of the values spreads, as a share of their median: above 0.5 the machine was too noisy. */
export function spread(values) {
  return (quantile(values, 0.75) - quantile(values, 0.25)) / median(values);
}

/** Milliseconds of work of this process on all its threads. What other processes do meanwhile is not in it. */
export function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Runs two things in turn, A B A B …, so that a machine that slows down slows both.
 *
 * @param {() => unknown} a @param {() => unknown} b each does its work once; a promise is waited for
 * @param {{ runs: number, warmUp: number, clock?: () => number }} options `clock` gives milliseconds; the wall's, if absent
 * @returns {Promise<{ a: number[], b: number[] }>} milliseconds of each run, the warm-up left out
 */
export async function pairs(a, b, { runs, warmUp, clock = () => performance.now() }) {
  const times = { a: [], b: [] };
  for (let i = 0; i < runs + warmUp; i++) {
    for (const [name, run] of [
      ["a", a],
      ["b", b],
    ]) {
      const start = clock();
      await run();
      if (i >= warmUp) times[name].push(clock() - start);
    }
  }
  return times;
}
