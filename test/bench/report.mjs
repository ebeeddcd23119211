// What is printed of the measurements: text, JSON, and the table of the README.
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {string} against what it is compared with; `bytes` where it is a size
 * @property {string} ours
 * @property {string} theirs empty for sizes
 * @property {number} [ratio] ours to theirs
 * @property {string} budget empty where there is none
 * @property {boolean} within
 * @property {boolean} noisy the values spread so far that the ratio says little
 */

/**
 * @typedef {object} Machine
 * @property {string} date
 * @property {string} node
 * @property {string} processor
 * @property {number} cores
 * @property {boolean} busy something else was running before the measurements began
 */

/** @returns {Machine} to be asked before the measurements begin */
export function machine() {
  const cores = availableParallelism();
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores,
    // Windows has no load average and says 0.
    busy: loadavg()[0] > cores / 4,
  };
}

/** @param {Machine} where @param {readonly Row[]} rows @returns {string | undefined} why the numbers say little */
function warning({ busy }, rows) {
  const noisy = rows.filter((row) => row.noisy).length;
  if (!busy && noisy === 0) return undefined;
  const reasons = [
    ...(busy ? ["the machine was busy before the start"] : []),
    ...(noisy > 0 ? [`the values of ${noisy} of ${rows.length} rows spread widely`] : []),
  ];
  return `Noisy: ${reasons.join(", and ")}. Ratios still compare like with like; the times themselves say little.`;
}

/** @param {Machine} where @param {readonly Row[]} rows @returns {string} Markdown that reads well as text */
export function asText(where, rows) {
  const { date, node, processor, cores } = where;
  const warned = warning(where, rows);
  return [
    `Measured ${date} with Node ${node} on ${cores} cores (${processor}) by \`npm run bench\`.`,
    ...(warned === undefined ? [] : ["", warned]),
    "",
    "| What | Ours | Against | Theirs | Ratio | Budget | |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rows.map(({ what, ours, against, theirs, ratio, budget, within, noisy }) => {
      const verdict = budget === "" ? "" : `${within ? "within" : "over"}${noisy ? ", noisy" : ""}`;
      const times = ratio === undefined ? "" : `${ratio.toFixed(2)}×`;
      return `| ${what} | ${ours} | ${against} | ${theirs} | ${times} | ${budget} | ${verdict} |`;
    }),
  ].join("\n");
}

/** @param {Machine} where @param {readonly Row[]} rows @returns {string} */
export function asJson(where, rows) {
  return JSON.stringify({ ...where, warning: warning(where, rows), rows }, undefined, 2);
}

/**
 * Puts the table between the README's `bench` marks.
 *
 * @param {string} file
 * @param {string} text
 */
export function putIntoReadme(file, text) {
  const readme = readFileSync(file, "utf8");
  const marks = /(<!-- bench -->\n)[\s\S]*?(<!-- \/bench -->)/;
  if (!marks.test(readme))
    throw new Error(`${file} has no place for the table: <!-- bench --> … <!-- /bench -->.`);
  writeFileSync(
    file,
    readme.replace(marks, (_all, start, end) => `${start}\n${text}\n\n${end}`),
  );
}
