import { say } from "../../../localisation/say.js";
import type { Block, Inline } from "../consentView.js";
import { shownHost } from "../hosts.js";
import { plain, untrusted } from "../text.js";
import type { DrawScreen } from "./screen.js";

/**
 * Keycloak's grant page.
 *
 * Sources: `keycloak/keycloak` themes/…/base/login/login-oauth-grant.ftl and messages_en.properties @00183820e60b (title
 * with the client's name or its client_id, question, list, Yes and No); for CIMD clients the executor adds the entry with
 * the host of the client_id (`AbstractClientIdMetadataDocumentExecutor` @0c5f679ddedb).
 */
export const keycloakScreen: DrawScreen = (document, { scopes }) => {
  const clientId = document.url ?? "";
  const host = shownHost(clientId);
  const name = document.string("client_name")?.value || clientId;
  const entries: Inline[][] = [
    ...(host === undefined ? [] : [[plain("The client's hostname is "), untrusted(host)]]),
    ...scopes.map((scope) => [untrusted(scope)]),
  ];
  const blocks: Block[] = [
    { kind: "paragraph", content: [plain("Grant Access to "), untrusted(name, "strong")] },
    { kind: "list", label: "Do you grant these access privileges?", items: entries },
    { kind: "decision", allow: "Yes", deny: "No" },
  ];
  return {
    style: "plain",
    blocks,
    leavesOut: ["contacts"],
    basis: say`Follows the page of Keycloak's base theme; realms often have a theme of their own, and scopes show the text their administrator gave them. What newer themes show of logo, terms and privacy policy was not read.`,
  };
};
