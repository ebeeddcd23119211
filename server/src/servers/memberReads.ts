import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import type { Members } from "./behaviours/jsonBody.js";

/** How two texts of one document differ, as far as authorization servers can tell. */
export interface Changes {
  /** Names of the members that are in one of them only, or have another value; as {@link folded} makes them. */
  readonly names: ReadonlySet<string>;
  /** Those that are in one of them only. */
  readonly comeOrGone: ReadonlySet<string>;
  /** UTF-8 bytes, before and after. */
  readonly bytes: readonly [before: number, after: number];
  /** The same for changes that touch the same. */
  readonly key: string;
}

/**
 * Compares two texts of a document.
 *
 * @returns undefined where more may differ than members: one of the texts is no JSON object without any fault, has a number
 *   that not everybody reads, repeats a name, has the members in another order, or is fetched from another URL
 */
export function changesBetween(
  before: ClientMetadataDocument,
  after: ClientMetadataDocument,
): Changes | undefined {
  if (before.servedFrom !== after.servedFrom || before.url !== after.url) return undefined;
  if (!isPlain(before) || !isPlain(after)) return undefined;
  const names = new Set<string>();
  const comeOrGone = new Set<string>();
  const stayed: string[] = [];
  for (const name of namesOf(before)) {
    if (after.has(name)) stayed.push(name);
    else comeOrGone.add(folded(name));
  }
  let at = 0;
  for (const name of namesOf(after)) {
    if (!before.has(name)) comeOrGone.add(folded(name));
    else if (stayed[at++] !== name) return undefined;
    else if (textOf(before, name) !== textOf(after, name)) names.add(folded(name));
  }
  for (const name of comeOrGone) names.add(name);
  const bytes = [before.byteLength, after.byteLength] as const;
  const exceeded = [...MemberReads.limits].filter((limit) => isExceeded(limit, bytes));
  return { names, comeOrGone, bytes, key: JSON.stringify([[...names], [...comeOrGone], exceeded]) };
}

/** Of texts that are too long, servers may say how long they are. */
function isExceeded(limit: number, [before, after]: Changes["bytes"]): boolean {
  return before > limit || after > limit;
}

function namesOf(document: ClientMetadataDocument): string[] {
  return document.object?.members.map(({ key }) => key.value) ?? [];
}

function isPlain({ object, faults, repeatsNames, text }: ClientMetadataDocument): boolean {
  return object !== undefined && faults.length === 0 && !repeatsNames && !LONG_NUMBER.test(text);
}

/** Python reads no number of so many digits, and the whole text fails with it (`engines/pythonJson.ts`). */
const LONG_NUMBER = /(?<!\d)\d{4000}/;

function textOf(document: ClientMetadataDocument, name: string): string | undefined {
  const value = document.value(name);
  return value && document.text.slice(value.offset, value.end);
}

/** One spelling for all names that differ in case only, for servers that do not mind it. */
function folded(name: string): string {
  return name.toUpperCase().toLowerCase();
}

/** Who asks for more names than these looks through the whole document. */
const MOST_NAMES = 64;

/** Asks a proxy of {@link MemberReads.watch} for the members that it stands for. */
const ITSELF = Symbol("members");

/**
 * What a constraint has read of all documents so far, noted by those who hand members to it (`engines/constraintKinds.ts`).
 * Its outcome rests on no more than that, so it is the same for a text in which nothing of it has changed. It only grows.
 */
export class MemberReads {
  /** Rises with each note that was not taken before, whoever takes it. */
  static notes = 0;
  /** All limits that matter to anybody. */
  static readonly limits = new Set<number>();

  /** Members whose value matters, as they were asked for, and {@link folded}. */
  readonly #spellings = new Set<string>();
  readonly #names = new Set<string>();
  /** Members of which it matters whether they are there. */
  readonly #presences = new Set<string>();
  readonly #limits = new Set<number>();
  #allNames = false;
  #everything = false;
  #membersOnly = false;

  readonly #handler: ProxyHandler<Members> = {
    get: (members, name) => {
      if (typeof name !== "string") return name === ITSELF ? members : undefined;
      this.name(name);
      return members[name];
    },
    has: (members, name) => {
      this.#presence(name);
      return name in members;
    },
    // For `Object.hasOwn`. Who copies members asks `ownKeys` first and `get` afterwards.
    getOwnPropertyDescriptor: (members, name) => {
      this.#presence(name);
      return Object.getOwnPropertyDescriptor(members, name);
    },
    ownKeys: (members) => {
      this.#allNames ||= noted();
      return Reflect.ownKeys(members);
    },
  };

  #presence(name: string | symbol): void {
    if (this.#allNames || typeof name !== "string") return;
    if (this.#presences.size < MOST_NAMES) note(this.#presences, folded(name));
    else this.#allNames ||= noted();
  }

  /**
   * Notes that a constraint reads nothing but the URL, whether the text is a JSON object without any fault, and what is noted
   * here. Without it, it counts as reading all.
   */
  membersOnly(): void {
    this.#membersOnly ||= noted();
  }

  /** Notes a member, in whatever case its name is written. */
  name(name: string): void {
    if (this.#everything || this.#spellings.has(name)) return;
    if (this.#spellings.size < MOST_NAMES) {
      this.#spellings.add(name);
      note(this.#names, folded(name));
    } else this.#everything ||= noted();
  }

  /** Notes that it matters whether the text has more than so many bytes, and how many it has then. */
  limit(bytes: number): void {
    note(this.#limits, bytes);
    MemberReads.limits.add(bytes);
  }

  /** The same members, with notes of what is asked of them. Those of a member's value are the member's. */
  watch(members: Members): Members {
    this.membersOnly();
    return new Proxy(members, this.#handler);
  }

  /** Whether an outcome may be another one after the changes. */
  mayDependOn({ names, comeOrGone, bytes }: Changes): boolean {
    if (!this.#membersOnly) return true;
    if ((this.#everything && names.size > 0) || (this.#allNames && comeOrGone.size > 0)) return true;
    for (const name of names) if (this.#names.has(name)) return true;
    for (const name of comeOrGone) if (this.#presences.has(name)) return true;
    for (const limit of this.#limits) if (isExceeded(limit, bytes)) return true;
    return false;
  }
}

function noted(): true {
  MemberReads.notes++;
  return true;
}

function note<Value>(taken: Set<Value>, value: Value): void {
  if (taken.has(value)) return;
  taken.add(value);
  noted();
}

/**
 * The members themselves where they are watched, with a note that one of them is read, however its name is written. For who
 * looks through all names to find one.
 */
export function readAnyCase(members: Members, name: string): Members {
  const found = (members as { readonly [ITSELF]?: Members })[ITSELF];
  if (!found) return members;
  // Asked of the proxy, which takes notes.
  void members[name];
  return found;
}
