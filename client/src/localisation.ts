import * as vscode from "vscode";
import { ENGLISH, type Localisation } from "../../server/src/localisation/language.js";

/** The editor's language, where the extension is translated into it; else English. */
export function localisation(): Localisation {
  const messages = vscode.l10n.bundle;
  return messages ? { language: vscode.env.language, messages } : ENGLISH;
}
