import { GROUPS } from "../servers/groups.js";
import {
  type CheckJob,
  type CheckOutcome,
  type CheckRequest,
  checkFile,
  type FixedFile,
} from "./checkFile.js";
import { checkInThreads } from "./checkInThreads.js";
import { expandFiles } from "./files.js";
import { FORMAT_NAMES, type FormatName, formatNamed, isFormat } from "./formats/formats.js";
import { type CliIo, UsageError } from "./io.js";
import { readArguments, readConfig, readRules, readServers, readVerdicts } from "./options.js";
import { block, joined, line, type Printable, quoted } from "./printable.js";

const HELP = `Usage: cimd check [FILE|GLOB|-]… [options]

Checks client metadata documents. Without a file, every *.cimd.json below the current folder; "-" reads standard input.

Options:
  --url URL               where the (one) document is served, to compare with its client_id
  --server ID|GROUP,…     target authorization servers: what stops a sign-in there is an error. Groups: ${GROUPS.join(", ")};
                          "none" asks no server. Default: those that many people meet, and only a document that
                          none of them accepts is an error
  --verdicts group|all    print what the targets, or else that group, make of a document (default), or all known
                          servers; severities and the exit code stay the same
  --rule ID=SEVERITY      error, warning, information, hint or off for a rule id or glob; repeatable
  --config FILE           read cimd.servers, cimd.rules and cimd.hosting from a VS Code settings file
  --format FORMAT         text (default), json, sarif, github or junit
  --max-warnings N        fail with more than N warnings
  --fix                   write the fixes that are safe into the files (the editor's "Fix all"); what is left is reported
  --dry-run               with --fix: print what it would change as a diff, and write nothing
  --help                  show this

Exit codes: 0 no errors (with --fix: none left), 1 an error or too many warnings, 2 wrong usage or a file that cannot be
read or judged. Information and hints do not count.
`;

/** `cimd check`. */
export async function check(argv: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments(argv, {
    url: { type: "string" },
    server: { type: "string", multiple: true },
    rule: { type: "string", multiple: true },
    config: { type: "string" },
    format: { type: "string", default: "text" },
    verdicts: { type: "string", default: "group" },
    "max-warnings": { type: "string" },
    fix: { type: "boolean", default: false },
    "dry-run": { type: "boolean", default: false },
    help: { type: "boolean", short: "h" },
  });
  if (values.help) {
    io.stdout(block(HELP));
    return 0;
  }
  const format = values.format;
  if (!isFormat(format))
    throw new UsageError(`--format takes ${FORMAT_NAMES.join(", ")}, not ${quoted(format)}.`);
  const verdicts = readVerdicts(values.verdicts);
  const fix = readFix(values.fix, values["dry-run"], format);
  const maxWarnings = readCount(values["max-warnings"]);
  const config = await readConfig(values.config, io);
  const servers = readServers(values.server) ?? config.servers;
  const rules = { ...config.rules, ...readRules(values.rule) };
  const files = await expandFiles(positionals, io.cwd);
  if (values.url !== undefined && files.length !== 1) {
    throw new UsageError(`--url goes with exactly one file, and ${files.length} were given.`);
  }
  const jobs = files.map(
    (found): CheckJob => ({
      ...found,
      url: values.url ?? (found.file === "-" ? undefined : config.urlOf(found.file)),
      text: undefined,
    }),
  );
  const stdin = jobs.find(({ file }) => file === "-");
  if (stdin && fix !== undefined)
    throw new UsageError("--fix goes with files; standard input cannot be written.");
  if (stdin) stdin.text = await io.readStdin();
  const out = collectOutput(io);
  const writer = formatNamed(format).writer(out);
  const request: CheckRequest = {
    cwd: io.cwd,
    servers,
    verdicts,
    rules,
    format,
    colour: io.colour,
    verbose: io.verbose === true,
    fix,
  };
  let errors = 0;
  let warnings = 0;
  let failed = 0;
  for await (const outcome of outcomes(jobs, request, io.threads)) {
    if ("failure" in outcome) {
      out.stderr(line`cimd check: ${outcome.failure}`);
      if (outcome.trace !== undefined) out.stderr(block(`${outcome.trace}\n`));
      failed++;
      continue;
    }
    errors += outcome.errors;
    warnings += outcome.warnings;
    if (outcome.fixed !== undefined) {
      out.stderr(fixedLine(outcome.fixed, fix));
      if (fix === "dry-run") out.stdout(await difference(outcome.fixed));
    }
    if (fix !== "dry-run") writer.file(outcome.part);
  }
  if (fix !== "dry-run") writer.end({ files: files.length - failed, errors, warnings });
  out.flush();
  if (failed > 0) {
    io.stderr(line`cimd check: ${failed === 1 ? "1 file was" : `${failed} files were`} not checked.`);
    return 2;
  }
  return errors > 0 || (maxWarnings !== undefined && warnings > maxWarnings) ? 1 : 0;
}

/** From this many files on, other threads are worth the time they take to start. */
const MANY_FILES = 500;

/** The outcomes of all jobs, in their order. */
async function* outcomes(
  jobs: readonly CheckJob[],
  request: CheckRequest,
  threads: CliIo["threads"],
): AsyncGenerator<CheckOutcome> {
  if (threads && threads.count > 1 && jobs.length >= MANY_FILES) {
    for await (const some of checkInThreads(jobs, request, threads)) yield* some;
  } else for (const job of jobs) yield checkFile(job, request);
}

/** Output is written in pieces of about this many characters: a system call a line takes longer than checking. */
const PIECE = 65_536;

/** The same output in fewer pieces; `flush` writes the last. */
function collectOutput(io: CliIo): CliIo & { flush(): void } {
  let waiting: Printable[] = [];
  let length = 0;
  const flush = (): void => {
    if (waiting.length > 0) io.stdout(joined(waiting));
    waiting = [];
    length = 0;
  };
  return {
    ...io,
    stdout(text) {
      waiting.push(text);
      length += text.text.length;
      if (length >= PIECE) flush();
    },
    stderr(text) {
      flush();
      io.stderr(text);
    },
    flush,
  };
}

/** @throws {UsageError} for a dry run of nothing, or in another form than a diff */
function readFix(fix: boolean, dryRun: boolean, format: FormatName): CheckRequest["fix"] {
  if (!dryRun) return fix ? "write" : undefined;
  if (!fix) throw new UsageError("--dry-run goes with --fix.");
  if (format !== "text") throw new UsageError("--dry-run prints a diff, and takes no --format.");
  return "dry-run";
}

function fixedLine({ path, rules, isPart }: FixedFile, fix: CheckRequest["fix"]): Printable {
  const words = fix === "dry-run" ? "would be fixed" : "fixed";
  if (isPart) return line`${path}: many problems ${words}, and more are left: run it again`;
  const problems = rules.length === 1 ? "1 problem" : `${rules.length} problems`;
  return line`${path}: ${problems} ${words}: ${[...new Set(rules)].join(", ")}`;
}

/** What fixing changed, as `diff -u` prints it. Line ends stay as they are, so that nothing of them is shown. */
async function difference({ path, before, after }: FixedFile): Promise<Printable> {
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import("diff");
  const patch = createTwoFilesPatch(path, path, before, after, undefined, undefined, {
    stripTrailingCr: true,
    headerOptions: FILE_HEADERS_ONLY,
  });
  return joined(
    patch
      .trimEnd()
      .split("\n")
      .map((text) => line`${text}`),
  );
}

function readCount(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (!/^\d+$/.test(given)) throw new UsageError(`--max-warnings takes a number, not ${quoted(given)}.`);
  return Number(given);
}
