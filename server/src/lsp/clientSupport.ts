import type { ClientCapabilities } from "vscode-languageserver-protocol";
import {
  type CompletionItem,
  type CompletionList,
  type DocumentSymbol,
  type Hover,
  InsertTextFormat,
  MarkupContent,
  MarkupKind,
  type SymbolInformation,
} from "vscode-languageserver-types";

/*
 * What an editor has to say before a language server may send it more than the plainest form of an answer (LSP 3.18,
 * "Completion Request", "Hover Request", "Document Symbols Request", "Code Action Request"). An editor that says nothing gets
 * plain text.
 */

/** What an editor understands. */
export interface ClientSupport {
  /** `completionItem.snippetSupport`: tab stops in completed text. */
  readonly snippets: boolean;
  /** `completionItem.documentationFormat` has `markdown`. */
  readonly markdownInCompletion: boolean;
  /** `hover.contentFormat` has `markdown`. */
  readonly markdownInHover: boolean;
  /** `documentSymbol.hierarchicalDocumentSymbolSupport`: an outline with levels. */
  readonly symbolTree: boolean;
  /** `codeActionLiteralSupport`: fixes that carry their edit. */
  readonly codeActions: boolean;
}

/** @param capabilities what the editor has declared; an empty object gives an editor that understands the least */
export function clientSupport({ textDocument }: ClientCapabilities): ClientSupport {
  const { completionItem } = textDocument?.completion ?? {};
  return {
    snippets: completionItem?.snippetSupport ?? false,
    markdownInCompletion: completionItem?.documentationFormat?.includes(MarkupKind.Markdown) ?? false,
    markdownInHover: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) ?? false,
    symbolTree: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false,
    codeActions: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
  };
}

/** @returns the hover as the editor can show it */
export function hoverFor({ markdownInHover }: ClientSupport, hover: Hover): Hover {
  return markdownInHover || !MarkupContent.is(hover.contents)
    ? hover
    : { ...hover, contents: plain(hover.contents) };
}

/** @returns the completions as the editor can insert and show them */
export function completionsFor(
  { snippets, markdownInCompletion }: ClientSupport,
  list: CompletionList,
): CompletionList {
  if (snippets && markdownInCompletion) return list;
  return {
    ...list,
    items: list.items.map((item) => {
      const inserted = snippets ? item : withoutTabStops(item);
      return markdownInCompletion || !MarkupContent.is(inserted.documentation)
        ? inserted
        : { ...inserted, documentation: plain(inserted.documentation) };
    }),
  };
}

/** @returns the outline, as a list without levels where the editor knows no others */
export function symbolsFor(
  { symbolTree }: ClientSupport,
  symbols: readonly DocumentSymbol[],
  uri: string,
): DocumentSymbol[] | SymbolInformation[] {
  return symbolTree ? [...symbols] : flattened(symbols, uri);
}

function flattened(
  symbols: readonly DocumentSymbol[],
  uri: string,
  containerName?: string,
): SymbolInformation[] {
  return symbols.flatMap(({ name, kind, range, children = [] }) => [
    { name, kind, location: { uri, range }, ...(containerName === undefined ? {} : { containerName }) },
    ...flattened(children, uri, name),
  ]);
}

function withoutTabStops({
  insertTextFormat,
  insertText,
  textEdit,
  ...item
}: CompletionItem): CompletionItem {
  const text = insertTextFormat === InsertTextFormat.Snippet ? firstChoice : (given: string) => given;
  return {
    ...item,
    insertTextFormat: InsertTextFormat.PlainText,
    ...(insertText === undefined ? {} : { insertText: text(insertText) }),
    ...(textEdit === undefined ? {} : { textEdit: { ...textEdit, newText: text(textEdit.newText) } }),
  };
}

/** A tab stop: with a default text, with choices, or bare (LSP 3.18, "Snippet Syntax"). */
const TAB_STOP = /\$\{\d+:([^{}]*)\}|\$\{\d+\|([^,|{}]*)(?:[,|][^{}]*)?\}|\$\{\d+\}|\$\d+/g;

/** Stand for `\\`, `\$` and `\}` while tab stops are looked for. */
const ESCAPED = ["\\", "$", "}"];
const HIDDEN = ["\ue000", "\ue001", "\ue002"];

/** What a snippet leaves behind when one goes through all its tab stops and types nothing. */
function firstChoice(snippet: string): string {
  return snippet
    .replace(/\\([\\$}])/g, (_all, character: string) => HIDDEN[ESCAPED.indexOf(character)] ?? character)
    .replace(TAB_STOP, (_all, text?: string, choice?: string) => text ?? choice ?? "")
    .replace(/[\ue000-\ue002]/g, (hidden) => ESCAPED[HIDDEN.indexOf(hidden)] ?? hidden);
}

/** Markdown as this language server writes it, without its marks; links show their address. */
function plain({ kind, value }: MarkupContent): MarkupContent {
  if (kind === MarkupKind.PlainText) return { kind, value };
  const text = value
    .replace(/\[([^[\]]*)\]\(([^()\s]*)\)/g, "$1 ($2)")
    .replaceAll("**", "")
    .replaceAll("`", "")
    .replace(/\\([^\w\s])/g, "$1");
  return { kind: MarkupKind.PlainText, value: text };
}
