import { type DiscoveryReport, runDiscovery } from "../hosted/discovery.js";
import type { Fetcher } from "../hosted/fetcher.js";
import { DEFAULT_TIMEOUT_SECONDS } from "../hosted/limits.js";
import { nodeFetcher } from "../hosted/nodeNetwork.js";
import { plainLines } from "../hosted/plainText.js";
import { proxyFromEnvironment } from "../hosted/proxies.js";
import type { CliIo } from "./io.js";
import { readArguments, readFormat, readOnlyUrl, readText, readTimeout } from "./options.js";
import { block, joined, json, line, print } from "./printable.js";

const HELP = `Usage: cimd discover MCP_SERVER_URL [options]

Finds the authorization servers of an MCP server and says whether they support client metadata documents, which clients
use one there, and which register dynamically instead. The URL may be plain http on this machine
(http://localhost:8000/mcp), and so may metadata on the same port; every other URL found in an answer must be public https.

Options:
  --document FILE         compare this document with what the server advertises: method, grants, scopes, resource
  -t, --timeout S         seconds for each request, from 1 to 60 (default ${DEFAULT_TIMEOUT_SECONDS})
  --format FORMAT         text (default) or json
  --allow-private-network follow URLs into this machine and private networks too
  --help                  show this

Exit codes: 0 a client can use the document (without one: a public client) with an authorization server, 1 it
cannot: the server does not advertise client metadata documents, or S256, or the method; 2 wrong usage.
`;

/**
 * `cimd discover`.
 *
 * @param fetcher replaces the network in tests
 */
export async function discover(argv: readonly string[], io: CliIo, fetcher?: Fetcher): Promise<number> {
  const { values, positionals } = readArguments(argv, {
    document: { type: "string" },
    timeout: { type: "string", short: "t" },
    format: { type: "string", default: "text" },
    "allow-private-network": { type: "boolean" },
    help: { type: "boolean", short: "h" },
  });
  if (values.help) {
    io.stdout(block(HELP));
    return 0;
  }
  const url = readOnlyUrl(positionals);
  const format = readFormat(values.format);
  const network = {
    allowPrivateNetwork: values["allow-private-network"],
    proxy: proxyFromEnvironment(io.env),
  };
  const report = await runDiscovery(url, {
    timeoutSeconds: readTimeout(values.timeout),
    document: values.document === undefined ? undefined : await readText(values.document, io),
    allowTypedLoopback: true,
    fetcher: fetcher ?? (await nodeFetcher(network)),
  });
  if (format === "json") io.stdout(print`${json({ version: 1, ...report }, 2)}\n`);
  else {
    io.stdout(joined(plainLines(report.steps).map((text) => line`${text}`)));
    io.stdout(print`\n${conclusion(report, values.document !== undefined)}\n`);
  }
  return report.usable ? 0 : 1;
}

function conclusion({ supported, usable }: DiscoveryReport, hasDocument: boolean): string {
  if (!supported) return "✗ No authorization server advertises support for client metadata documents.";
  if (hasDocument)
    return usable ? "✓ Clients can use the document." : "✗ Clients cannot use the document: see above.";
  return usable
    ? "✓ Client metadata documents are supported."
    : "✗ Client metadata documents are advertised, but public clients cannot use them: see above.";
}
