// `npm run fuzz`: looks for texts that break a promise of the product.
//
//   node test/fuzz/fuzz.mjs [--minutes 10] [--target NAME,…] [--seed N] [--jobs N] [--fresh]
//
// A part of the time goes to the fast-check properties, the rest to coverage-guided fuzzing of instrumented code, target
// after target. What reaches something new is kept in .cache/fuzz/corpus for the next run (--fresh forgets it); findings go
// to .cache/fuzz/findings. Exit code 1 when there is one.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { keep } from "./engine/corpusFiles.ts";
import { instrument } from "./engine/instrument.ts";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = path.join(HERE, "..", "..");
const CACHE = path.join(ROOT, ".cache", "fuzz");
const FINDINGS = path.join(CACHE, "findings");

/** The share of the time that goes to the fast-check properties. */
const PROPERTIES = 0.15;
/** How long a target is fuzzed at a time, in ms. */
const SLICE = 20_000;
/** A text that takes longer than this, in ms, hangs. */
const HANG = 30_000;
/** UTF-16 units of the longest text that can be named when it hangs. */
const LONGEST_NAMED = 200_000;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    target: { type: "string" },
    seed: { type: "string" },
    jobs: { type: "string" },
    fresh: { type: "boolean", default: false },
  },
});
const minutes = Number(values.minutes);
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const jobs = values.jobs === undefined ? Math.max(1, availableParallelism() - 1) : Number(values.jobs);
if (!(minutes > 0) || !Number.isInteger(seed) || !(jobs >= 1)) {
  console.error("--minutes takes a number above 0, --seed a whole number, --jobs one from 1.");
  process.exit(2);
}
if (values.fresh) rmSync(CACHE, { recursive: true, force: true });
rmSync(FINDINGS, { recursive: true, force: true });
mkdirSync(CACHE, { recursive: true });
console.log(`Fuzzing for ${minutes} minutes, seed ${seed}, ${jobs} at a time.`);

const prepared = await prepare();
const names = values.target === undefined ? prepared.targets : values.target.split(",");
const unknown = names.filter((name) => !prepared.targets.includes(name));
if (unknown.length > 0) {
  console.error(`Unknown target: ${unknown.join(", ")}. The targets are ${prepared.targets.join(", ")}.`);
  process.exit(2);
}
const end = performance.now() + minutes * 60_000;
const propertiesHold = runProperties();

/** @type {Map<string, { runs: number, reached: number, corpus: number, milliseconds: number }>} */
const totals = new Map(names.map((name) => [name, { runs: 0, reached: 0, corpus: 0, milliseconds: 0 }]));
/** @type {Map<string, { target: string, signature: string, text: string, error: string }>} */
const findings = new Map();
let slices = 0;
await Promise.all(Array.from({ length: jobs }, fuzzInTurn));
report();
process.exit(findings.size > 0 || !propertiesHold ? 1 : 0);

/** Bundles the targets with everything they test, makes that count its branches, and bundles the thread's code. */
async function prepare() {
  const options = /** @type {const} */ ({
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    mainFields: ["module", "main"],
    absWorkingDir: ROOT,
    logLevel: "error",
    legalComments: "none",
  });
  const plain = path.join(CACHE, "targets.plain.cjs");
  const bundle = path.join(CACHE, "targets.cjs");
  const worker = path.join(CACHE, "worker.cjs");
  await build({ ...options, entryPoints: [path.join(HERE, "targets", "targets.ts")], outfile: plain });
  await build({ ...options, entryPoints: [path.join(HERE, "engine", "worker.ts")], outfile: worker });
  const code = readFileSync(plain, "utf8");
  // esbuild names each file in a comment in front of its code. Libraries are not what is looked at, except the scanner.
  const files = [...code.matchAll(/^\/\/ (\S+)$/gm)].map(({ index, 1: name }) => ({
    index,
    covered: /^server\/src\/|jsonc-parser/.test(name ?? ""),
  }));
  let at = 0;
  let last = 0;
  const covered = (/** @type {number} */ offset) => {
    if (offset < last) at = 0;
    last = offset;
    while (at + 1 < files.length && files[at + 1].index <= offset) at++;
    return files.length > 0 && files[at].index <= offset && files[at].covered;
  };
  const instrumented = instrument(code, covered);
  writeFileSync(bundle, instrumented.code);
  // What the plain bundle says of itself needs no counters.
  const listed = spawnSync(
    process.execPath,
    ["-e", "console.log(JSON.stringify(require(process.argv[1]).TARGETS.map(({ name }) => name)))", plain],
    { encoding: "utf8" },
  );
  if (listed.status !== 0) throw new Error(listed.stderr);
  /** @type {string[]} */
  const targets = JSON.parse(listed.stdout);
  return { bundle, worker, targets, branches: instrumented.branches, words: instrumented.words };
}

/** @returns {boolean} whether the fast-check properties hold, tried for their share of the time */
function runProperties() {
  const milliseconds = Math.round(minutes * 60_000 * PROPERTIES);
  console.log(`\nfast-check properties, ${(milliseconds / 1000).toFixed(0)} s`);
  const { status } = spawnSync(
    process.execPath,
    [
      path.join(ROOT, "node_modules", "vitest", "vitest.mjs"),
      ...["run", "--config", "test/vitest.config.ts", "fuzz/properties"],
    ],
    {
      cwd: ROOT,
      stdio: "inherit",
      env: {
        ...process.env,
        CIMD_FUZZ_MILLISECONDS: String(milliseconds),
        CIMD_FUZZ_SEED: String(seed),
        CIMD_FUZZ_TARGETS: names.join(","),
      },
    },
  );
  return status === 0;
}

/** Fuzzes one target after the other until the time is over. */
async function fuzzInTurn() {
  while (performance.now() < end - 1_000) {
    const slice = slices++;
    const target = names[slice % names.length];
    const milliseconds = Math.min(SLICE, end - performance.now());
    await fuzz(target, seed + slice, milliseconds);
    const { runs, reached, corpus } = totals.get(target);
    const left = Math.max(0, (end - performance.now()) / 60_000);
    console.log(
      `${target.padEnd(10)} ${runs} runs, ${reached} branches, ${corpus} texts, ${findings.size} findings; ${left.toFixed(1)} min left`,
    );
  }
}

/**
 * @param {string} target
 * @param {number} sliceSeed
 * @param {number} milliseconds
 * @returns {Promise<void>} when the thread has ended
 */
function fuzz(target, sliceSeed, milliseconds) {
  const current = new SharedArrayBuffer(8 + 2 * LONGEST_NAMED);
  const numbers = new Int32Array(current, 0, 2);
  const underTest = () => new TextDecoder("utf-16le").decode(current.slice(8, 8 + 2 * numbers[1]));
  const started = performance.now();
  return new Promise((resolve) => {
    const thread = new Worker(prepared.worker, {
      workerData: {
        ...{ target, milliseconds, current, seed: sliceSeed },
        ...{ bundle: prepared.bundle, branches: prepared.branches, words: prepared.words },
        folder: path.join(CACHE, "corpus", target),
        written: writtenCorpus(target),
        known: [...findings.values()]
          .filter((found) => found.target === target)
          .map(({ signature }) => signature),
      },
      resourceLimits: { maxOldGenerationSizeMb: 1_500 },
    });
    let seen = -1;
    let since = performance.now();
    const watch = setInterval(() => {
      const now = Atomics.load(numbers, 0);
      if (now !== seen) {
        seen = now;
        since = performance.now();
      } else if (performance.now() - since > HANG) {
        note(target, { signature: "does not end", text: underTest(), error: `not within ${HANG / 1000} s` });
        void thread.terminate();
      }
    }, 1_000);
    thread.once("message", (/** @type {import("./engine/worker.js").Outcome} */ outcome) => {
      const total = totals.get(target);
      total.runs += outcome.runs;
      total.reached = Math.max(total.reached, outcome.reached);
      total.corpus = outcome.corpus;
      total.milliseconds += performance.now() - started;
      for (const finding of outcome.findings) note(target, finding);
    });
    thread.once("error", (error) => {
      note(target, {
        signature: `the thread ended: ${error.message}`,
        text: underTest(),
        error: error.stack ?? "",
      });
    });
    thread.once("exit", () => {
      clearInterval(watch);
      resolve();
    });
  });
}

/**
 * @param {string} target
 * @returns {string[]} the texts of the repository's corpus
 */
function writtenCorpus(target) {
  const file = path.join(HERE, "corpus", `${target}.json`);
  if (!existsSync(file)) return [];
  return JSON.parse(readFileSync(file, "utf8")).map((/** @type {{ text: string }} */ { text }) => text);
}

/**
 * @param {string} target
 * @param {{ signature: string, text: string, error: string }} finding
 */
function note(target, finding) {
  const key = `${target}\n${finding.signature}`;
  if (findings.has(key)) return;
  findings.set(key, { target, ...finding });
  const file = keep(path.join(FINDINGS, target), finding.text);
  const lines = finding.error.split("\n").map((line) => line.slice(0, 300));
  console.log(`\n✗ ${target}: ${finding.signature.slice(0, 300)}`);
  console.log(`  ${path.relative(ROOT, file)}\n  ${lines.slice(0, 6).join("\n  ")}\n`);
}

function report() {
  console.log("\ntarget          runs     runs/s   branches   texts");
  for (const [name, { runs, reached, corpus, milliseconds }] of totals) {
    const perSecond = milliseconds > 0 ? Math.round(runs / (milliseconds / 1000)) : 0;
    console.log(
      [name.padEnd(10), ...[runs, perSecond, reached, corpus].map((n) => String(n).padStart(10))].join(""),
    );
  }
  if (findings.size === 0) console.log(`\nNo findings (seed ${seed}).`);
  else {
    console.log(`\n${findings.size} findings (seed ${seed}):`);
    for (const { target, signature, text } of findings.values()) {
      console.log(`✗ ${target}: ${signature.slice(0, 300)}\n  ${JSON.stringify(text).slice(0, 300)}`);
    }
    console.log("Mend each and put its text into test/fuzz/corpus/<target>.json.");
  }
}
