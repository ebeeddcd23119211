import * as vscode from "vscode";
import { hostOf } from "./urls.js";

/** What an input box for a URL says. */
export interface UrlQuestion {
  readonly title: string;
  /** Said while the box is empty. */
  readonly prompt: string;
  /** What happens at Enter: a sentence that names the host. */
  readonly how: (host: string) => string;
  readonly placeholder: string;
  readonly value: string;
  /** Why an absolute URL is none to ask; undefined where it is. */
  readonly refuse?: (url: string) => string | undefined;
}

/**
 * Asks for a URL, and names its host before anything is sent; VS Code's `showInputBox` would say nothing about a URL that
 * is offered until it is changed.
 *
 * @returns undefined when the person left
 */
export function askUrl({ how, refuse, ...question }: UrlQuestion): Promise<string | undefined> {
  const box = Object.assign(vscode.window.createInputBox(), question, { ignoreFocusOut: true });
  const judge = () => {
    box.validationMessage = judgement(box.value.trim(), how, refuse);
  };
  judge();
  return new Promise((resolve) => {
    box.onDidChangeValue(judge);
    box.onDidAccept(() => {
      const url = box.value.trim();
      if (typeof judgement(url, how, refuse) === "string") return;
      resolve(url || undefined);
      box.hide();
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}

/** @returns a text for what cannot be asked; for what can, whom Enter asks */
function judgement(
  url: string,
  how: UrlQuestion["how"],
  refuse: UrlQuestion["refuse"],
): string | vscode.InputBoxValidationMessage | undefined {
  if (url === "") return undefined;
  if (!URL.canParse(url)) return vscode.l10n.t("This is not an absolute URL. Write it with https://.");
  const refusal = refuse?.(url);
  if (refusal !== undefined) return refusal;
  return {
    message: how(hostOf(url)),
    severity: vscode.InputBoxValidationSeverity.Info,
  };
}

/**
 * In Restricted Mode nothing is asked and nothing leaves; the person is told.
 *
 * @param message what is not done there, and what to do
 */
export function refusedInRestrictedMode(message: string): boolean {
  if (vscode.workspace.isTrusted) return false;
  const manage = vscode.l10n.t("Manage Workspace Trust");
  void vscode.window
    .showErrorMessage(message, manage)
    .then((choice) => choice === manage && vscode.commands.executeCommand("workbench.trust.manage"));
  return true;
}
