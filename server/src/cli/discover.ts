import path from "node:path";
import { runDiscovery } from "../hosted/discovery.js";
import type { Fetcher } from "../hosted/fetcher.js";
import { DEFAULT_TIMEOUT_SECONDS } from "../hosted/limits.js";
import { nodeFetcher } from "../hosted/nodeNetwork.js";
import { plainLines } from "../hosted/plainText.js";
import { proxyFromEnvironment } from "../hosted/proxies.js";
import type { CliIo } from "./io.js";
import { readArguments, readFormat, readOnlyUrl, readText, readTimeout } from "./options.js";
import { block, joined, json, line, print } from "./printable.js";

const HELP = `Usage: cimd discover MCP_SERVER_URL [options]

Finds the authorization servers of an MCP server and says whether they support client metadata documents. The URL may be
plain http on this machine (http://localhost:8000/mcp); every URL found in an answer must be public https.

Options:
  --document FILE         also say whether this document fits what the server advertises
  -t, --timeout S         seconds for each request, from 1 to 60 (default ${DEFAULT_TIMEOUT_SECONDS})
  --format FORMAT         text (default) or json
  --allow-private-network follow URLs into this machine and private networks too
  --help                  show this

Exit codes: 0 an authorization server supports client metadata documents, 1 none does, 2 wrong usage.
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
    document:
      values.document === undefined ? undefined : await readText(path.resolve(io.cwd, values.document)),
    allowTypedLoopback: true,
    fetcher: fetcher ?? (await nodeFetcher(network)),
  });
  if (format === "json") io.stdout(print`${json({ version: 1, ...report }, 2)}\n`);
  else {
    io.stdout(joined(plainLines(report.steps).map((text) => line`${text}`)));
    io.stdout(
      report.supported
        ? print`\n✓ Client metadata documents are supported.\n`
        : print`\n✗ No authorization server advertises support for client metadata documents.\n`,
    );
  }
  return report.supported ? 0 : 1;
}
