import type { CodeLens } from "vscode-languageserver-types";
import type { Analysis } from "../check/analyse.js";
import { say } from "../localisation/say.js";
import { summary } from "../views/compatibility/summary.js";

/**
 * Lenses above `client_id`: what servers do with the document, first, so that a narrow editor shows it, and the
 * commands that look further.
 *
 * @param uri the document's
 * @param clientCommands commands the editor has; a lens that needs another is left out
 */
export function codeLenses(analysis: Analysis, uri: string, clientCommands: ReadonlySet<string>): CodeLens[] {
  const member = analysis.document.member("client_id");
  if (!member) return [];
  const range = analysis.document.range(member.key);
  const lenses: CodeLens[] = [];
  const lens = (title: string, command: string): void => {
    if (clientCommands.has(command)) lenses.push({ range, command: { title, command, arguments: [uri] } });
  };
  const sum = summary(analysis.counted);
  if (sum !== "") lens(sum, "cimd.showCompatibility");
  lens(say`Preview consent`, "cimd.previewConsentToSide");
  lens(say`Validate hosted`, "cimd.validateHosted");
  return lenses;
}
