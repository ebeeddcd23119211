import * as vscode from "vscode";
import { hostOf } from "./urls.js";

/** What an input box for a URL says. */
export interface UrlQuestion {
  readonly title: string;
  /** What Enter does. */
  readonly prompt: string;
  readonly placeHolder: string;
  readonly value: string;
  /** Why an absolute URL is none to ask; undefined where it is. */
  readonly refuse?: (url: string) => string | undefined;
}

/**
 * Asks for a URL, and names its host before anything is sent.
 *
 * @returns undefined when the person left
 */
export async function askUrl({ refuse, ...question }: UrlQuestion): Promise<string | undefined> {
  const input = await vscode.window.showInputBox({
    ...question,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const url = text.trim();
      if (url === "") return undefined;
      if (!URL.canParse(url)) return "This is not an absolute URL. Write it with https://.";
      return (
        refuse?.(url) ?? {
          message: `The request goes to ${hostOf(url)}.`,
          severity: vscode.InputBoxValidationSeverity.Info,
        }
      );
    },
  });
  return input?.trim() || undefined;
}

/**
 * In Restricted Mode nothing is asked and nothing leaves; the person is told.
 *
 * @param what is not done there, as a sentence without its end
 */
export function refusedInRestrictedMode(what: string): boolean {
  if (vscode.workspace.isTrusted) return false;
  void vscode.window
    .showErrorMessage(
      `${what} in Restricted Mode. Trust this workspace to allow it.`,
      "Manage Workspace Trust",
    )
    .then((choice) => choice && vscode.commands.executeCommand("workbench.trust.manage"));
  return true;
}
