import { Client, InMemoryTransport } from "@modelcontextprotocol/client";
import type { AgentOptions } from "../../server/src/agent/registerTool.js";
import { serveAgent } from "../../server/src/agent/serve.js";

/** The two ways in which a client may open the connection: `initialize`, or since 2026-07-28 a claim in every request. */
export const ERAS = ["legacy", "auto"] as const;

export interface ConnectOptions extends Partial<AgentOptions> {
  readonly era?: (typeof ERAS)[number];
  /** What the client shares; absent where it does not know roots. */
  readonly roots?: readonly string[];
}

/** The official client, connected to the agent server without a process in between. */
export async function connect({ era = "legacy", roots, ...options }: ConnectOptions = {}): Promise<Client> {
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  void serveAgent({ folders: [], env: {}, log: () => {}, ...options }, serverSide);
  const client = new Client(
    { name: "test", version: "1.0.0" },
    { capabilities: roots ? { roots: {} } : {}, versionNegotiation: { mode: era } },
  );
  if (roots) client.setRequestHandler("roots/list", () => ({ roots: roots.map((uri) => ({ uri })) }));
  await client.connect(clientSide);
  return client;
}

/** What a call answered: its one text, the data, and whether it is an error. */
export async function call(client: Client, name: string, args: Record<string, unknown>) {
  const { content, structuredContent, isError = false } = await client.callTool({ name, arguments: args });
  const [first, ...more] = content;
  if (first?.type !== "text" || more.length > 0) throw new Error("a tool answers with one text");
  return { text: first.text, data: structuredContent as Record<string, unknown> | undefined, isError };
}
