import * as vscode from "vscode";

/** Whether the document's file starts with a byte order mark, or will when it is saved; VS Code leaves it out of the text. */
export function hasByteOrderMark({ encoding }: vscode.TextDocument): boolean {
  return encoding === "utf8bom";
}

/** The language server's fix of a byte order mark; its argument is the document's URI. */
export const SAVE_WITHOUT_MARK = "_cimd.saveWithoutByteOrderMark";

/** In UTF-8. */
const MARK = [0xef, 0xbb, 0xbf];

/**
 * Saves a document and takes the byte order mark from its file. No API changes a document's encoding, but VS Code reads a file
 * anew that changes, and with it the encoding.
 */
export async function saveWithoutByteOrderMark(target: unknown): Promise<void> {
  if (typeof target !== "string") return;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(target, true));
  if ((document.isDirty || document.isUntitled) && !(await document.save())) return;
  const bytes = await vscode.workspace.fs.readFile(document.uri);
  if (MARK.every((byte, at) => bytes[at] === byte))
    await vscode.workspace.fs.writeFile(document.uri, bytes.subarray(MARK.length));
}
