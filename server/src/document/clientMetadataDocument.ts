import { classifyRedirectUri, type RedirectUri } from "../redirects/classify.js";
import { splitUri, type UriParts } from "../uri/splitUri.js";
import { LineIndex, type Range } from "./lineIndex.js";
import { parse, parseInSteps } from "./parse.js";
import { finish, Pace } from "./steps.js";
import type {
  ArrayNode,
  JsonNode,
  Member,
  ObjectNode,
  StringNode,
  SyntaxFault,
  SyntaxTree,
} from "./syntaxTree.js";

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
  /** The root object, or undefined when the root is something else. */
  readonly object: ObjectNode | undefined;
  /**
   * True when the whole text was read as JSON. While it is false a member may be hidden by a mistake in
   * front of it, so nothing may be called missing.
   */
  readonly complete: boolean;
  #members: ReadonlyMap<string, Member> | undefined;
  #redirects: readonly RedirectEntry[] | undefined;
  #redirectHosts: ReadonlySet<string> | undefined;
  #clientId: UriParts | undefined;
  #byteLength: number | undefined;

  /**
   * The view of a text that is read in steps: a long one with pauses.
   *
   * @param text as a UTF-16 string
   */
  static *inSteps(
    text: string,
    options: { url?: string | undefined } = {},
  ): Generator<void, ClientMetadataDocument, void> {
    const document = new ClientMetadataDocument(text, options, yield* parseInSteps(text));
    document.#members = yield* document.#membersByName();
    document.#redirects = yield* document.#classifyRedirects();
    return document;
  }

  /** @param tree of the text, where it has been read already */
  constructor(text: string, options: { url?: string | undefined } = {}, tree: SyntaxTree = parse(text)) {
    this.text = text;
    this.servedFrom = options.url;
    this.lines = new LineIndex(text);
    this.root = tree.root;
    this.faults = tree.faults;
    this.object = tree.root?.type === "object" ? tree.root : undefined;
    this.complete = !tree.faults.some(({ kind }) => kind === "json-syntax" || kind === "too-deep");
  }

  get #named(): ReadonlyMap<string, Member> {
    this.#members ??= finish(this.#membersByName());
    return this.#members;
  }

  *#membersByName(): Generator<void, ReadonlyMap<string, Member>, void> {
    const members = new Map<string, Member>();
    const pace = new Pace();
    for (const member of this.object?.members ?? []) {
      // The last of several members with one name wins, as in JSON.parse and Python's json.
      members.set(member.key.value, member);
      if (pace.isTimeToPause()) yield;
    }
    return members;
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

  /** The string items of an array member, with their indices; others are left out. */
  strings(name: string): readonly { readonly index: number; readonly node: StringNode }[] {
    const found: { index: number; node: StringNode }[] = [];
    const items = this.array(name)?.items ?? [];
    for (let index = 0; index < items.length; index++) {
      const node = items[index];
      if (node?.type === "string") found.push({ index, node });
    }
    return found;
  }

  /** The string items of `redirect_uris`, classified once. */
  get redirects(): readonly RedirectEntry[] {
    this.#redirects ??= finish(this.#classifyRedirects());
    return this.#redirects;
  }

  *#classifyRedirects(): Generator<void, readonly RedirectEntry[], void> {
    const entries: RedirectEntry[] = [];
    const pace = new Pace();
    const items = this.array("redirect_uris")?.items ?? [];
    for (let index = 0; index < items.length; index++) {
      const node = items[index];
      if (node?.type === "string") entries.push(new RedirectEntry(index, node));
      if (pace.isTimeToPause()) yield;
    }
    return entries;
  }

  /** The hosts of all redirects, in lower case. */
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
