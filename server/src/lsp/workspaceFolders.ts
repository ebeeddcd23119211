import type { WorkspaceFolder } from "vscode-languageserver-protocol";

/** The workspace's folders, which paths in settings are relative to. */
export class WorkspaceFolders {
  #uris: readonly string[] = [];

  constructor(folders: readonly WorkspaceFolder[] = []) {
    this.change(folders, []);
  }

  /** Applies `workspace/didChangeWorkspaceFolders`. */
  change(added: readonly WorkspaceFolder[], removed: readonly WorkspaceFolder[]): void {
    const gone = new Set(removed.map(({ uri }) => withSlash(uri)));
    const uris = new Set([...this.#uris, ...added.map(({ uri }) => withSlash(uri))]);
    // The innermost folder of several that hold a file is the one VS Code reads the file's settings from.
    this.#uris = [...uris].filter((uri) => !gone.has(uri)).sort((a, b) => b.length - a.length);
  }

  get isEmpty(): boolean {
    return this.#uris.length === 0;
  }

  /**
   * @param uri a document's
   * @returns its path relative to its folder, decoded; undefined outside of all folders or where it is not well encoded
   */
  relativePath(uri: string): string | undefined {
    const folder = this.#uris.find((start) => uri.startsWith(start));
    if (folder === undefined) return undefined;
    try {
      return decodeURIComponent(uri.slice(folder.length));
    } catch {
      // Not a URI that an editor wrote; no setting can name it.
      return undefined;
    }
  }
}

function withSlash(uri: string): string {
  return uri.endsWith("/") ? uri : `${uri}/`;
}
