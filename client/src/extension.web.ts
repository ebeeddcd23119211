import type * as vscode from "vscode";
import { activateOn } from "./activate.js";
import { web } from "./web/web.js";

/** The entry for browsers: VS Code for the Web loads it as CommonJS, in a web worker, and gives it `vscode` alone. */
export function activate(context: vscode.ExtensionContext): void {
  activateOn(context, web(context));
}
