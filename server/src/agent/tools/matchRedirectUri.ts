import type { McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import { chosenServers } from "../../api/matchRedirectUri.js";
import { answerLines, clipped } from "../../cli/match.js";
import { print } from "../../cli/printable.js";
import { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { requestView } from "../../views/requestAnswers.js";
import { DOCUMENT_INPUT, documentOf, SERVERS_INPUT } from "../documentInput.js";
import { type AgentOptions, READ_ONLY, registerTool } from "../registerTool.js";

const OUTCOMES = ["allowed", "refused", "document-refused", "unknown"] as const;

/** `match_redirect_uri`: what `cimd match` says. */
export function matchRedirectUriTool(server: McpServer, options: AgentOptions): void {
  registerTool(
    server,
    "match_redirect_uri",
    options,
    {
      title: "Match a redirect URI",
      description:
        "Says which authorization servers would send a user back to a redirect URI, by which entry of the document; of those that would not, which entry is nearest and what differs. Reads nothing from the network.",
      inputSchema: z.strictObject({
        redirectUri: z
          .string()
          .min(1)
          .describe("What the client sends as redirect_uri when a user signs in."),
        ...DOCUMENT_INPUT,
        servers: SERVERS_INPUT,
      }),
      outputSchema: z.strictObject({
        matches: z.array(
          z.strictObject({
            server: z.string(),
            outcome: z.enum(OUTCOMES),
            matchedBy: z.string().optional().describe("The entry that lets the redirect URI through."),
            listedExactly: z.literal(true).optional(),
            reason: z.string().optional(),
            nearest: z
              .strictObject({ entry: z.string(), differs: z.array(z.string()) })
              .optional()
              .describe("The entry that is most like it, and the parts that differ."),
          }),
        ),
      }),
      annotations: READ_ONLY,
    },
    ({ redirectUri, servers, url, ...source }, ctx) => {
      const found = documentOf(source, server, ctx, options);
      if (typeof found !== "string") return found;
      const document = new ClientMetadataDocument(found, { url });
      const asked = chosenServers(document, servers?.length ? servers : ["default"]);
      const view = requestView(document, asked, redirectUri);
      const { matches } = view;
      const count = (outcome: (typeof OUTCOMES)[number]) =>
        matches.filter((match) => match.outcome === outcome).length;
      return {
        summary: print`Of ${matches.length} authorization servers, ${count("allowed")} would send the user back there, ${count("refused")} would not, ${count("document-refused")} would not take the document, ${count("unknown")} unknown.`,
        quotes: answerLines(view),
        data: { matches: matches.map(clipped) },
      };
    },
  );
}
