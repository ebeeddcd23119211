import { say } from "../../../localisation/say.js";
import type { Block } from "../consentView.js";
import { plain, strong, untrusted } from "../text.js";
import type { DrawScreen } from "./screen.js";

/** Where a client identifier URL is conventional: then the host alone names the client. */
const CONVENTIONAL_PATH = "/oauth-client-metadata.json";

/**
 * The consent page of the AT Protocol's OAuth provider, for a client that the server does not list as trusted: its
 * name, home page and logo are not shown.
 *
 * Sources: `bluesky-social/atproto` packages/oauth/oauth-provider-ui/src/components/identity/client-name.tsx
 * @82aebd87b9b5 (the host for a conventional client_id, else scheme, host, path and query), views/authorize/consent/
 * consent-view.tsx @b5f59836b272 and consent-form.tsx @9fe95d949897 (title, sentences, technical details, buttons).
 */
export const atprotoScreen: DrawScreen = (document, { scopes }) => {
  const clientId = document.url ?? "";
  const identifies = scopes.length === 0 || (scopes.length === 1 && scopes[0] === "atproto");
  const blocks: Block[] = [
    { kind: "heading", text: "Authorize" },
    {
      kind: "paragraph",
      content: [plain("Grant access to your "), strong("alice.example.com"), plain(" account")],
    },
    {
      kind: "box",
      tone: "notice",
      content: [
        untrusted(shownName(clientId), "strong"),
        plain(
          identifies
            ? " wants to uniquely identify you through your alice.example.com account"
            : " wants to access your alice.example.com account",
        ),
      ],
    },
    ...(scopes.length > 0
      ? [
          {
            kind: "details" as const,
            summary: "Technical details",
            rows: scopes.map((scope, at) => ({ label: `${at + 1}`, value: [untrusted(scope, "code")] })),
          },
        ]
      : []),
    {
      kind: "paragraph",
      content: [
        plain("By clicking "),
        strong("Authorize"),
        plain(
          ", you will grant this application access to your account in accordance with its terms of service and privacy policy.",
        ),
      ],
    },
    { kind: "decision", allow: "Authorize", deny: "Deny access" },
  ];
  return {
    style: "plain",
    blocks,
    leavesOut: ["client_name", "logo_uri", "client_uri", "contacts"],
    basis: say`Follows the page for a client the server does not list as trusted; looks are ours, the account is an example, and the summary of permissions is left out. Terms and policy are links there.`,
  };
};

function shownName(clientId: string): string {
  const url = URL.parse(clientId);
  if (url?.protocol === "http:") return "An application on your device";
  if (url?.protocol !== "https:") return clientId;
  const conventional = url.pathname === CONVENTIONAL_PATH && url.search === "" && url.port === "";
  return conventional ? url.host : `${url.protocol}//${url.host}${url.pathname}${url.search}`;
}
