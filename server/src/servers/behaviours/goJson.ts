import { ClientMetadataDocument, MAX_ENTRIES } from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import { memoize } from "../../document/memoize.js";
import type { JsonNode, Member } from "../../document/syntaxTree.js";
import type { Constraint, RedirectMatching } from "../profile.js";
import { type ConstraintMeta, constraint, type FetchedFrom, type Report } from "./constraintKinds.js";
import { jsonBody, syntaxRule } from "./jsonBody.js";
import { typeRule } from "./memberRules.js";

/** The Go types a struct field may have here; a `*` stands for a pointer, which tells `null` from a value. */
export type GoType = "string" | "[]string" | "*string" | "*int" | "int64" | "*any";

/** The fields of a struct, by the names of the members that go into them. */
export type GoFields = Readonly<Record<string, GoType>>;

/** The fields that every struct for a client metadata document has. */
export const CLIENT_FIELDS: GoFields = {
  client_id: "string",
  client_name: "string",
  client_uri: "string",
  logo_uri: "string",
  redirect_uris: "[]string",
  grant_types: "[]string",
  response_types: "[]string",
  scope: "string",
  token_endpoint_auth_method: "string",
};

/** A value that a field does not take. */
interface Misfit {
  readonly name: string;
  readonly pointer: string;
  readonly inList: boolean;
  readonly kind: string;
}

/** What a struct holds once a document is decoded into it. */
export class GoValues {
  readonly #texts = new Map<string, string>();
  readonly #lists = new Map<string, string[]>();
  /** What an array has been, as long as its memory is used again. */
  readonly #memory = new Map<string, string[]>();
  readonly #present = new Set<string>();
  readonly #keys = new Map<string, string>();
  readonly misfits: Misfit[] = [];

  constructor(
    members: readonly Member[],
    fields: GoFields,
    exactNames: boolean,
    textOf: (node: JsonNode) => string,
  ) {
    for (const { key, value } of members) {
      const name = fieldFor(key.value, fields, exactNames);
      if (name === undefined || !value) continue;
      this.#keys.set(name, key.value);
      this.#decode(name, fields[name] as GoType, value, textOf);
    }
  }

  /** A string field; `""` where nothing was decoded into it. */
  text(name: string): string {
    return this.#texts.get(name) ?? "";
  }

  /** A list field; empty where nothing was decoded into it. */
  list(name: string): readonly string[] {
    return this.#lists.get(name) ?? [];
  }

  /** Whether a pointer is set, or a number is not 0. */
  has(name: string): boolean {
    return this.#present.has(name);
  }

  /** Where the value of a field stands, as its name is written; undefined where it has none. */
  pointer(name: string, index?: number): string | undefined {
    const key = this.#keys.get(name);
    if (key === undefined) return undefined;
    return index === undefined ? jsonPointer(key) : jsonPointer(key, index);
  }

  #decode(name: string, type: GoType, node: JsonNode, textOf: (node: JsonNode) => string): void {
    if (node.type === "null") this.#clear(name, type);
    else if (type === "*any") this.#present.add(name);
    else if (type === "[]string") this.#decodeList(name, node);
    else if (type.endsWith("string")) this.#decodeText(name, node);
    else this.#decodeNumber(name, type, node, node.type === "number" ? textOf(node) : "");
  }

  /** A string and a number stay as they are, a slice and a pointer become nil. */
  #clear(name: string, type: GoType): void {
    this.#lists.delete(name);
    this.#memory.delete(name);
    if (type.startsWith("*")) this.#present.delete(name);
  }

  #decodeList(name: string, node: JsonNode): void {
    if (node.type !== "array") {
      this.#misfit(name, node);
      return;
    }
    const items = node.items.slice(0, MAX_ENTRIES);
    const memory = items.length === 0 ? [] : (this.#memory.get(name) ?? []);
    for (const [index, item] of items.entries()) {
      if (item.type === "string") memory[index] = item.value;
      else memory[index] ??= "";
      if (item.type !== "string" && item.type !== "null") this.#misfit(name, item, index);
    }
    this.#memory.set(name, memory);
    this.#lists.set(name, memory.slice(0, items.length));
  }

  #decodeText(name: string, node: JsonNode): void {
    if (node.type !== "string") {
      this.#misfit(name, node);
      return;
    }
    this.#texts.set(name, node.value);
    this.#present.add(name);
  }

  #decodeNumber(name: string, type: GoType, node: JsonNode, digits: string): void {
    if (!isInt64(digits)) this.#misfit(name, node);
    else if (type === "*int" || BigInt(digits) !== 0n) this.#present.add(name);
    else this.#present.delete(name);
  }

  #misfit(name: string, node: JsonNode, index?: number): void {
    const pointer = this.pointer(name, index) as string;
    this.misfits.push({ name, pointer, inList: index !== undefined, kind: nameOfType(node) });
  }
}

function isInt64(digits: string): boolean {
  if (!/^-?\d+$/.test(digits)) return false;
  const value = BigInt(digits);
  return value >= -(2n ** 63n) && value < 2n ** 63n;
}

function fieldFor(name: string, fields: GoFields, exactNames: boolean): string | undefined {
  if (Object.hasOwn(fields, name)) return name;
  if (exactNames) return undefined;
  // Unicode's simple folding: two characters beyond ASCII fold to letters in it, U+017F and U+212A.
  const folded = name.replaceAll("\u017f", "s").toLowerCase();
  return Object.hasOwn(fields, folded) ? folded : undefined;
}

function nameOfType(node: JsonNode): string {
  return node.type === "boolean" ? "bool" : node.type;
}

/** A server's words about a body that does not go into its struct. */
export interface GoBodyWords {
  readonly notJson: string;
  readonly notObject: string;
  /** @param detail what encoding/json says */
  readonly wrongType: (detail: string) => string;
}

/** How a server reads the body. */
export interface GoBodyOptions {
  /** Bytes beyond these are not read, and nobody minds them. */
  readonly truncatedAt?: number;
  /** Only names that are written exactly so count; encoding/json compares without regard to case. */
  readonly exactNames?: boolean;
}

/** encoding/json gives up on anything nested deeper. */
const MAX_DEPTH = 10_000;

/**
 * A struct that Go's encoding/json decodes documents into. Members are taken in their order: names are compared without
 * regard to case, of several members of one name the last counts, `null` leaves a string as it is and empties a list, and
 * a `null` in a list is what stood there before, or `""`. Of lists, the first {@link MAX_ENTRIES} entries are looked at.
 *
 * @see https://pkg.go.dev/encoding/json#Unmarshal
 */
export class GoStruct {
  readonly #fields: GoFields;
  readonly #options: GoBodyOptions;

  constructor(fields: GoFields, options: GoBodyOptions = {}) {
    this.#fields = fields;
    this.#options = options;
  }

  /** The document as far as it is read. */
  readonly #body = memoize((document: ClientMetadataDocument): ClientMetadataDocument => {
    const { truncatedAt = Number.POSITIVE_INFINITY } = this.#options;
    if (document.byteLength <= truncatedAt) return document;
    const bytes = new TextEncoder().encode(document.text).subarray(0, truncatedAt);
    return new ClientMetadataDocument(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), {
      url: document.url,
    });
  });

  /** Whether the body is JSON, as far as it is read. */
  readonly isJson = memoize((document: ClientMetadataDocument): boolean => {
    const body = this.#body(document);
    return jsonBody(body).json && !nestsDeeper(body.text, MAX_DEPTH);
  });

  /** What the struct holds; undefined where the body is no JSON object. */
  readonly values = memoize((document: ClientMetadataDocument): GoValues | undefined => {
    const { object, text } = this.#body(document);
    if (!object || !this.isJson(document)) return undefined;
    const { exactNames = false } = this.#options;
    return new GoValues(object.members, this.#fields, exactNames, ({ offset, end }) =>
      text.slice(offset, end),
    );
  });

  /** What is decoded from `redirect_uris`. */
  readonly redirects: NonNullable<RedirectMatching["entries"]> = (document) =>
    this.values(document)?.list("redirect_uris") ?? [];

  /** The body is JSON and an object, and every field takes its value. */
  decodes({ notJson, notObject, wrongType }: GoBodyWords): Constraint[] {
    return [
      constraint({ id: "json", rule: "document/json-syntax" }, (document, report) => {
        if (this.#body(document) === document && !this.isJson(document))
          report(notJson, undefined, syntaxRule(document));
      }),
      constraint({ id: "object", rule: "document/not-object" }, (document, report) => {
        if (this.isJson(document) && !this.values(document)) report(notObject);
      }),
      this.on({ id: "field-types", rule: "document/wrong-type" }, ({ misfits }, report) => {
        for (const { name, pointer, inList, kind } of misfits)
          report(
            wrongType(`cannot unmarshal ${kind} into ${name}`),
            pointer,
            name === "jwks" && !inList ? "jwks/inline" : typeRule(name, undefined),
          );
      }),
    ];
  }

  /** A constraint on what the struct holds. Silent while the body is no JSON object: another constraint says so. */
  on(
    meta: ConstraintMeta,
    check: (values: GoValues, report: Report, fetchedFrom: FetchedFrom) => void,
  ): Constraint {
    return constraint(meta, (document, report) => {
      const values = this.values(document);
      if (values) check(values, report, document);
    });
  }
}

/** Whether JSON nests deeper. */
function nestsDeeper(text: string, depth: number): boolean {
  if (text.length < 2 * depth) return false;
  let open = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (quoted) at += character === "\\" ? 1 : 0;
    else if (character === "[" || character === "{") open++;
    else if (character === "]" || character === "}") open--;
    if (open > depth) return true;
  }
  return false;
}
