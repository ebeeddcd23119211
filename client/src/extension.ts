import type * as vscode from "vscode";
import { activateOn } from "./activate.js";
import { offerAgentServer } from "./agents/offerAgentServer.js";
import { desktop } from "./desktop.js";

/** The desktop entry. */
export function activate(context: vscode.ExtensionContext): void {
  activateOn(context, desktop(context));
  context.subscriptions.push(offerAgentServer(context));
}
