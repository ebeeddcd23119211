import { type CompletionItem, CompletionItemKind, InsertTextFormat } from "vscode-languageserver-types";
import type { Analysis } from "../check/analyse.js";
import { audiencesOf } from "../document/audiences.js";
import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import type { Position } from "../document/lineIndex.js";
import type { JsonNode, Member, ObjectNode, StringNode } from "../document/syntaxTree.js";
import { say, translated } from "../localisation/say.js";
import type { ExampleValue, Field } from "../metadata/field.js";
import { FIELDS, fieldByName, jwkMemberByName } from "../metadata/fields.js";
import { frequencyOf } from "../metadata/frequency.js";
import { JWK_MEMBERS } from "../metadata/jwk.js";
import { DOCUMENT_SNIPPETS, snippetText } from "../metadata/snippets.js";
import { type Jwk, keyArray, keysOf } from "../rules/jwks/keySet.js";
import { keyFacts } from "./keyFacts.js";
import {
  keyMemberOffers,
  newKeyOffers,
  type Offer,
  type OfferContext,
  type OfferPlace,
  offersFor,
} from "./valueOffers.js";

/** More offers, or longer ones (in UTF-16 units), help nobody. */
const MOST = 100;
const LONGEST = 2_000;

/** Opens the list again, in VS Code; other editors ignore it. */
const SUGGEST = { title: "Suggest", command: "editor.action.triggerSuggest" };

export interface CompletionOptions extends Partial<Omit<OfferContext, "document">> {
  /** The document's URI, for commands that are run after a completion. */
  readonly uri?: string;
  /** What a person typed to open the list; undefined where it was asked for or a word is typed. */
  readonly trigger?: string | undefined;
  /** Members as the JSON service offers them here, with the commas that the text around needs. */
  readonly members?: readonly CompletionItem[];
}

/**
 * What fits at a place: whole documents in an empty one, members that are not there yet (required ones first, then as
 * often as published documents have them), or values.
 *
 * @param position zero-based, UTF-16
 */
export async function completions(
  { document }: Analysis,
  position: Position,
  {
    uri = "",
    trigger,
    members = [],
    scopesSeen = () => [],
    clientCommands = new Set<string>(),
  }: CompletionOptions = {},
): Promise<CompletionItem[]> {
  const context: OfferContext = { document, scopesSeen, clientCommands };
  const offset = document.lines.offsetAt(position);
  const word = emptyDocumentWord(document);
  if (word) return trigger === undefined ? documentSnippets(document, word) : [];
  const key = keyAt(document, offset);
  const slot = slotAt(document, key, offset);
  if (!slot) return trigger === " " ? [] : memberItems(context, key, members);
  if (trigger === " " && !isAnsweredAfterSpace(document, slot, offset)) return [];
  const offers = key ? await keyOffers(key, slot) : offersAt(context, slot);
  const typed = slot.string?.value ?? "";
  return offers
    .filter(({ value, example }) => typed === "" || (!example && replaces(slot, value, typed)))
    .filter(({ value }) => typeof value !== "string" || value.length <= LONGEST)
    .slice(0, MOST)
    .map((offer, index) => valueItem(document, slot, offer, index, uri));
}

/** Where a value goes: the place to replace, and the member it belongs to. */
interface Slot {
  readonly offset: number;
  readonly end: number;
  readonly field: Field;
  readonly place: OfferPlace;
  /** The string that stands there. */
  readonly string?: StringNode;
  /** An item of `keys` in `jwks`. */
  readonly isKey?: true;
}

/** Of a list of values, one may replace another; anything else only goes on with what is there. */
function replaces({ field: { values } }: Slot, value: ExampleValue, typed: string): boolean {
  if (typeof value !== "string") return false;
  return values !== undefined || (value !== typed && value.startsWith(typed));
}

/** A space opens the list behind a colon and between two scopes, not wherever somebody types one. */
function isAnsweredAfterSpace({ text }: ClientMetadataDocument, slot: Slot, offset: number): boolean {
  return slot.string ? slot.field.name === "scope" : text.slice(0, offset).trimEnd().endsWith(":");
}

function offersAt(context: OfferContext, { field, place, string, isKey }: Slot): Offer[] {
  return isKey ? newKeyOffers(context) : offersFor(context, field, place, string?.value);
}

/** A key's name can be anything that is unique; its thumbprint always is (RFC 7638 §1). */
async function keyOffers(key: Jwk, { field, place }: Slot): Promise<Offer[]> {
  if (field.name !== "kid") return keyMemberOffers(field, place);
  const { thumbprint } = await keyFacts(key);
  return thumbprint === undefined
    ? []
    : [{ value: thumbprint, detail: say`This key's thumbprint (RFC 7638)` }];
}

function valueItem(
  document: ClientMetadataDocument,
  slot: Slot,
  { value, detail, documentation, example, label, command }: Offer,
  index: number,
  uri: string,
): CompletionItem {
  const shown = jsonText(value);
  const isNothing = value === "" && command !== undefined;
  // The editor compares this with what stands in the place, from its opening quote on.
  const filterText = slot.string && !shown.startsWith('"') ? `"${shown}` : shown;
  const newText = `${isNothing ? "" : example ? tabStops(value) : shown}${isNothing ? "" : commaAfter(document, slot.end)}`;
  return {
    label: label ?? shown,
    kind: command === undefined ? CompletionItemKind.Value : CompletionItemKind.Event,
    ...(detail === undefined ? {} : described(detail)),
    ...(documentation ? { documentation: { kind: "markdown", value: documentation() } } : {}),
    filterText: label === undefined ? filterText : `${slot.string ? '"' : ""}${label}`,
    sortText: sortText(index),
    insertTextFormat: example ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range: document.range(slot), newText },
    ...(command === undefined ? {} : { command: { title: label ?? "", command, arguments: [uri] } }),
  };
}

/** A detail that an editor shows in each row, and not only in the chosen one. */
function described(detail: string): Pick<CompletionItem, "detail" | "labelDetails"> {
  return { detail, labelDetails: { description: detail } };
}

function sortText(index: number): string {
  return `${index}`.padStart(3, "0");
}

/** The comma that is missing behind a value that is put in front of another one. */
function commaAfter({ text }: ClientMetadataDocument, end: number): string {
  return /^\s*(?:$|[,\]}])/.test(text.slice(end)) ? "" : ",";
}

/** JSON as people write it in one line. */
function jsonText(value: ExampleValue): string {
  if (Array.isArray(value)) return `[${value.map(jsonText).join(", ")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}: ${jsonText(member)}`,
  );
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** JSON as a snippet in which each text is selected in turn. */
function tabStops(value: ExampleValue): string {
  if (typeof value === "string") return `"\${1:${escaped(JSON.stringify(value).slice(1, -1))}}"`;
  if (!Array.isArray(value)) return escaped(jsonText(value));
  return `[${value.map((item, index) => tabStops(item).replace("${1:", `\${${index + 1}:`)).join(", ")}]`;
}

/** Text that a snippet takes as it is (LSP 3.18, "Snippet Syntax"). */
function escaped(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}

/** What stands in a document in which nothing but a word has been typed. */
function emptyDocumentWord({ text }: ClientMetadataDocument): { offset: number; end: number } | undefined {
  const word = text.trim();
  if (/[^\w-]/.test(word)) return undefined;
  const offset = word === "" ? text.length : text.indexOf(word);
  return { offset, end: offset + word.length };
}

function documentSnippets(
  document: ClientMetadataDocument,
  word: { readonly offset: number; readonly end: number },
): CompletionItem[] {
  return DOCUMENT_SNIPPETS.map((snippet, index) => ({
    label: snippet.prefixes[0],
    kind: CompletionItemKind.Snippet,
    ...described(translated(snippet.label)),
    documentation: translated(snippet.description),
    filterText: snippet.prefixes.join(" "),
    sortText: sortText(index),
    insertTextFormat: InsertTextFormat.Snippet,
    textEdit: { range: document.range(word), newText: snippetText(snippet) },
  }));
}

/** The JSON service's members in the order in which people need them, each with a value as this document has it. */
function memberItems(
  context: OfferContext,
  key: Jwk | undefined,
  members: readonly CompletionItem[],
): CompletionItem[] {
  const found = members.flatMap((item) => {
    const name = nameOf(item);
    const field = key ? jwkMemberByName(name) : fieldByName(name);
    return field ? [{ item, field }] : [];
  });
  if (found.length === 0) return [...members];
  const audiences = audiencesOf(context.document);
  const all = key ? JWK_MEMBERS : FIELDS;
  const rank = (field: Field) => [
    isRequired(field) ? 0 : 1,
    isRequired(field) ? 0 : -frequencyOf(field.name, audiences),
    all.indexOf(field),
  ];
  return found
    .map(({ item, field }) => ({ item, field, rank: rank(field) }))
    .sort((a, b) => a.rank.map((part, at) => part - (b.rank[at] ?? 0)).find((by) => by !== 0) ?? 0)
    .map(({ item: { command: _, ...item }, field }, index) => ({
      ...item,
      label: field.name,
      sortText: sortText(index),
      ...(isRequired(field) ? described(say`required`) : {}),
      ...withValue(item, key ? keyMemberOffers(field, "member") : offersFor(context, field, "member"), field),
    }));
}

function isRequired({ name, required }: Field): boolean {
  return required !== undefined || name === "kty";
}

/** The JSON service cuts labels and quotes what is compared. */
function nameOf({ filterText = "", label }: CompletionItem): string {
  try {
    const name: unknown = JSON.parse(filterText);
    return typeof name === "string" ? name : label;
  } catch (error) {
    if (error instanceof SyntaxError) return label;
    throw error;
  }
}

/** Writes the value that there is only one of, and opens the list where there are several. */
function withValue(
  { textEdit }: CompletionItem,
  offers: readonly Offer[],
  { name, kind }: Field,
): Pick<CompletionItem, "textEdit" | "command"> {
  const key = escaped(JSON.stringify(name));
  if (!textEdit || !("range" in textEdit) || !textEdit.newText.startsWith(`${key}:`)) return {};
  const comma = textEdit.newText.endsWith(",") ? "," : "";
  const [only] = offers.length === 1 ? offers : [];
  const blank = kind.endsWith("[]") ? "[$1]" : kind === "string" || kind === "url" ? '"$1"' : "$1";
  // A single text is selected, because most people have another one.
  const isText = only?.example || typeof only?.value === "string";
  const value = only ? (isText ? tabStops(only.value) : escaped(jsonText(only.value))) : blank;
  const hasList = offers.length > 1;
  return {
    textEdit: { ...textEdit, newText: `${key}: ${hasList ? "$1" : value}${comma}` },
    ...(hasList ? { command: SUGGEST } : {}),
  };
}

/** The key of the inline `jwks` that an offset is in. */
function keyAt(document: ClientMetadataDocument, offset: number): Jwk | undefined {
  const jwks = document.member("jwks");
  if (!jwks || offset < jwks.offset || offset > endOf(jwks, document)) return undefined;
  return keysOf(document).find(({ node }) => within(node, offset, document.text));
}

function slotAt(document: ClientMetadataDocument, key: Jwk | undefined, offset: number): Slot | undefined {
  const { text } = document;
  const object: ObjectNode | undefined = key?.node ?? document.object;
  const member = object?.members.find((found) => found.offset <= offset && offset <= endOf(found, document));
  if (!member || offset <= member.key.end || member.colonOffset < 0 || offset <= member.colonOffset)
    return undefined;
  const {
    value,
    key: { value: name },
  } = member;
  const field = key ? jwkMemberByName(name) : fieldByName(name);
  if (!field) return undefined;
  const bare = { offset: startOfWord(text, offset), end: offset };
  // A value on a later line belongs to a member whose own one is missing.
  const isMissing = !value || value.type === "invalid" || /^\s*\n/.test(text.slice(offset, value.offset));
  if (isMissing) return { ...bare, field, place: "member" };
  if (value.type === "string") {
    return within(value, offset, text)
      ? { offset: value.offset, end: value.end, field, place: "member", string: value }
      : undefined;
  }
  if (name === "jwks" && !key) {
    const keys = keyArray(document);
    const isFree =
      keys && within(keys, offset, text) && !keys.items.some((item) => within(item, offset, text));
    return isFree ? { ...bare, field, place: "item", isKey: true } : undefined;
  }
  if (value.type !== "array" || !within(value, offset, text)) return undefined;
  const item = value.items.find((node) => within(node, offset, text));
  if (!item || item.type === "invalid") return { ...bare, field, place: "item" };
  return item.type === "string"
    ? { offset: item.offset, end: item.end, field, place: "item", string: item }
    : undefined;
}

/** Where the bare word begins that somebody types without a quote. */
function startOfWord(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && /[\w.-]/.test(text.charAt(start - 1))) start--;
  return start;
}

/** A member without a value reaches to the end of its line. */
function endOf(member: Member, document: ClientMetadataDocument): number {
  if (member.value) return member.end;
  const newline = document.text.indexOf("\n", member.end);
  return newline < 0 ? document.text.length : newline;
}

/** Whether a cursor is inside a value; a string, list or object that nothing closes goes on behind its last character. */
function within(node: JsonNode, offset: number, text: string): boolean {
  if (offset <= node.offset) return false;
  return offset < node.end || (offset === node.end && !isClosed(node, text));
}

function isClosed(node: JsonNode, text: string): boolean {
  if (node.type === "object" || node.type === "array") return node.closed;
  return node.type !== "string" || /^"(?:[^"\\]|\\.)*"$/s.test(text.slice(node.offset, node.end));
}
