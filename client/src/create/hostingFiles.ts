import * as vscode from "vscode";
import {
  HOSTING_FILES,
  type HostingSuggestion,
  type HostingTexts,
  suggestHosting,
} from "../../../server/src/create/hostingSuggestions.js";

/** Longer files say nothing about hosting that is worth the wait; bytes. */
const LONGEST = 200_000;

/**
 * Reads the files of the first workspace folder that may say where it is published.
 *
 * @returns URLs for a new document; empty without a folder
 */
export async function readHostingSuggestions(): Promise<readonly HostingSuggestion[]> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const hosting = vscode.workspace
    .getConfiguration("cimd", folder)
    .get<Readonly<Record<string, string>>>("hosting", {});
  const found: [string, string][] = [];
  if (folder) {
    await Promise.all(
      HOSTING_FILES.map(async (file) => {
        const text = await textOf(vscode.Uri.joinPath(folder, file));
        if (text !== undefined) found.push([file, text]);
      }),
    );
  }
  const texts: HostingTexts = Object.fromEntries(found);
  return suggestHosting(texts, hosting);
}

async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (type !== vscode.FileType.File || size > LONGEST) return undefined;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    // Most folders have none of these files.
    return undefined;
  }
}
