import { matchRedirectUri, type RedirectAnswer } from "../api/matchRedirectUri.js";
import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { clip } from "../document/valueText.js";
import type { RedirectMatch } from "../servers/evaluate.js";
import { GROUPS } from "../servers/groups.js";
import { serverById } from "../servers/servers.js";
import { MATCH_GROUPS, type MatchGroup } from "../views/matchGroups.js";
import { adviceOnRedirect, groupOfMatch, type RedirectAdvice } from "../views/redirectMatches.js";
import { type CliIo, UsageError } from "./io.js";
import {
  readArguments,
  readConfig,
  readFormat,
  readServers,
  readTextOrStdin,
  readVerdicts,
} from "./options.js";
import { block, joined, json, line, type Printable, print } from "./printable.js";

const HELP = `Usage: cimd match REDIRECT_URI FILE [options]

Says which authorization servers would send a user back to REDIRECT_URI, and by which entry of the document; of those that
would not, which entry is nearest and what differs. FILE may be "-" for standard input.

Options:
  --server ID|GROUP,…   these servers; without it, those that many people meet. Groups: ${GROUPS.join(", ")}
  --verdicts group|all  print the answers of those servers (default), or of all known ones; the exit code stays the same
  --url URL             where the document is served; without it, its client_id
  --config FILE         read cimd.servers and cimd.hosting from a VS Code settings file
  --format FORMAT       text (default) or json
  --help                show this

Exit codes: 0 every server asked allows it or is unknown, 1 one refuses, 2 wrong usage or a file that cannot be read.
`;

/** `cimd match`. */
export async function match(argv: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments(argv, {
    server: { type: "string", multiple: true },
    verdicts: { type: "string", default: "group" },
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
  const verdicts = readVerdicts(values.verdicts);
  const config = await readConfig(values.config, io);
  const servers = readServers(values.server) ?? config.servers ?? ["default"];
  if (servers === "none") throw new UsageError('--server "none" leaves nobody to ask.');
  const text = await readTextOrStdin(file, io);
  const url = values.url ?? (file === "-" ? undefined : config.urlOf(file));
  const ask = (asked: readonly string[]) =>
    matchRedirectUri(text, redirectUri, { ...(url === undefined ? {} : { url }), servers: asked });
  const matches = ask(servers);
  const shown = verdicts === "all" ? ask(["all"]) : matches;
  if (format === "json") io.stdout(print`${json(shown.map(clipped), 2)}\n`);
  else {
    const document = new ClientMetadataDocument(text, { url });
    io.stdout(joined(answerLines(shown, adviceOnRedirect(document, redirectUri, shown))));
  }
  return matches.some(({ outcome }) => outcome === "refused" || outcome === "document-refused") ? 1 : 0;
}

const WORDS: Readonly<Record<MatchGroup, string>> = {
  allowed: "allowed",
  "listed-exactly": "listed exactly; nothing known refuses it",
  refused: "refused",
  "document-refused": "document refused",
  unknown: "unknown",
};

/** What the document and the request hold may be long; of each a result has the beginning. */
export function clipped({ matchedBy, reason, nearest, ...rest }: RedirectAnswer): RedirectAnswer {
  return {
    ...rest,
    ...(nearest ? { nearest: { ...nearest, entry: clip(nearest.entry, MOST_CHARACTERS) } } : {}),
    ...(matchedBy === undefined ? {} : { matchedBy: clip(matchedBy, MOST_CHARACTERS) }),
    ...(reason === undefined ? {} : { reason: clip(reason, MOST_CHARACTERS) }),
  };
}

const MOST_CHARACTERS = 2048;

/** The servers by what they do. The advice stands for the reasons of those that refuse the redirect URI, where there is one. */
export function answerLines(
  matches: readonly RedirectMatch[],
  advice: RedirectAdvice | undefined,
): Printable[] {
  return MATCH_GROUPS.flatMap((group) => {
    const some = matches.filter((found) => groupOfMatch(found) === group);
    if (some.length === 0) return [];
    if (group === "allowed") return entryLines(some);
    const words = `${WORDS[group]} (${some.length})`;
    const explained = group === "listed-exactly" || group === "unknown" || (group === "refused" && advice);
    if (!explained)
      return [
        line`${words}:`,
        ...some.map((found) => line`  ${nameOf(found)}: ${clip(found.reason ?? "", MOST_CHARACTERS)}`),
      ];
    const sentences = group === "refused" ? (advice?.sentences ?? []) : [];
    return [
      line`${words}: ${some.map(nameOf).join(", ")}`,
      ...sentences.map((sentence) => line`  ${sentence}`),
    ];
  });
}

/** Who allows it, by the entry that lets it through. */
function entryLines(matches: readonly RedirectMatch[]): Printable[] {
  const byEntry = Map.groupBy(matches, ({ matchedBy }) => matchedBy);
  return [...byEntry].map(([entry, some]) => {
    const words = entry === undefined ? "allowed" : `allowed by ${clip(entry)}`;
    return line`${words} (${some.length}): ${some.map(nameOf).join(", ")}`;
  });
}

function nameOf({ server }: RedirectMatch): string {
  return serverById(server)?.name ?? server;
}
