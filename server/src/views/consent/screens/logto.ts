import { say } from "../../../localisation/say.js";
import type { Block } from "../consentView.js";
import { shownHost } from "../hosts.js";
import { plain, untrusted } from "../text.js";
import type { DrawScreen } from "./screen.js";

/**
 * Logto's consent page for a client that is known by its metadata document only.
 *
 * Sources: `logto-io/logto` packages/experience/src/pages/Consent/index.tsx @b830abae4b43 (order, scopes, buttons, where
 * the person is sent), UnregisteredClientNotice/index.tsx @f15e6f1c28ec (the notice names the host of the client_id),
 * index.test.tsx (the host stands in for a missing name), phrases-experience en/description.ts (titles). The words of the
 * notice are ours.
 */
export const logtoScreen: DrawScreen = (document, { redirectUri = "", scopes }) => {
  const clientId = document.url ?? "";
  const host = shownHost(clientId) ?? clientId;
  const name = document.string("client_name")?.value || host;
  const logoHost = shownHost(document.string("logo_uri")?.value ?? "");
  const blocks: Block[] = [
    ...(logoHost === undefined ? [] : [{ kind: "logo" as const, host: logoHost }]),
    { kind: "paragraph", content: [plain("Authorize "), untrusted(name, "strong")] },
    {
      kind: "box",
      tone: "notice",
      content: [
        plain("Name and logo are declared by "),
        untrusted(host, "strong"),
        plain(" itself and were not reviewed."),
      ],
    },
    ...(scopes.length > 0
      ? [
          {
            kind: "paragraph" as const,
            content: [untrusted(name), plain(" is requesting access to:")],
          },
          { kind: "list" as const, label: "Scopes", items: scopes.map((scope) => [untrusted(scope)]) },
        ]
      : []),
    { kind: "decision", allow: "Authorize", deny: "Cancel" },
    {
      kind: "paragraph",
      content: [plain("You will be redirected to "), untrusted(originOf(redirectUri)), plain(".")],
    },
  ];
  return {
    style: "plain",
    blocks,
    leavesOut: ["client_uri", "contacts"],
    basis: say`Follows what Logto's page shows and its order; looks and the wording of the notice are ours. Above it the page shows the signed-in account.`,
  };
};

function originOf(url: string): string {
  const origin = URL.parse(url)?.origin;
  return origin === undefined || origin === "null" ? url : origin;
}
