import type { InputRequiredResult, McpServer, ServerContext } from "@modelcontextprotocol/server";
import * as z from "zod";
import { print } from "../cli/printable.js";
import { ToolError } from "./answer.js";
import type { AgentOptions } from "./registerTool.js";
import { grantedFolders, readBelow } from "./roots.js";

/** How a tool is given a document, and the servers it asks. */
export const DOCUMENT_INPUT = {
  text: z.string().optional().describe("The document itself. Give this or path."),
  path: z
    .string()
    .min(1)
    .optional()
    .describe("A file below the folders that the client shares (roots). Give this or text."),
  url: z
    .string()
    .optional()
    .describe("The URL that the document is or will be served from; without it, its own client_id."),
};

export const SERVERS_INPUT = z
  .array(z.string())
  .optional()
  .describe(
    "Authorization servers that the users are on: ids of list_servers, or the groups default, mcp, atproto, solid, all. Without it, those that many people meet.",
  );

/**
 * The document of a call.
 *
 * @returns its text, or the question for the client's roots
 * @throws {ToolError} where there is none, or it must not be read
 */
export function documentOf(
  { text, path }: { readonly text?: string | undefined; readonly path?: string | undefined },
  server: McpServer,
  ctx: ServerContext,
  { folders }: AgentOptions,
): string | InputRequiredResult {
  if (text !== undefined && path !== undefined)
    throw new ToolError(print`Both text and path are given. Give one of them.`);
  if (text !== undefined) return text;
  if (path === undefined)
    throw new ToolError(print`There is no document. Give its text, or the path of its file.`);
  const granted = grantedFolders(server, ctx, folders);
  return isList(granted) ? readBelow(granted, path) : granted;
}

function isList(granted: readonly string[] | InputRequiredResult): granted is readonly string[] {
  return Array.isArray(granted);
}
