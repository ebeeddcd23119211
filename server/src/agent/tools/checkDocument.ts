import type { McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import { checkText } from "../../cli/checkFile.js";
import { text as textFormat } from "../../cli/formats/text.js";
import { print, received } from "../../cli/printable.js";
import { summaryOf } from "../../views/compatibility/summary.js";
import { DOCUMENT_INPUT, documentOf, SERVERS_INPUT } from "../documentInput.js";
import { type AgentOptions, MOST_BYTES, READ_ONLY, registerTool } from "../registerTool.js";
import { PROBLEM, SERVER_RESULT, serverResult } from "./outputs.js";

/** `check_document`: what `cimd check` says of one document. */
export function checkDocumentTool(server: McpServer, options: AgentOptions): void {
  registerTool(
    server,
    "check_document",
    options,
    {
      title: "Check a client metadata document",
      description:
        "Checks an OAuth Client ID Metadata Document against the specifications, and says which authorization servers will take it and why others will not. Reads nothing from the network.",
      inputSchema: z.strictObject({
        ...DOCUMENT_INPUT,
        servers: SERVERS_INPUT,
        verdicts: z
          .enum(["group", "all"])
          .optional()
          .describe("Verdicts of the servers asked (group, the default), or of all known ones."),
      }),
      outputSchema: z.strictObject({
        errors: z.int(),
        warnings: z.int(),
        problems: z.array(PROBLEM),
        omittedProblems: z.int().optional(),
        servers: z.array(SERVER_RESULT),
      }),
      annotations: READ_ONLY,
    },
    (input, ctx) => {
      const found = documentOf(input, server, ctx, options);
      if (typeof found !== "string") return found;
      const { checked, errors, warnings } = checkText(found, {
        path: input.path ?? "document",
        url: input.url,
        servers: input.servers,
        verdicts: input.verdicts ?? "group",
        rules: {},
        mostBytes: MOST_BYTES,
      });
      const { problems, omittedProblems, verdicts, sums } = checked;
      const counted = sums.filter((one) => one.counted).map(({ sum }) => sum);
      return {
        summary: print`${counts(errors, "error")}, ${counts(warnings, "warning")}. Authorization servers: ${summaryOf(counted) || "none asked"}.`,
        quotes: [received(textFormat.part(checked, false))],
        data: { errors, warnings, problems, omittedProblems, servers: verdicts.map(serverResult) },
      };
    },
  );
}

function counts(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
