/** Translations by the English text. Where that has values, both have `{0}`, `{1}`, … in their places. */
export type Messages = Readonly<Record<string, string>>;

let current: ReadonlyMap<string, string> | undefined;

/**
 * Makes everything that is said from now on be said in another language. The editor's client and its language server do
 * so when they start in an editor that is not English; the command line and the npm API never do, so that what pipelines
 * read stays the same everywhere.
 *
 * @param messages what `vscode.l10n.bundle` gives: the language's bundle; undefined for English
 */
export function setMessages(messages: Messages | undefined): void {
  current = messages && new Map(Object.entries(messages));
}

/** The translations in force; undefined for English. */
export function currentMessages(): ReadonlyMap<string, string> | undefined {
  return current;
}
