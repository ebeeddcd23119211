import type { McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import { block, print } from "../../cli/printable.js";
import { code } from "../../languageFeatures/markdown.js";
import { rulePage } from "../../languageFeatures/rulePage.js";
import { RULES, ruleById } from "../../rules/rules.js";
import { ToolError } from "../answer.js";
import { type AgentOptions, READ_ONLY, registerTool } from "../registerTool.js";

/** `explain_rule`: the page of a rule. */
export function explainRuleTool(server: McpServer, options: AgentOptions): void {
  registerTool(
    server,
    "explain_rule",
    options,
    {
      title: "Explain a rule",
      description:
        "Explains a rule that a problem names: what it asks for, why, which specification it rests on, and documents with and without the problem.",
      inputSchema: z.strictObject({
        rule: z.string().describe("The rule's id, such as client-id/https."),
      }),
      outputSchema: z.strictObject({
        rule: z.string(),
        title: z.string(),
        severity: z.enum(["error", "warning", "information", "hint", "off"]).describe("Its default."),
        why: z.string(),
        sources: z.array(z.strictObject({ label: z.string(), url: z.string() })),
      }),
      annotations: READ_ONLY,
    },
    ({ rule: id }) => {
      const rule = ruleById(id);
      const page = rulePage(id);
      if (rule === undefined || page === undefined) throw unknownRule(id);
      const { title, severity, why, sources } = rule;
      return {
        summary: block(page),
        quotes: [],
        data: { rule: id, title, severity, why, sources: sources.map(({ label, url }) => ({ label, url })) },
      };
    },
  );
}

/** Names the rules of the same field, else the fields. */
function unknownRule(id: string): ToolError {
  const field = id.split("/", 1)[0];
  const near = RULES.filter((rule) => rule.id.split("/", 1)[0] === field).map((rule) => rule.id);
  if (near.length > 0)
    return new ToolError(print`There is no rule ${code(id)}. Of that field there are ${near.join(", ")}.`);
  return new ToolError(print`There is no rule ${code(id)}. The resource cimd://rules lists all of them.`);
}
