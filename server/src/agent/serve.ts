import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import { line } from "../cli/printable.js";
import { messageOf } from "../messageOf.js";
import { agentServer } from "./mcpServer.js";
import type { AgentOptions } from "./registerTool.js";

/** Serves the client at the other end of standard input and output, until it closes them. */
export async function serveAgent(options: AgentOptions): Promise<void> {
  const transport = new StdioServerTransport();
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
