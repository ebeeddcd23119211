import { parseArgs } from "node:util";
import { type Answer, type EngineCase, keyOf, textOf } from "./cases.js";
import { type Compared, compare, type Disagreement, disagreements } from "./compare.js";
import { Driver } from "./driver.js";
import { type Engine, findEngines } from "./engines.js";
import { generateInputs, type Inputs } from "./inputs.js";
import { record } from "./record.js";
import { readRun } from "./recordedRun.js";
import { subjectOf } from "./subject.js";
import { prepare } from "./toolchains/toolchain.js";
import { missingProgram, TOOLCHAINS } from "./toolchains/toolchains.js";

const USAGE = `npm run engines [-- ID…] [--runs N] [--seed S] [--newest] [--record]

Asks servers' own code about generated documents and redirect URIs, and says where their profiles disagree.

  ID…         engines by their folder in test/engines, or all of a profile; without any, all
  --runs N    how many documents (2000, 8000 to record); half as many redirect URIs
  --seed S    repeats a run
  --newest    takes the newest releases instead of the locked ones, and says which verdicts changed since the record
  --record    writes recorded.json.gz of each engine that agrees with its profile

Exit code 1 where an engine and its profile disagree, a verdict changed, or a driver does not run.`;

interface Options {
  readonly seed: number;
  readonly runs: number;
  readonly newest: boolean;
  readonly record: boolean;
}

/** What came of one engine. */
interface Result {
  readonly engine: string;
  readonly line: string;
  readonly failed: boolean;
}

/**
 * @param root the repository's folder
 * @returns the exit code
 */
export async function main(root: string, args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      runs: { type: "string" },
      seed: { type: "string" },
      newest: { type: "boolean", default: false },
      record: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const runs = Number(values.runs ?? (values.record ? 8000 : 2000));
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
  const all = findEngines(root);
  const unknown = positionals.filter((id) => !all.some((engine) => isAsked(engine, id)));
  if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed) || unknown.length > 0) {
    if (unknown.length > 0)
      console.error(`No engine: ${unknown.join(", ")}. There are ${all.map(({ id }) => id).join(", ")}.\n`);
    console.error(USAGE);
    return 2;
  }
  if (values.newest && values.record) {
    console.error("--record records the locked release: raise the version in the driver's folder first.");
    return 2;
  }
  const options: Options = { seed, runs, newest: values.newest, record: values.record };
  const engines = all.filter(
    (engine) => positionals.length === 0 || positionals.some((id) => isAsked(engine, id)),
  );
  console.log(`${runs} documents, ${Math.ceil(runs / 2)} redirect URIs, seed ${seed}`);
  const inputs = generateInputs(seed, runs);
  const results: Result[] = [];
  const skipped: string[] = [];
  for (const engine of engines) {
    const missing = missingProgram(engine);
    if (missing !== undefined) skipped.push(`${engine.id} (no ${missing}, or too old)`);
    else if (options.newest && engine.before !== undefined) skipped.push(`${engine.id} (an older release)`);
    else results.push(await runEngine(root, engine, inputs, options));
  }
  console.log("");
  const width = Math.max(...results.map(({ engine }) => engine.length), 0);
  for (const { engine, line, failed } of results) {
    console.log(`${failed ? "✗" : "✓"} ${engine.padEnd(width)}  ${line}`);
  }
  if (skipped.length > 0) console.log(`Skipped: ${skipped.join(", ")}`);
  console.log(`Seed ${seed}, ${runs} runs.`);
  return results.some(({ failed }) => failed) ? 1 : 0;
}

function isAsked(engine: Engine, id: string): boolean {
  return engine.id === id || engine.server === id;
}

async function runEngine(root: string, engine: Engine, inputs: Inputs, options: Options): Promise<Result> {
  console.log(`\n== ${engine.id}`);
  let driver: Driver | undefined;
  try {
    const toolchain = TOOLCHAINS[engine.toolchain];
    const folder = await prepare(root, engine, toolchain, options.newest);
    const version = await toolchain.version(engine, folder);
    if (!options.newest && version !== engine.version)
      throw new Error(`engine.json says version ${engine.version}, but ${version} is installed.`);
    driver = new Driver(toolchain.command(engine, folder), folder);
    return await askEngine(engine, version, driver, inputs, options);
  } catch (error) {
    console.error(error);
    const [line = ""] = String(error).split("\n");
    return { engine: engine.id, line, failed: true };
  } finally {
    await driver?.stop();
  }
}

async function askEngine(
  engine: Engine,
  version: string,
  driver: Driver,
  inputs: Inputs,
  options: Options,
): Promise<Result> {
  const subject = subjectOf(engine);
  const name = `${engine.package}@${version}`;
  const changed = options.newest ? await changesSinceRecord(engine, driver) : 0;
  const started = performance.now();
  const compared = await compare(subject, driver, casesFor(engine, inputs));
  const seconds = (performance.now() - started) / 1000;
  const crashes = compared.filter(({ answer }) => answer.outcome === "crashed").length;
  const found = await disagreements(subject, driver, compared);
  print(found);
  const wrong = found.reduce((sum, { count }) => sum + count, 0);
  const numbers = [
    `${compared.length} cases`,
    `${taken(compared)} taken`,
    ...(crashes > 0 ? [`${crashes} crashes`] : []),
    `${Math.round(compared.length / seconds)}/s`,
    `${wrong} disagreements`,
    ...(changed > 0 ? [`${changed} verdicts changed since the record`] : []),
  ];
  let line = `${name}: ${numbers.join(", ")}`;
  if (options.record) {
    if (wrong > 0) line += "; not recorded";
    else {
      const date = new Date().toISOString().slice(0, 10);
      const { documents, redirects, bytes, undecided } = await record(engine, subject, driver, compared, {
        version,
        date,
        seed: options.seed,
      });
      line += `; recorded ${documents} documents and ${redirects} redirect URIs in ${bytes} bytes`;
      if (undecided.length > 0) line += `; no case decided by ${undecided.join(", ")}`;
    }
  }
  console.log(line);
  return { engine: engine.id, line, failed: wrong > 0 || changed > 0 };
}

/** @returns the questions that a driver can answer, each once, its own first */
function casesFor(engine: Engine, { documents, redirects }: Inputs): EngineCase[] {
  if (engine.stages.includes("url")) {
    const urls = [...documents, ...engine.cases].map(({ url }) => url);
    return [...new Set(urls)].filter((url) => url !== "").map((url) => ({ url, body: "{}" }));
  }
  const cases = [...engine.cases, ...documents, ...(engine.stages.includes("authorize") ? redirects : [])];
  return [...new Map(cases.map((one) => [keyOf(one), one])).values()];
}

function taken(compared: readonly Compared[]): number {
  return compared.filter(({ answer: { outcome } }) => outcome === "accepts" || outcome === "allowed").length;
}

/** Asks the newest release what the recorded one was asked. */
async function changesSinceRecord(engine: Engine, driver: Driver): Promise<number> {
  const run = readRun(engine);
  if (!run) {
    console.log("Nothing is recorded.");
    return 0;
  }
  const answers = await driver.ask(run.cases);
  const changed = run.cases.flatMap(({ answer: before, ...asked }, at) => {
    const now = answers[at] as Answer;
    return isRefusal(now) === isRefusal(before) ? [] : [{ asked, before, now }];
  });
  for (const { asked, before, now } of changed.slice(0, 20)) {
    console.log(`  ${sayAnswer(before)} in ${run.version}, now ${sayAnswer(now)}`);
    printCase(asked);
  }
  if (changed.length > 20) console.log(`  … and ${changed.length - 20} more`);
  return changed.length;
}

function isRefusal({ outcome }: Answer): boolean {
  return outcome !== "accepts" && outcome !== "allowed";
}

function print(found: readonly Disagreement[]): void {
  for (const { kind, count, example } of found) {
    console.log(`\n${count} × ${kind}`);
    printCase(example.asked);
    const [words] = example.prediction.messages;
    console.log(`  profile: ${example.prediction.outcome}${words === undefined ? "" : `: ${words}`}`);
    console.log(`  engine:  ${sayAnswer(example.answer)}`);
  }
}

function sayAnswer({ outcome, message }: Answer): string {
  return message === "" ? outcome : `${outcome}: ${message}`;
}

/** Of longer texts, the beginning is printed. */
const SHOWN = 600;

function printCase({ url, body, redirectUri }: EngineCase): void {
  const text = textOf(body);
  const shown =
    text.length > SHOWN ? `${JSON.stringify(text.slice(0, SHOWN))}… (${text.length} characters)` : text;
  console.log(
    `  ${url}\n  ${/[^\x20-\x7e]/.test(shown) && text.length <= SHOWN ? JSON.stringify(text) : shown}`,
  );
  if (redirectUri !== undefined) console.log(`  request: ${JSON.stringify(redirectUri)}`);
}
