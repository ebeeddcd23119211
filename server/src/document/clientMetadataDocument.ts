import { classifyRedirectUri, type RedirectUri } from "../redirects/classify.js";
import { splitUri, type UriParts } from "../uri/splitUri.js";
import { LineIndex, type Range } from "./lineIndex.js";
import { parse } from "./parse.js";
import type { ArrayNode, JsonNode, Member, ObjectNode, StringNode, SyntaxFault } from "./syntaxTree.js";

/** The largest document that any known server reads, in bytes of UTF-8: of a larger one only size and syntax matter. */
export const MAX_BYTES = 1_048_576;

/** Of a longer list, the entries behind these are counted and not looked at one by one. */
export const MAX_ENTRIES = 1_000;

/** One string item of `redirect_uris`. */
export class RedirectEntry {
  readonly uri: RedirectUri;
  #pointer: string | undefined;

  constructor(
    readonly index: number,
    readonly node: StringNode,
  ) {
    this.uri = classifyRedirectUri(node.value);
  }

  /** RFC 6901. */
  get pointer(): string {
    this.#pointer ??= `/redirect_uris/${this.index}`;
    return this.#pointer;
  }
}

export interface DocumentOptions {
  /** The URL the document is served from, where known. */
  readonly url?: string | undefined;
  /** True in an editor, which shows the text without its byte order mark: positions do not count it. */
  readonly hidesByteOrderMark?: boolean | undefined;
}

const utf8 = new TextEncoder();

/**
 * The typed view of a client metadata document: its members by name, with the ranges they have in the text.
 * Reading never throws; a member of the wrong type is simply not there in the typed accessors, and the rule
 * `document/wrong-type` says so.
 */
export class ClientMetadataDocument {
  readonly text: string;
  /** The URL the document is served from, where the caller knows it; else undefined. */
  readonly servedFrom: string | undefined;
  readonly root: JsonNode | undefined;
  readonly faults: readonly SyntaxFault[];
  readonly lines: LineIndex;
  /** Longer than {@link MAX_BYTES}: nothing but its syntax is looked at, as if the view had no members. */
  readonly tooLarge: boolean;
  /** The root object, or undefined when the root is something else or the document is too large. */
  readonly object: ObjectNode | undefined;
  /**
   * True when the whole text was read as JSON. While it is false a member may be hidden by a mistake in
   * front of it, so nothing may be called missing.
   */
  readonly complete: boolean;
  readonly #shownFrom: number;
  #members: ReadonlyMap<string, Member> | undefined;
  #redirects: readonly RedirectEntry[] | undefined;
  #redirectCount: number | undefined;
  #redirectHosts: ReadonlySet<string> | undefined;
  #clientId: UriParts | undefined;
  #byteLength: number | undefined;
  #hasLongList: boolean | undefined;

  /** @param text as a UTF-16 string, with the byte order mark if the file has one */
  constructor(text: string, options: DocumentOptions = {}) {
    const tree = parse(text);
    this.text = text;
    this.servedFrom = options.url;
    this.#shownFrom = options.hidesByteOrderMark && text.startsWith("\ufeff") ? 1 : 0;
    this.lines = new LineIndex(text, this.#shownFrom);
    this.root = tree.root;
    this.faults = tree.faults;
    // A UTF-16 unit takes one byte at least and three at most.
    this.tooLarge = text.length > MAX_BYTES || (text.length * 3 > MAX_BYTES && this.byteLength > MAX_BYTES);
    this.object = tree.root?.type === "object" && !this.tooLarge ? tree.root : undefined;
    this.complete = !tree.faults.some(({ kind }) => kind === "json-syntax" || kind === "too-deep");
  }

  /** The text as the editor has it: without a byte order mark that it hides. */
  get shownText(): string {
    return this.text.slice(this.#shownFrom);
  }

  get #named(): ReadonlyMap<string, Member> {
    // The last of several members with one name wins, as in JSON.parse and Python's json.
    this.#members ??= new Map(this.object?.members.map((member) => [member.key.value, member]));
    return this.#members;
  }

  /** The member that counts for parsers (the last of its name). */
  member(name: string): Member | undefined {
    return this.#named.get(name);
  }

  /** True when two members have one name. */
  get repeatsNames(): boolean {
    return this.#named.size < (this.object?.members.length ?? 0);
  }

  /** True when the member is written down, whatever its value. */
  has(name: string): boolean {
    return this.#named.has(name);
  }

  value(name: string): JsonNode | undefined {
    return this.#named.get(name)?.value;
  }

  /** The member's value if it is a string. */
  string(name: string): StringNode | undefined {
    const value = this.value(name);
    return value?.type === "string" ? value : undefined;
  }

  /** The member's value if it is an array. */
  array(name: string): ArrayNode | undefined {
    const value = this.value(name);
    return value?.type === "array" ? value : undefined;
  }

  /** The string items of an array member, with their indices, as far as {@link MAX_ENTRIES} go; others are left out. */
  strings(name: string): readonly { readonly index: number; readonly node: StringNode }[] {
    const items = this.array(name)?.items.slice(0, MAX_ENTRIES) ?? [];
    return items.flatMap((node, index) => (node.type === "string" ? [{ index, node }] : []));
  }

  /** The string items of `redirect_uris` as far as {@link MAX_ENTRIES} go, classified once. */
  get redirects(): readonly RedirectEntry[] {
    this.#redirects ??= this.strings("redirect_uris").map(
      ({ index, node }) => new RedirectEntry(index, node),
    );
    return this.#redirects;
  }

  /** How many string items `redirect_uris` has, all of them counted. */
  get redirectCount(): number {
    this.#redirectCount ??=
      this.array("redirect_uris")?.items.filter(({ type }) => type === "string").length ?? 0;
    return this.#redirectCount;
  }

  /** Whether a list, at any depth, is longer than {@link MAX_ENTRIES}, so that not every entry is looked at. */
  get hasLongList(): boolean {
    // Each entry takes a character, and a comma in front of the next one.
    this.#hasLongList ??=
      this.text.length > 2 * MAX_ENTRIES && this.object !== undefined && holdsLongList(this.object);
    return this.#hasLongList;
  }

  /** Whether something in it was not looked at, so that nobody can say that a server takes all of it. */
  get partlyRead(): boolean {
    return this.tooLarge || this.hasLongList;
  }

  /** The hosts of the redirects, in lower case. */
  get redirectHosts(): ReadonlySet<string> {
    this.#redirectHosts ??= new Set(this.redirects.map(({ uri }) => uri.host?.toLowerCase() ?? ""));
    return this.#redirectHosts;
  }

  /** The parts of the `client_id` value, or undefined when it is not a string. */
  get clientId(): UriParts | undefined {
    const node = this.string("client_id");
    if (!node) return undefined;
    this.#clientId ??= splitUri(node.value);
    return this.#clientId;
  }

  /** The URL a server would fetch: where the document is served from, else its own `client_id`. */
  get url(): string | undefined {
    return this.servedFrom ?? this.string("client_id")?.value;
  }

  /** Size of the text as UTF-8, in bytes. A lone surrogate counts as the three bytes of U+FFFD. */
  get byteLength(): number {
    this.#byteLength ??= utf8.encode(this.text).length;
    return this.#byteLength;
  }

  /** @param node anything with a place in the text */
  range(node: { readonly offset: number; readonly end: number }): Range {
    return this.lines.range(node.offset, node.end);
  }
}

function holdsLongList(node: JsonNode): boolean {
  if (node.type === "array") return node.items.length > MAX_ENTRIES || node.items.some(holdsLongList);
  if (node.type !== "object") return false;
  return node.members.some(({ value }) => value !== undefined && holdsLongList(value));
}
