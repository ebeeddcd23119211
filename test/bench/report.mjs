// What is printed of the measurements: text, and the table of server/docs/speed.md.
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";

/**
 * What was measured; p95 where there are enough values for it.
 * @typedef {{ median: number, p95?: number }} Summary
 */

/**
 * The most that is allowed, of ours to theirs, of ours in the unit, or both.
 * @typedef {{ ratio?: number, value?: number }} Budget
 */

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {string} unit of all its values; KB and MB are of 1,000
 * @property {Summary} ours
 * @property {Summary & { what: string }} [against] what was measured beside it; absent where the budget is a value
 * @property {number} [ratio] ours to theirs
 * @property {"median" | "p95"} [compared] what of the values is held against the budget; the median, if absent
 * @property {Budget} budget
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

/** @param {Row} row @returns {boolean} whether it is within its budget */
function isWithin({ ours, ratio, compared = "median", budget }) {
  const withinRatio = budget.ratio === undefined || ratio <= budget.ratio;
  const withinValue = budget.value === undefined || ours[compared] <= budget.value;
  return withinRatio && withinValue;
}

/** @param {Budget} budget @param {string} unit @returns {string} */
function formatBudget({ ratio, value }, unit) {
  return [ratio && `≤ ${ratio}×`, value && `≤ ${value} ${unit}`].filter(Boolean).join(", ");
}

/** @param {number} value @returns {string} in three digits, or all before the point */
function format(value) {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** @param {Summary} summary @param {string} unit @returns {string} */
function formatSummary({ median, p95 }, unit) {
  return `${format(median)} ${unit}${p95 === undefined ? "" : ` (${format(p95)})`}`;
}

/** @param {Row} row @returns {string} a line of the table */
function asLine(row) {
  const { what, unit, ours, against, ratio, budget, noisy } = row;
  const cells = [
    what,
    formatSummary(ours, unit),
    against?.what ?? "",
    against ? formatSummary(against, unit) : "",
    ratio === undefined ? "" : `${ratio.toFixed(2)}×`,
    formatBudget(budget, unit),
    `${isWithin(row) ? "within" : "over"}${noisy ? ", noisy" : ""}`,
  ];
  return `| ${cells.join(" | ")} |`;
}

/**
 * @param {Machine} where @param {readonly Row[]} rows @param {readonly string[]} notes
 * @returns {string} Markdown that reads well as text
 */
export function asText(where, rows, notes) {
  const { date, node, processor, cores } = where;
  const warned = warning(where, rows);
  return [
    `Measured ${date} with Node ${node} on ${cores} cores (${processor}) by \`npm run bench\`.`,
    "Times are medians, in brackets the 95th percentile of those measured often enough for one.",
    ...(warned === undefined ? [] : ["", warned]),
    ...notes.flatMap((note) => ["", note]),
    "",
    "| What | Ours | Against | Theirs | Ratio | Budget | |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rows.map(asLine),
  ].join("\n");
}

/**
 * Puts the table between the `bench` marks of a page.
 *
 * @param {string} file
 * @param {string} text
 */
export function putInto(file, text) {
  const page = readFileSync(file, "utf8");
  const marks = /(<!-- bench -->\n)[\s\S]*?(<!-- \/bench -->)/;
  if (!marks.test(page))
    throw new Error(`${file} has no place for the table: <!-- bench --> … <!-- /bench -->.`);
  writeFileSync(
    file,
    page.replace(marks, (_all, start, end) => `${start}\n${text}\n\n${end}`),
  );
}
