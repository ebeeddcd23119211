import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import { VERSION } from "../version.js";
import type { TokenFacts } from "./authorizationServer.js";
import type { Answer, Exchange } from "./exchange.js";

const WhoAmI = z.object({
  client: z.string(),
  scopes: z.array(z.string()),
  audience: z.array(z.string()),
});

/** The MCP server that the client signs in to: one tool, `whoami`, says what its token is good for. */
export class RehearsedMcpServer {
  readonly #handler = createMcpHandler(({ authInfo }) => {
    const server = new McpServer({ name: "cimd-rehearsal", version: VERSION });
    const { clientId = "", scopes = [], extra } = authInfo ?? {};
    const audience = WhoAmI.shape.audience.parse(extra?.["audience"] ?? []);
    server.registerTool(
      "whoami",
      {
        title: "Who am I",
        description: "Says which client is signed in, with which scopes, and for which audience.",
        inputSchema: z.object({}),
        outputSchema: WhoAmI,
        annotations: { readOnlyHint: true },
      },
      () => {
        const facts: z.infer<typeof WhoAmI> = { client: clientId, scopes, audience };
        return { content: [{ type: "text", text: JSON.stringify(facts) }], structuredContent: facts };
      },
    );
    return server;
  });

  /** Answers a request whose token was checked. */
  async answer(
    { method, url, headers, body }: Exchange,
    token: string,
    { clientId, scopes, audience, expiresAt }: TokenFacts,
  ): Promise<Answer> {
    const request = new Request(url, {
      method,
      headers: Object.entries(headers).flatMap(([name, value]) =>
        [value ?? []].flat().map((one): [string, string] => [name, one]),
      ),
      ...(method === "GET" || method === "HEAD" ? {} : { body: new Uint8Array(body) }),
    });
    const response = await this.#handler.fetch(request, {
      authInfo: { token, clientId, scopes: [...scopes], expiresAt, extra: { audience } },
    });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: response.body ?? "",
    };
  }

  close(): Promise<void> {
    return this.#handler.close();
  }
}
