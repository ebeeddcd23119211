import * as vscode from "vscode";
import { askUrl, refusedInRestrictedMode } from "./askUrl.js";

/** In Restricted Mode no document is fetched; the person is told. */
export function hostedRefusedInRestrictedMode(): boolean {
  return refusedInRestrictedMode(
    vscode.l10n.t("Hosted documents are not fetched in Restricted Mode. Trust this workspace to allow it."),
  );
}

/**
 * Asks where a document is published.
 *
 * @param clientId what is offered
 * @returns undefined when the person left
 */
export function askHostedUrl(title: string, clientId: string | undefined): Promise<string | undefined> {
  return askUrl({
    title,
    prompt: vscode.l10n.t("The URL the document is published at: its client_id."),
    how: (host) => vscode.l10n.t("The request goes to {0}, once, without cookies or credentials.", host),
    placeholder: "https://app.example.com/oauth/client.cimd.json",
    value: clientId ?? "",
  });
}
