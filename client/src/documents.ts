import * as vscode from "vscode";
import type { DocumentSelector } from "vscode-languageclient";

/** Editors over local, unsaved and remote files; not `git` and the other side of a diff. */
const SCHEMES = ["file", "untitled", "vscode-remote", "vscode-vfs"] as const;

/** The documents that the language server looks after. */
export const DOCUMENT_SELECTOR = SCHEMES.flatMap((scheme) => [
  { language: "cimd", scheme },
  { language: "json", scheme, pattern: "**/*.cimd.json" },
]) satisfies DocumentSelector;

/** Whether a document is one the extension looks after. */
export function isClientMetadataDocument(document: vscode.TextDocument): boolean {
  return vscode.languages.match(DOCUMENT_SELECTOR, document) > 0;
}

/**
 * The document a command is about: the one a menu or a code lens names, else the active editor's.
 *
 * @param target what VS Code passed to the command: a `Uri`, the text of one, or something else
 * @returns undefined when there is neither
 */
export async function targetDocument(target: unknown): Promise<vscode.TextDocument | undefined> {
  if (target instanceof vscode.Uri) return vscode.workspace.openTextDocument(target);
  if (typeof target === "string" && target !== "")
    return vscode.workspace.openTextDocument(vscode.Uri.parse(target, true));
  return vscode.window.activeTextEditor?.document;
}

/** As {@link targetDocument}, and undefined as well for a document that the extension does not look after. */
export async function targetMetadataDocument(target: unknown): Promise<vscode.TextDocument | undefined> {
  const document = await targetDocument(target);
  return document && isClientMetadataDocument(document) ? document : undefined;
}
