import { buffer } from "node:stream/consumers";
import { VERSION } from "../version.js";
import { check } from "./check.js";
import { create } from "./create.js";
import { discover } from "./discover.js";
import { type CliIo, type Command, UsageError } from "./io.js";
import { match } from "./match.js";
import { decode } from "./options.js";
import { servers } from "./servers.js";
import { validate } from "./validate.js";

interface Entry {
  readonly run: Command;
  readonly summary: string;
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  check: { run: check, summary: "check client metadata documents against the specifications and servers" },
  create: { run: create, summary: "write a new client metadata document" },
  validate: { run: validate, summary: "check a hosted document as an authorization server would fetch it" },
  discover: {
    run: discover,
    summary: "whether an MCP server's authorization server supports these documents",
  },
  match: { run: match, summary: "which authorization servers would redirect to a URI" },
  servers: { run: servers, summary: "the known authorization servers and the evidence" },
};

const HELP = `cimd ${VERSION}: OAuth Client ID Metadata Documents on the command line

Usage: cimd <command> [options]

Commands:
${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`)
  .join("\n")}

Run "cimd <command> --help" for a command's options.
Exit codes: 0 fine, 1 the document (or the URL) has problems, 2 wrong usage or a file that cannot be read.
`;

/**
 * Runs the command line.
 *
 * @param argv arguments after the program's name
 * @returns the exit code: 0 fine, 1 problems found, 2 usage or I/O
 */
export async function run(argv: readonly string[], io: CliIo): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    (name === undefined ? io.stderr : io.stdout)(HELP);
    return name === undefined ? 2 : 0;
  }
  if (name === "--version" || name === "-V") {
    io.stdout(`${VERSION}\n`);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    io.stderr(`cimd: there is no command "${name}". Commands: ${Object.keys(COMMANDS).join(", ")}.\n`);
    return 2;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.stderr(`cimd ${name}: ${error.message}\nRun "cimd ${name} --help" for the options.\n`);
    return 2;
  }
}

/** What the process itself offers. */
export function processIo(): CliIo {
  return {
    stdout: (out) => void process.stdout.write(out),
    stderr: (out) => void process.stderr.write(out),
    readStdin: () => buffer(process.stdin).then(decode),
    colour: process.stdout.isTTY === true && (process.env["NO_COLOR"] ?? "") === "",
    env: process.env,
    cwd: process.cwd(),
  };
}
