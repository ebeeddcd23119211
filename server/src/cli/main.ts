import { clip } from "../document/valueText.js";
import { messageOf, traceOf } from "../messageOf.js";
import { VERSION } from "../version.js";
import { check } from "./check.js";
import { create } from "./create.js";
import { discover } from "./discover.js";
import { type CliIo, type Command, UsageError } from "./io.js";
import { match } from "./match.js";
import { mcp } from "./mcp.js";
import { block, line, quoted } from "./printable.js";
import { rehearse } from "./rehearse.js";
import { servers } from "./servers.js";
import { validate } from "./validate.js";

interface Entry {
  readonly run: Command;
  readonly summary: string;
}

const COMMANDS: ReadonlyMap<string, Entry> = new Map<string, Entry>([
  [
    "check",
    { run: check, summary: "check client metadata documents against the specifications and servers" },
  ],
  ["create", { run: create, summary: "write a new client metadata document" }],
  [
    "validate",
    { run: validate, summary: "check a hosted document as an authorization server would fetch it" },
  ],
  [
    "discover",
    { run: discover, summary: "whether an MCP server's authorization server supports these documents" },
  ],
  ["match", { run: match, summary: "which authorization servers would redirect to a URI" }],
  [
    "rehearse",
    {
      run: rehearse,
      summary: "sign in with your own client on this machine, before anything is hosted",
    },
  ],
  ["servers", { run: servers, summary: "the known authorization servers and the evidence" }],
  ["mcp", { run: mcp, summary: "an MCP server for coding agents, over standard input and output" }],
]);

const HELP = `cimd ${VERSION}: OAuth Client ID Metadata Documents on the command line

Usage: cimd <command> [options]

Commands:
${[...COMMANDS].map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`).join("\n")}

Run "cimd <command> --help" for a command's options. --verbose adds the stack trace to an unexpected error.
Exit codes: 0 fine, 1 the document (or the URL) has problems, 2 wrong usage or a file that cannot be read.
`;

/**
 * Runs the command line.
 *
 * @param argv arguments after the program's name
 * @returns the exit code: 0 fine, 1 problems found, 2 usage or I/O
 */
export async function run(argv: readonly string[], given: CliIo): Promise<number> {
  const verbose = argv.includes(VERBOSE);
  const io: CliIo = { ...given, verbose };
  const [name, ...rest] = argv.filter((argument) => argument !== VERBOSE);
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    (name === undefined ? io.stderr : io.stdout)(block(HELP));
    return name === undefined ? 2 : 0;
  }
  if (name === "--version" || name === "-V") {
    io.stdout(line`${VERSION}`);
    return 0;
  }
  const command = COMMANDS.get(name);
  if (!command) {
    io.stderr(line`cimd: there is no command ${quoted(name)}. Commands: ${[...COMMANDS.keys()].join(", ")}.`);
    return 2;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.stderr(line`cimd ${name}: ${clip(error.message, LONGEST_MESSAGE)}`);
      io.stderr(line`Run "cimd ${name} --help" for the options.`);
    } else if (verbose) io.stderr(block(`${traceOf(error)}\n`));
    else {
      io.stderr(line`cimd ${name}: unexpected error: ${clip(messageOf(error), LONGEST_MESSAGE)}`);
      io.stderr(line`This is a bug in cimd. Please report it, with the stack trace that --verbose prints.`);
    }
    return 2;
  }
}

/** Understood by every command. */
const VERBOSE = "--verbose";

/** Of a message that quotes what was typed. */
const LONGEST_MESSAGE = 2000;
