import { servers as list, type ServerSummary } from "../api/servers.js";
import { describeReach } from "../servers/groups.js";
import { CLIENT_LIBRARIES } from "../servers/servers.js";
import { type CliIo, UsageError } from "./io.js";
import { readArguments, readFormat } from "./options.js";
import { block, json, line, print } from "./printable.js";

const HELP = `Usage: cimd servers [--format text|json]

Lists the known authorization servers: id, version read, what the statements about them rest on
(the server's own code that was run, its source, its documentation or an issue thread), whom they
serve, and how many people meet them (the default group are those that many meet).
`;

/** `cimd servers`. */
export async function servers(argv: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments(argv, {
    format: { type: "string", default: "text" },
    help: { type: "boolean", short: "h" },
  });
  if (values.help) {
    io.stdout(block(HELP));
    return 0;
  }
  if (positionals.length > 0) throw new UsageError("it takes no arguments.");
  if (readFormat(values.format) === "json") {
    io.stdout(print`${json(list, 2)}\n`);
    return 0;
  }
  for (const server of list) {
    const { id, name, version, audience, reach, evidence } = server;
    io.stdout(line`${id}: ${name} ${version} (${basis(server)})`);
    const figure = reach ? `${describeReach(reach)} (${reach.source}, ${reach.date})` : "reach not known";
    io.stdout(line`  ${audience.join(", ")}: ${figure}`);
    for (const what of evidence) io.stdout(line`  ${what}`);
  }
  io.stdout(print`\nClient libraries, which check the URL and give no verdict:\n`);
  for (const { id, name, version } of CLIENT_LIBRARIES) io.stdout(line`${id}: ${name} ${version}`);
  return 0;
}

const READ = {
  "read-source": "read in source",
  docs: "documented",
  "issue-thread": "issue thread",
} as const satisfies Record<ServerSummary["confidence"], string>;

/** What the statements about a server rest on, in a few words. */
export function basis({ confidence, proof }: ServerSummary): string {
  if (!proof) return READ[confidence];
  return `proven against ${proof.engine} ${proof.version}, ${proof.cases} cases, ${proof.date}`;
}
