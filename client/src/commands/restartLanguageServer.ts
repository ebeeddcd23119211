import type { LanguageServer } from "../languageClient.js";

/** `CIMD: Restart Language Server`. */
export function restartLanguageServer(languageServer: LanguageServer): Promise<void> {
  return languageServer.restart();
}
