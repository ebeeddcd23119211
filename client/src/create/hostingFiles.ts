import * as vscode from "vscode";
import {
  HOSTING_FILES,
  type HostingSuggestion,
  type HostingTexts,
  suggestHosting,
} from "../../../server/src/create/hostingSuggestions.js";

/** Longer files say nothing about hosting that is worth the wait; bytes. */
const LONGEST = 200_000;

/** @returns URLs for a new document of the first workspace folder; empty without a folder */
export async function readHostingSuggestions(): Promise<readonly HostingSuggestion[]> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const hosting = vscode.workspace
    .getConfiguration("cimd", folder)
    .get<Readonly<Record<string, string>>>("hosting", {});
  return suggestHosting(folder ? await readHostingTexts(folder) : {}, hosting);
}

/** Reads the files of a workspace folder that may say where it is published. */
export async function readHostingTexts(folder: vscode.Uri): Promise<HostingTexts> {
  const found: [string, string][] = [];
  await Promise.all(
    HOSTING_FILES.map(async (file) => {
      const text = await textOf(vscode.Uri.joinPath(folder, file));
      if (text !== undefined) found.push([file, text]);
    }),
  );
  return Object.fromEntries(found);
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
