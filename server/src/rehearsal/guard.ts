import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { clip } from "../document/valueText.js";
import { say } from "../localisation/say.js";
import { isLoopbackHostname } from "../servers/behaviours/loopbackMatching.js";

/**
 * Why a request is not answered: it was meant for another host, so that a page's own name may have been pointed at this
 * machine (DNS rebinding), or a page of another machine sent it.
 *
 * @param host of the rehearsal, with its port
 * @returns undefined for a request that is
 */
export function refusalOf({ headersDistinct }: IncomingMessage, expected: string): string | undefined {
  const hosts = headersDistinct["host"] ?? [];
  const origin = headersDistinct["origin"]?.join(", ");
  if (hosts.length !== 1 || hosts[0] !== expected)
    return say`The request names the host ${clip(hosts.join(", ") || say`(none)`, 100)}. The rehearsal answers ${expected} only, so that no page elsewhere reaches it: give the client the address as it is printed.`;
  if (origin !== undefined && !isLoopbackOrigin(origin))
    return say`The request comes from a page of ${clip(origin, 100)}. The rehearsal answers programs and pages of this machine only.`;
  return undefined;
}

function isLoopbackOrigin(origin: string): boolean {
  const url = URL.parse(origin);
  return url !== null && /^https?:$/.test(url.protocol) && isLoopbackHostname(url.hostname);
}

/** What lets a page of this machine, such as MCP Inspector's, read the answers. */
export function corsHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const { origin } = headers;
  if (origin === undefined) return {};
  return {
    "access-control-allow-origin": origin,
    "access-control-allow-methods": "GET, POST, DELETE, OPTIONS",
    "access-control-allow-headers": headers["access-control-request-headers"] ?? "*",
    "access-control-allow-private-network": "true",
    "access-control-expose-headers": "WWW-Authenticate, Mcp-Session-Id, Mcp-Protocol-Version",
    vary: "Origin",
  };
}
