// `npm test`: everything, in order. Every step runs even where an earlier one failed; at the end is what failed, by name
// (a log that kept only its end still says what it was), and the last line is the sum.
//
//   node test/run.mjs [--only build,lint,unit,api,e2e,web,vscode]     vscode = api, e2e and web
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { ensureNode } from "./vscode/harness/nodeRuntime.mjs";
import { ARTEFACTS, ROOT, SCREENSHOTS } from "./vscode/harness/paths.mjs";

/**
 * What a step found: the numbers, and a text for each failure that has one.
 * @typedef {{ passed: number, failed: number, failures: string[] }} Outcome
 */

/**
 * @typedef {object} Step
 * @property {string} name for `--only`
 * @property {string} heading
 * @property {() => Promise<Outcome>} run
 */

const node = ensureNode();

/** A step that takes longer than so many milliseconds hangs. */
const STEP_TIMEOUT = 20 * 60_000;

/**
 * Runs a program of the repository to its end; its output goes to the terminal.
 * @param {string[]} args what Node.js runs, and its arguments
 * @returns {Promise<boolean>} whether it succeeded
 */
function succeeds(args) {
  return new Promise((resolve) => {
    const PATH = [path.join(ROOT, "node_modules", ".bin"), path.dirname(node), process.env["PATH"]].join(
      path.delimiter,
    );
    const child = spawn(node, args, {
      cwd: ROOT,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, PATH },
      timeout: STEP_TIMEOUT,
    });
    // Whoever ends this process ends the step as well; Ctrl-C reaches both anyway.
    const end = () => {
      child.kill("SIGTERM");
      process.exit(143);
    };
    process.once("SIGTERM", end);
    child.once("error", (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.once("exit", (code, signal) => {
      process.removeListener("SIGTERM", end);
      if (signal !== null)
        console.error(`ended by ${signal} (a step may take ${STEP_TIMEOUT / 60_000} minutes)`);
      resolve(code === 0);
    });
  });
}

/**
 * @param {string} file inside node_modules
 * @returns {string} its path relative to the root
 */
const tool = (file) => path.join("node_modules", file);

/**
 * Programs that contain no tests: each that fails counts as one failure, one that succeeds as nothing.
 * @param {string[][]} programs
 * @returns {Promise<Outcome>}
 */
async function programs(...programs) {
  const failures = [];
  for (const args of programs) {
    if (await succeeds(args)) continue;
    const failure = `failed: node ${args.join(" ")}`;
    console.error(`✗ ${failure}`);
    failures.push(failure);
  }
  return { passed: 0, failed: failures.length, failures };
}

/**
 * A part of vitest's JSON report: https://vitest.dev/guide/reporters.html#json-reporter
 * @typedef {{ status: string, fullName: string, failureMessages: string[] }} Assertion
 * @typedef {{ name: string, status: string, message: string, assertionResults: Assertion[] }} TestFile
 */

/**
 * @param {TestFile} file
 * @returns {string[]} a text for each failed test; one for a file that cannot be loaded, which has failed without a
 *   failed test in it
 */
function failuresOf({ name, status, message, assertionResults }) {
  const place = path.relative(ROOT, name);
  const tests = assertionResults
    .filter((test) => test.status === "failed")
    .map(({ fullName, failureMessages }) => `${place}: ${fullName}\n${failureMessages.join("\n")}`);
  return tests.length === 0 && status === "failed" ? [`${place}\n${message}`] : tests;
}

/**
 * Runs vitest and counts what its JSON reporter reports.
 * @param {string} name of the result file
 * @param {string} config
 * @returns {Promise<Outcome>}
 */
async function vitest(name, config) {
  const results = path.join(ARTEFACTS, `${name}-results.json`);
  mkdirSync(ARTEFACTS, { recursive: true });
  rmSync(results, { force: true });
  const succeeded = await succeeds([
    tool("vitest/vitest.mjs"),
    ...["run", "--config", config],
    ...["--reporter=default", "--reporter=json", `--outputFile.json=${results}`],
  ]);
  if (!existsSync(results)) return { passed: 0, failed: 1, failures: ["vitest ended without results"] };
  /** @type {{ numPassedTests: number, testResults: TestFile[] }} */
  const { numPassedTests: passed, testResults } = JSON.parse(readFileSync(results, "utf8"));
  const failures = testResults.flatMap(failuresOf);
  // Vitest also fails on errors outside of any test, and where there are no tests at all.
  if (!succeeded && failures.length === 0)
    failures.push("vitest failed outside of any test; its output above says why");
  return { passed, failed: failures.length, failures };
}

/** @type {Step[]} */
const STEPS = [
  {
    name: "build",
    heading: "Build: type check and bundles",
    run: () =>
      programs(
        [tool("typescript/bin/tsc"), "-b"],
        ["server/scripts/generate.mjs", "--check"],
        ["server/scripts/build.mjs"],
        ["client/scripts/build.mjs"],
      ),
  },
  {
    name: "lint",
    heading: "Lint and format: Biome",
    run: () => programs([tool("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."]),
  },
  { name: "unit", heading: "Unit tests: Vitest", run: () => vitest("unit", "test/vitest.config.ts") },
  {
    name: "api",
    heading: "In a real VS Code, through its API",
    run: async () => (await import("./vscode/runApi.mjs")).runApiSuite(),
  },
  {
    name: "e2e",
    heading: "In a real VS Code, as a person",
    run: () => {
      rmSync(SCREENSHOTS, { recursive: true, force: true });
      return vitest("e2e", "test/vscode/vitest.config.ts");
    },
  },
  {
    name: "web",
    heading: "In the extension host of VS Code for the Web",
    run: () => vitest("web", "test/vscode/web/vitest.config.ts"),
  },
];

const { values } = parseArgs({ options: { only: { type: "string" } } });
const only = values.only?.replace("vscode", "api,e2e,web").split(",");
const unknown = only?.filter((name) => !STEPS.some((step) => step.name === name)) ?? [];
if (unknown.length > 0) {
  console.error(
    `Unknown step: ${unknown.join(", ")}. The steps are ${STEPS.map(({ name }) => name).join(", ")}, and vscode.`,
  );
  process.exit(2);
}

/** Of each failure, so many lines are said again at the end. */
const FAILURE_LINES = 12;

let passed = 0;
let failed = 0;
/** @type {string[]} */
const failures = [];
for (const step of STEPS) {
  if (only !== undefined && !only.includes(step.name)) continue;
  console.log(`\n== ${step.heading}`);
  const started = performance.now();
  const outcome = await step.run().catch((error) => {
    const message = error instanceof Error ? error.message : String(error);
    console.error(message);
    return { passed: 0, failed: 1, failures: [message] };
  });
  passed += outcome.passed;
  failed += outcome.failed;
  failures.push(...outcome.failures.map((failure) => `${step.name}: ${failure}`));
  const tests =
    outcome.passed > 0
      ? `${outcome.passed} passed, ${outcome.failed} failed`
      : outcome.failed > 0
        ? `${outcome.failed} failed`
        : "ok";
  console.log(`-- ${step.name}: ${tests} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}
if (failures.length > 0) console.log("\n== What failed");
for (const failure of failures) {
  const lines = failure.split("\n").filter((line) => !/^\s*at .*(?:node_modules|new Promise)/.test(line));
  console.log(`✗ ${lines.slice(0, FAILURE_LINES).join("\n    ")}`);
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
