import { say } from "../../../localisation/say.js";
import { shownHost } from "../hosts.js";
import { plain, strong, untrusted } from "../text.js";
import type { DrawScreen } from "./screen.js";

/**
 * The consent page of FastMCP's OAuth proxy: same heading, sentences, boxes, rows and buttons.
 *
 * Source: `PrefectHQ/fastmcp` fastmcp_slim/fastmcp/server/auth/oauth_proxy/ui.py `create_consent_html` @743ddffd0a07
 * (4.0.0b3; the same in 3.4.7). The name falls back to the client_id also when it is empty; the badge holds the host
 * name only; the website row is always `N/A` for CIMD clients; the logo on that page is the MCP server's own; a
 * server without a name is called FastMCP.
 */
export const fastmcpScreen: DrawScreen = (document, { redirectUri = "", scopes, ...request }) => {
  const mcpServerName = request.mcpServerName || "FastMCP";
  const clientId = document.url ?? "";
  const name = document.string("client_name")?.value || clientId;
  const host = shownHost(clientId);
  return {
    style: "fastmcp",
    blocks: [
      { kind: "heading", text: "Application Access Request" },
      {
        kind: "paragraph",
        content: [
          plain("The application "),
          untrusted(name, "strong"),
          plain(" wants to access the MCP server "),
          strong(mcpServerName),
          plain(". Please ensure you recognize the callback address below."),
        ],
      },
      ...(host === undefined
        ? []
        : [
            {
              kind: "box" as const,
              tone: "verified" as const,
              label: "Verified domain:",
              content: [untrusted(host, "strong")],
            },
          ]),
      {
        kind: "box",
        tone: "destination",
        label: "Credentials will be sent to:",
        content: [untrusted(redirectUri, "code")],
      },
      {
        kind: "details",
        summary: "Advanced Details",
        rows: [
          { label: "Application Name", value: [untrusted(name)] },
          { label: "Application Website", value: [plain("N/A")] },
          { label: "Application ID", value: [untrusted(clientId)] },
          { label: "Redirect URI", value: [untrusted(redirectUri)] },
          {
            label: "Requested Scopes",
            value: [scopes.length > 0 ? untrusted(scopes.join(", ")) : plain("None")],
          },
        ],
      },
      { kind: "decision", allow: "Allow Access", deny: "Deny" },
      {
        kind: "help",
        summary: "Why am I seeing this?",
        text: `This ${mcpServerName} server requires your consent to allow a new client to connect. This protects you from confused deputy attacks, where malicious clients could impersonate you and steal access.`,
      },
    ],
    // Observed on 4.0.0b3 (@743ddffd0a07): HTTP 400 with this title; the reason is only in the server's log.
    insteadWhenRefused: say`They get a page titled “Client Not Registered”, which tells them to clear their tokens and does not mention the document.`,
    leavesOut: ["logo_uri", "client_uri", "tos_uri", "policy_uri", "contacts"],
    basis: say`Follows the page in FastMCP's source. The logo there is the MCP server's own, never the client's.`,
  };
};
