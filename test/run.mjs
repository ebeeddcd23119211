// `npm test`: everything, in order. Every step runs even where an earlier one failed; the last line is the sum.
//
//   node test/run.mjs [--only build,lint,unit,api,e2e,web,vscode]     vscode = api, e2e and web
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { ensureNode } from "./vscode/harness/nodeRuntime.mjs";
import { ARTEFACTS, ROOT, SCREENSHOTS } from "./vscode/harness/paths.mjs";

/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * @typedef {object} Step
 * @property {string} name for `--only`
 * @property {string} heading
 * @property {() => Promise<Counts>} run
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
 * @returns {Promise<Counts>}
 */
async function programs(...programs) {
  let failed = 0;
  for (const args of programs) {
    if (await succeeds(args)) continue;
    console.error(`✗ failed: node ${args.join(" ")}`);
    failed += 1;
  }
  return { passed: 0, failed };
}

/**
 * Runs vitest and counts what its JSON reporter reports.
 * @param {string} name of the result file
 * @param {string} config
 * @returns {Promise<Counts>}
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
  if (!existsSync(results)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(results, "utf8"));
  /** @type {{ status: string, assertionResults: { status: string }[] }[]} */
  const files = report.testResults;
  // A file that cannot be loaded has failed without a failed test in it.
  const broken = files.filter(
    (file) => file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"),
  ).length;
  const failed = report.numFailedTests + broken;
  // Vitest also fails on errors outside of any test, and where there are no tests at all.
  return { passed: report.numPassedTests, failed: succeeded ? failed : Math.max(1, failed) };
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

/** @type {Counts} */
const total = { passed: 0, failed: 0 };
for (const step of STEPS) {
  if (only !== undefined && !only.includes(step.name)) continue;
  console.log(`\n== ${step.heading}`);
  const started = performance.now();
  const { passed, failed } = await step.run().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  });
  total.passed += passed;
  total.failed += failed;
  const tests = passed > 0 ? `${passed} passed, ${failed} failed` : failed > 0 ? `${failed} failed` : "ok";
  console.log(`-- ${step.name}: ${tests} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);
