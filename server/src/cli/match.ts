import { matchRedirectUri } from "../api/matchRedirectUri.js";
import type { RedirectMatch } from "../servers/evaluate.js";
import { serverById } from "../servers/servers.js";
import { type CliIo, UsageError } from "./io.js";
import { readArguments, readConfig, readFormat, readServers, readTextOrStdin } from "./options.js";
import { printable } from "./printable.js";

const HELP = `Usage: cimd match REDIRECT_URI FILE [options]

Says for every authorization server whether it would send a user back to REDIRECT_URI, and by which entry of the document.
FILE may be "-" for standard input.

Options:
  --server ID,…    only these servers
  --url URL        where the document is served; without it, its client_id
  --config FILE    read cimd.servers and cimd.hosting from a VS Code settings file
  --format FORMAT  text (default) or json
  --help           show this

Exit codes: 0 every server asked allows it or is unknown, 1 one refuses, 2 wrong usage or a file that cannot be read.
`;

/** `cimd match`. */
export async function match(argv: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments(argv, {
    server: { type: "string", multiple: true },
    url: { type: "string" },
    config: { type: "string" },
    format: { type: "string", default: "text" },
    help: { type: "boolean", short: "h" },
  });
  if (values.help) {
    io.stdout(HELP);
    return 0;
  }
  const [redirectUri, file, ...more] = positionals;
  if (redirectUri === undefined || file === undefined || more.length > 0) {
    throw new UsageError("it takes a redirect URI and a file.");
  }
  const format = readFormat(values.format);
  const config = await readConfig(values.config, io);
  const servers = readServers(values.server) ?? config.servers;
  if (servers === "none") throw new UsageError('--server "none" leaves nobody to ask.');
  const text = await readTextOrStdin(file, io);
  const url = values.url ?? (file === "-" ? undefined : config.urlOf(file));
  const matches = matchRedirectUri(text, redirectUri, {
    ...(url === undefined ? {} : { url }),
    ...(servers === undefined ? {} : { servers }),
  });
  if (format === "json") io.stdout(`${JSON.stringify(matches, undefined, 2)}\n`);
  else for (const found of matches) io.stdout(`${line(found)}\n`);
  return matches.some(({ outcome }) => outcome === "refused" || outcome === "document-refused") ? 1 : 0;
}

const WORDS: Readonly<Record<RedirectMatch["outcome"], string>> = {
  allowed: "allowed",
  refused: "refused",
  "document-refused": "document refused",
  unknown: "unknown",
};

function line({ server, outcome, matchedBy, reason }: RedirectMatch): string {
  const details = [
    ...(matchedBy === undefined ? [] : [`by ${printable(matchedBy)}`]),
    ...(reason === undefined ? [] : [printable(reason)]),
  ];
  const name = serverById(server)?.name ?? server;
  return `${name}: ${WORDS[outcome]}${details.length > 0 ? ` (${details.join("; ")})` : ""}`;
}
