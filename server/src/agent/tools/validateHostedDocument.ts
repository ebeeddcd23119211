import type { McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import { boundedResult } from "../../api/bounded.js";
import { validateHosted } from "../../api/validateHosted.js";
import { line, print } from "../../cli/printable.js";
import { plainLines } from "../../hosted/plainText.js";
import { proxyFromEnvironment } from "../../hosted/proxies.js";
import { summary } from "../../views/compatibility/summary.js";
import { SERVERS_INPUT } from "../documentInput.js";
import { type AgentOptions, MOST_BYTES, READ_ONLY, registerTool } from "../registerTool.js";
import { PROBLEM, SERVER_RESULT, serverResult } from "./outputs.js";

/** `validate_hosted_document`: what `cimd validate` says. The only tool that sends anything. */
export function validateHostedDocumentTool(server: McpServer, options: AgentOptions): void {
  registerTool(
    server,
    "validate_hosted_document",
    options,
    {
      title: "Validate a hosted document",
      description:
        "Reaches out to the internet: fetches the client metadata document at an https URL with one GET, as an authorization server would, and reports what would make servers refuse it (TLS, status, redirects, content type, size, client_id, cache). Addresses of private networks are refused.",
      inputSchema: z.strictObject({
        url: z.string().min(1).describe("The client identifier URL, character by character."),
        servers: SERVERS_INPUT,
        timeoutSeconds: z.number().min(1).max(60).optional(),
      }),
      outputSchema: z.strictObject({
        url: z.string(),
        ok: z.boolean().describe("Whether the document was read and no step failed."),
        steps: z.array(
          z.strictObject({
            id: z.string(),
            title: z.string(),
            state: z.enum(["passed", "failed", "warning", "skipped"]),
            sentence: z.string(),
            fix: z.string().optional(),
            details: z.array(z.string()).optional(),
          }),
        ),
        problems: z.array(PROBLEM),
        omittedProblems: z.int().optional(),
        servers: z.array(SERVER_RESULT),
      }),
      annotations: { ...READ_ONLY, openWorldHint: true },
    },
    async ({ url, servers, timeoutSeconds }, { mcpReq }) => {
      const report = await validateHosted(url, {
        servers,
        timeoutSeconds,
        signal: mcpReq.signal,
        proxy: proxyFromEnvironment(options.env),
        fetcher: options.fetcher,
      });
      const failed = report.steps.filter(({ state }) => state === "failed").length;
      const { problems, omittedProblems, verdicts } = boundedResult(
        { problems: report.document?.problems ?? [], verdicts: report.verdicts },
        MOST_BYTES,
      );
      return {
        summary: print`${report.ok ? "The hosted document is fine." : failed > 0 ? `${failed} of ${report.steps.length} steps failed.` : "The document could not be seen."} Authorization servers: ${summary(verdicts) || "none asked"}.`,
        quotes: plainLines(report.steps).map((text) => line`${text}`),
        data: {
          url: report.url,
          ok: report.ok,
          steps: report.steps.map(({ durationMs: _durationMs, ...step }) => step),
          problems,
          omittedProblems,
          servers: verdicts.map(serverResult),
        },
      };
    },
  );
}
