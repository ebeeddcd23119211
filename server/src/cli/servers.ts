import { servers as list } from "../api/servers.js";
import { CLIENT_LIBRARIES } from "../servers/servers.js";
import { type CliIo, UsageError } from "./io.js";
import { readArguments, readFormat } from "./options.js";

const HELP = `Usage: cimd servers [--format text|json]

Lists the known authorization servers: id, version read, and the evidence for what is said of them.
`;

/** `cimd servers`. */
export async function servers(argv: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments(argv, {
    format: { type: "string", default: "text" },
    help: { type: "boolean", short: "h" },
  });
  if (values.help) {
    io.stdout(HELP);
    return 0;
  }
  if (positionals.length > 0) throw new UsageError("it takes no arguments.");
  if (readFormat(values.format) === "json") {
    io.stdout(`${JSON.stringify(list, undefined, 2)}\n`);
    return 0;
  }
  for (const { id, name, version, confidence, evidence } of list) {
    io.stdout(`${id}: ${name} ${version} (${confidence})\n${evidence.map((what) => `  ${what}\n`).join("")}`);
  }
  io.stdout(
    `\nClient libraries, which check the URL and give no verdict:\n${CLIENT_LIBRARIES.map(({ id, name, version }) => `${id}: ${name} ${version}\n`).join("")}`,
  );
  return 0;
}
