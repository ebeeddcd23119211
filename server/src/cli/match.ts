import { matchRedirectUri } from "../api/matchRedirectUri.js";
import { clip } from "../document/valueText.js";
import type { RedirectMatch } from "../servers/evaluate.js";
import { serverById } from "../servers/servers.js";
import { type CliIo, UsageError } from "./io.js";
import { readArguments, readConfig, readFormat, readServers, readTextOrStdin } from "./options.js";
import { block, json, line, type Printable, print } from "./printable.js";

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
    io.stdout(block(HELP));
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
  if (format === "json") io.stdout(print`${json(matches.map(clipped), 2)}\n`);
  else for (const found of matches) io.stdout(matchLine(found));
  return matches.some(({ outcome }) => outcome === "refused" || outcome === "document-refused") ? 1 : 0;
}

const WORDS: Readonly<Record<RedirectMatch["outcome"], string>> = {
  allowed: "allowed",
  refused: "refused",
  "document-refused": "document refused",
  unknown: "unknown",
};

/** What the document and the request hold may be long; of each a result has the beginning. */
function clipped({ matchedBy, reason, ...rest }: RedirectMatch): RedirectMatch {
  return {
    ...rest,
    ...(matchedBy === undefined ? {} : { matchedBy: clip(matchedBy, MOST_CHARACTERS) }),
    ...(reason === undefined ? {} : { reason: clip(reason, MOST_CHARACTERS) }),
  };
}

const MOST_CHARACTERS = 2048;

function matchLine({ server, outcome, matchedBy, reason }: RedirectMatch): Printable {
  const details = [
    ...(matchedBy === undefined ? [] : [`by ${clip(matchedBy)}`]),
    ...(reason === undefined ? [] : [clip(reason, MOST_CHARACTERS)]),
  ];
  const name = serverById(server)?.name ?? server;
  return line`${name}: ${WORDS[outcome]}${details.length > 0 ? ` (${details.join("; ")})` : ""}`;
}
