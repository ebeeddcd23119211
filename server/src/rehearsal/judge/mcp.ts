import { clip } from "../../document/valueText.js";
import { say } from "../../localisation/say.js";
import type { TokenFacts } from "../authorizationServer.js";
import { type Exchange, membersOf } from "../exchange.js";
import { type Finding, failed, type Judgement, judgement, note, passed, warning } from "../findings.js";

/** Whether a token opens the MCP server, and why not. */
export function judgeAccessToken(
  { url }: Exchange,
  facts: TokenFacts | undefined,
  resource: string,
): Finding | undefined {
  if (url.searchParams.has("access_token"))
    return failed(
      say`The token is in the address (access_token). MCP clients must send it in the Authorization header, since addresses are logged.`,
    );
  if (!facts)
    return warning(
      say`The token was not issued in this run, or it has expired or was revoked. Clients that remember the token of an earlier run send it; this one is told to sign in again.`,
    );
  if (!facts.audience.includes(resource))
    return failed(
      say`The token is for ${clip(facts.audience.join(", "))}, not for this MCP server. Ask for it with resource=${resource}.`,
    );
  return undefined;
}

/** A request to the MCP server with a good token. */
export function judgeMcpCall(exchange: Exchange, status: number): Judgement {
  const { method } = membersOf({ status, headers: {}, body: exchange.body });
  const name = typeof method === "string" ? clip(method, 60) : exchange.method;
  // The server offers no stream of its own, and a client that asks for one goes on without.
  const fine =
    status < 300
      ? passed(say`The MCP server took the token: ${name}.`)
      : note(say`The MCP server took the token and answered ${name} with ${status}.`);
  return judgement("mcp", [], fine);
}
