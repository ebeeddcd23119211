import { servers as list } from "../api/servers.js";
import { describeReach } from "../servers/groups.js";
import { CLIENT_LIBRARIES } from "../servers/servers.js";
import { type CliIo, UsageError } from "./io.js";
import { readArguments, readFormat } from "./options.js";
import { block, json, line, print } from "./printable.js";

const HELP = `Usage: cimd servers [--format text|json]

Lists the known authorization servers: id, version read, whom they serve and how many people
meet them (the default group are those that many meet), and the evidence for what is said of them.
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
  for (const { id, name, version, audience, reach, confidence, evidence } of list) {
    io.stdout(line`${id}: ${name} ${version} (${confidence})`);
    const figure = reach ? `${describeReach(reach)} (${reach.source}, ${reach.date})` : "reach not known";
    io.stdout(line`  ${audience.join(", ")}: ${figure}`);
    for (const what of evidence) io.stdout(line`  ${what}`);
  }
  io.stdout(print`\nClient libraries, which check the URL and give no verdict:\n`);
  for (const { id, name, version } of CLIENT_LIBRARIES) io.stdout(line`${id}: ${name} ${version}`);
  return 0;
}
