import { say } from "../../../localisation/say.js";
import { isLoopbackHost } from "../../../redirects/classify.js";
import type { Block } from "../consentView.js";
import { shownHost } from "../hosts.js";
import { plain, strong, untrusted } from "../text.js";
import type { DrawScreen } from "./screen.js";

/**
 * The consent page that Cloudflare's library gives as its example; every site writes its own.
 *
 * Source: `cloudflare/workers-oauth-provider` docs/consent-page.md, "A minimal page" @c1a8a40f5104 (npm 1.2.3): name,
 * host of the client_id, host of the redirect URI, a warning when that is this computer, a check box a scope.
 */
export const cloudflareScreen: DrawScreen = (document, { redirectUri = "", scopes }) => {
  const clientId = document.url ?? "";
  const name = document.string("client_name")?.value ?? clientId;
  const destination = shownHost(redirectUri) ?? redirectUri;
  const blocks: Block[] = [
    {
      kind: "paragraph",
      content: [plain("Allow "), untrusted(name, "strong"), plain(" to access your account?")],
    },
    {
      kind: "paragraph",
      content: [
        plain("Published by "),
        untrusted(shownHost(clientId) ?? clientId, "strong"),
        plain(". Access will be sent to "),
        untrusted(destination, "strong"),
        plain("."),
      ],
    },
  ];
  if (isLoopbackHost(destination)) {
    blocks.push({
      kind: "box",
      tone: "warning",
      content: [
        strong("This sends access to an app on your computer."),
        plain(" Continue only if you just started signing in from it."),
      ],
    });
  }
  if (scopes.length > 0) {
    blocks.push({ kind: "list", items: scopes.map((scope) => [untrusted(scope)]), clearable: true });
  }
  blocks.push({ kind: "decision", allow: "Allow", deny: "Deny" });
  return {
    style: "plain",
    blocks,
    leavesOut: ["logo_uri", "client_uri", "tos_uri", "policy_uri", "contacts"],
    basis: say`Follows the example page in the library's documentation. The page is the site's own: the library also hands it logo_uri and client_uri.`,
  };
};
