/** A client that can be told of the rehearsal, and how. */
export interface ClientConfiguration {
  /** The client's own name. */
  readonly client: string;
  /** A command for a terminal, or a file that the text goes into. */
  readonly place: "terminal" | { readonly file: string };
  readonly text: string;
}

/** The name that the rehearsal gets in a client's list of MCP servers. */
const NAME = "cimd-rehearsal";

/** A client identifier URL whose characters mean nothing to any shell, so that a document cannot bring a command with it. */
const PLAIN_URL = /^https:\/\/[A-Za-z0-9._~/:-]+$/;

/**
 * What clients need to sign in at the rehearsal, in the formats of their own documentation (read in December 2026).
 *
 * @param address of the rehearsal's MCP server
 * @param clientId of the document: clients that bring an identity of their own are told to use this one; left out where
 *   it is undefined or no plain https URL
 */
export function clientConfigurations(address: string, clientId: string | undefined): ClientConfiguration[] {
  const id = clientId !== undefined && PLAIN_URL.test(clientId) ? clientId : undefined;
  return [
    {
      client: "Claude Code",
      place: "terminal",
      text: words("claude mcp add --transport http", id && `--client-id ${id}`, NAME, address),
    },
    {
      client: "VS Code",
      place: { file: ".vscode/mcp.json" },
      text: json({
        servers: { [NAME]: { type: "http", url: address, ...(id && { oauth: { clientId: id } }) } },
      }),
    },
    {
      client: "Codex",
      place: { file: "~/.codex/config.toml" },
      text: [
        `[mcp_servers.${NAME}]`,
        `url = "${address}"`,
        ...(id ? ["", `[mcp_servers.${NAME}.oauth]`, `client_id = "${id}"`] : []),
        "",
      ].join("\n"),
    },
    {
      client: "opencode",
      place: { file: "opencode.json" },
      text: json({
        $schema: "https://opencode.ai/config.json",
        mcp: {
          servers: { [NAME]: { type: "remote", url: address, ...(id && { oauth: { client_id: id } }) } },
        },
      }),
    },
    {
      client: "MCP Inspector",
      place: "terminal",
      text: words(
        "npx @modelcontextprotocol/inspector --cli",
        address,
        "--transport http --method tools/call --tool-name whoami",
        id && `--client-metadata-url ${id}`,
      ),
    },
  ];
}

function words(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(" ");
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
