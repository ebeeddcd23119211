import { say, sayParts } from "../../../localisation/say.js";
import { classifyRedirectUri } from "../../../redirects/classify.js";
import type { Block } from "../consentView.js";
import { shownHost } from "../hosts.js";
import { inlines, plain, strong, untrusted } from "../text.js";
import { type DrawScreen, unnamedMcpServer } from "./screen.js";

/**
 * A neutral screen that shows what the specifications ask of every server, and nothing that they do not mention.
 *
 * - the host of `client_id` beside what the document says: CIMD draft-03 §9.5 (SHOULD)
 * - the logo, fetched beforehand by the server: §9.8 (SHOULD)
 * - the host of the redirect URI (MUST), and a warning when every redirect is on this computer (SHOULD): MCP
 *   2026-07-28 "Security Considerations", localhost redirect URI risks
 * - the client, the scopes and the redirect URI: MCP "Security Best Practices", confused deputy
 * - links to the home page, terms and privacy policy: RFC 7591 §2
 */
export const specificationScreen: DrawScreen = (document, { redirectUri = "", scopes, ...request }) => {
  const mcpServerName = request.mcpServerName || unnamedMcpServer();
  const clientId = document.url ?? "";
  const host = shownHost(clientId);
  const name = document.string("client_name")?.value.trim() || undefined;
  const logoHost = shownHost(document.string("logo_uri")?.value ?? "");
  const destination = classifyRedirectUri(redirectUri);
  const where =
    shownHost(redirectUri) ?? (destination.scheme === "" ? redirectUri : `${destination.scheme}:`);
  const kinds = document.redirects.map(({ uri }) => uri.kind);
  const onlyLoopback =
    kinds.length > 0 && kinds.every((kind) => kind === "loopback" || kind === "loopback-https");
  const links = (["client_uri", "tos_uri", "policy_uri"] as const).flatMap((member) => {
    const value = document.string(member)?.value;
    return value === undefined ? [] : [{ label: LINKS[member](), value: [untrusted(value)] }];
  });
  const blocks: Block[] = [
    ...(logoHost === undefined ? [] : [{ kind: "logo" as const, host: logoHost }]),
    { kind: "heading", text: say`Allow access to ${mcpServerName}?` },
    {
      kind: "paragraph",
      content: inlines(
        name === undefined
          ? sayParts`An application without a name asks for access to ${strong(mcpServerName)}.`
          : sayParts`An application that calls itself ${untrusted(name, "strong")} asks for access to ${strong(mcpServerName)}.`,
      ),
    },
    {
      kind: "box",
      tone: "verified",
      label: say`Its verified domain is`,
      content: [host === undefined ? plain(say`unknown`) : untrusted(host, "strong")],
    },
    {
      kind: "box",
      tone: "destination",
      label: say`You will be sent back to`,
      content: [untrusted(where, "strong"), plain(" · "), untrusted(redirectUri, "code")],
    },
    ...(onlyLoopback
      ? [
          {
            kind: "box" as const,
            tone: "warning" as const,
            content: [
              plain(
                say`This application runs on your computer. Other programs here could pretend to be it: go on only if you started the sign-in yourself.`,
              ),
            ],
          },
        ]
      : []),
    scopes.length > 0
      ? { kind: "list", label: say`It asks for`, items: scopes.map((scope) => [untrusted(scope, "code")]) }
      : { kind: "paragraph", content: [plain(say`It asks for no particular scope.`)] },
    ...(links.length > 0 ? [{ kind: "rows" as const, rows: links }] : []),
    {
      kind: "details",
      summary: say`Technical details`,
      rows: [{ label: "client_id", value: [untrusted(clientId)] }],
    },
    { kind: "decision", allow: say`Allow`, deny: say`Cancel` },
  ];
  return {
    style: "plain",
    blocks,
    leavesOut: ["contacts"],
    basis: say`Not a real page: it shows what the CIMD draft and the MCP specification ask every server to show. The wording is ours.`,
  };
};

const LINKS = {
  client_uri: () => say`Home page`,
  tos_uri: () => say`Terms of service`,
  policy_uri: () => say`Privacy policy`,
} as const;
