import { classifyRedirectUri } from "../redirects/classify.js";
import { formatJson } from "./formatJson.js";

/** What client code needs to know of a document. */
export interface ClientFacts {
  /** The client identifier URL. */
  readonly clientId: string;
  readonly name: string;
  readonly scope: string;
  /** The entry of `redirect_uris` to come back to. */
  readonly redirectUri: string;
  /** `token_endpoint_auth_signing_alg` of a client with `private_key_jwt`; absent for a public client. */
  readonly signingAlgorithm?: string | undefined;
}

/** The MCP server or account that a reader of the code puts in. */
export const MCP_SERVER = "https://mcp.example.com/mcp";

/** A string literal of TypeScript. */
export function literal(text: string): string {
  return formatJson(text.toWellFormed(), { pretty: true, ascii: true });
}

/** Code, line by line; what is false is left out. */
export function lines(...all: readonly (string | false)[]): string {
  return `${all.filter((line) => line !== false).join("\n")}\n`;
}

/** Where an entry without a port is bound; any free port does. */
const ANY_PORT = "8765";

/**
 * The redirect URI that a request names for an entry: a loopback entry for any port gets one, everything else stays.
 */
export function requestedRedirectUri(entry: string): string {
  const { kind, parts } = classifyRedirectUri(entry);
  const anyPort = parts.port === undefined || parts.port === "" || parts.port === "*";
  if (kind !== "loopback" || !anyPort) return entry;
  return entry.replace(/^(http:\/\/(?:\[[^\]]*\]|[^:/?#]*))(?::\*?)?/i, `$1:${ANY_PORT}`);
}
