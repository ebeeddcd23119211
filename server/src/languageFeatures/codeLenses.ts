import type { CodeLens } from "vscode-languageserver-types";
import type { Analysis } from "../check/analyse.js";

/**
 * Lenses above `client_id`: what servers do with the document, and the commands that look further.
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
  lens("Preview consent", "cimd.previewConsentToSide");
  lens("Validate hosted", "cimd.validateHosted");
  const sum = compatibility(analysis);
  if (sum !== "") lens(sum, "cimd.showCompatibility");
  return lenses;
}

/** `Loads on 14, sign-in works on 12 of 19 servers · 4 unknown`; empty without verdicts. */
export function compatibility({ verdicts }: Analysis): string {
  if (verdicts.length === 0) return "";
  const loads = verdicts.filter(({ verdict }) => verdict === "accepts");
  const signsIn = loads.filter(({ signIn }) =>
    signIn.some(({ outcome }) => outcome === "works" || outcome === "limited"),
  );
  const unknown = verdicts.filter(({ verdict }) => verdict === "unknown").length;
  const servers = verdicts.length === 1 ? "server" : "servers";
  return `Loads on ${loads.length}, sign-in works on ${signsIn.length} of ${verdicts.length} ${servers}${unknown > 0 ? ` · ${unknown} unknown` : ""}`;
}
