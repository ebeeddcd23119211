import * as vscode from "vscode";
import { localisation } from "../localisation.js";
import { createNonce, pageHtml } from "./pageHtml.js";

/**
 * Fills a webview with one of the built pages, which may load nothing but its own script and style sheet.
 *
 * @param bundle name of the built script and style sheet in `client/dist`, without the ending
 * @param title of the page, for assistive technology
 */
export function fillWebview(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  bundle: string,
  title: string,
): void {
  const dist = vscode.Uri.joinPath(extensionUri, "client", "dist");
  const asset = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
  webview.options = { enableScripts: true, enableForms: false, localResourceRoots: [dist] };
  webview.html = pageHtml(
    createNonce(),
    asset(`${bundle}.js`),
    asset(`${bundle}.css`),
    title,
    localisation(),
  );
}
