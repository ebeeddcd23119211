import { chosenServers, type RedirectAnswer } from "../api/matchRedirectUri.js";
import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { clip } from "../document/valueText.js";
import type { RedirectMatch } from "../servers/evaluate.js";
import { GROUPS } from "../servers/groups.js";
import { serverById } from "../servers/servers.js";
import { MATCH_GROUPS, type MatchGroup } from "../views/matchGroups.js";
import { groupOfMatch } from "../views/redirectMatches.js";
import { type RequestView, requestView } from "../views/requestAnswers.js";
import type { RequestFinding } from "../views/requestFindings.js";
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

const HELP = `Usage: cimd match REDIRECT_URI|AUTHORIZATION_URL FILE [options]

Says which authorization servers would send a user back to REDIRECT_URI, and by which entry of the document; of those that
would not, which entry is nearest and what differs. Of a whole AUTHORIZATION_URL, as a client opens it in the browser, it
also compares client_id, response_type, scope, PKCE, prompt and resource with the document, and says who would take the
request. FILE may be "-" for standard input.

Options:
  --scope SCOPE         the scope that the client asks for ("notes:read notes:write"), instead of that of the URL
  --method METHOD       how the client authenticates at the token endpoint (none, private_key_jwt)
  --server ID|GROUP,…   these servers; without it, those that many people meet. Groups: ${GROUPS.join(", ")}
  --verdicts group|all  print the answers of those servers (default), or of all known ones; the exit code stays the same
  --url URL             where the document is served; without it, its client_id
  --config FILE         read cimd.servers and cimd.hosting from a VS Code settings file
  --format FORMAT       text (default) or json: the answers; of an authorization URL, or with --scope or --method, an object
                        with findings and answers
  --help                show this

Exit codes: 0 every server asked allows it or is unknown, and client_id and method are the document's; 1 one refuses, or they
are not; 2 wrong usage or a file that cannot be read.
`;

/** `cimd match`. */
export async function match(argv: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments(argv, {
    scope: { type: "string" },
    method: { type: "string" },
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
  const [request, file, ...more] = positionals;
  if (!request || file === undefined || more.length > 0) {
    throw new UsageError("it takes a redirect URI or an authorization URL, and a file.");
  }
  if (/^https?:\/\//i.test(file)) throw new UsageError("the redirect URI comes first, then the file.");
  const format = readFormat(values.format);
  const verdicts = readVerdicts(values.verdicts);
  const config = await readConfig(values.config, io);
  const servers = readServers(values.server) ?? config.servers ?? ["default"];
  if (servers === "none") throw new UsageError('--server "none" leaves nobody to ask.');
  const text = await readTextOrStdin(file, io);
  const url = values.url ?? (file === "-" ? undefined : config.urlOf(file));
  const document = new ClientMetadataDocument(text, { url });
  const { scope, method } = values;
  const ask = (asked: readonly string[]) =>
    requestView(document, chosenServers(document, asked), request, { scope, method });
  const view = ask(servers);
  const { whole, findings } = view;
  const shown = verdicts === "all" ? ask(["all"]) : view;
  if (format === "json") {
    const answers = shown.matches.map(clipped);
    const isRequest = whole || scope !== undefined || method !== undefined;
    io.stdout(print`${json(isRequest ? { version: 1, findings, answers } : answers, 2)}\n`);
  } else {
    io.stdout(joined(findings.map(findingLine)));
    io.stdout(joined(answerLines(shown)));
  }
  const isOurs = !findings.some(
    ({ part, severity }) => severity === "error" && (part === "client_id" || part === "method"),
  );
  const refused = view.matches.some(({ outcome }) => outcome === "refused" || outcome === "document-refused");
  return isOurs && !refused ? 0 : 1;
}

const MARKS: Readonly<Record<RequestFinding["severity"], string>> = {
  error: "✗",
  warning: "!",
  information: "-",
};

function findingLine({ part, severity, message }: RequestFinding): Printable {
  return line`${MARKS[severity]} ${part}: ${message}`;
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

/**
 * The servers by what they do. The advice stands for the reasons of those that refuse the redirect URI, where there is one;
 * what was said of the request is not said again.
 */
export function answerLines({
  matches,
  findings,
  advice,
}: Pick<RequestView, "matches" | "findings" | "advice">): Printable[] {
  const said = new Set<string | undefined>(findings.map(({ message }) => message));
  return MATCH_GROUPS.flatMap((group) => {
    const some = matches.filter((found) => groupOfMatch(found) === group);
    if (some.length === 0) return [];
    if (group === "allowed") return entryLines(some);
    const words = WORDS[group];
    if (group === "listed-exactly" || group === "unknown" || some.every(({ reason }) => said.has(reason)))
      return [namesLine(words, some)];
    const advised = advice ? some.filter(({ nearest }) => nearest) : [];
    const others = some.filter((found) => !advised.includes(found));
    return [
      ...(advised.length > 0
        ? [namesLine(words, advised), ...(advice?.sentences ?? []).map((sentence) => line`  ${sentence}`)]
        : []),
      ...(others.length > 0 ? reasonLines(words, others) : []),
    ];
  });
}

function namesLine(words: string, matches: readonly RedirectMatch[]): Printable {
  return line`${words} (${matches.length}): ${matches.map(nameOf).join(", ")}`;
}

/** One reason for all of them is said once. */
function reasonLines(words: string, matches: readonly RedirectMatch[]): Printable[] {
  const reasons = new Set(matches.map(({ reason }) => reason));
  const [first = ""] = reasons;
  if (reasons.size === 1 && matches.length > 1)
    return [namesLine(words, matches), line`  ${clip(first, MOST_CHARACTERS)}`];
  return [
    line`${words} (${matches.length}):`,
    ...matches.map((found) => line`  ${nameOf(found)}: ${clip(found.reason ?? "", MOST_CHARACTERS)}`),
  ];
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
