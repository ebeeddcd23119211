import { say, sayParts, translated } from "../../../localisation/say.js";
import type { ServerProfile } from "../../../servers/profile.js";
import type { Block } from "../consentView.js";
import { shownHost } from "../hosts.js";
import { inlines, plain, strong, untrusted } from "../text.js";
import { type DrawScreen, SHOWABLE, unnamedMcpServer } from "./screen.js";

/**
 * A screen for a server of which it is known what it shows, but whose page we do not imitate: each fact its profile
 * states, once, in a plain order. Nothing is drawn that the evidence does not name.
 *
 * @returns undefined when nothing is known of the server's consent screen
 */
export function screenFromFacts({ name: serverName, consent }: ServerProfile): DrawScreen | undefined {
  if (!consent || consent.shows.length === 0) return undefined;
  const shows = new Set(consent.shows);
  return (document, { redirectUri = "", scopes, ...request }) => {
    const mcpServerName = request.mcpServerName || unnamedMcpServer();
    const clientId = document.url ?? "";
    const host = shownHost(clientId);
    const name = document.string("client_name")?.value || undefined;
    const subject =
      shows.has("client-name") && name !== undefined ? name : shows.has("client-id") ? clientId : host;
    const rows: Extract<Block, { kind: "rows" }>["rows"] = [];
    if (shows.has("client-id")) rows.push({ label: "client_id", value: [untrusted(clientId)] });
    if (shows.has("redirect-uri")) rows.push({ label: say`Redirect URI`, value: [untrusted(redirectUri)] });
    if (shows.has("redirect-host")) {
      rows.push({ label: say`Redirect host`, value: [untrusted(shownHost(redirectUri) ?? redirectUri)] });
    }
    const clientUri = document.string("client_uri")?.value;
    if (shows.has("client-uri") && clientUri !== undefined) {
      rows.push({ label: say`Website`, value: [untrusted(clientUri)] });
    }
    const logoHost = shownHost(document.string("logo_uri")?.value ?? "");
    const blocks: Block[] = [
      ...(shows.has("logo") && logoHost !== undefined ? [{ kind: "logo" as const, host: logoHost }] : []),
      { kind: "heading", text: say`Allow access to ${mcpServerName}?` },
      {
        kind: "paragraph",
        content: inlines(
          subject === undefined
            ? sayParts`An application asks for access to ${strong(mcpServerName)}.`
            : sayParts`${untrusted(subject, "strong")} asks for access to ${strong(mcpServerName)}.`,
        ),
      },
      ...(shows.has("client-id-host") && host !== undefined
        ? [
            {
              kind: "box" as const,
              tone: "verified" as const,
              label: say`Domain:`,
              content: [untrusted(host, "strong")],
            },
          ]
        : []),
      ...(shows.has("localhost-warning") && onThisComputer(shownHost(redirectUri))
        ? [
            {
              kind: "box" as const,
              tone: "warning" as const,
              content: [plain(say`The application runs on this computer.`)],
            },
          ]
        : []),
      ...(rows.length > 0 ? [{ kind: "rows" as const, rows }] : []),
      ...(shows.has("scopes") && scopes.length > 0
        ? [
            {
              kind: "list" as const,
              label: say`It asks for`,
              items: scopes.map((scope) => [untrusted(scope, "code")]),
            },
          ]
        : []),
      { kind: "decision", allow: say`Allow`, deny: say`Deny` },
    ];
    return {
      style: "plain",
      blocks,
      leavesOut: SHOWABLE.filter((member) => !shows.has(FACT_OF[member] as "logo")),
      basis:
        `${say`What ${serverName} shows is known, its wording and looks are not drawn here.`} ${translated(consent.note)}`.trim(),
    };
  };
}

const FACT_OF: Record<(typeof SHOWABLE)[number], string> = {
  client_name: "client-name",
  logo_uri: "logo",
  client_uri: "client-uri",
  tos_uri: "tos-uri",
  policy_uri: "policy-uri",
  contacts: "contacts",
};

function onThisComputer(host: string | undefined): boolean {
  return host === "localhost" || host === "127.0.0.1" || host === "[::1]";
}
