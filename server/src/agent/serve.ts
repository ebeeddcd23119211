import type { Transport } from "@modelcontextprotocol/server";
import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import { line } from "../cli/printable.js";
import { messageOf } from "../messageOf.js";
import { agentServer } from "./mcpServer.js";
import type { AgentOptions } from "./registerTool.js";

/** Serves one client until it closes the connection, which is standard input and output unless another is given. */
export async function serveAgent(
  options: AgentOptions,
  transport: Transport = new StdioServerTransport(),
): Promise<void> {
  serveStdio(() => agentServer(options), {
    transport,
    onerror: (error) => options.log(line`cimd mcp: ${messageOf(error)}`),
  });
  const close = transport.onclose;
  await new Promise<void>((resolve) => {
    transport.onclose = () => {
      close?.();
      resolve();
    };
  });
}
