import { existsSync } from "node:fs";
import path from "node:path";
import { validateHosted } from "../api/validateHosted.js";
import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { clip } from "../document/valueText.js";
import type { Fetcher } from "../hosted/fetcher.js";
import { DEFAULT_TIMEOUT_SECONDS } from "../hosted/limits.js";
import { plainLines } from "../hosted/plainText.js";
import { proxyFromEnvironment } from "../hosted/proxies.js";
import type { HostedReport } from "../hosted/report.js";
import { splitUri } from "../uri/splitUri.js";
import { type CliIo, UsageError } from "./io.js";
import { readArguments, readConfig, readFormat, readOnlyUrl, readServers, readTimeout } from "./options.js";
import { block, joined, json, line, type Printable, print, quoted } from "./printable.js";

const HELP = `Usage: cimd validate URL [options]

Fetches the client metadata document at URL as an authorization server would, and reports what would make a server
refuse it. Nothing is sent but one GET; HTTPS_PROXY and NO_PROXY are honoured; no redirect is followed.

Options:
  -t, --timeout S         seconds for the whole exchange, from 1 to 60 (default ${DEFAULT_TIMEOUT_SECONDS})
  --server ID,…           target authorization servers: what they refuse is a failure
  --config FILE           read cimd.servers and cimd.rules from a VS Code settings file
  --format FORMAT         text (default) or json
  --extra logo,jwks,links also fetch what the document names
  --allow-private-network fetch from this machine and private networks too; the report says so
  --help                  show this

Exit codes: 0 the hosted document is fine, 1 it is not, 2 wrong usage. Without --server, a document that FastMCP would
refuse is not fine either, so that this command can replace "fastmcp auth cimd validate".
`;

const EXTRAS = ["logo", "jwks", "links"] as const;

/**
 * `cimd validate`.
 *
 * @param fetcher replaces the network in tests
 */
export async function validate(argv: readonly string[], io: CliIo, fetcher?: Fetcher): Promise<number> {
  const { values, positionals } = readArguments(argv, {
    timeout: { type: "string", short: "t" },
    server: { type: "string", multiple: true },
    config: { type: "string" },
    format: { type: "string", default: "text" },
    extra: { type: "string", multiple: true },
    "allow-private-network": { type: "boolean" },
    help: { type: "boolean", short: "h" },
  });
  if (values.help) {
    io.stdout(block(HELP));
    return 0;
  }
  const url = readOnlyUrl(positionals);
  const format = readFormat(values.format);
  const timeoutSeconds = readTimeout(values.timeout);
  const extras = readExtras(values.extra);
  const config = await readConfig(values.config, io);
  const servers = readServers(values.server) ?? config.servers;

  if (format === "text") {
    if (!isClientIdentifierUrl(url)) {
      io.stdout(invalidUrl(url));
      if (existsSync(path.resolve(io.cwd, url))) io.stdout(line`\nTo check the file: cimd check ${url}`);
      return 1;
    }
    io.stdout(line`→ Fetching ${url}...`);
  }
  const report = await validateHosted(url, {
    timeoutSeconds,
    extras,
    servers,
    rules: config.rules,
    allowPrivateNetwork: values["allow-private-network"],
    proxy: proxyFromEnvironment(io.env),
    fetcher,
  });
  const fine = report.ok && isClientIdentifierUrl(url) && (servers !== undefined || !fastmcpRefusal(report));
  if (format === "json") io.stdout(print`${json({ version: 1, ...report, ok: fine }, 2)}\n`);
  else io.stdout(fine ? success(report) : failure(report));
  return fine ? 0 : 1;
}

function readExtras(given: readonly string[] | undefined): (typeof EXTRAS)[number][] {
  return (given ?? [])
    .flatMap((value) => value.split(","))
    .map((value) => {
      const extra = EXTRAS.find((known) => known === value.trim());
      if (!extra) throw new UsageError(`--extra takes ${EXTRAS.join(", ")}, not ${quoted(value)}.`);
      return extra;
    });
}

/** FastMCP's first look at a URL: https, a host, and a path that is not the root. */
function isClientIdentifierUrl(url: string): boolean {
  const { scheme, host, path: urlPath } = splitUri(url);
  return (
    scheme?.toLowerCase() === "https" &&
    host !== undefined &&
    host !== "" &&
    urlPath !== "" &&
    urlPath !== "/"
  );
}

function invalidUrl(url: string): Printable {
  return joined([
    line`✗ Invalid CIMD URL: ${url}`,
    block(`
CIMD URLs must:
  • Use HTTPS (not HTTP)
  • Have a non-root path (e.g., /client.json, not just /)
`),
  ]);
}

/** Why FastMCP refuses the document, in its own words where they are known. */
function fastmcpRefusal({ verdicts }: HostedReport): string | undefined {
  const fastmcp = verdicts.find(({ server }) => server === "fastmcp");
  if (fastmcp?.verdict !== "refuses") return undefined;
  return (
    fastmcp.reasons.find(({ effect }) => effect === "blocks")?.message ?? "FastMCP refuses the document."
  );
}

/** Redirect URIs beyond these are counted. */
const MOST_REDIRECTS = 100;

function success(report: HostedReport): Printable {
  const document = new ClientMetadataDocument(report.document?.text ?? "", { url: report.url });
  const value = (name: string) => clip(document.string(name)?.value ?? "");
  const redirects = document.strings("redirect_uris").map(({ node }) => node.value);
  const lines = [
    "✓ Valid CIMD document",
    "",
    "Document details:",
    `  client_id: ${value("client_id")}`,
    `  client_name: ${value("client_name") || "(not set)"}`,
    `  token_endpoint_auth_method: ${value("token_endpoint_auth_method") || "none"}`,
    "  redirect_uris:",
    ...redirects.slice(0, MOST_REDIRECTS).map((uri) => `    • ${clip(uri)}`),
  ];
  if (redirects.length > MOST_REDIRECTS) lines.push(`    … and ${redirects.length - MOST_REDIRECTS} more`);
  for (const name of ["scope", "client_uri"]) {
    const set = value(name);
    if (set) lines.push(`  ${name}: ${set}`);
  }
  return printed([...lines, "", report.summary, "", ...plainLines(report.steps)]);
}

/** The steps that FastMCP's validator reports as a failure to fetch; the later ones it calls a validation error. */
const FETCH_STEPS: ReadonlySet<string> = new Set(["connection", "tls", "response", "status", "body", "size"]);

function failure(report: HostedReport): Printable {
  const failed = report.steps.find(({ state }) => state === "failed");
  const message = failed?.sentence ?? `FastMCP refuses the document: ${fastmcpRefusal(report)}`;
  const headline = failed && FETCH_STEPS.has(failed.id) ? "Failed to fetch document" : "Validation error";
  // Without targets FastMCP decides, whatever others do.
  const summary = failed ? report.summary : "Name the servers you need with --server to let those decide.";
  return printed([`✗ ${headline}: ${message}`, "", summary, "", ...plainLines(report.steps)]);
}

function printed(lines: readonly string[]): Printable {
  return joined(lines.map((text) => line`${text}`));
}
