import type {
  InputRequiredResult,
  McpServer,
  ServerContext,
  StandardSchemaWithJSON,
  ToolAnnotations,
} from "@modelcontextprotocol/server";
import type * as z from "zod";
import { UnknownServerError } from "../api/checkDocument.js";
import { block, line, type Printable, print } from "../cli/printable.js";
import { clip } from "../document/valueText.js";
import type { Fetcher } from "../hosted/fetcher.js";
import { messageOf, traceOf } from "../messageOf.js";
import { type Answer, ToolError, toolFailure, toolResult } from "./answer.js";

/** What a structured answer may have, in bytes of JSON: an agent reads all of it. */
export const MOST_BYTES = 100_000;

/** Nothing is written and nothing is sent. */
export const READ_ONLY: ToolAnnotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/** What holds for all tools of a connection. */
export interface AgentOptions {
  /** Absolute folders below which files are read; the client's roots where there are none. */
  readonly folders: readonly string[];
  /** Where proxies are looked up. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Takes what clients log. */
  readonly log: (text: Printable) => void;
  /** Replaces the network in tests. */
  readonly fetcher?: Fetcher;
}

interface ToolConfig<Input> {
  readonly title: string;
  readonly description: string;
  readonly inputSchema: z.ZodType<Input> & StandardSchemaWithJSON<unknown, Input>;
  readonly outputSchema: StandardSchemaWithJSON;
  readonly annotations: ToolAnnotations;
}

/**
 * Registers a tool whose failures are answers: a {@link ToolError} says what to do, and an unexpected error costs this call
 * only.
 */
export function registerTool<Input>(
  server: McpServer,
  name: string,
  { log }: AgentOptions,
  config: ToolConfig<Input>,
  run: (input: Input, ctx: ServerContext) => Answer | InputRequiredResult | Promise<Answer>,
): void {
  server.registerTool(name, config, async (input: Input, ctx: ServerContext) => {
    try {
      // A cancellation that has arrived meanwhile is heard before a long computation.
      await new Promise((resolve) => setImmediate(resolve));
      ctx.mcpReq.signal.throwIfAborted();
      const outcome = await run(input, ctx);
      return "summary" in outcome ? toolResult(outcome as Answer) : outcome;
    } catch (error) {
      if (error instanceof ToolError) return toolFailure(error.sentence, error.quotes);
      if (error instanceof UnknownServerError)
        return toolFailure(print`A server is not known. The tool list_servers names all of them.`, [
          line`${error.message}`,
        ]);
      // Nobody waits for what was cancelled, and nothing is wrong.
      if (!ctx.mcpReq.signal.aborted) log(block(`${traceOf(error)}\n`));
      return toolFailure(print`${name} failed unexpectedly. This is a bug in cimd; please report it.`, [
        line`${clip(messageOf(error), 1000)}`,
      ]);
    }
  });
}
