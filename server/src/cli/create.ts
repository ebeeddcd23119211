import { statSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { checkDocument } from "../api/checkDocument.js";
import { createDocument } from "../create/createDocument.js";
import { clip } from "../document/valueText.js";
import { messageOf } from "../messageOf.js";
import type { Problem } from "../rules/problem.js";
import { CreateArgumentError, type CreateArguments, readCreateArguments } from "./createOptions.js";
import type { CliIo } from "./io.js";
import { block, line, print } from "./printable.js";

const HELP = `Usage: cimd create --name NAME --redirect-uri URI [options]

Writes a new client metadata document, byte for byte as "fastmcp auth cimd create" does for the same options.

Options:
  --name NAME             the client's name, shown on the consent screen (required)
  --redirect-uri, -r URI  where people are sent back to (required, repeatable)
  --client-id URL         where the document will be hosted; without it a placeholder is written
  --client-uri URL        the client's home page
  --logo-uri URL          the client's logo
  --scope SCOPES          the scopes to ask for, separated by spaces
  --output, -o FILE       write to a file; folders are created, ~ is your home folder
  --no-pretty             everything on one line (also --pretty=false)
  --portable              the document most servers accept: port-less loopback pair, application type, refresh
  --force                 replace a file that exists (FastMCP replaces it unasked)
  --no-check              write the document even if it has errors (FastMCP checks nothing)
  --help                  show this

Exit codes: 0 written, 1 anything else.
`;

const REMINDER =
  "Important: client_id is a placeholder. Update it to the URL where you will host this document, or re-run with --client-id.";

/**
 * `cimd create`: a new document on standard output or in a file. Options, messages and exit codes are those of
 * `fastmcp auth cimd create` (FastMCP 4.0.0b3), with two deviations: a document with an error is refused unless
 * `--no-check`, and an existing file is kept unless `--force`.
 *
 * @returns 0 when the document was written, 1 otherwise
 */
export async function create(argv: readonly string[], io: CliIo): Promise<number> {
  if (argv.includes("--help") || argv.includes("-h")) {
    io.stdout(block(HELP));
    return 0;
  }
  let asked: CreateArguments;
  try {
    asked = readCreateArguments(argv);
  } catch (error) {
    if (!(error instanceof CreateArgumentError)) throw error;
    io.stderr(line`${clip(error.message, 1000)}`);
    io.stderr(line`Run "cimd create --help" for the options.`);
    return 1;
  }
  const text = createDocument({ ...asked, ascii: true });
  // An empty --client-id counts as none, as in FastMCP.
  const isPlaceholder = !asked.clientId;
  if (asked.check) {
    const errors = errorsOf(text, isPlaceholder);
    if (errors.length > 0) {
      refuse(errors, io);
      return 1;
    }
  }
  if (!asked.output) {
    io.stdout(block(text));
  } else {
    const trouble = await write(asked.output, text, asked.force, io);
    if (trouble !== undefined) {
      io.stderr(line`${trouble}`);
      return 1;
    }
    io.stdout(line`✓ CIMD document written to ${asked.output}`);
  }
  if (isPlaceholder) (asked.output ? io.stdout : io.stderr)(print`\n${REMINDER}\n`);
  return 0;
}

/**
 * What the specifications call an error; what single servers refuse is for `cimd check`. The placeholder is the
 * author's to replace and no error.
 */
export function errorsOf(text: string, isPlaceholder: boolean): Problem[] {
  return checkDocument(text, { servers: "none" }).problems.filter(
    ({ severity, pointer }) => severity === "error" && !(isPlaceholder && pointer === "/client_id"),
  );
}

function refuse(errors: readonly Problem[], io: CliIo): void {
  const count = errors.length === 1 ? "an error" : `${errors.length} errors`;
  io.stderr(
    line`The document would have ${count}, so it was not written. Correct the options, or add --no-check.`,
  );
  for (const { rule, pointer, message } of errors) {
    io.stderr(line`  ${clip(pointer) || "/"}: ${message} [${rule}]`);
  }
}

/** Writes the file and the folders above it. Answers with a sentence why it could not, or with undefined. */
async function write(output: string, text: string, force: boolean, io: CliIo): Promise<string | undefined> {
  const file = path.resolve(io.cwd, expandHome(output, io));
  try {
    await mkdir(path.dirname(file), { recursive: true });
  } catch (error) {
    return `The folder of ${output} could not be made: ${messageOf(error)}.`;
  }
  // Nobody may read from a pipe, and then writing never ends.
  const kind = statSync(file, { throwIfNoEntry: false });
  if (kind && !kind.isFile())
    return `${output} is ${kind.isDirectory() ? "a folder" : "no regular file"}. Name another file.`;
  try {
    await writeFile(file, text, { encoding: "utf8", flag: force ? "w" : "wx" });
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST")
      return `${output} exists already. Add --force to replace it, or name another file.`;
    return `${output} could not be written: ${messageOf(error)}.`;
  }
}

/** `~` and `~/…` as the home folder; the shell has already done so for an unquoted word that starts with it. */
function expandHome(file: string, io: CliIo): string {
  if (file !== "~" && !/^~[\\/]/.test(file)) return file;
  return path.join(io.env["HOME"] || homedir(), file.slice(1));
}
