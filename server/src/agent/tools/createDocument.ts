import type { McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import { errorsOf } from "../../cli/create.js";
import { block, line, print } from "../../cli/printable.js";
import { createDocument } from "../../create/createDocument.js";
import { clip } from "../../document/valueText.js";
import { ToolError } from "../answer.js";
import { type AgentOptions, READ_ONLY, registerTool } from "../registerTool.js";

const URL_INPUT = z.string().optional();

/** `create_document`: what `cimd create` writes; the agent writes the file itself. */
export function createDocumentTool(server: McpServer, options: AgentOptions): void {
  registerTool(
    server,
    "create_document",
    options,
    {
      title: "Create a client metadata document",
      description:
        "Makes the text of a new OAuth Client ID Metadata Document, and refuses one that would have errors. Writes no file.",
      inputSchema: z.strictObject({
        name: z.string().min(1).describe("The client's name, shown on the consent screen."),
        redirectUris: z.array(z.string()).min(1).describe("Where users are sent back to after signing in."),
        clientId: URL_INPUT.describe(
          "The https URL where the document will be hosted. Without it a placeholder is written, to be replaced before hosting.",
        ),
        clientUri: URL_INPUT.describe("The client's home page."),
        logoUri: URL_INPUT.describe("The client's logo."),
        scope: z.string().optional().describe("Scopes to ask for, separated by spaces."),
        applicationType: z.enum(["native", "web"]).optional(),
        portable: z
          .boolean()
          .optional()
          .describe(
            "Writes what most authorization servers accept: the port-less loopback pair, application_type, refresh_token. True unless given.",
          ),
      }),
      outputSchema: z.strictObject({
        document: z.string().describe("The text for the file, as JSON."),
        isPlaceholder: z.boolean().describe("Whether client_id still has to be replaced by the real URL."),
      }),
      annotations: READ_ONLY,
    },
    ({ portable = true, ...asked }) => {
      const text = createDocument({ ...asked, portable });
      // An empty URL counts as none.
      const isPlaceholder = !asked.clientId;
      const errors = errorsOf(text, isPlaceholder);
      if (errors.length > 0)
        throw new ToolError(
          print`The document would have errors. Change what is said below, and call create_document again.`,
          errors.map(({ rule, pointer, message }) => line`${clip(pointer) || "/"}: ${message} [${rule}]`),
        );
      // What nobody sees is written as an escape of JSON, which means the same.
      const document = block(text);
      return {
        summary: isPlaceholder
          ? print`The document is below. Its client_id is a placeholder: replace it by the URL where the document will be hosted.`
          : print`The document is below. Host it at its client_id, then call validate_hosted_document.`,
        quotes: [document],
        data: { document, isPlaceholder },
      };
    },
  );
}
