import type { McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import { UnknownServerError } from "../../api/checkDocument.js";
import { servers } from "../../api/servers.js";
import { line, print } from "../../cli/printable.js";
import { basis } from "../../cli/servers.js";
import { defaultGroup } from "../../servers/groups.js";
import { type AgentOptions, READ_ONLY, registerTool } from "../registerTool.js";

const AUDIENCES = ["mcp", "atproto", "solid"] as const;

/** `list_servers`: what `cimd servers` lists. */
export function listServersTool(server: McpServer, options: AgentOptions): void {
  registerTool(
    server,
    "list_servers",
    options,
    {
      title: "List the known authorization servers",
      description:
        "Lists the authorization servers whose behaviour is known: id, version that was read or run, whom they serve, and what the statements about them rest on.",
      inputSchema: z.strictObject({
        audience: z.enum(AUDIENCES).optional().describe("Only servers of this audience."),
        ids: z.array(z.string()).optional().describe("Only these; with their evidence."),
      }),
      outputSchema: z.strictObject({
        servers: z.array(
          z.strictObject({
            id: z.string(),
            name: z.string(),
            version: z.string(),
            audience: z.array(z.enum(AUDIENCES)),
            isDefault: z.boolean().describe("Whether it is asked where no servers are named."),
            basis: z.string().describe("What the statements about it rest on."),
            evidence: z.array(z.string()).optional(),
          }),
        ),
      }),
      annotations: READ_ONLY,
    },
    ({ audience, ids }) => {
      const unknown = ids?.find((id) => !servers.some((one) => one.id === id));
      if (unknown !== undefined) throw new UnknownServerError(unknown);
      const many = new Set(defaultGroup(AUDIENCES).map(({ id }) => id));
      const listed = servers
        .filter((one) => audience === undefined || one.audience.includes(audience))
        .filter(({ id }) => ids === undefined || ids.includes(id))
        .map((one) => ({
          id: one.id,
          name: one.name,
          version: one.version,
          audience: one.audience,
          isDefault: many.has(one.id),
          basis: basis(one),
          ...(ids === undefined ? {} : { evidence: one.evidence }),
        }));
      return {
        summary: print`${listed.length} authorization servers; those with a star are asked where no servers are named.`,
        quotes: listed.flatMap(({ id, name, version, isDefault, evidence = [], ...one }) => [
          line`${isDefault ? "*" : "-"} ${id}: ${name} ${version}, ${one.audience.join(", ")} (${one.basis})`,
          ...evidence.map((what) => line`    ${what}`),
        ]),
        data: { servers: listed },
      };
    },
  );
}
