import { stat } from "node:fs/promises";
import path from "node:path";
import { checkDocument } from "../checkDocument.js";
import { expandFiles } from "./files.js";
import { FORMATS, isFormat } from "./formats/formats.js";
import type { CheckedFile } from "./formats/resultWriter.js";
import { type CliIo, UsageError } from "./io.js";
import { readArguments, readConfig, readRules, readServers, readText } from "./options.js";

const HELP = `Usage: cimd check [FILE|GLOB|-]… [options]

Checks client metadata documents. Without a file, every *.cimd.json below the current folder; "-" reads standard input.

Options:
  --url URL               where the (one) document is served, to compare with its client_id
  --server ID,…|none      target authorization servers: what they refuse is an error; "none" leaves servers out
  --rule ID=SEVERITY      error, warning, information, hint or off for a rule id or glob; repeatable
  --config FILE           take cimd.servers, cimd.rules and cimd.hosting from a VS Code settings file
  --format FORMAT         text (default), json, sarif or github
  --max-warnings N        fail with more than N warnings
  --help                  show this

Exit codes: 0 no errors, 1 an error or too many warnings, 2 wrong usage or a file that cannot be read.
`;

/** `cimd check`. */
export async function check(argv: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments(argv, {
    url: { type: "string" },
    server: { type: "string", multiple: true },
    rule: { type: "string", multiple: true },
    config: { type: "string" },
    format: { type: "string", default: "text" },
    "max-warnings": { type: "string" },
    help: { type: "boolean", short: "h" },
  });
  if (values.help) {
    io.stdout(HELP);
    return 0;
  }
  const format = values.format;
  if (!isFormat(format))
    throw new UsageError(`--format takes ${Object.keys(FORMATS).join(", ")}, not "${format}".`);
  const maxWarnings = readCount(values["max-warnings"]);
  const config = await readConfig(values.config, io);
  const servers = readServers(values.server) ?? config.servers;
  const rules = { ...config.rules, ...readRules(values.rule) };
  const files = await expandFiles(positionals, io.cwd);
  if (values.url !== undefined && files.length !== 1) {
    throw new UsageError(`--url goes with exactly one file, and ${files.length} were given.`);
  }
  const writer = FORMATS[format](io);
  let errors = 0;
  let warnings = 0;
  let unread = 0;
  for (const file of files) {
    const text = await read(file, io);
    if (text === undefined) {
      unread++;
      continue;
    }
    const url = values.url ?? (file === "-" ? undefined : config.urlOf(file));
    const result = checkDocument(text, {
      ...(url === undefined ? {} : { url }),
      ...(servers === undefined ? {} : { servers }),
      rules,
    });
    const checked: CheckedFile = { path: file, ...result };
    for (const { severity } of result.problems) {
      if (severity === "error") errors++;
      else if (severity === "warning") warnings++;
    }
    writer.file(checked);
  }
  writer.end({ files: files.length - unread, errors, warnings });
  if (unread > 0) return 2;
  return errors > 0 || (maxWarnings !== undefined && warnings > maxWarnings) ? 1 : 0;
}

/** The file's text, or undefined after saying why it cannot be read. */
async function read(file: string, io: CliIo): Promise<string | undefined> {
  if (file === "-") return io.readStdin();
  const absolute = path.resolve(io.cwd, file);
  try {
    if ((await stat(absolute)).isDirectory())
      throw new UsageError(`${file} is a folder; name files or a glob.`);
    return await readText(absolute);
  } catch (error) {
    io.stderr(`cimd check: ${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}

function readCount(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (!/^\d+$/.test(given)) throw new UsageError(`--max-warnings takes a number, not "${given}".`);
  return Number(given);
}
