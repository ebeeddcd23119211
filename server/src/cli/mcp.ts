import { statSync } from "node:fs";
import path from "node:path";
import { type CliIo, UsageError } from "./io.js";
import { readArguments } from "./options.js";
import { block, quoted } from "./printable.js";

const HELP = `Usage: cimd mcp [options]

An MCP server for coding agents, over standard input and output: it checks documents, matches redirect URIs, creates
documents, explains rules, lists the known authorization servers, and validates hosted documents. A file is read only
below the folders that the client shares (its roots). Nothing is sent but by the tool validate_hosted_document.

Options:
  --root FOLDER   read files below this folder instead; repeatable, for clients that share no roots
  --help          show this
`;

/** `cimd mcp`: serves one client until it closes the connection. */
export async function mcp(argv: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments(argv, {
    root: { type: "string", multiple: true },
    help: { type: "boolean", short: "h" },
  });
  if (values.help) {
    io.stdout(block(HELP));
    return 0;
  }
  if (positionals.length > 0) throw new UsageError("it takes no arguments.");
  const folders = (values.root ?? []).map((folder) => path.resolve(io.cwd, folder));
  const missing = folders.find((folder) => !statSync(folder, { throwIfNoEntry: false })?.isDirectory());
  if (missing !== undefined) throw new UsageError(`--root takes a folder, and ${quoted(missing)} is none.`);
  const { serveAgent } = await import("../agent/serve.js");
  await serveAgent({
    folders,
    env: io.env,
    log: io.stderr,
  });
  return 0;
}
