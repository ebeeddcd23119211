/**
 * The tolerant JSON syntax tree. Every node knows its place in the text as a half-open range of UTF-16
 * offsets, `[offset, end)`. A value that could not be read is an `InvalidNode`, so that a rule can tell
 * "absent" from "there, but unreadable".
 */

export interface NodeBase {
  readonly offset: number;
  end: number;
}

export interface ObjectNode extends NodeBase {
  readonly type: "object";
  /** All members in source order, duplicates included. */
  readonly members: Member[];
  /** False when the closing brace is missing. */
  closed: boolean;
}

export interface ArrayNode extends NodeBase {
  readonly type: "array";
  readonly items: JsonNode[];
  closed: boolean;
}

export interface StringNode extends NodeBase {
  readonly type: "string";
  /** The decoded value: escapes resolved. */
  readonly value: string;
}

export interface NumberNode extends NodeBase {
  readonly type: "number";
  readonly value: number;
}

export interface BooleanNode extends NodeBase {
  readonly type: "boolean";
  readonly value: boolean;
}

export interface NullNode extends NodeBase {
  readonly type: "null";
}

export interface InvalidNode extends NodeBase {
  readonly type: "invalid";
}

export type JsonNode =
  | ObjectNode
  | ArrayNode
  | StringNode
  | NumberNode
  | BooleanNode
  | NullNode
  | InvalidNode;

/** One `"name": value` of an object. */
export class Member implements NodeBase {
  /** Offset of the colon, or -1 where it is missing. */
  colonOffset = -1;
  /** Absent while the author has not typed it. */
  value: JsonNode | undefined = undefined;

  constructor(readonly key: StringNode) {}

  get offset(): number {
    return this.key.offset;
  }

  /** The value's, or the colon's, or the key's. */
  get end(): number {
    const end = this.colonOffset < 0 ? this.key.end : this.colonOffset + 1;
    return this.value ? Math.max(end, this.value.end) : end;
  }
}

/** What is wrong with the text as RFC 8259 JSON; each kind is the second half of a `document/…` rule id. */
export type SyntaxFaultKind =
  | "json-syntax"
  | "comment"
  | "trailing-comma"
  | "invalid-number"
  | "invalid-string"
  | "lone-surrogate"
  | "bom"
  | "too-deep";

export interface SyntaxFault {
  readonly kind: SyntaxFaultKind;
  readonly offset: number;
  readonly end: number;
  /** One sentence: what is wrong, then what to do. */
  readonly message: string;
}

export interface SyntaxTree {
  readonly root: JsonNode | undefined;
  readonly faults: readonly SyntaxFault[];
}
